//! Settings that would do nothing.

use tor_harness_testnet::ExitPolicy;

use super::check::SpecError;
use super::role::Role;
use super::signed::Settings;
use super::spec::NodeSpec;
use super::times::ConsensusTimes;

/// A setting of a node.
struct Setting {
    name: &'static str,
    is_set: fn(&NodeSpec) -> bool,
    is_for: fn(Role) -> bool,
    /// Those that it is for.
    whom: &'static str,
    /// Whether the consensus tells it, and so authorities where they vote.
    is_told: bool,
}

const fn setting(
    name: &'static str,
    is_set: fn(&NodeSpec) -> bool,
    is_for: fn(Role) -> bool,
    whom: &'static str,
) -> Setting {
    Setting {
        name,
        is_set,
        is_for,
        whom,
        is_told: false,
    }
}

/// A setting that the consensus tells of those that it lists.
const fn told(name: &'static str, is_set: fn(&NodeSpec) -> bool) -> Setting {
    Setting {
        is_told: true,
        ..setting(
            name,
            is_set,
            Role::is_listed,
            "relays that the consensus lists",
        )
    }
}

const SETTINGS: &[Setting] = &[
    told("flag", |spec| !spec.flags.is_empty()),
    told("bandwidth", |spec| spec.bandwidth != BANDWIDTH),
    told("protocols", |spec| spec.protocols.is_some()),
    setting("exit_policy", has_policy, Role::relays, "relays"),
    setting(
        "family",
        |spec| !spec.family.is_empty(),
        Role::relays,
        "relays",
    ),
    setting("ipv6", |spec| spec.ipv6, Role::relays, "relays"),
    setting(
        "through_proxy",
        |spec| spec.is_proxied,
        Role::relays,
        "relays",
    ),
    setting(
        "obfs4",
        |spec| spec.has_obfs4,
        |role| role == Role::Bridge,
        "bridges",
    ),
    setting(
        "use_bridges",
        |spec| spec.uses_bridges,
        |role| !role.relays(),
        "clients and onion services",
    ),
    setting(
        "visitors",
        |spec| !spec.visitors.is_empty(),
        has_service,
        "onion services",
    ),
    setting(
        "single_onion",
        |spec| spec.is_single,
        has_service,
        "onion services",
    ),
];

/// What a relay weighs that is not told otherwise.
pub(super) const BANDWIDTH: u32 = 1000;

/// Refuses a setting that is not for a node of this role.
pub(super) fn check_node(spec: &NodeSpec) -> Result<(), SpecError> {
    let idle = |setting: &&Setting| (setting.is_set)(spec) && !(setting.is_for)(spec.role);
    match SETTINGS.iter().find(idle) {
        Some(setting) => Err(of_node(spec, setting.name, setting.whom)),
        None => Ok(()),
    }
}

/// Refuses bridges that are asked for where there is none.
pub(super) fn check_bridges(specs: &[NodeSpec]) -> Result<(), SpecError> {
    let has_bridge = specs.iter().any(|spec| spec.role == Role::Bridge);
    match specs.iter().find(|spec| spec.uses_bridges && !has_bridge) {
        Some(spec) => Err(of_node(spec, "use_bridges", "a network with a bridge")),
        None => Ok(()),
    }
}

/// Refuses what a node cannot have that joins a network that runs.
pub(super) fn check_guest(spec: &NodeSpec) -> Result<(), SpecError> {
    match spec.uses_bridges {
        true => Err(of_node(
            spec,
            "use_bridges",
            "nodes of the network from its start",
        )),
        false => Ok(()),
    }
}

/// Refuses what authorities that vote would not say.
pub(super) fn check_vote(specs: &[NodeSpec], signed: &Settings) -> Result<(), SpecError> {
    let of_network = [
        ("times", signed.times != ConsensusTimes::default()),
        ("certificate_expires", signed.expires.is_some()),
        ("param", !signed.params.is_empty()),
    ];
    let of_network = of_network.into_iter().filter(|(_, is_set)| *is_set);
    let is_set = |setting: &&Setting| specs.iter().any(setting.is_set);
    let of_nodes = SETTINGS.iter().filter(|setting| setting.is_told);
    let of_nodes = of_nodes.filter(is_set).map(|setting| setting.name);
    let mut idle = of_network.map(|(name, _)| name).chain(of_nodes);
    idle.next()
        .map_or(Ok(()), |name| Err(SpecError::IdleInVote(name)))
}

fn of_node(spec: &NodeSpec, setting: &'static str, whom: &'static str) -> SpecError {
    SpecError::IdleOfNode {
        node: spec.nickname.clone(),
        setting,
        whom,
    }
}

fn has_service(role: Role) -> bool {
    role == Role::OnionService
}

/// Whether it has another policy than its role.
fn has_policy(spec: &NodeSpec) -> bool {
    spec.policy
        != match spec.role {
            Role::Exit => ExitPolicy::all(),
            _ => ExitPolicy::none(),
        }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_for_those_who_have_a_use_for_them() {
        let relay = || NodeSpec::relay("a");
        let client = || NodeSpec::client("a");
        for (spec, idle) in [
            (
                relay().flag("Fast", false).bandwidth(5).protocols("Link=5"),
                None,
            ),
            (
                relay().exit_policy(ExitPolicy::all()).ipv6().family(["b"]),
                None,
            ),
            (relay().through_proxy(), None),
            (NodeSpec::bridge("a").obfs4(), None),
            (client().use_bridges(), None),
            (
                NodeSpec::onion_service("a", 80)
                    .visitors(["b"])
                    .single_onion(),
                None,
            ),
            (NodeSpec::bridge("a").flag("Fast", false), Some("flag")),
            (client().bandwidth(5), Some("bandwidth")),
            (client().protocols("Link=5"), Some("protocols")),
            (client().exit_policy(ExitPolicy::all()), Some("exit_policy")),
            (client().family(["b"]), Some("family")),
            (client().ipv6(), Some("ipv6")),
            (client().through_proxy(), Some("through_proxy")),
            (relay().obfs4(), Some("obfs4")),
            (relay().use_bridges(), Some("use_bridges")),
            (client().visitors(["b"]), Some("visitors")),
            (client().single_onion(), Some("single_onion")),
        ] {
            let told = check_node(&spec).err().map(|error| error.to_string());
            let expected = idle.map(|idle| format!("`{idle}` does nothing for node `a`: "));
            let is_expected = match (&told, &expected) {
                (Some(told), Some(expected)) => told.starts_with(expected),
                (told, expected) => told.is_none() && expected.is_none(),
            };
            assert!(is_expected, "expected {expected:?}, got {told:?}");
        }
        let told = check_bridges(&[client().use_bridges()])
            .unwrap_err()
            .to_string();
        assert!(
            told.ends_with("it is for a network with a bridge"),
            "{told}"
        );
        assert!(check_bridges(&[client().use_bridges(), NodeSpec::bridge("b")]).is_ok());
        assert!(check_guest(&client().use_bridges()).is_err());
    }

    #[test]
    fn authorities_say_what_they_see() {
        let relay = || NodeSpec::relay("a");
        let none = Settings::default;
        for (spec, signed, idle) in [
            (relay().ipv6().through_proxy(), none(), None),
            (relay().flag("Fast", false), none(), Some("flag")),
            (relay().bandwidth(5), none(), Some("bandwidth")),
            (relay().protocols("Link=5"), none(), Some("protocols")),
            (
                relay(),
                Settings {
                    times: ConsensusTimes::stale(),
                    ..none()
                },
                Some("times"),
            ),
            (
                relay(),
                Settings {
                    expires: Some(1),
                    ..none()
                },
                Some("certificate_expires"),
            ),
            (
                relay(),
                Settings {
                    params: vec![("a".into(), 1)],
                    ..none()
                },
                Some("param"),
            ),
        ] {
            let told = check_vote(&[spec], &signed).err();
            assert_eq!(told, idle.map(SpecError::IdleInVote));
        }
    }
}
