//! Addresses that are let through or not.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::super::store::Config;
use super::super::value::entries;

/// The policies, in tor's order, and whether a line may leave out what it does.
const POLICIES: &[(&str, bool)] = &[
    ("ExitPolicy", false),
    ("DirPolicy", false),
    ("SocksPolicy", false),
    ("AuthDirReject", true),
    ("AuthDirInvalid", true),
    ("AuthDirBadExit", true),
    ("AuthDirMiddleOnly", true),
    ("ReachableAddresses", true),
    ("ReachableORAddresses", true),
    ("ReachableDirAddresses", true),
];

pub(super) fn all(config: &mut Config) -> Result<(), String> {
    for (name, may_be_bare) in POLICIES {
        let lines = config.all_values(name);
        let mut rules = lines.iter().flat_map(|line| entries(line));
        if !rules.all(|rule| is_rule(rule, *may_be_bare)) {
            return Err(format!("Error in {name} entry."));
        }
    }
    Ok(())
}

/// The networks of addresses that stand for names.
pub(super) fn virtual_networks(config: &mut Config) -> Result<(), String> {
    for (option, name, is_v6, most) in [
        ("VirtualAddrNetworkIPv4", "VirtualAddressNetwork", false, 16),
        (
            "VirtualAddrNetworkIPv6",
            "VirtualAddressNetworkIPv6",
            true,
            104,
        ),
    ] {
        let Some(text) = config.value(option) else {
            return Err(format!("Value not present (NULL) after {name}"));
        };
        let Some(pattern) = Pattern::parse(text) else {
            return Err(format!("Error parsing {name} {text}"));
        };
        if pattern.is_v6 != is_v6 {
            return Err(format!("Incorrect address type for {name}"));
        }
        if pattern.bits > most {
            return Err(format!("{name} expects a /{most} network or larger"));
        }
    }
    Ok(())
}

/// `accept|reject|accept6|reject6 ADDRESS[/BITS|/MASK][:PORTS]`.
fn is_rule(rule: &str, may_be_bare: bool) -> bool {
    let (word, rest) = match rule.split_once([' ', '\t']) {
        Some((word, rest)) => (word, rest.trim_ascii()),
        None => (rule, ""),
    };
    match word {
        "accept" | "reject" | "accept6" | "reject6" => is_target(rest),
        _ => may_be_bare && is_target(rule),
    }
}

/// Addresses with ports or without.
fn is_target(text: &str) -> bool {
    if let Some(ports) = text.strip_prefix("private:") {
        return are_ports(ports);
    }
    let (address, ports) = match text.rsplit_once(':') {
        Some((address, ports)) if !ports.contains(']') => (address, ports),
        _ => (text, "*"),
    };
    let is_bracketed = !address.contains(':') || address.starts_with('[');
    is_bracketed && are_ports(ports) && Pattern::parse(address).is_some()
}

/// `*`, one port, or `LEAST-MOST`.
fn are_ports(text: &str) -> bool {
    let port = |text: &str| text.parse::<u16>().ok().filter(|port| *port > 0);
    let (least, most) = text.split_once('-').unwrap_or((text, text));
    text == "*"
        || port(least)
            .zip(port(most))
            .is_some_and(|(least, most)| least <= most)
}

/// A network: how many bits of its addresses are given.
struct Pattern {
    is_v6: bool,
    bits: u32,
}

impl Pattern {
    fn parse(text: &str) -> Option<Self> {
        let (address, mask) = match text.split_once('/') {
            Some((address, mask)) => (address, Some(mask)),
            None => (text, None),
        };
        if matches!(address, "*" | "*4" | "*6") {
            let is_v6 = address == "*6";
            return mask.is_none().then_some(Self { is_v6, bits: 0 });
        }
        let inner = address
            .strip_prefix('[')
            .and_then(|rest| rest.strip_suffix(']'));
        let address = match inner {
            Some(inner) => IpAddr::V6(inner.parse::<Ipv6Addr>().ok()?),
            None => address.parse::<IpAddr>().ok()?,
        };
        let (is_v6, all) = match address {
            IpAddr::V4(_) => (false, 32),
            IpAddr::V6(_) => (true, 128),
        };
        let bits = match mask {
            None => all,
            Some(mask) => match mask.parse::<u32>() {
                Ok(bits) => bits,
                Err(_) if !is_v6 => u32::from(mask.parse::<Ipv4Addr>().ok()?).leading_ones(),
                Err(_) => return None,
            },
        };
        (bits <= all).then_some(Self { is_v6, bits })
    }
}
