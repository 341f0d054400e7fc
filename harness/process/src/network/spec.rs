//! What a node of a network should be.

use std::ffi::OsString;
use std::path::PathBuf;

use tor_harness_control::auth::AuthConfig;
use tor_harness_testnet::ExitPolicy;
use tor_harness_types::Listen;

use super::idle::BANDWIDTH;
use super::role::Role;
use crate::control_port::ControlPortSpec;
use crate::torrc::Extra;

/// What a node of a network should be: data, without a place.
///
/// What the consensus says of a relay ([`NodeSpec::flag`], [`NodeSpec::bandwidth`],
/// [`NodeSpec::protocols`]) is the harness's to say where it signs that. Where authorities vote,
/// they say what they see.
#[derive(Clone, Debug)]
#[must_use = "a specification does nothing until its network is started"]
pub struct NodeSpec {
    pub(super) role: Role,
    pub(super) nickname: String,
    pub(super) lines: Vec<Extra>,
    pub(super) files: Vec<(String, Vec<u8>)>,
    pub(super) executable: Option<PathBuf>,
    pub(super) wrapper: Vec<OsString>,
    pub(super) policy: ExitPolicy,
    pub(super) ipv6: bool,
    pub(super) flags: Vec<(String, bool)>,
    pub(super) bandwidth: u32,
    pub(super) family: Vec<String>,
    pub(super) protocols: Option<String>,
    pub(super) has_obfs4: bool,
    pub(super) uses_bridges: bool,
    pub(super) target: Option<u16>,
    pub(super) visitors: Vec<String>,
    pub(super) is_single: bool,
    pub(super) is_proxied: bool,
    pub(super) control_port: ControlPortSpec,
}

impl NodeSpec {
    /// A node of this role. An onion service leads to
    /// [`Node::service_address`](crate::Node::service_address).
    pub fn new(role: Role, nickname: impl Into<String>) -> Self {
        Self {
            role,
            nickname: nickname.into(),
            lines: Vec::new(),
            files: Vec::new(),
            executable: None,
            wrapper: Vec::new(),
            policy: match role {
                Role::Exit => ExitPolicy::all(),
                _ => ExitPolicy::none(),
            },
            ipv6: false,
            flags: Vec::new(),
            bandwidth: BANDWIDTH,
            family: Vec::new(),
            protocols: None,
            has_obfs4: false,
            uses_bridges: false,
            target: None,
            visitors: Vec::new(),
            is_single: false,
            is_proxied: false,
            control_port: ControlPortSpec {
                listen: Listen::Unix,
                ..ControlPortSpec::default()
            },
        }
    }

    /// A directory authority, for a network that votes.
    pub fn authority(nickname: impl Into<String>) -> Self {
        Self::new(Role::Authority, nickname)
    }

    /// A directory authority that bridges upload to as well.
    pub fn bridge_authority(nickname: impl Into<String>) -> Self {
        Self::new(Role::BridgeAuthority, nickname)
    }

    /// A relay that lets nothing out: a guard, a middle, a directory of onion services.
    pub fn relay(nickname: impl Into<String>) -> Self {
        Self::new(Role::Relay, nickname)
    }

    /// A relay that no client begins a circuit with, and that lets nothing out.
    pub fn middle(nickname: impl Into<String>) -> Self {
        Self::relay(nickname).flag("Guard", false)
    }

    /// A relay that lets streams out to loopback. It is a guard as well.
    pub fn exit(nickname: impl Into<String>) -> Self {
        Self::new(Role::Exit, nickname)
    }

    /// A relay that the consensus does not list.
    pub fn bridge(nickname: impl Into<String>) -> Self {
        Self::new(Role::Bridge, nickname)
    }

    /// A client.
    pub fn client(nickname: impl Into<String>) -> Self {
        Self::new(Role::Client, nickname)
    }

    /// A client that offers an onion service: its port 80 is `target` of
    /// 127.0.0.1. Its folder is `service` in the node's.
    pub fn onion_service(nickname: impl Into<String>, target: u16) -> Self {
        Self {
            target: Some(target),
            ..Self::new(Role::OnionService, nickname)
        }
    }

    /// Has a bridge be reached by obfs4 alone: by the program that [`find_obfs4proxy`] finds.
    ///
    /// [`find_obfs4proxy`]: crate::find_obfs4proxy
    pub fn obfs4(mut self) -> Self {
        self.has_obfs4 = true;
        self
    }

    /// Begins each circuit with a bridge, any of the network's. For clients and onion services.
    pub fn use_bridges(mut self) -> Self {
        self.uses_bridges = true;
        self
    }

    /// Lets these clients of the network visit the onion service, and nobody else; their keys are
    /// in their folders when they start.
    pub fn visitors<T: Into<String>>(mut self, clients: impl IntoIterator<Item = T>) -> Self {
        self.visitors.extend(clients.into_iter().map(Into::into));
        self
    }

    /// Makes the onion service a single one: it hides nothing, and its circuits have one hop.
    pub fn single_onion(mut self) -> Self {
        self.is_single = true;
        self
    }

    /// Gives a relay a flag that [`NodeSpec::relay`] does not have, or takes one that it has. Those
    /// are `Exit` (where its policy lets streams out), `Fast`, `Guard`, `HSDir`, `Running`,
    /// `Stable`, `V2Dir`, `Valid`.
    pub fn flag(mut self, flag: impl Into<String>, is_set: bool) -> Self {
        self.flags.push((flag.into(), is_set));
        self
    }

    /// How clients weigh a relay; without this 1000.
    pub fn bandwidth(mut self, kilobytes_a_second: u32) -> Self {
        self.bandwidth = kilobytes_a_second;
        self
    }

    /// The ports that a relay exits to; without this all of them for an exit, none for others. The
    /// consensus says so as if it were of all addresses; streams get to loopback alone.
    pub fn exit_policy(mut self, policy: ExitPolicy) -> Self {
        self.policy = policy;
        self
    }

    /// Puts a relay into one family with others of the network, who have to say so, too.
    pub fn family<T: Into<String>>(mut self, others: impl IntoIterator<Item = T>) -> Self {
        self.family.extend(others.into_iter().map(Into::into));
        self
    }

    /// The subprotocols that the consensus says that a relay speaks; without this those of its tor.
    pub fn protocols(mut self, protocols: impl Into<String>) -> Self {
        self.protocols = Some(protocols.into());
        self
    }

    /// Has a relay listen at `::1` as well, and an exit let streams out to there. Where authorities
    /// vote it lets none out by IPv6.
    pub fn ipv6(mut self) -> Self {
        self.ipv6 = true;
        self
    }

    /// Puts a proxy before a relay's ORPort at its address of IPv4: others know the proxy's address,
    /// and [`Node::proxy`](super::Node::proxy) cuts them off, holds what they send, slows it.
    pub fn through_proxy(mut self) -> Self {
        self.is_proxied = true;
        self
    }

    /// The tor that it runs: a path, or a name on `PATH`. Without this it is the network's.
    pub fn executable(mut self, executable: impl Into<PathBuf>) -> Self {
        self.executable = Some(executable.into());
        self
    }

    /// A command that runs its tor: the path and arguments of that are added to it, as in
    /// `["valgrind", "--quiet"]`. It has to stay in the foreground and in its process group.
    pub fn wrapper<T: Into<OsString>>(mut self, command: impl IntoIterator<Item = T>) -> Self {
        self.wrapper = command.into_iter().map(Into::into).collect();
        self
    }

    /// Where its control port listens; without this [`Listen::Unix`].
    pub fn listen(mut self, listen: impl Into<Listen>) -> Self {
        self.control_port.listen = listen.into();
        self
    }

    /// The ways to authenticate on its control port; without this everybody is let in who can
    /// reach that.
    pub fn auth(mut self, auth: AuthConfig) -> Self {
        self.control_port.auth = auth;
        self
    }

    /// Adds a line to the torrc; `{dir}` stands for the node's folder.
    pub fn torrc_line(mut self, line: impl Into<String>) -> Self {
        let origin = format!(
            "torrc_line (addition {} of node {})",
            self.lines.len() + 1,
            self.nickname
        );
        self.lines.push(Extra {
            origin,
            text: line.into(),
        });
        self
    }

    /// Puts a file into the node's folder before the node starts, which only
    /// this user can read: `data/keys/...`, `service/authorized_clients/...`.
    pub fn file(mut self, path: impl Into<String>, contents: impl Into<Vec<u8>>) -> Self {
        self.files.push((path.into(), contents.into()));
        self
    }
}
