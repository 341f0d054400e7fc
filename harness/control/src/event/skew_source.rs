//! Who says that a clock is wrong.

use core::fmt;

use crate::value::HostPort;

/// Who says that this clock is wrong: `SOURCE` of CLOCK_SKEW
/// (section 4.1.10).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SkewSource<'a> {
    /// A directory, in its answer.
    DirServ(HostPort<'a>),
    /// A consensus from this directory.
    NetworkStatus(HostPort<'a>),
    /// A relay, in its NETINFO cell.
    Or(HostPort<'a>),
    /// A consensus.
    Consensus,
    /// Anything else: tor writes the path of its state file where that comes
    /// from the future.
    Other(&'a str),
}

impl<'a> SkewSource<'a> {
    /// A source as it came; any text is one.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        match text.split_once(':') {
            Some(("DIRSERV", address)) => Self::DirServ(HostPort::new(address)),
            Some(("NETWORKSTATUS", address)) => Self::NetworkStatus(HostPort::new(address)),
            Some(("OR", address)) => Self::Or(HostPort::new(address)),
            None if text == "CONSENSUS" => Self::Consensus,
            _ => Self::Other(text),
        }
    }

    /// The address of who says so, where it is one that was asked.
    #[must_use]
    pub const fn address(&self) -> Option<HostPort<'a>> {
        match self {
            Self::DirServ(address) | Self::NetworkStatus(address) | Self::Or(address) => {
                Some(*address)
            }
            Self::Consensus | Self::Other(_) => None,
        }
    }
}

impl fmt::Display for SkewSource<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::DirServ(address) => write!(f, "DIRSERV:{address}"),
            Self::NetworkStatus(address) => write!(f, "NETWORKSTATUS:{address}"),
            Self::Or(address) => write!(f, "OR:{address}"),
            Self::Consensus => f.write_str("CONSENSUS"),
            Self::Other(text) => f.write_str(text),
        }
    }
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use super::*;

    #[test]
    fn reads() {
        for (text, source) in [
            (
                "DIRSERV:1.2.3.4:80",
                SkewSource::DirServ(HostPort::new("1.2.3.4:80")),
            ),
            (
                "NETWORKSTATUS:[::1]:80",
                SkewSource::NetworkStatus(HostPort::new("[::1]:80")),
            ),
            ("OR:::1:80", SkewSource::Or(HostPort::new("::1:80"))),
            ("CONSENSUS", SkewSource::Consensus),
            ("OR", SkewSource::Other("OR")),
            ("/a b/state", SkewSource::Other("/a b/state")),
            ("", SkewSource::Other("")),
        ] {
            assert_eq!(SkewSource::new(text), source);
            assert_eq!(source.to_string(), text);
            assert_eq!(source.address().is_some(), text.ends_with(":80"), "{text}");
        }
    }
}
