//! Options of relays, authorities, bridges, onion services, test networks.

use std::net::SocketAddr;

use tor_harness_types::Fingerprint;

use super::super::store::Config;
use super::super::value::entries;
use super::words::is_listener;

pub(super) fn versioning(config: &mut Config) -> Result<(), String> {
    let has = |name: &str| {
        !config.all_values("RecommendedVersions").is_empty() || !config.all_values(name).is_empty()
    };
    let recommends = has("RecommendedClientVersions") && has("RecommendedServerVersions");
    match config.is_on("VersioningAuthoritativeDirectory") && !recommends {
        true => Err("Versioning authoritative dir servers must set Recommended*Versions.".into()),
        false => Ok(()),
    }
}

pub(super) fn guard_fraction(config: &mut Config) -> Result<(), String> {
    let fraction = config.real("AuthDirVoteGuardBwThresholdFraction");
    match (0.0..=1.0).contains(&fraction) || fraction.is_nan() {
        true => Ok(()),
        false => Err("Guard bandwdith threshold fraction is invalid.".into()),
    }
}

/// Ports of relays: read one after the other, then looked at together.
pub(super) fn ports(config: &mut Config) -> Result<(), String> {
    for name in ["ORPort", "ExtORPort", "DirPort"] {
        let values = config.all_values(name);
        let off = values.contains(&"0");
        if (off && values.len() > 1) || !values.into_iter().all(is_server_port) {
            return Err(format!("Invalid {name} configuration"));
        }
    }
    let is_good = |name: &str, most: usize| {
        let on = |flag| {
            let lines = config.all_values(name).into_iter();
            lines
                .filter(|line| *line != "0" && !has_flag(line, flag))
                .count()
        };
        let advertised = on("NoAdvertise");
        advertised <= most && (advertised == 0 || on("NoListen") > 0)
    };
    match is_good("ORPort", usize::MAX) && is_good("DirPort", 1) {
        true => Ok(()),
        false => Err("Misconfigured server ports".into()),
    }
}

/// A listener that is no Unix socket, and is there for someone.
fn is_server_port(line: &str) -> bool {
    let useless = has_flag(line, "NoAdvertise") && has_flag(line, "NoListen");
    is_listener(line) && !line.starts_with("unix:") && !useless
}

fn has_flag(line: &str, flag: &str) -> bool {
    let mut flags = line.split_ascii_whitespace().skip(1);
    flags.any(|word| word.eq_ignore_ascii_case(flag))
}

/// An authority looks for its own address first, and without a network has none.
pub(super) fn authority(config: &mut Config) -> Result<(), String> {
    match config.is_on("AuthoritativeDirectory") {
        true => Err("Failed to resolve/guess local address. See logs for details.".into()),
        false => Ok(()),
    }
}

pub(super) fn publishing(config: &mut Config) -> Result<(), String> {
    let list = config.value("PublishServerDescriptor").unwrap_or_default();
    let lower = list.to_ascii_lowercase();
    let known = ["0", "1", "v1", "v2", "v3", "bridge", "hidserv", ""];
    if !entries(&lower).all(|word| known.contains(&word)) {
        return Err("Unrecognized value in PublishServerDescriptor".into());
    }
    let has = |word: &str| entries(&lower).any(|one| one == word);
    if has("bridge") && (has("v3") || has("1")) {
        return Err(
            "Bridges are not supposed to publish router descriptors to the directory authorities. Please \
             correct your PublishServerDescriptor line."
                .into(),
        );
    }
    Ok(())
}

pub(super) fn distribution(config: &mut Config) -> Result<(), String> {
    let is_known = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
    Err(match config.value("BridgeDistribution") {
        Some(_) if !config.is_on("BridgeRelay") => {
            "You set BridgeDistribution, but you didn't set BridgeRelay!"
        }
        Some(way) if !way.bytes().all(is_known) => "Invalid BridgeDistribution value.",
        _ => return Ok(()),
    }
    .into())
}

pub(super) fn guards(config: &mut Config) -> Result<(), String> {
    let bridges = config.is_on("UseBridges");
    let guards = config.is_on("UseEntryGuards");
    let entries = config.value("EntryNodes").is_some();
    Err(match (bridges, guards, entries) {
        (true, false, false) => "Setting UseBridges requires also setting UseEntryGuards.",
        (true, _, true) => "You cannot set both UseBridges and EntryNodes.",
        (false, false, true) => "If EntryNodes is set, UseEntryGuards must be enabled.",
        _ => return Ok(()),
    }
    .to_owned())
}

/// One guard alone would tell where an onion service is.
pub(super) fn only_guard(config: &mut Config) -> Result<(), String> {
    let mut relays = entries(config.value("EntryNodes").unwrap_or_default());
    // A country, or a pattern of addresses, may be many.
    let is_relay = |entry: &str| !entry.contains(['{', '.', ':', '*', '/']);
    let is_only = relays.next().is_some_and(is_relay) && relays.next().is_none();
    let has_service = !config.group("HiddenServiceOptions").is_empty();
    match is_only && has_service {
        true => Err(
            "You have one single EntryNodes and at least one hidden service configured. \
            This is bad because it's very easy to locate your entry guard which can then lead to \
            the deanonymization of your hidden service -- for more details, see \
            https://bugs.torproject.org/tpo/core/tor/14917. For this reason, the use of one \
            EntryNodes with an hidden service is prohibited until a better solution is found."
                .to_owned(),
        ),
        false => Ok(()),
    }
}

pub(super) fn bandwidth(config: &mut Config) -> Result<(), String> {
    let (rate, burst) = ("RelayBandwidthRate", "RelayBandwidthBurst");
    if config.number(rate) > 0 && config.number(burst) == 0 {
        config.put(burst, config.number(rate));
    }
    if config.number(burst) > 0 && config.number(rate) == 0 {
        config.put(rate, config.number(burst));
    }
    if config.number(rate) > config.number(burst) {
        return Err("RelayBandwidthBurst must be at least equal to RelayBandwidthRate.".into());
    }
    if config.number("BandwidthRate") > config.number("BandwidthBurst") {
        return Err("BandwidthBurst must be at least equal to BandwidthRate.".into());
    }
    // A relay may use no more than all of tor does.
    for (part, all) in [(rate, "BandwidthRate"), (burst, "BandwidthBurst")] {
        if config.number(part) > config.number(all) {
            config.put(all, config.number(part));
        }
    }
    Ok(())
}

pub(super) fn bridge_relay(config: &mut Config) -> Result<(), String> {
    if config.is_on("BridgeRelay") && !config.is_on("DirCache") {
        return Err(
            "We're a bridge but DirCache is disabled. BridgeRelay requires DirCache.".into(),
        );
    }
    match config.is_on("BridgeRelay") && config.all_values("ORPort").is_empty() {
        true => Err("BridgeRelay is 1, ORPort is not set. This is an invalid combination.".into()),
        false => Ok(()),
    }
}

/// Lines of directories: an address and a fingerprint are in each.
pub(super) fn directories(config: &mut Config) -> Result<(), String> {
    let is_good = |line: &&str| {
        let mut words = line.split_ascii_whitespace();
        let address = words.any(|word| word.parse::<SocketAddr>().is_ok());
        let digits: String = words.collect();
        address && digits.parse::<Fingerprint>().is_ok()
    };
    let names = [
        "AlternateBridgeAuthority",
        "AlternateDirAuthority",
        "DirAuthority",
        "FallbackDir",
    ];
    let mut lines = names.iter().flat_map(|name| config.all_values(name));
    match lines.all(|line| is_good(&line)) {
        true => Ok(()),
        false => {
            Err("Directory authority/fallback line did not parse. See logs for details.".into())
        }
    }
}

pub(super) fn bridges(config: &mut Config) -> Result<(), String> {
    let bridges = config.all_values("Bridge");
    if !bridges.iter().all(|line| is_bridge(line)) {
        return Err("Bridge line did not parse. See logs for details.".into());
    }
    match config.is_on("UseBridges") && bridges.is_empty() {
        true => Err("If you set UseBridges, you must specify at least one bridge.".into()),
        false => Ok(()),
    }
}

/// The size of sockets' buffers counts only where it is asked for.
pub(super) fn constrained_sockets(config: &mut Config) -> Result<(), String> {
    let size = config.number("ConstrainedSockSize");
    let is_good = (2048..=262_144).contains(&size) && size % 1024 == 0;
    match config.is_on("ConstrainedSockets") && !is_good {
        true => Err(
            "ConstrainedSockSize is invalid.  Must be a value between 2048 and 262144 in 1024 byte increments."
                .into(),
        ),
        false => Ok(()),
    }
}

/// `[TRANSPORT] ADDRESS[:PORT] [FINGERPRINT]`.
fn is_bridge(line: &str) -> bool {
    let is_address = |word: &str| {
        word.parse::<SocketAddr>().is_ok()
            || word
                .trim_matches(['[', ']'])
                .parse::<std::net::IpAddr>()
                .is_ok()
    };
    let mut words = line.split_ascii_whitespace();
    let Some(first) = words.next() else {
        return false;
    };
    let has_transport = !is_address(first);
    if has_transport && !words.next().is_some_and(is_address) {
        return false;
    }
    let rest: Vec<_> = words.collect();
    match rest.first() {
        None => true,
        Some(word) if has_transport && word.contains('=') => true,
        Some(word) if has_transport => word.parse::<Fingerprint>().is_ok(),
        Some(_) => rest.concat().parse::<Fingerprint>().is_ok(),
    }
}

pub(super) fn testing_network(config: &mut Config) -> Result<(), String> {
    let has = |name: &str| !config.all_values(name).is_empty();
    let own =
        has("DirAuthority") || (has("AlternateDirAuthority") && has("AlternateBridgeAuthority"));
    match config.is_on("TestingTorNetwork") && !own {
        true => Err(
            "TestingTorNetwork may only be configured in combination with a non-default set of DirAuthority \
             or both of AlternateDirAuthority and AlternateBridgeAuthority configured."
                .into(),
        ),
        false => Ok(()),
    }
}

pub(super) fn internal_addresses(config: &mut Config) -> Result<(), String> {
    match config.is_on("ClientDNSRejectInternalAddresses") || config.is_on("TestingTorNetwork") {
        true => Ok(()),
        false => Err("ClientDNSRejectInternalAddresses used for default network.".into()),
    }
}
