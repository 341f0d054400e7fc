//! What a SOCKS server is asked for.

use std::fmt;
use std::net::{IpAddr, SocketAddr};

/// A host in a request or a reply (RFC 1928, section 5).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Address {
    /// An address.
    Ip(IpAddr),
    /// A name, which is never resolved here; in a reply its bytes are what came, with
    /// replacement characters where they are not UTF-8.
    Name(String),
}

/// A host with a port.
///
/// ```
/// use tor_harness_traffic::Target;
///
/// let target = Target::from(("example.com", 80));
/// assert_eq!(target.to_string(), "example.com:80");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Target {
    /// The host.
    pub host: Address,
    /// The port.
    pub port: u16,
}

impl From<&str> for Address {
    fn from(name: &str) -> Self {
        Self::Name(name.to_owned())
    }
}

impl From<String> for Address {
    fn from(name: String) -> Self {
        Self::Name(name)
    }
}

impl From<IpAddr> for Address {
    fn from(address: IpAddr) -> Self {
        Self::Ip(address)
    }
}

impl<T: Into<Address>> From<(T, u16)> for Target {
    fn from((host, port): (T, u16)) -> Self {
        let host = host.into();
        Self { host, port }
    }
}

impl From<SocketAddr> for Target {
    fn from(address: SocketAddr) -> Self {
        Self::from((address.ip(), address.port()))
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ip(address) => write!(f, "{address}"),
            Self::Name(name) => f.write_str(name),
        }
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.host {
            Address::Ip(address) => write!(f, "{}", SocketAddr::new(*address, self.port)),
            Address::Name(name) => write!(f, "{name}:{}", self.port),
        }
    }
}
