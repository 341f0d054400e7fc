//! The only addresses that are dialled or listened on.

use std::io;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::time::Duration;

/// Connects within the time, to loopback alone.
///
/// # Errors
/// [`io::ErrorKind::InvalidInput`], before anything is sent, where the address is not
/// of loopback; else what the system says.
pub fn connect(address: SocketAddr, within: Duration) -> io::Result<TcpStream> {
    allow(address)?;
    let stream = TcpStream::connect_timeout(&address, within)?;
    stream.set_nodelay(true)?;
    Ok(stream)
}

pub(crate) fn listen(address: SocketAddr) -> io::Result<TcpListener> {
    allow(address)?;
    TcpListener::bind(address)
}

/// Refuses what is not loopback's.
pub(crate) fn allow(address: SocketAddr) -> io::Result<()> {
    if address.ip().to_canonical().is_loopback() {
        return Ok(());
    }
    Err(io::Error::new(
        io::ErrorKind::InvalidInput,
        format!("expected an address of loopback (127.0.0.0/8 or ::1), got {address}"),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{EchoServer, HttpServer, Proxy, Socks5};

    #[test]
    fn only_loopback_is_dialled() {
        let within = Duration::from_secs(5);
        for (address, allowed) in [
            ("127.0.0.1:9", true),
            ("127.8.9.1:9", true),
            ("[::1]:9", true),
            ("[::ffff:127.0.0.1]:9", true),
            ("0.0.0.0:9", false),
            ("[::]:9", false),
            ("128.0.0.1:9", false),
            ("10.0.0.1:9", false),
            ("192.0.2.1:9", false),
            ("[::ffff:192.0.2.1]:9", false),
            ("[2001:db8::1]:9", false),
            ("[fe80::1]:9", false),
        ] {
            let address: SocketAddr = address.parse().unwrap();
            assert_eq!(allow(address).is_ok(), allowed, "{address}");
            if allowed {
                continue;
            }
            let refused = [
                connect(address, within).unwrap_err().to_string(),
                EchoServer::listening(address).unwrap_err().to_string(),
                HttpServer::answering(address, |_| Vec::new())
                    .unwrap_err()
                    .to_string(),
                Proxy::to(address).unwrap_err().to_string(),
                Socks5::new(address).unwrap_err().to_string(),
            ];
            for error in refused {
                assert!(error.contains("expected an address of loopback"), "{error}");
            }
        }
    }
}
