//! IP addresses as tor reads them.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Reads an IPv6 address, in brackets or not.
pub(in crate::world) fn ipv6(text: &str) -> Option<Ipv6Addr> {
    let bare = text
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'));
    bare.unwrap_or(text).parse().ok()
}

/// Reads what a reverse lookup can be for: an address, or a name that stands
/// for an IPv4 address.
pub(super) fn reverse(text: &str) -> Option<IpAddr> {
    if let Some(address) = ipv6(text) {
        return Some(address.into());
    }
    let Some(name) = text.strip_suffix(".in-addr.arpa") else {
        return text.parse::<Ipv4Addr>().ok().map(IpAddr::from);
    };
    let address: Ipv4Addr = name.parse().ok()?;
    let [a, b, c, d] = address.octets();
    Some(Ipv4Addr::new(d, c, b, a).into())
}

/// Whether it is the address of nothing on the public network.
pub(super) fn is_internal(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => {
            let [a, b, ..] = address.octets();
            address.is_private()
                || address.is_loopback()
                || address.is_link_local()
                || a == 0
                || (a == 100 && (64..128).contains(&b))
        }
        IpAddr::V6(address) => {
            let first = address.segments()[0];
            address.is_unspecified()
                || address.is_loopback()
                || first & 0xfe00 == 0xfc00
                || first & 0xff80 == 0xfe80
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Which of them a tor 0.4.9.11 refuses to look up.
    #[test]
    fn internal_ones() {
        for (text, expected) in [
            ("127.0.0.1", Some(true)),
            ("10.0.0.1", Some(true)),
            ("100.64.0.1", Some(true)),
            ("169.254.0.1", Some(true)),
            ("172.16.0.1", Some(true)),
            ("192.168.0.1", Some(true)),
            ("0.0.0.0", Some(true)),
            ("1.0.0.127.in-addr.arpa", Some(true)),
            ("::1", Some(true)),
            ("[::1]", Some(true)),
            ("fe80::1", Some(true)),
            ("4.3.2.1.in-addr.arpa", Some(false)),
            ("224.0.0.1", Some(false)),
            ("255.255.255.255", Some(false)),
            ("2001:db8::1", Some(false)),
            ("300.1.1.1", None),
            ("foo.com", None),
        ] {
            assert_eq!(reverse(text).map(is_internal), expected, "{text}");
        }
    }
}
