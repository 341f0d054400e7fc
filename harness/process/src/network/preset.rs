//! Networks under chutney's names.

use super::builder::TestNetworkBuilder;
use super::check::SpecError;
use super::role::Role;
use super::running::TestNetwork;
use super::spec::NodeSpec;
use crate::error::Error;

/// A kind of node in a preset.
#[derive(Clone, Copy, Debug)]
enum Part {
    Relay,
    Exit,
    /// One that exits by IPv6 as well.
    ExitV6,
    Bridge,
    Obfs4Bridge,
    Client,
    BridgeClient,
    OnionService,
    SingleOnion,
    /// One that runs an older tor, `tor-stable`.
    Old(Role),
}

use Part::{
    Bridge, BridgeClient, Client, Exit, ExitV6, Obfs4Bridge, Old, OnionService, Relay, SingleOnion,
};

/// What is in each. An authority of chutney's is a relay here, since the harness is the authority.
const PRESETS: &[(&str, &[(Part, usize)])] = &[
    ("basic", &[(Relay, 3), (Exit, 5), (Client, 2)]),
    ("basic-min", &[(Relay, 4), (Exit, 1), (Client, 1)]),
    (
        "bridges+hs-v3",
        &[
            (Relay, 4),
            (Exit, 1),
            (Bridge, 1),
            (Client, 1),
            (BridgeClient, 1),
            (OnionService, 1),
        ],
    ),
    (
        "bridges-min",
        &[(Relay, 4), (Exit, 1), (Bridge, 1), (BridgeClient, 1)],
    ),
    (
        "bridges-obfs4",
        &[
            (Relay, 4),
            (Exit, 4),
            (Obfs4Bridge, 1),
            (Client, 1),
            (BridgeClient, 1),
        ],
    ),
    (
        "hs-v3",
        &[(Relay, 3), (Exit, 5), (Client, 1), (OnionService, 1)],
    ),
    ("hs-v3-min", &[(Relay, 6), (Client, 1), (OnionService, 1)]),
    ("ipv6-exit-min", &[(Relay, 4), (ExitV6, 1), (Client, 1)]),
    (
        "mixed+hs-v3",
        &[
            (Relay, 2),
            (Old(Role::Relay), 2),
            (Exit, 1),
            (Old(Role::Exit), 1),
            (Client, 1),
            (Old(Role::Client), 1),
            (OnionService, 1),
            (Old(Role::OnionService), 1),
        ],
    ),
    (
        "single-onion-v3",
        &[(Relay, 6), (Client, 1), (SingleOnion, 1)],
    ),
];

impl TestNetwork {
    /// The names of the networks that [`TestNetwork::preset`] knows, as `basic-min`, `hs-v3-min`.
    pub fn presets() -> impl Iterator<Item = &'static str> {
        PRESETS.iter().map(|(name, _)| *name)
    }

    /// The network that chutney has under a name. Its nodes are called `relay0`, `exit0`,
    /// `bridge0`, `client0`, `bridgeclient0`, `onion0`, those that run an older tor
    /// (`tor-stable`, on `PATH`) `oldrelay0` and so on. An onion service leads to
    /// [`Node::service_address`](crate::Node::service_address).
    ///
    /// ```no_run
    /// use tor_harness_process::TestNetwork;
    ///
    /// let network = TestNetwork::preset("hs-v3-min")?.seed(7).start()?;
    /// assert!(network.node("onion0").is_some());
    /// # Ok::<(), tor_harness_process::Error>(())
    /// ```
    ///
    /// # Errors
    /// If there is none of that name; the error lists them.
    pub fn preset(name: &str) -> Result<TestNetworkBuilder, Error> {
        let preset = PRESETS.iter().find(|(known, _)| *known == name);
        let (_, parts) = preset.ok_or_else(|| SpecError::Preset {
            name: name.to_owned(),
            known: Self::presets().collect::<Vec<_>>().join(", "),
        })?;
        let nodes = parts
            .iter()
            .flat_map(|(part, count)| (0..*count).map(|number| part.spec(number)));
        Ok(Self::builder().nodes(nodes))
    }
}

impl Part {
    fn spec(self, number: usize) -> NodeSpec {
        let node = |role| NodeSpec::new(role, format!("{}{number}", nickname(role)));
        match self {
            Relay => node(Role::Relay),
            Exit => node(Role::Exit),
            ExitV6 => node(Role::Exit).ipv6(),
            Bridge => node(Role::Bridge),
            Obfs4Bridge => node(Role::Bridge).obfs4(),
            Client => node(Role::Client),
            BridgeClient => NodeSpec::client(format!("bridgeclient{number}")).use_bridges(),
            OnionService => node(Role::OnionService),
            SingleOnion => node(Role::OnionService).single_onion(),
            Old(role) => NodeSpec::new(role, format!("old{}{number}", nickname(role)))
                .executable("tor-stable"),
        }
    }
}

fn nickname(role: Role) -> &'static str {
    match role {
        Role::Authority | Role::BridgeAuthority => "auth",
        Role::Relay => "relay",
        Role::Exit => "exit",
        Role::Bridge => "bridge",
        Role::Client => "client",
        Role::OnionService => "onion",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_preset_is_like_this() {
        let error = TestNetwork::preset("basic-max").unwrap_err().to_string();
        let expected = "expected one of basic, basic-min, bridges+hs-v3, ";
        assert!(
            error.starts_with(expected) && error.ends_with("got `basic-max`"),
            "{error}"
        );
    }
}
