//! What tor checks of a configuration as a whole, as far as it is modelled.
//!
//! Nothing here looks at files, addresses or the network, so what a real tor
//! finds wrong there passes.

use std::num::NonZeroU16;

use tor_harness_control::auth::HashedPassword;
use tor_harness_types::Nickname;

use super::refusal::Refusal;
use super::store::Config;
use super::value::entries;

/// What cannot change while tor runs.
const FIXED: &[&str] = &[
    "__DisableSignalHandlers",
    "__OwningControllerFD",
    "AccelDir",
    "AccelName",
    "CacheDirectory",
    "DataDirectory",
    "DisableAllSwap",
    "DisableDebuggerAttachment",
    "HardwareAccel",
    "KeepBindCapabilities",
    "KeyDirectory",
    "NoExec",
    "PidFile",
    "RunAsDaemon",
    "Sandbox",
    "SyslogIdentityTag",
    "TokenBucketRefillInterval",
    "User",
];

/// Rates, none of which may be more than an `i32` holds.
const RATES: &[&str] = &[
    "BandwidthRate",
    "BandwidthBurst",
    "MaxAdvertisedBandwidth",
    "RelayBandwidthRate",
    "RelayBandwidthBurst",
    "PerConnBWRate",
    "PerConnBWBurst",
];

/// Lists of ports.
const PORTS: &[&str] = &[
    "FirewallPorts",
    "LongLivedPorts",
    "RejectPlaintextPorts",
    "WarnPlaintextPorts",
];

/// Listeners that speak for applications.
const LISTENERS: &[&str] = &[
    "SocksPort",
    "TransPort",
    "NATDPort",
    "DNSPort",
    "HTTPTunnelPort",
];

/// Words that options take, and what tor says of others.
const WORDS: &[(&str, &[&str], &str)] = &[
    (
        "AccountingRule",
        &["sum", "max", "in", "out"],
        "AccountingRule must be 'sum', 'max', 'in', or 'out'",
    ),
    (
        "ConfluxClientUX",
        &[
            "latency",
            "throughput",
            "latency_lowmem",
            "throughput_lowmem",
        ],
        "ConfluxClientUX must be 'latency', 'throughput, 'latency_lowmem', or 'throughput_lowmem'",
    ),
];

/// Checks a configuration, and corrects what tor corrects: then it says so.
pub(super) fn check(old: &Config, new: &mut Config) -> Result<Vec<String>, Refusal> {
    names(new).map_err(Refusal::Unacceptable)?;
    listeners(new).map_err(Refusal::Unacceptable)?;
    rates(new).map_err(Refusal::Unacceptable)?;
    numbers(new).map_err(Refusal::Unacceptable)?;
    services(new).map_err(Refusal::Unacceptable)?;
    let warnings = correct(new);
    if let Some(name) = FIXED.iter().find(|name| old.value(name) != new.value(name)) {
        return Err(Refusal::Transition(format!(
            "While Tor is running, changing {name} is not allowed"
        )));
    }
    if number(new, "ConnLimit") < 32 {
        return Err(Refusal::Unable(
            "Problem with ConnLimit value. See logs for details.".into(),
        ));
    }
    Ok(warnings)
}

fn names(new: &Config) -> Result<(), String> {
    if let Some(name) = new.bytes("Nickname").map(String::from_utf8_lossy)
        && name.parse::<Nickname>().is_err()
    {
        return Err(format!(
            "Nickname '{name}', nicknames must be between 1 and 19 characters inclusive, and must contain \
             only the characters [a-zA-Z0-9]."
        ));
    }
    if new
        .bytes("ContactInfo")
        .is_some_and(|info| str::from_utf8(info).is_err())
    {
        return Err("ContactInfo config option must be UTF-8.".into());
    }
    if !new.all_values("Log").into_iter().all(is_log) {
        return Err("Failed to validate Log options. See logs for details.".into());
    }
    if let Some(word) = new.value("SafeLogging")
        && !["0", "1", "relay"]
            .iter()
            .any(|known| known.eq_ignore_ascii_case(word))
    {
        return Err(format!("Unrecognized value '\"{word}\"' in SafeLogging"));
    }
    for (name, words, wrong) in WORDS {
        if new.value(name).is_some_and(|word| !words.contains(&word)) {
            return Err((*wrong).to_owned());
        }
    }
    let hashed = new.all_values("HashedControlPassword");
    if hashed
        .iter()
        .any(|text| text.parse::<HashedPassword>().is_err())
    {
        return Err("Bad HashedControlPassword: wrong length or bad encoding".into());
    }
    for name in ["ExitPolicy", "SocksPolicy"] {
        let rules = new.all_values(name);
        if !rules.iter().flat_map(|line| entries(line)).all(is_policy) {
            return Err(format!("Error in {name} entry."));
        }
    }
    Ok(())
}

fn listeners(new: &Config) -> Result<(), String> {
    for name in LISTENERS {
        let values = new.all_values(name);
        let off = values.contains(&"0");
        if (off && values.len() > 1) || !values.into_iter().all(is_listener) {
            return Err(format!("Invalid {name} configuration"));
        }
    }
    for name in PORTS {
        let ports = new.value(name).unwrap_or_default();
        if let Some(port) = entries(ports).find(|port| port.parse::<u16>().is_err()) {
            return Err(format!("Port '{port}' out of range in {name}"));
        }
    }
    Ok(())
}

fn rates(new: &mut Config) -> Result<(), String> {
    let most = i64::from(i32::MAX);
    for name in RATES {
        let mut rate = number(new, name);
        if rate > most {
            // 2 GB is meant well, and one byte too many.
            rate -= 1;
            new.put(name, rate);
        }
        if rate > most {
            return Err(format!("{name} ({rate}) must be at most {most}"));
        }
    }
    if number(new, "RelayBandwidthRate") > 0 && number(new, "RelayBandwidthBurst") == 0 {
        let rate = number(new, "RelayBandwidthRate");
        new.put("RelayBandwidthBurst", rate);
    }
    if number(new, "RelayBandwidthRate") > number(new, "RelayBandwidthBurst") {
        return Err("RelayBandwidthBurst must be at least equal to RelayBandwidthRate.".into());
    }
    if number(new, "BandwidthRate") > number(new, "BandwidthBurst") {
        return Err("BandwidthBurst must be at least equal to BandwidthRate.".into());
    }
    Ok(())
}

fn numbers(new: &Config) -> Result<(), String> {
    if number(new, "KeepalivePeriod") < 1 {
        return Err("KeepalivePeriod option must be positive.".into());
    }
    let limit = number(new, "ConnLimit");
    if limit < 1 {
        return Err(format!(
            "ConnLimit must be greater than 0, but was set to {limit}"
        ));
    }
    if number(new, "LogTimeGranularity") == 0 {
        return Err("Failed to validate Log options. See logs for details.".into());
    }
    if number(new, "KISTSchedRunInterval") > 100 {
        return Err("KISTSchedRunInterval must not be more than 100 (ms)".into());
    }
    Ok(())
}

fn services(new: &Config) -> Result<(), String> {
    if new.value("UseBridges") == Some("1") && new.all_values("Bridge").is_empty() {
        return Err("If you set UseBridges, you must specify at least one bridge.".into());
    }
    let options = new.all_values("HiddenServiceOptions").len();
    if options > 0 && new.all_values("HiddenServiceDir").is_empty() {
        return Err("Failed to configure rendezvous options. See logs for details.".into());
    }
    Ok(())
}

/// Brings times into their bounds, and adds what tor adds.
fn correct(new: &mut Config) -> Vec<String> {
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
    let mut warnings = Vec::new();
    for (name, least) in [("CircuitStreamTimeout", 10), ("HeartbeatPeriod", 1800)] {
        // Zero means none.
        if (1..least).contains(&number(new, name)) {
            new.put(name, least);
            warnings.push(format!(
                "{name} option is too short; raising to {least} seconds."
            ));
        }
    }
    let dirtiness = number(new, "MaxCircuitDirtiness");
    if dirtiness < 10 {
        new.put("MaxCircuitDirtiness", 10);
        warnings.push("MaxCircuitDirtiness option is too short; raising to 10 seconds.".into());
    } else if dirtiness > 30 * 86_400 {
        new.put("MaxCircuitDirtiness", 30 * 86_400);
        warnings.push("MaxCircuitDirtiness option is too high; setting to 30 days.".into());
    }
    warnings
}

fn number(config: &Config, name: &str) -> i64 {
    config
        .value(name)
        .and_then(|text| text.parse().ok())
        .unwrap_or_default()
}

/// `SEVERITY[-SEVERITY] [stdout|stderr|syslog|file PATH]`, each severity
/// with or without domains in brackets before it.
fn is_log(line: &str) -> bool {
    let mut words = line.split_ascii_whitespace();
    let severities = words.next().unwrap_or_default();
    let severity = severities
        .rsplit_once(']')
        .map_or(severities, |(_, severity)| severity);
    let known = |word: &str| {
        let names = ["debug", "info", "notice", "warn", "err"];
        names.iter().any(|name| name.eq_ignore_ascii_case(word))
    };
    if !severity.split('-').all(known) {
        return false;
    }
    match words.next() {
        None => true,
        Some("stdout" | "stderr" | "syslog") => words.next().is_none(),
        Some("file") => words.next().is_some(),
        Some(_) => false,
    }
}

fn is_policy(rule: &str) -> bool {
    let word = rule.split_ascii_whitespace().next().unwrap_or_default();
    matches!(word, "accept" | "accept6" | "reject" | "reject6")
}

/// A port, `auto`, a Unix socket, or an address with a port; flags may follow.
fn is_listener(line: &str) -> bool {
    let first = line.split_ascii_whitespace().next().unwrap_or_default();
    let is_auto = |port: &str| port.eq_ignore_ascii_case("auto");
    match first.rsplit_once(':') {
        _ if first.starts_with("unix:") => true,
        None => is_auto(first) || first.parse::<u16>().is_ok(),
        Some((address, port)) => {
            !address.is_empty() && (is_auto(port) || port.parse::<NonZeroU16>().is_ok())
        }
    }
}
