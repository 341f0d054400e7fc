//! Which package may know which.

use crate::cargo::{Dependency, Metadata, Package};

/// A room of the house.
struct Room {
    package: &'static str,
    floor: u8,
    /// The rooms it may know.
    knows: &'static [&'static str],
    /// The rooms that its tests may know besides.
    tests_know: &'static [&'static str],
}

/// Where to change the plan, for the messages.
const PLAN: &str = "the plan is ROOMS in xtask/src/tidy/arrows.rs and ARCHITECTURE.md";

const TYPES: &str = "tor-harness-types";
const FIXTURES: &str = "tor-fixtures";
const SCRATCH: &str = "tor-harness-scratch";
const TRAFFIC: &str = "tor-harness-traffic";
const CONTROL: &str = "tor-harness-control";
const NETDOC: &str = "tor-harness-netdoc";
const ARCHIVE: &str = "tor-harness-archive";
const TESTNET: &str = "tor-harness-testnet";
const CLIENT: &str = "tor-harness-client";
const RUNNER: &str = "tor-harness-runner";
const MOCK: &str = "tor-harness-mock";
const PROCESS: &str = "tor-harness-process";
const FACE: &str = "tor-harness";
const STRATEGIES: &str = "tor-strategies";

#[rustfmt::skip]
const ROOMS: &[Room] = &[
    Room { package: FIXTURES, floor: 1, knows: &[], tests_know: &[] },
    Room { package: TYPES, floor: 1, knows: &[], tests_know: &[] },
    Room { package: SCRATCH, floor: 1, knows: &[], tests_know: &[] },
    Room { package: TRAFFIC, floor: 1, knows: &[], tests_know: &[] },
    Room { package: CONTROL, floor: 2, knows: &[TYPES], tests_know: &[FIXTURES] },
    Room { package: NETDOC, floor: 2, knows: &[TYPES], tests_know: &[FIXTURES] },
    Room { package: CLIENT, floor: 3, knows: &[TYPES, CONTROL], tests_know: &[] },
    Room { package: RUNNER, floor: 3, knows: &[], tests_know: &[] },
    Room { package: TESTNET, floor: 3, knows: &[TYPES, NETDOC], tests_know: &[] },
    Room { package: ARCHIVE, floor: 4, knows: &[TYPES, NETDOC], tests_know: &[FIXTURES, TESTNET] },
    Room { package: MOCK, floor: 4, knows: &[FIXTURES, TYPES, SCRATCH, CONTROL], tests_know: &[] },
    Room { package: PROCESS, floor: 4, knows: &[TYPES, SCRATCH, TRAFFIC, CONTROL, CLIENT, TESTNET], tests_know: &[NETDOC] },
    Room { package: FACE, floor: 5, knows: &[FIXTURES, TYPES, TRAFFIC, CONTROL, NETDOC, CLIENT, ARCHIVE, TESTNET, RUNNER, MOCK, PROCESS], tests_know: &[] },
    Room { package: STRATEGIES, floor: 5, knows: &[TYPES, CONTROL, NETDOC, TESTNET, MOCK], tests_know: &[FIXTURES, TRAFFIC] },
    Room { package: "tor-harness-cli", floor: 6, knows: &[SCRATCH, FACE], tests_know: &[] },
    Room { package: "tor-harness-suites", floor: 6, knows: EVERYTHING_BELOW, tests_know: &[] },
    Room { package: "tor-harness-benches", floor: 6, knows: EVERYTHING_BELOW, tests_know: &[] },
    Room { package: "xtask", floor: 7, knows: &[RUNNER, PROCESS], tests_know: &[] },
];

const EVERYTHING_BELOW: &[&str] = &[
    TYPES, FIXTURES, SCRATCH, TRAFFIC, CONTROL, NETDOC, CLIENT, ARCHIVE, TESTNET, RUNNER, MOCK,
    PROCESS, FACE, STRATEGIES,
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
        Some(other) if room.knows.contains(&other.package) => return None,
        Some(other) if room.tests_know.contains(&other.package) => {
            if dependency.kind.as_deref() == Some("dev") {
                return None;
            }
            let names = (room.package, other.package);
            format!("only the tests of {} know {}", names.0, names.1)
        }
        Some(other) => format!("{} should not know {}", room.package, other.package),
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
            for lower in upper.knows.iter().chain(upper.tests_know) {
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

    /// The map is for people, so its names are those of folders.
    #[test]
    fn the_map_in_the_docs_is_the_plan() {
        let folder = |package: &'static str| match package {
            FACE => "tor-harness",
            STRATEGIES => "fuzz",
            FIXTURES => "fixtures",
            other => other.strip_prefix("tor-harness-").unwrap_or(other),
        };
        let names = |packages: &[&'static str]| {
            let names: Vec<_> = packages.iter().copied().map(folder).collect();
            names.join(", ")
        };
        let text = std::fs::read_to_string(crate::cargo::root().join("ARCHITECTURE.md")).unwrap();
        let mut drawn: Vec<_> = text
            .lines()
            .filter_map(|line| {
                let cells: Vec<_> = line.split('|').map(str::trim).collect();
                let [_, floor, folder, _, knows, _] = cells[..] else {
                    return None;
                };
                let floor = floor.parse::<u8>().ok()?;
                let folder = folder.trim_matches(['`', '/']).rsplit('/').next()?;
                Some((floor, folder.to_owned(), knows.to_owned()))
            })
            .collect();
        let mut planned: Vec<_> = ROOMS
            .iter()
            .map(|room| {
                let mut knows = match room.knows {
                    EVERYTHING_BELOW => "all below".to_owned(),
                    [] => "nothing".to_owned(),
                    rooms => names(rooms),
                };
                if !room.tests_know.is_empty() {
                    knows += &format!("; its tests {}", names(room.tests_know));
                }
                (room.floor, folder(room.package).to_owned(), knows)
            })
            .collect();
        drawn.sort();
        planned.sort();
        assert_eq!(drawn, planned);
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
                &["dev-dependency: tor-harness-client should not know tor-fixtures"],
            ),
            (
                NETDOC,
                vec![ours(TYPES, Some("dev")), ours(FIXTURES, Some("dev"))],
                &[],
            ),
            (
                NETDOC,
                vec![ours(FIXTURES, None)],
                &["Cargo.toml: dependency: only the tests of tor-harness-netdoc know tor-fixtures"],
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
