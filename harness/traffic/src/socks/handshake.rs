//! The client's half of SOCKS5, from bytes to bytes.

use std::net::IpAddr;

use super::error::{ProtocolError, RequestError};
use super::isolation::Isolation;
use super::request::{
    AUTHENTICATION_VERSION, Command, IPV4, IPV6, NAME, VERSION, authentication, request,
};
use super::status::Status;
use super::target::{Address, Target};

const NO_AUTHENTICATION: u8 = 0;
const PASSWORD: u8 = 2;

/// What a server answers (RFC 1928, section 6).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// Whether it did what it was asked.
    pub status: Status,
    /// For a lookup that succeeded, what was found.
    pub bound: Target,
}

/// What a handshake wants next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// That these bytes are sent.
    Send(Vec<u8>),
    /// That so many bytes more come, at least 1: whoever reads no more than that takes
    /// nothing of what follows the handshake.
    Receive(usize),
    /// Nothing: this is the reply, and what follows belongs to the stream.
    Done(Reply),
}

/// The client's half of a handshake: it gives bytes to send, and takes those that came.
///
/// ```
/// use tor_harness_traffic::{Command, Handshake, Isolation, Status, Step};
///
/// let target = ("example.com", 80).into();
/// let mut handshake = Handshake::new(Command::Connect, &target, &Isolation::None)?;
/// assert_eq!(handshake.step(), Ok(Step::Send(vec![5, 1, 0])));
/// assert_eq!(handshake.step(), Ok(Step::Receive(2)));
/// handshake.receive(&[5, 0]);
/// assert!(matches!(handshake.step(), Ok(Step::Send(_))));
/// handshake.receive(b"\x05\x00\x00\x01\x00\x00\x00\x00\x00\x00of the stream");
/// let Ok(Step::Done(reply)) = handshake.step() else { panic!() };
/// assert_eq!(reply.status, Status::Succeeded);
/// assert_eq!(handshake.rest(), b"of the stream");
/// # Ok::<(), tor_harness_traffic::RequestError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Handshake {
    state: State,
    /// What is sent after a method was chosen.
    authentication: Option<Vec<u8>>,
    request: Vec<u8>,
    received: Vec<u8>,
    /// How many of those bytes were understood.
    read: usize,
}

#[derive(Clone, Debug)]
enum State {
    Greeting,
    Method,
    Authentication,
    Reply,
    Done(Reply),
}

impl Handshake {
    /// One that asks a server to do this.
    ///
    /// # Errors
    /// If the name or what isolates is longer than can be sent.
    pub fn new(
        command: Command,
        target: &Target,
        isolation: &Isolation,
    ) -> Result<Self, RequestError> {
        Ok(Self {
            state: State::Greeting,
            authentication: authentication(isolation)?,
            request: request(command, target)?,
            received: Vec::new(),
            read: 0,
        })
    }

    /// Takes bytes that came.
    pub fn receive(&mut self, bytes: &[u8]) {
        self.received.extend_from_slice(bytes);
    }

    /// All bytes that came.
    #[must_use]
    pub fn received(&self) -> &[u8] {
        &self.received
    }

    /// Those that came and were not understood: after [`Step::Done`], what belongs to
    /// the stream.
    #[must_use]
    pub fn rest(&self) -> &[u8] {
        self.received.get(self.read..).unwrap_or_default()
    }

    /// What it wants next.
    ///
    /// # Errors
    /// If what came is not what a SOCKS5 server says.
    pub fn step(&mut self) -> Result<Step, ProtocolError> {
        match &self.state {
            State::Greeting => {
                self.state = State::Method;
                Ok(Step::Send(vec![VERSION, 1, self.method()]))
            }
            State::Method => self.take_method(),
            State::Authentication => self.take_authentication(),
            State::Reply => self.take_reply(),
            State::Done(reply) => Ok(Step::Done(reply.clone())),
        }
    }

    /// The only way to authenticate that is offered.
    fn method(&self) -> u8 {
        match self.authentication {
            None => NO_AUTHENTICATION,
            Some(_) => PASSWORD,
        }
    }

    fn take_method(&mut self) -> Result<Step, ProtocolError> {
        let Some(&[version, chosen]) = self.rest().first_chunk() else {
            return self.wants(2);
        };
        if version != VERSION {
            return Err(ProtocolError::Version(version));
        }
        let offered = self.method();
        if chosen != offered {
            return Err(ProtocolError::Method { offered, chosen });
        }
        self.read += 2;
        match &self.authentication {
            None => Ok(self.send_request()),
            Some(authentication) => {
                self.state = State::Authentication;
                Ok(Step::Send(authentication.clone()))
            }
        }
    }

    fn take_authentication(&mut self) -> Result<Step, ProtocolError> {
        match self.rest().first_chunk() {
            None => self.wants(2),
            Some(&[AUTHENTICATION_VERSION, 0]) => {
                self.read += 2;
                Ok(self.send_request())
            }
            // Where tor refuses, it says the version of SOCKS: seen of 0.4.9.11.
            Some(&[AUTHENTICATION_VERSION | VERSION, status]) if status != 0 => {
                Err(ProtocolError::Authentication(status))
            }
            Some(&[version, _]) => Err(ProtocolError::AuthenticationVersion(version)),
        }
    }

    fn send_request(&mut self) -> Step {
        self.state = State::Reply;
        Step::Send(self.request.clone())
    }

    fn take_reply(&mut self) -> Result<Step, ProtocolError> {
        // The shortest reply is one with an empty name: 7 bytes.
        let Some(&[version, status, _, kind, length, ..]) = self.rest().first_chunk::<7>() else {
            return self.wants(7);
        };
        if version != VERSION {
            return Err(ProtocolError::Version(version));
        }
        let (start, length) = match kind {
            IPV4 => (4, 4),
            IPV6 => (4, 16),
            NAME => (5, usize::from(length)),
            _ => return Err(ProtocolError::AddressType(kind)),
        };
        let end = start + length;
        let (host, port) = match (self.rest().get(start..end), self.rest().get(end..end + 2)) {
            (Some(host), Some(&[high, low])) => (host, u16::from_be_bytes([high, low])),
            _ => return self.wants(end + 2),
        };
        let reply = Reply {
            status: status.into(),
            bound: Target::from((address(host, kind), port)),
        };
        self.read += end + 2;
        self.state = State::Done(reply.clone());
        Ok(Step::Done(reply))
    }

    /// So many bytes are needed, some of which may be there.
    fn wants(&self, bytes: usize) -> Result<Step, ProtocolError> {
        Ok(Step::Receive(bytes.saturating_sub(self.rest().len())))
    }
}

/// The address of a reply: its bytes, whose length is that of their kind.
fn address(bytes: &[u8], kind: u8) -> Address {
    let name = || Address::Name(String::from_utf8_lossy(bytes).into_owned());
    let ip = match kind {
        IPV4 => bytes.try_into().ok().map(<[u8; 4]>::into).map(IpAddr::V4),
        IPV6 => bytes.try_into().ok().map(<[u8; 16]>::into).map(IpAddr::V6),
        _ => None,
    };
    ip.map_or_else(name, Address::Ip)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is sent while a server says all of this: in hex, a step after another, then
    /// what came of it.
    fn conversation(
        command: Command,
        target: Target,
        isolation: &Isolation,
        said: &[u8],
        chunk: usize,
    ) -> String {
        let mut handshake = match Handshake::new(command, &target, isolation) {
            Ok(handshake) => handshake,
            Err(error) => return error.to_string(),
        };
        let mut chunks = said.chunks(chunk);
        let mut got = String::new();
        loop {
            match handshake.step() {
                Ok(Step::Send(bytes)) => {
                    got += &format!("{} > ", bytes.escape_ascii());
                }
                Ok(Step::Receive(wanted)) => match chunks.next() {
                    Some(bytes) => handshake.receive(bytes),
                    None => return format!("{got}{wanted} more"),
                },
                Ok(Step::Done(reply)) => {
                    handshake.receive(&chunks.collect::<Vec<_>>().concat());
                    let rest = handshake.rest().escape_ascii();
                    return format!("{got}{:?} {} {rest}", reply.status, reply.bound);
                }
                Err(error) => return format!("{got}{error}"),
            }
        }
    }

    fn check(
        command: Command,
        target: impl Into<Target>,
        isolation: &Isolation,
        said: &[u8],
        expected: &str,
    ) {
        let target = target.into();
        for chunk in [1, 2, 3, said.len().max(1)] {
            let got = conversation(command, target.clone(), isolation, said, chunk);
            assert_eq!(got, expected, "{} in {chunk}s", said.escape_ascii());
        }
    }

    #[test]
    fn requests_are_sent() {
        use Command::{Connect, Resolve, ResolvePtr};
        let ip = |ip: &str| Address::Ip(ip.parse().unwrap());
        let sent = |request: &str| format!(r"\x05\x01\x00 > \x05{request} > 7 more");
        for (command, host, port, request) in [
            (Connect, "a.b".into(), 80, r"\x01\x00\x03\x03a.b\x00P"),
            (
                Connect,
                ip("1.2.3.4"),
                0x4142,
                r"\x01\x00\x01\x01\x02\x03\x04AB",
            ),
            // An address that is sent as a name stays one.
            (
                Connect,
                "1.2.3.4".into(),
                80,
                r"\x01\x00\x03\x071.2.3.4\x00P",
            ),
            (
                Connect,
                ip("4142:4344:4546:4748:494a:4b4c:4d4e:4f50"),
                80,
                r"\x01\x00\x04ABCDEFGHIJKLMNOP\x00P",
            ),
            (Resolve, "a.b".into(), 0, r"\xf0\x00\x03\x03a.b\x00\x00"),
            (
                ResolvePtr,
                ip("65.66.67.68"),
                0,
                r"\xf1\x00\x01ABCD\x00\x00",
            ),
        ] {
            check(
                command,
                (host, port),
                &Isolation::None,
                b"\x05\0",
                &sent(request),
            );
        }
    }

    #[test]
    fn what_isolates_is_sent() {
        let long = |length| vec![b'x'; length];
        let sent = |field: &str| format!(r"\x05\x01\x02 > \x01{field} > 2 more");
        for (isolation, expected) in [
            (Isolation::password("u", "pw"), sent(r"\x01u\x02pw")),
            (Isolation::password("", ""), sent(r"\x00\x00")),
            (Isolation::Extended(b"i".into()), sent(r"\t<torS0X>0\x01i")),
            (
                Isolation::Rpc {
                    object: b"id".into(),
                    isolation: b"i".into(),
                },
                sent(r"\x0b<torS0X>1id\x01i"),
            ),
            (
                Isolation::password(long(256), ""),
                "expected a username of at most 255 bytes, got 256".to_owned(),
            ),
            (
                Isolation::Extended(long(256)),
                "expected a password of at most 255 bytes, got 256".to_owned(),
            ),
        ] {
            check(
                Command::Connect,
                ("a", 1),
                &isolation,
                b"\x05\x02",
                &expected,
            );
        }
    }

    #[test]
    fn names_have_a_length() {
        for (length, expected) in [
            (0, "expected a name of 1 to 255 bytes, got 0"),
            (256, "expected a name of 1 to 255 bytes, got 256"),
        ] {
            let target = (&*"x".repeat(length), 1);
            check(Command::Connect, target, &Isolation::None, b"", expected);
        }
    }

    #[test]
    fn answers_are_understood() {
        let reply = |tail: &[u8]| [b"\x05\0", tail].concat();
        for (said, expected) in [
            (
                reply(b"\x05\0\0\x01\x01\x02\x03\x04\0P"),
                "Succeeded 1.2.3.4:80 ",
            ),
            (
                reply(b"\x05\0\0\x01\x01\x02\x03\x04\0PHTTP"),
                "Succeeded 1.2.3.4:80 HTTP",
            ),
            (reply(b"\x05\0\0\x03\x03a.b\0\0x"), "Succeeded a.b:0 x"),
            (reply(b"\x05\x04\0\x03\0\0\0"), "HostUnreachable :0 "),
            (
                reply(b"\x05\xf2\0\x03\x01\xff\0\0"),
                "OnionIntroductionFailed \u{fffd}:0 ",
            ),
            (
                reply(&[&b"\x05\0\0\x04"[..], &[0; 15], b"\x01\0P"].concat()),
                "Succeeded [::1]:80 ",
            ),
            (reply(b"\x05\0\0\x01\x01\x02\x03"), "3 more"),
            (reply(b"\x05\0\0\x03\xff\0\0"), "255 more"),
            (
                reply(b"\x04\0\0\x01\0\0\0"),
                "expected version 0x05, got 0x04",
            ),
            (
                reply(b"\x05\0\0\x02\0\0\0"),
                "expected 0x01, 0x03 or 0x04 for the type of an address, got 0x02",
            ),
        ] {
            let request = r"\x05\x01\x00 > \x05\x01\x00\x03\x01a\x00\x01 > ";
            let expected = format!("{request}{expected}");
            check(
                Command::Connect,
                ("a", 1),
                &Isolation::None,
                &said,
                &expected,
            );
        }
    }

    #[test]
    fn authentication_is_understood() {
        let isolation = Isolation::password("u", "p");
        for (said, expected) in [
            (&b""[..], r"2 more"),
            (b"\x05", r"1 more"),
            (b"HTTP/1.0", "expected version 0x05, got 0x48"),
            (
                b"\x05\xff",
                "expected method 0x02, which was offered, got 0xff",
            ),
            (
                b"\x05\0",
                "expected method 0x02, which was offered, got 0x00",
            ),
            (
                b"\x05\x02\x01\x01",
                r"\x01\x01u\x01p > expected status 0x00 of the authentication, got 0x01",
            ),
            (
                b"\x05\x02\x05\x01",
                r"\x01\x01u\x01p > expected status 0x00 of the authentication, got 0x01",
            ),
            (
                b"\x05\x02\x05\0",
                r"\x01\x01u\x01p > expected version 0x01 of the authentication, got 0x05",
            ),
            (
                b"\x05\x02\x01\0",
                r"\x01\x01u\x01p > \x05\x01\x00\x03\x01a\x00\x01 > 7 more",
            ),
        ] {
            let expected = format!(r"\x05\x01\x02 > {expected}");
            check(Command::Connect, ("a", 1), &isolation, said, &expected);
        }
    }
}
