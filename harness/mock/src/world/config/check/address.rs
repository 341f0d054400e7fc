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
    (host.eq_ignore_ascii_case("localhost") || is_number(host)).then_some(port)
}

/// Whether a resolver takes this for an IPv4 address: up to four numbers as C writes them, the
/// last for all bytes that are left.
fn is_number(text: &str) -> bool {
    let number = |part: &str| {
        let (digits, radix) = match part.strip_prefix('0') {
            Some("") | None => (part, 10),
            Some(rest) => rest
                .strip_prefix(['x', 'X'])
                .map_or((rest, 8), |digits| (digits, 16)),
        };
        // Rust would take a sign.
        let has_digits = digits.bytes().all(|byte| byte.is_ascii_alphanumeric());
        u32::from_str_radix(digits, radix)
            .ok()
            .filter(|_| has_digits)
    };
    let parts: Vec<_> = text.split('.').map(number).collect();
    let most = match parts.len() {
        1 => u32::MAX,
        2 => 0xff_ffff,
        3 => 0xffff,
        4 => 0xff,
        _ => return false,
    };
    let last = parts.len() - 1;
    let fits = |(at, part): (usize, &Option<u32>)| {
        let most = if at == last { most } else { 0xff };
        part.is_some_and(|part| part <= most)
    };
    parts.iter().enumerate().all(fits)
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Which of them a tor 0.4.9.11 takes for HTTPProxy.
    #[test]
    fn endpoints() {
        for (text, is_taken) in [
            ("1.2", true),
            ("0x1", true),
            ("0x1:80", true),
            ("1.2.3:80", true),
            ("1.2.3.4.5", false),
            ("1.300", true),
            ("1.16777215", true),
            ("1.16777216", false),
            ("0", true),
            ("010", true),
            ("08", false),
            ("0x", false),
            ("4294967295", true),
            ("4294967296", false),
            ("0XFF.1", true),
            ("0377.0xff.65535", true),
            ("01.02.03.04", true),
            ("256.1", false),
            ("1.2.", false),
            ("1..2", false),
            ("1.2:0", false),
            ("1.2:", false),
            ("1.2:99999", false),
            ("1.2 ", false),
            (" 1.2", true),
            ("1.2.3.4 x", false),
            ("-1", false),
            ("+1", false),
            ("0x+1", false),
            ("[1.2]", false),
            ("[::1]:80", true),
            ("[::1", false),
            ("::1", true),
            ("LocalHost:80", true),
            ("localhost.", false),
            (":80", false),
            ("1.2.3.4:0", false),
            ("1.2.3.4:080", true),
            ("1.2.3.4:+80", true),
            ("1.2.3.4:0x50", false),
        ] {
            assert_eq!(endpoint(text).is_some(), is_taken, "{text:?}");
        }
    }
}
