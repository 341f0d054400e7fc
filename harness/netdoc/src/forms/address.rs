//! The addresses and ports that an exit policy names.

use core::fmt;
use core::net::{IpAddr, Ipv4Addr, SocketAddr};
use core::str::{FromStr, from_utf8};

use super::range::Range;

/// What `accept` or `reject` is about: `18.0.0.0/8:80-443` (section 2.1.3, `exitpattern`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ExitPattern {
    /// The addresses.
    pub address: AddressPattern,
    /// The ports; all for `*`, and also where they are written as `1-65535`.
    pub ports: Range,
}

/// Which addresses an [`ExitPattern`] is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AddressPattern {
    /// `*`: all.
    Any,
    /// `ADDRESS/BITS`: those that begin with the same bits.
    Bits(IpAddr, u8),
    /// `ADDRESS/MASK`: those that are the same where the mask has bits.
    Mask(Ipv4Addr, Ipv4Addr),
}

impl ExitPattern {
    const ALL_PORTS: Range = Range {
        first: 1,
        last: 65_535,
    };

    /// Whether it names an IPv6 address, which `*` does not.
    pub(super) fn is_ipv6(&self) -> bool {
        matches!(self.address, AddressPattern::Bits(IpAddr::V6(_), _))
    }
}

impl fmt::Display for ExitPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { address, ports } = self;
        match *ports {
            Self::ALL_PORTS => write!(f, "{address}:*"),
            ports => write!(f, "{address}:{ports}"),
        }
    }
}

impl fmt::Display for AddressPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Any => f.write_str("*"),
            Self::Bits(IpAddr::V4(address), 32) => write!(f, "{address}"),
            Self::Bits(IpAddr::V6(address), 128) => write!(f, "[{address}]"),
            Self::Bits(IpAddr::V4(address), bits) => write!(f, "{address}/{bits}"),
            Self::Bits(IpAddr::V6(address), bits) => write!(f, "[{address}]/{bits}"),
            Self::Mask(address, mask) => write!(f, "{address}/{mask}"),
        }
    }
}

/// `ADDRESS:PORT`, an IPv6 address in brackets. Rust also takes the number of an
/// interface, `[fe80::1%3]:9001`, which means nothing to another machine.
pub(crate) fn socket(word: &[u8]) -> Option<SocketAddr> {
    let address = from_utf8(word).ok()?.parse().ok()?;
    (!word.contains(&b'%')).then_some(address)
}

impl FromStr for ExitPattern {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (address, ports) = text.rsplit_once(':').ok_or(())?;
        let ports: Range = match ports {
            "*" => Self::ALL_PORTS,
            ports => ports.parse()?,
        };
        let address = address.parse()?;
        (ports.last <= 65_535)
            .then_some(Self { address, ports })
            .ok_or(())
    }
}

impl FromStr for AddressPattern {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        if text == "*" {
            return Ok(Self::Any);
        }
        let (address, mask) = match text.split_once('/') {
            Some((address, mask)) => (address, Some(mask)),
            None => (text, None),
        };
        let address: IpAddr = match address.strip_prefix('[') {
            Some(six) => IpAddr::V6(six.strip_suffix(']').ok_or(())?.parse().map_err(drop)?),
            None => IpAddr::V4(address.parse().map_err(drop)?),
        };
        let most = if address.is_ipv4() { 32 } else { 128 };
        match (address, mask) {
            (_, None) => Ok(Self::Bits(address, most)),
            (IpAddr::V4(address), Some(mask)) if mask.contains('.') => {
                Ok(Self::Mask(address, mask.parse().map_err(drop)?))
            }
            (_, Some(bits)) => match bits.parse::<Range>()? {
                Range { first, last } if first == last && last <= u32::from(most) => {
                    Ok(Self::Bits(address, last as u8))
                }
                _ => Err(()),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use super::*;

    #[test]
    fn gives_back_what_it_read() {
        for text in [
            "*:*",
            "*:80",
            "*:1-79",
            "18.7.22.69:*",
            "18.0.0.0/8:22",
            "18.0.0.0/255.0.0.0:22",
            "[2001:db8::]/32:443-444",
            "[::1]:0",
        ] {
            let pattern: ExitPattern = text.parse().unwrap();
            assert_eq!(pattern.to_string(), text);
        }
        for text in [
            "*",
            ":",
            "*:",
            "*:65536",
            "*:2-1",
            "*:+1",
            "18.0.0:*",
            "18.0.0.0/33:*",
            "::1:*",
            "[::1:*",
            "[::1]/129:*",
            "[::1]/255.0.0.0:*",
            "1.2.3.4/1-2:*",
            "1.2.3.4/:*",
        ] {
            assert!(text.parse::<ExitPattern>().is_err(), "{text}");
        }
    }
}
