//! Lists of routers: nicknames, fingerprints, countries, address patterns.

use std::net::{Ipv4Addr, Ipv6Addr};
use std::num::NonZeroU16;

use tor_harness_types::{Fingerprint, Nickname};

/// Whether tor takes this for one entry of a list of routers.
pub(super) fn is_router(entry: &str) -> bool {
    is_country(entry) || is_fingerprint(entry) || is_nickname(entry) || is_pattern(entry)
}

fn is_nickname(text: &str) -> bool {
    text.parse::<Nickname>().is_ok()
}

fn is_country(entry: &str) -> bool {
    entry
        .strip_prefix('{')
        .and_then(|rest| rest.strip_suffix('}'))
        .is_some_and(|code| code.len() == 2)
}

/// `$` and 40 hexadecimal digits, with or without a nickname behind `~` or `=`.
fn is_fingerprint(entry: &str) -> bool {
    let digits = entry.strip_prefix('$').unwrap_or(entry);
    let (digits, nickname) = match digits.split_once(['~', '=']) {
        Some((digits, nickname)) => (digits, Some(nickname)),
        None => (digits, None),
    };
    digits.parse::<Fingerprint>().is_ok() && nickname.is_none_or(is_nickname)
}

/// `*`, `*4`, `*6` or an address, with a mask or without, with a port or without.
fn is_pattern(entry: &str) -> bool {
    let (entry, port) = match entry.rsplit_once(':') {
        Some((entry, port)) if !port.contains(']') => (entry, port),
        _ => (entry, "*"),
    };
    if port != "*" && port.parse::<NonZeroU16>().is_err() {
        return false;
    }
    let (address, mask) = match entry.split_once('/') {
        Some((address, mask)) => (address, Some(mask)),
        None => (entry, None),
    };
    let length = |mask: &str| mask.parse::<u8>().unwrap_or(u8::MAX);
    if let Some(address) = address
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'))
    {
        return address.parse::<Ipv6Addr>().is_ok() && mask.is_none_or(|mask| length(mask) <= 128);
    }
    match address {
        "*" | "*4" | "*6" => mask.is_none(),
        address => {
            address.parse::<Ipv4Addr>().is_ok()
                && mask.is_none_or(|mask| length(mask) <= 32 || mask.parse::<Ipv4Addr>().is_ok())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_what_tor_takes() {
        for (entry, taken) in [
            ("{de}", true),
            ("nick", true),
            ("$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", true),
            ("1.2.3.4/8", true),
            ("1.2.3.4/255.0.0.0", true),
            ("1.2.3.4:80", true),
            ("1.2.3.4:*", true),
            ("[::1]", true),
            ("[::1]/64", true),
            ("*", true),
            ("*4", true),
            ("::1", false),
            ("1.2.3.4/33", false),
            ("1.2.3.4:x", false),
            ("1.2.3.4:0", false),
            ("$AAAA", false),
            ("!!!", false),
            ("a b", false),
            ("toolongnicknamewhichisbad", false),
            ("{xx", false),
        ] {
            assert_eq!(is_router(entry), taken, "{entry}");
        }
    }
}
