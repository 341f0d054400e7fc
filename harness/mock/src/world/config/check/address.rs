//! Addresses that tor reads, or asks a resolver for.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::num::NonZeroU16;

use super::super::store::Config;

/// Whose connections start at which addresses, in tor's order.
const OUTBOUND: &[(&str, &str)] = &[
    ("OutboundBindAddress", ""),
    ("OutboundBindAddressOR", "OR "),
    ("OutboundBindAddressExit", "exit "),
    ("OutboundBindAddressPT", "PT "),
];

pub(super) fn outbound(config: &mut Config) -> Result<(), String> {
    for (name, whose) in OUTBOUND {
        let mut addresses = config.all_values(name).into_iter();
        if let Some(wrong) = addresses.find(|text| !is_address(text)) {
            return Err(format!(
                "Multiple {whose}outbound bind addresses configured: {wrong}"
            ));
        }
    }
    Ok(())
}

/// Read as an address, not as a listener: a lone number is one, too.
pub(super) fn metrics(config: &mut Config) -> Result<(), String> {
    for line in config.all_values("MetricsPort") {
        let mut words = line.split_ascii_whitespace();
        if endpoint(words.next().unwrap_or_default()).is_none() {
            return Err("MetricsPort address/port failed to parse or resolve.".into());
        }
        match words.next() {
            Some(format) if format != "prometheus" => {
                return Err(format!("MetricsPort unknown format: {format}"));
            }
            _ => {}
        }
    }
    Ok(())
}

/// Whether this is `ADDRESS[:PORT]`, and the port. The mock's resolver knows one name.
pub(super) fn endpoint(text: &str) -> Option<Option<NonZeroU16>> {
    let text = text.trim_ascii_start();
    if is_address(text) {
        return Some(None);
    }
    if let Ok(address) = text.parse::<SocketAddr>() {
        return NonZeroU16::new(address.port()).map(Some);
    }
    let (host, port) = match text.split_once(':') {
        Some((host, port)) => (host, Some(port.parse().ok()?)),
        None => (text, None),
    };
    // Resolvers take a number for the whole of an address.
    (host.eq_ignore_ascii_case("localhost") || host.parse::<u32>().is_ok()).then_some(port)
}

fn is_address(text: &str) -> bool {
    let bracketed = text
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'));
    match bracketed {
        Some(address) => address.parse::<Ipv6Addr>().is_ok(),
        None => text.parse::<IpAddr>().is_ok(),
    }
}
