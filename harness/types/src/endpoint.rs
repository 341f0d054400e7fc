//! Where a control port listens, in tor's own notation.

use alloc::string::{String, ToString};
use core::fmt;
use core::net::SocketAddr;
use core::str::FromStr;

/// The address of a control port: `127.0.0.1:9051` or `unix:/path`, as in
/// torrc's `ControlPort`.
///
/// ```
/// use tor_harness_types::Endpoint;
///
/// let endpoint: Endpoint = "unix:/tmp/control".parse()?;
/// assert_eq!(endpoint, Endpoint::Unix("/tmp/control".into()));
/// assert_eq!(endpoint.port_file_line(), "UNIX_PORT=/tmp/control\n");
/// # Ok::<(), tor_harness_types::EndpointError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Endpoint {
    /// A TCP port.
    Tcp(SocketAddr),
    /// The path of a Unix socket.
    Unix(String),
}

impl Endpoint {
    /// The bytes that the path of a Unix socket may have on Linux, its final
    /// NUL aside.
    pub const LONGEST_PATH: usize = 107;

    /// The value of torrc's `ControlPort` that has tor listen there: port 0 is
    /// `auto`. A path is not quoted.
    #[must_use]
    pub fn torrc_value(&self) -> String {
        match self {
            Self::Tcp(address) if address.port() == 0 => {
                let address = address.to_string();
                address.trim_end_matches('0').to_string() + "auto"
            }
            _ => self.to_string(),
        }
    }

    /// The line that tor writes into the file of `ControlPortWriteToFile`,
    /// its newline included.
    #[must_use]
    pub fn port_file_line(&self) -> String {
        match self {
            Self::Tcp(address) => alloc::format!("PORT={address}\n"),
            Self::Unix(path) => alloc::format!("UNIX_PORT={path}\n"),
        }
    }
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tcp(address) => write!(f, "{address}"),
            Self::Unix(path) => write!(f, "unix:{path}"),
        }
    }
}

impl FromStr for Endpoint {
    type Err = EndpointError;

    fn from_str(text: &str) -> Result<Self, EndpointError> {
        if let Some(path) = text.strip_prefix("unix:") {
            return if path.is_empty() {
                Err(EndpointError(text.to_string()))
            } else {
                Ok(Self::Unix(path.to_string()))
            };
        }
        text.parse()
            .map(Self::Tcp)
            .map_err(|_| EndpointError(text.to_string()))
    }
}

/// A text that is no [`Endpoint`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EndpointError(String);

impl fmt::Display for EndpointError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "expected ADDRESS:PORT (as 127.0.0.1:9051) or unix:PATH, got {:?}",
            self.0
        )
    }
}

impl core::error::Error for EndpointError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn round_trips() {
        for text in ["127.0.0.1:9051", "[::1]:0", "unix:/a b/c"] {
            let endpoint: Endpoint = text.parse().unwrap();
            assert_eq!(endpoint.to_string(), text);
        }
    }

    #[test]
    fn torrc_lets_tor_choose_port_0() {
        for (text, value) in [
            ("127.0.0.1:0", "127.0.0.1:auto"),
            ("[::1]:0", "[::1]:auto"),
            ("127.0.0.1:9050", "127.0.0.1:9050"),
            ("unix:/a:0", "unix:/a:0"),
        ] {
            let endpoint: Endpoint = text.parse().unwrap();
            assert_eq!(endpoint.torrc_value(), value);
        }
    }

    #[test]
    fn refuses_what_is_no_endpoint() {
        for text in ["", "9051", "unix:", "localhost:9051", "127.0.0.1"] {
            let error = text.parse::<Endpoint>().unwrap_err();
            assert!(error.to_string().ends_with(&alloc::format!("{text:?}")));
        }
    }
}
