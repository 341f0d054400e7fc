//! Which package may know which.

use crate::cargo::{Dependency, Metadata, Package};

/// A room of the house and the rooms it may know, dev-dependencies included.
struct Room {
    package: &'static str,
    floor: u8,
    knows: &'static [&'static str],
}

/// Where to change the plan, for the messages.
const PLAN: &str = "the plan is ROOMS in xtask/src/tidy/arrows.rs and ARCHITECTURE.md";

const TYPES: &str = "tor-harness-types";
const FIXTURES: &str = "tor-fixtures";
const SCRATCH: &str = "tor-harness-scratch";
const CONTROL: &str = "tor-harness-control";
const NETDOC: &str = "tor-harness-netdoc";
const CLIENT: &str = "tor-harness-client";
const RUNNER: &str = "tor-harness-runner";
const MOCK: &str = "tor-harness-mock";
const PROCESS: &str = "tor-harness-process";
const FACE: &str = "tor-harness";
const STRATEGIES: &str = "tor-strategies";

#[rustfmt::skip]
const ROOMS: &[Room] = &[
    Room { package: FIXTURES, floor: 1, knows: &[] },
    Room { package: TYPES, floor: 1, knows: &[] },
    Room { package: SCRATCH, floor: 1, knows: &[] },
    Room { package: CONTROL, floor: 2, knows: &[TYPES, FIXTURES] },
    Room { package: NETDOC, floor: 2, knows: &[TYPES, FIXTURES] },
    Room { package: CLIENT, floor: 3, knows: &[TYPES, FIXTURES, CONTROL] },
    Room { package: RUNNER, floor: 3, knows: &[] },
    Room { package: MOCK, floor: 4, knows: &[TYPES, FIXTURES, SCRATCH, CONTROL] },
    Room { package: PROCESS, floor: 4, knows: &[TYPES, FIXTURES, SCRATCH, CONTROL, CLIENT] },
    Room { package: FACE, floor: 5, knows: &[TYPES, FIXTURES, CONTROL, NETDOC, CLIENT, RUNNER, MOCK, PROCESS] },
    Room { package: STRATEGIES, floor: 5, knows: &[TYPES, FIXTURES, CONTROL, NETDOC, MOCK] },
    Room { package: "tor-harness-cli", floor: 6, knows: &[FACE] },
    Room { package: "tor-harness-suites", floor: 6, knows: EVERYTHING_BELOW },
    Room { package: "tor-harness-benches", floor: 6, knows: EVERYTHING_BELOW },
    Room { package: "xtask", floor: 7, knows: &[RUNNER] },
];

const EVERYTHING_BELOW: &[&str] = &[
    TYPES, FIXTURES, SCRATCH, CONTROL, NETDOC, CLIENT, RUNNER, MOCK, PROCESS, FACE, STRATEGIES,
];

/// The protocol without features: what a `no_std` user pays for.
const CONTROL_KNOWS: &[&str] = &[TYPES, "memchr"];

/// What the manifests have and the plan does not.
pub(crate) fn problems(metadata: &Metadata) -> Vec<String> {
    metadata
        .packages
        .iter()
        .flat_map(package_problems)
        .collect()
}

fn package_problems(package: &Package) -> Vec<String> {
    let manifest = package.manifest_path.strip_prefix(crate::cargo::root());
    let place = manifest.unwrap_or(&package.manifest_path).display();
    let Some(room) = room(&package.name) else {
        return vec![format!(
            "{place}: {} is not in the house yet; {PLAN}",
            package.name
        )];
    };
    let inside = package
        .dependencies
        .iter()
        .filter(|dependency| dependency.path.is_some());
    let mut problems: Vec<_> = inside
        .filter_map(|dependency| arrow_problem(room, dependency))
        .map(|problem| format!("{place}: {problem}"))
        .collect();
    if room.package == CONTROL {
        problems.extend(
            package
                .dependencies
                .iter()
                .filter(|dependency| dependency.kind.is_none() && !dependency.optional)
                .filter(|dependency| !CONTROL_KNOWS.contains(&dependency.name.as_str()))
                .map(|dependency| {
                    let allowed = CONTROL_KNOWS.join(" and ");
                    format!(
                        "{place}: {} should be optional; without features there are only {allowed}",
                        dependency.name
                    )
                }),
        );
    }
    problems
}

fn arrow_problem(room: &Room, dependency: &Dependency) -> Option<String> {
    let kind = dependency
        .kind
        .as_deref()
        .map(|kind| format!("{kind}-"))
        .unwrap_or_default();
    let problem = match self::room(&dependency.name) {
        None => format!("{} is not in the house yet", dependency.name),
        Some(other) if other.floor >= room.floor => format!(
            "{} is on floor {}, and {} on floor {} knows only lower ones",
            other.package, other.floor, room.package, room.floor
        ),
        Some(other) if !room.knows.contains(&other.package) => {
            format!("{} should not know {}", room.package, other.package)
        }
        Some(_) => return None,
    };
    Some(format!("{kind}dependency: {problem}; {PLAN}"))
}

fn room(package: &str) -> Option<&'static Room> {
    ROOMS.iter().find(|room| room.package == package)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_plan_has_no_arrow_upwards() {
        for upper in ROOMS {
            for lower in upper.knows {
                let lower = room(lower).unwrap();
                assert!(
                    lower.floor < upper.floor,
                    "{} knows {}",
                    upper.package,
                    lower.package
                );
            }
        }
    }

    #[test]
    fn packages_in_and_out_of_plan() {
        let ours = |name: &str, kind: Option<&str>| json!({"name": name, "kind": kind, "optional": false, "path": "somewhere"});
        let theirs = |name: &str, kind: Option<&str>, optional: bool| json!({"name": name, "kind": kind, "optional": optional});
        for (package, dependencies, expected) in [
            (RUNNER, vec![theirs("serde", None, false)], &[][..]),
            (
                RUNNER,
                vec![ours(TYPES, None)],
                &["tor-harness-runner should not know tor-harness-types"],
            ),
            (
                CLIENT,
                vec![ours(CONTROL, None), ours(FIXTURES, Some("dev"))],
                &[],
            ),
            (
                CLIENT,
                vec![ours(MOCK, Some("dev"))],
                &["dev-dependency: tor-harness-mock is on floor 4"],
            ),
            (
                MOCK,
                vec![ours(PROCESS, None)],
                &["tor-harness-process is on floor 4"],
            ),
            (
                "xtask",
                vec![ours(RUNNER, None), ours(FACE, None)],
                &["xtask should not know tor-harness;"],
            ),
            (
                "tor-harness-gui",
                vec![],
                &["tor-harness-gui is not in the house yet; the plan is ROOMS in xtask/src/tidy"],
            ),
            (
                "xtask",
                vec![ours("tor-harness-gui", None)],
                &["dependency: tor-harness-gui is not in the house yet"],
            ),
            (
                CONTROL,
                vec![
                    ours(TYPES, None),
                    theirs("memchr", None, false),
                    theirs("hmac", None, true),
                    theirs("insta", Some("dev"), false),
                ],
                &[],
            ),
            (
                CONTROL,
                vec![theirs("hmac", None, false)],
                &["hmac should be optional"],
            ),
        ] {
            let metadata: Metadata = serde_json::from_value(json!({
                "target_directory": "target",
                "packages": [{
                    "name": package,
                    "manifest_path": "Cargo.toml",
                    "dependencies": dependencies,
                    "targets": [],
                    "metadata": null,
                }],
            }))
            .unwrap();
            let problems = problems(&metadata);
            let matches = problems.len() == expected.len()
                && problems
                    .iter()
                    .zip(expected)
                    .all(|(problem, part)| problem.contains(part));
            assert!(matches, "{package}: {problems:?}, expected {expected:?}");
        }
    }
}
