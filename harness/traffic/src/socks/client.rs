//! A blocking SOCKS5 client.

use std::io;
use std::net::{IpAddr, SocketAddr, TcpStream};
use std::time::Duration;

use super::error::SocksError;
use super::handshake::{Handshake, Reply, Step};
use super::isolation::Isolation;
use super::request::Command;
use super::status::Status;
use super::target::{Address, Target};
use crate::deadline::Deadline;
use crate::loopback;

/// How long a reply may take: tor itself gives up after two minutes (`SocksTimeout`).
const WITHIN: Duration = Duration::from_secs(150);

/// A client of a SOCKS5 server on loopback.
///
/// ```
/// use std::time::Duration;
/// use tor_harness_traffic::{Isolation, Socks5, Status};
///
/// # let refusing = std::net::TcpListener::bind("127.0.0.1:0")?;
/// # let socks_port = refusing.local_addr()?;
/// # let server = std::thread::spawn(move || {
/// #     use std::io::{Read, Write};
/// #     let mut stream = refusing.accept().unwrap().0;
/// #     stream.read_exact(&mut [0; 3]).unwrap();
/// #     stream.write_all(b"\x05\x02").unwrap();
/// #     stream.read_exact(&mut [0; 6]).unwrap();
/// #     stream.write_all(b"\x01\x00").unwrap();
/// #     stream.read_exact(&mut [0; 18]).unwrap();
/// #     stream.write_all(b"\x05\xf6\0\x01\0\0\0\0\0\0").unwrap();
/// # });
/// let client = Socks5::new(socks_port)?
///     .isolated(Isolation::password("me", "1"))
///     .within(Duration::from_secs(20));
/// let error = client.connect(("wrong.onion", 80)).unwrap_err();
/// assert_eq!(error.status(), Some(Status::OnionAddressInvalid));
/// # server.join().unwrap();
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Socks5 {
    address: SocketAddr,
    isolation: Isolation,
    within: Duration,
}

impl Socks5 {
    /// A client of the server at this address.
    ///
    /// # Errors
    /// If the address is not of loopback.
    pub fn new(address: SocketAddr) -> io::Result<Self> {
        loopback::allow(address)?;
        Ok(Self {
            address,
            isolation: Isolation::None,
            within: WITHIN,
        })
    }

    /// The same, kept apart from the streams of others; nobody is, unless told.
    #[must_use]
    pub fn isolated(mut self, isolation: Isolation) -> Self {
        self.isolation = isolation;
        self
    }

    /// How long the server may take, from the connection to the reply; 150 seconds,
    /// unless told.
    #[must_use]
    pub fn within(mut self, within: Duration) -> Self {
        self.within = within;
        self
    }

    /// A stream to a name, which the server resolves, or to an address. Each of its reads
    /// and writes may take as long as the reply might.
    ///
    /// # Errors
    /// If the server refuses, says something else, or nothing in time.
    pub fn connect(&self, target: impl Into<Target>) -> Result<TcpStream, SocksError> {
        let target = target.into();
        let (stream, _) = self.ask(Command::Connect, &target)?;
        let deadlines = stream
            .set_read_timeout(Some(self.within))
            .and_then(|()| stream.set_write_timeout(Some(self.within)));
        match deadlines {
            Ok(()) => Ok(stream),
            Err(source) => Err(SocksError::Io {
                target,
                source,
                got: Vec::new(),
            }),
        }
    }

    /// The address of a name: tor's `RESOLVE`.
    ///
    /// # Errors
    /// If the server refuses, says something else, or nothing in time.
    pub fn resolve(&self, name: &str) -> Result<IpAddr, SocksError> {
        let target = Target::from((name, 0));
        match self.ask(Command::Resolve, &target)?.1.bound.host {
            Address::Ip(address) => Ok(address),
            got @ Address::Name(_) => Err(SocksError::Unfit {
                target,
                expected: "an address",
                got,
            }),
        }
    }

    /// The name of an address: tor's `RESOLVE_PTR`.
    ///
    /// # Errors
    /// If the server refuses, says something else, or nothing in time.
    pub fn resolve_ptr(&self, address: IpAddr) -> Result<String, SocksError> {
        let target = Target::from((address, 0));
        match self.ask(Command::ResolvePtr, &target)?.1.bound.host {
            Address::Name(name) => Ok(name),
            got @ Address::Ip(_) => Err(SocksError::Unfit {
                target,
                expected: "a name",
                got,
            }),
        }
    }

    fn ask(&self, command: Command, target: &Target) -> Result<(TcpStream, Reply), SocksError> {
        let target = || target.clone();
        let mut handshake =
            Handshake::new(command, &target(), &self.isolation).map_err(|source| {
                SocksError::Request {
                    target: target(),
                    source,
                }
            })?;
        let deadline = Deadline::after(self.within);
        let stream =
            loopback::connect(self.address, self.within).map_err(|source| SocksError::Connect {
                address: self.address,
                source,
            })?;
        loop {
            let moved = match handshake.step() {
                Ok(Step::Send(bytes)) => deadline.write_all(&stream, &bytes).map(|()| true),
                Ok(Step::Receive(wanted)) => receive(&stream, &mut handshake, wanted, deadline),
                Ok(Step::Done(reply)) if reply.status == Status::Succeeded => {
                    return Ok((stream, reply));
                }
                Ok(Step::Done(reply)) => {
                    return Err(SocksError::Refused {
                        target: target(),
                        status: reply.status,
                    });
                }
                Err(source) => {
                    return Err(SocksError::Protocol {
                        target: target(),
                        source,
                        got: handshake.received().to_vec(),
                    });
                }
            };
            let target = target();
            let got = || handshake.received().to_vec();
            match moved {
                Ok(true) => {}
                Ok(false) => return Err(SocksError::Closed { target, got: got() }),
                Err(error) if error.kind() == io::ErrorKind::TimedOut => {
                    return Err(SocksError::Deadline {
                        target,
                        waited: deadline.waited(),
                        got: got(),
                    });
                }
                Err(source) => {
                    return Err(SocksError::Io {
                        target,
                        source,
                        got: got(),
                    });
                }
            }
        }
    }
}

/// Reads no more than is wanted; false when the stream has ended.
fn receive(
    stream: &TcpStream,
    handshake: &mut Handshake,
    wanted: usize,
    deadline: Deadline,
) -> io::Result<bool> {
    let mut buffer = [0; 512];
    let most = wanted.min(buffer.len());
    let read = deadline.read(stream, buffer.get_mut(..most).unwrap_or_default())?;
    handshake.receive(buffer.get(..read).unwrap_or_default());
    Ok(read > 0)
}

#[cfg(test)]
mod tests {
    use std::io::{Read as _, Write as _};
    use std::net::{Ipv4Addr, Shutdown};

    use super::*;
    use crate::server::Server;

    const WITHIN: Duration = Duration::from_secs(20);

    /// A client of a server that says this at once, then closes its half.
    fn client(said: Vec<u8>) -> (Server, Socks5) {
        let server = Server::start(
            (Ipv4Addr::LOCALHOST, 0).into(),
            "socks",
            move |stream, _| {
                let mut stream = &**stream;
                let _ = stream.write_all(&said);
                let _ = stream.shutdown(Shutdown::Write);
                let _ = io::copy(&mut stream, &mut io::sink());
            },
        )
        .unwrap();
        let client = Socks5::new(server.address()).unwrap().within(WITHIN);
        (server, client)
    }

    fn replying(status: u8, tail: &[u8]) -> (Server, Socks5) {
        client([b"\x05\0\x05", &[status][..], tail].concat())
    }

    #[test]
    fn every_code_is_told() {
        for code in 0..=u8::MAX {
            let (_server, client) = replying(code, b"\0\x01\0\0\0\0\0\0");
            let status = client
                .connect(("a.example", 80))
                .map_or_else(|error| error.status(), |_| Some(Status::Succeeded));
            assert_eq!(status, Some(Status::from(code)));
        }
    }

    #[test]
    fn what_follows_the_reply_is_of_the_stream() {
        let (_server, client) = replying(0, b"\0\x01\0\0\0\0\0\0hello");
        let mut said = String::new();
        let mut stream = client.connect(("a.example", 80)).unwrap();
        stream.read_to_string(&mut said).unwrap();
        assert_eq!(said, "hello");
        assert_eq!(stream.read_timeout().unwrap(), Some(WITHIN));
    }

    #[test]
    fn names_and_addresses_are_looked_up() {
        let (_server, client) = replying(0, b"\0\x01\x01\x02\x03\x04\0\0");
        let address = client.resolve("a.example").unwrap();
        assert_eq!(address, Ipv4Addr::new(1, 2, 3, 4));
        let error = client.resolve_ptr(address).unwrap_err().to_string();
        assert_eq!(
            error,
            "asking for 1.2.3.4:0: expected a name, got `1.2.3.4`"
        );

        let (_server, client) = replying(0, b"\0\x03\x09a.example\0\0");
        assert_eq!(client.resolve_ptr(address).unwrap(), "a.example");
        let error = client.resolve("b").unwrap_err().to_string();
        assert_eq!(
            error,
            "asking for b:0: expected an address, got `a.example`"
        );
    }

    #[test]
    fn errors_say_what_came() {
        for (said, expected) in [
            (
                &b""[..],
                "asking for a:1: the SOCKS server closed the connection after ``",
            ),
            (
                b"\x05\0\x05\0",
                r"asking for a:1: the SOCKS server closed the connection after `\x05\x00\x05\x00`",
            ),
            (
                b"HTTP/1.0 501",
                "asking for a:1: expected version 0x05, got 0x48; all that came: `HT`",
            ),
            (
                b"\x05\0\x05\xf4\0\x01\0\0\0\0\0\0",
                "the SOCKS server has no a:1: 0xf4, onion service wants client authorization",
            ),
        ] {
            let (_server, client) = client(said.to_vec());
            let error = client.connect(("a", 1)).unwrap_err();
            assert_eq!(error.to_string(), expected);
        }
    }

    #[test]
    fn what_does_not_come_in_time_is_said() {
        let silent = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let client = Socks5::new(silent.local_addr().unwrap()).unwrap();
        let error = client.within(Duration::from_millis(10)).connect(("a", 1));
        let error = error.unwrap_err();
        assert!(
            matches!(&error, SocksError::Deadline { got, .. } if got.is_empty()),
            "{error}"
        );
    }

    #[test]
    fn nobody_is_asked_what_cannot_be_sent() {
        let client = Socks5::new((Ipv4Addr::LOCALHOST, 9).into()).unwrap();
        let error = client.resolve("").unwrap_err().to_string();
        assert_eq!(
            error,
            "asking for :0: expected a name of 1 to 255 bytes, got 0"
        );
    }
}
