//! An address with a port.

use core::net::{IpAddr, SocketAddr};

use crate::value::text_value::text_value;

/// An address with a port: `127.0.0.1:9001`, `[2001:db8::1]:9001`,
/// `2001:db8::1:9001`, `example.com:80`.
///
/// It is cut at the last colon, since tor writes IPv6 addresses with brackets
/// and without.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct HostPort<'a>(&'a str);

text_value! { HostPort, "An address with a port as it came; any text is one." }

impl<'a> HostPort<'a> {
    /// The address or name, without brackets.
    #[must_use]
    pub fn host(&self) -> &'a str {
        let (host, _) = self.cut();
        host.strip_prefix('[')
            .and_then(|host| host.strip_suffix(']'))
            .unwrap_or(host)
    }

    /// The port; `None` where there is none, or none from 0 to 65535. Zeros
    /// in front are fine.
    #[must_use]
    pub fn port(&self) -> Option<u16> {
        let (_, port) = self.cut();
        // Reading alone would take a sign.
        port.parse().ok().filter(|_| !port.starts_with('+'))
    }

    /// The address, where it is one.
    #[must_use]
    pub fn ip(&self) -> Option<IpAddr> {
        self.host().parse().ok()
    }

    /// The address with its port, where both are there.
    #[must_use]
    pub fn socket_addr(&self) -> Option<SocketAddr> {
        Some(SocketAddr::new(self.ip()?, self.port()?))
    }

    /// What comes before the last colon, and behind it; the last one of an
    /// address in brackets has no port behind it.
    fn cut(&self) -> (&'a str, &'a str) {
        let cut = self.0.rsplit_once(':');
        cut.filter(|_| !self.0.ends_with(']'))
            .unwrap_or((self.0, ""))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads() {
        for (text, host, port, is_ip) in [
            ("127.0.0.1:9001", "127.0.0.1", Some(9001), true),
            // stem: refuses the zeros.
            ("127.0.0.1:001", "127.0.0.1", Some(1), true),
            // stem: leaves the brackets on.
            ("[2001:db8::1]:9001", "2001:db8::1", Some(9001), true),
            ("2001:db8::1:9001", "2001:db8::1", Some(9001), true),
            ("[2001:db8::1]", "2001:db8::1", None, true),
            ("example.com:0", "example.com", Some(0), false),
            ("example.com", "example.com", None, false),
            ("example.com:", "example.com", None, false),
            ("example.com:65536", "example.com", None, false),
            ("example.com:+1", "example.com", None, false),
            ("", "", None, false),
        ] {
            let read = HostPort::new(text);
            assert_eq!((read.host(), read.port()), (host, port), "{text}");
            assert_eq!(read.ip().is_some(), is_ip, "{text}");
            assert_eq!(read.socket_addr().is_some(), is_ip && port.is_some());
        }
    }
}
