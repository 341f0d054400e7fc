//! Who a node is: the keys that others know it by, out of the network's seed.

use tor_harness_testnet::{Authority, Bridge, File, OnionService, Relay, Seed};
use tor_harness_types::{Fingerprint, Nickname, UtcSeconds};

use super::check::SpecError;
use super::role::Role;
use super::spec::NodeSpec;

/// Who a node is.
#[derive(Clone, Debug)]
pub(super) enum Identity {
    Authority(Box<Authority>),
    Relay(Box<Relay>),
    Bridge(Box<Bridge>),
    OnionService(Box<OnionService>),
    Client,
}

impl Identity {
    /// The one of a node with this number in its network.
    pub(super) fn new(
        spec: &NodeSpec,
        seed: Seed,
        number: u64,
        now: UtcSeconds,
    ) -> Result<Self, SpecError> {
        let nickname: Nickname = spec
            .nickname
            .parse()
            .map_err(|_| SpecError::Nickname(spec.nickname.clone()))?;
        let mut identity = match spec.role {
            Role::Authority | Role::BridgeAuthority => {
                Self::Authority(Box::new(Authority::new(seed, number, now)))
            }
            Role::Relay | Role::Exit => Self::Relay(Box::new(Relay::new(seed, number, now))),
            Role::Bridge => {
                let mut bridge = Bridge::new(seed, number, now);
                bridge.distribution = "none".into();
                if !spec.has_obfs4 {
                    bridge.transports.clear();
                }
                Self::Bridge(Box::new(bridge))
            }
            Role::OnionService => Self::OnionService(Box::new(OnionService::new(seed, number))),
            Role::Client => Self::Client,
        };
        if let Some(relay) = identity.relay_mut() {
            relay.nickname = nickname;
            relay.contact = None;
            relay.bandwidth = spec.bandwidth;
            relay.policy = spec.policy.clone();
            if spec.ipv6 {
                relay.policy_v6 = spec.policy.clone();
            }
            relay.set_flag("Exit", !spec.policy.is_none());
            relay.set_flag("Guard", true);
            for (flag, is_set) in &spec.flags {
                relay.set_flag(flag, *is_set);
            }
        }
        Ok(identity)
    }

    /// The relay that it is, if it is one.
    pub(super) fn relay(&self) -> Option<&Relay> {
        match self {
            Self::Authority(authority) => Some(&authority.relay),
            Self::Relay(relay) => Some(relay),
            Self::Bridge(bridge) => Some(&bridge.relay),
            Self::OnionService(_) | Self::Client => None,
        }
    }

    pub(super) fn relay_mut(&mut self) -> Option<&mut Relay> {
        match self {
            Self::Authority(authority) => Some(&mut authority.relay),
            Self::Relay(relay) => Some(relay),
            Self::Bridge(bridge) => Some(&mut bridge.relay),
            Self::OnionService(_) | Self::Client => None,
        }
    }

    /// Whether it is reached by a pluggable transport alone.
    pub(super) fn has_transport(&self) -> bool {
        matches!(self, Self::Bridge(bridge) if !bridge.transports.is_empty())
    }

    pub(super) fn fingerprint(&self) -> Option<Fingerprint> {
        self.relay().map(Relay::fingerprint)
    }

    /// Of its authority identity key, as in `v3ident=`.
    pub(super) fn v3ident(&self) -> Option<Fingerprint> {
        match self {
            Self::Authority(authority) => Some(authority.identity()),
            _ => None,
        }
    }

    /// Its keys as files in the node's folder.
    pub(super) fn files(&self) -> Vec<File> {
        let (folder, files) = match self {
            Self::Authority(authority) => ("data", authority.files()),
            Self::Relay(relay) => ("data", relay.files()),
            Self::Bridge(bridge) => ("data", bridge.files()),
            Self::OnionService(service) => ("service", service.files()),
            Self::Client => ("data", Vec::new()),
        };
        files.into_iter().map(|file| file.under(folder)).collect()
    }
}
