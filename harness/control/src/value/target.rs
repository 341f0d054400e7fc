//! Where a stream goes.

use crate::value::text_value::text_value;
use crate::value::{HostPort, LongName};

/// Where a stream goes (section 4.1.2, `Target`): `example.com:443`,
/// `2001:db8::1:443`, `(Tor_internal):0`, `example.com.$FINGERPRINT.exit:80`;
/// port 0 for what is only to be resolved.
///
/// ```
/// use tor_harness_control::value::Target;
///
/// let target = Target::new("example.com.moria1.exit:80");
/// assert_eq!((target.host(), target.port()), ("example.com.moria1.exit", Some(80)));
/// assert_eq!(target.exit().unwrap().1.as_str(), "moria1");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Target<'a>(&'a str);

text_value! { Target, "A target as it came; any text is one." }

impl<'a> Target<'a> {
    /// The target as an address with a port.
    #[must_use]
    pub const fn host_port(&self) -> HostPort<'a> {
        HostPort::new(self.0)
    }

    /// The address or name, without brackets.
    #[must_use]
    pub fn host(&self) -> &'a str {
        self.host_port().host()
    }

    /// The port.
    #[must_use]
    pub fn port(&self) -> Option<u16> {
        self.host_port().port()
    }

    /// Whether tor talks to itself.
    #[must_use]
    pub fn is_internal(&self) -> bool {
        self.host() == "(Tor_internal)"
    }

    /// The address behind an `.exit` name, and the relay that the name asks
    /// for. The address is empty where the relay itself is meant.
    #[must_use]
    pub fn exit(&self) -> Option<(&'a str, LongName<'a>)> {
        let name = self.host().strip_suffix(".exit")?;
        let (address, relay) = name.rsplit_once('.').unwrap_or(("", name));
        Some((address, LongName::new(relay)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads() {
        for (text, host, port, exit) in [
            ("example.com:443", "example.com", Some(443), None),
            ("2001:db8::1:0", "2001:db8::1", Some(0), None),
            ("[2001:db8::1]:443", "2001:db8::1", Some(443), None),
            ("(Tor_internal):0", "(Tor_internal)", Some(0), None),
            (
                "127.0.0.1.$AB.exit:9001",
                "127.0.0.1.$AB.exit",
                Some(9001),
                Some(("127.0.0.1", "$AB")),
            ),
            (
                "moria1.exit:1",
                "moria1.exit",
                Some(1),
                Some(("", "moria1")),
            ),
            ("", "", None, None),
        ] {
            let target = Target::new(text);
            assert_eq!((target.host(), target.port()), (host, port), "{text}");
            let read = target.exit().map(|(host, relay)| (host, relay.as_str()));
            assert_eq!(read, exit, "{text}");
            assert_eq!(target.is_internal(), text.contains("Tor_internal"));
        }
    }
}
