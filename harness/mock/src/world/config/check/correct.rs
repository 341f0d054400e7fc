//! What tor changes of a configuration that it takes.

use super::super::store::Config;
use super::super::value::entries;

/// What only relays count.
const STATISTICS: &[&str] = &[
    "CellStatistics",
    "ConnDirectionStatistics",
    "EntryStatistics",
    "ExitPortStatistics",
];

/// Brings times into their bounds, and adds what tor adds.
pub(super) fn correct(new: &mut Config) -> Vec<String> {
    let unknown = new
        .value("GeoIPExcludeUnknown")
        .unwrap_or_default()
        .to_owned();
    for name in ["ExcludeNodes", "ExcludeExitNodes"] {
        let routers = new.value(name).unwrap_or_default();
        let countries = unknown == "auto" && routers.contains('{');
        if (countries || unknown == "1") && !routers.contains("{??}") {
            let routers: Vec<_> = entries(routers).chain(["{??}"]).collect();
            new.put(name, routers.join(","));
        }
    }
    for name in ["RecommendedClientVersions", "RecommendedServerVersions"] {
        new.fill(name, "RecommendedVersions");
    }
    for name in STATISTICS {
        if new.is_on(name) && new.all_values("ORPort").is_empty() {
            new.put(name, 0);
        }
    }
    reachable_addresses(new);
    let mut warnings = Vec::new();
    let paths = new.real("PathsNeededToBuildCircuits");
    // Less than zero means: as the consensus has it.
    if (0.0..0.25).contains(&paths) {
        new.put("PathsNeededToBuildCircuits", "0.250000");
        warnings.push("PathsNeededToBuildCircuits is too low. Increasing to 0.25".into());
    } else if paths > 0.95 {
        new.put("PathsNeededToBuildCircuits", "0.950000");
        warnings.push("PathsNeededToBuildCircuits is too high. Decreasing to 0.95".into());
    }
    for (name, least) in [("CircuitStreamTimeout", 10), ("HeartbeatPeriod", 1800)] {
        // Zero means none.
        if (1..least).contains(&new.number(name)) {
            new.put(name, least);
            warnings.push(format!(
                "{name} option is too short; raising to {least} seconds."
            ));
        }
    }
    let dirtiness = new.number("MaxCircuitDirtiness");
    if dirtiness < 10 {
        new.put("MaxCircuitDirtiness", 10);
        warnings.push("MaxCircuitDirtiness option is too short; raising to 10 seconds.".into());
    } else if dirtiness > 30 * 86_400 {
        new.put("MaxCircuitDirtiness", 30 * 86_400);
        warnings.push("MaxCircuitDirtiness option is too high; setting to 30 days.".into());
    }
    warnings
}

/// A firewall that lets few ports through, in the words of the options that
/// came after it.
fn reachable_addresses(new: &mut Config) {
    if !new.is_on("FascistFirewall") || !new.all_values("ReachableAddresses").is_empty() {
        return;
    }
    let ports = new.value("FirewallPorts").unwrap_or_default();
    let ports: Vec<_> = entries(ports).map(|port| format!("*:{port}")).collect();
    if !ports.is_empty() {
        return new.put("ReachableAddresses", ports.join(","));
    }
    for (name, ports) in [
        ("ReachableDirAddresses", "*:80"),
        ("ReachableORAddresses", "*:443"),
    ] {
        if new.all_values(name).is_empty() {
            new.put(name, ports);
        }
    }
}
