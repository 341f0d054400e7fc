//! The controller.

mod wait;

use std::collections::VecDeque;
use std::io;
use std::time::{Duration, Instant};

use tor_harness_control::auth::{ClientHandshake, Secret};
use tor_harness_control::event::GenericEvent;
use tor_harness_control::reply::{GetConfReply, GetInfoReply, ProtocolInfo};
use tor_harness_control::{Command, Decoder, OwnedMessage};
use tor_harness_types::Endpoint;

use crate::credentials::Credentials;
use crate::error::Error;
use crate::transcript::{Direction, Transcript};
use crate::transport::{self, Transport};

/// A connection to a control port.
///
/// Each wait ends after the deadline that the connection was made with.
pub struct Client {
    transport: Box<dyn Transport>,
    decoder: Decoder,
    events: VecDeque<OwnedMessage>,
    /// Replies that came while an event was waited for.
    replies: VecDeque<OwnedMessage>,
    transcript: Transcript,
    connected: Instant,
    deadline: Duration,
    /// Before authentication tor answers PROTOCOLINFO only once.
    asked_protocol_info: bool,
}

impl Client {
    /// Connects, and does nothing else.
    ///
    /// `deadline` bounds this and every wait to come.
    ///
    /// # Errors
    /// If nobody listens there, or the deadline passes.
    pub fn connect(endpoint: &Endpoint, deadline: Duration) -> Result<Self, Error> {
        let transport = match endpoint {
            Endpoint::Tcp(address) => transport::tcp(address, deadline),
            Endpoint::Unix(path) => transport::unix(path, deadline),
        };
        let transport = transport.map_err(|source| Error::Connect {
            endpoint: endpoint.to_string(),
            source,
        })?;
        Ok(Self::over(transport, deadline))
    }

    /// A controller on a connection that is there already.
    #[must_use]
    pub fn over(transport: Box<dyn Transport>, deadline: Duration) -> Self {
        Self {
            transport,
            decoder: Decoder::new(),
            events: VecDeque::new(),
            replies: VecDeque::new(),
            transcript: Transcript::default(),
            connected: Instant::now(),
            deadline,
            asked_protocol_info: false,
        }
    }

    /// Sets another deadline for the waits to come.
    pub fn set_deadline(&mut self, deadline: Duration) {
        self.deadline = deadline;
    }

    /// What went over the connection so far.
    #[must_use]
    pub fn transcript(&self) -> &Transcript {
        &self.transcript
    }

    /// Authenticates.
    ///
    /// For the two kinds of cookie PROTOCOLINFO is asked first, unless it was:
    /// a tor that has only just started answers it when the cookie file is there.
    ///
    /// # Errors
    /// If tor refuses, or the cookie file cannot be read or is none.
    pub fn authenticate(&mut self, credentials: &Credentials) -> Result<(), Error> {
        if credentials.needs_file() && !self.asked_protocol_info {
            self.protocol_info()?;
        }
        let secret = credentials.secret()?;
        let method = match secret {
            Secret::None => "NULL",
            Secret::Password(_) => "HASHEDPASSWORD",
            Secret::Cookie(_) => "COOKIE",
            Secret::SafeCookie(_) => "SAFECOOKIE",
        };
        let mut nonce = [0; 32];
        getrandom::fill(&mut nonce)
            .map_err(|e| self.broken("random bytes", io::Error::other(e)))?;
        let mut handshake = ClientHandshake::new(secret, nonce);
        let mut reply = self.ask(&handshake.start())?;
        while let Some(command) = handshake
            .receive(&reply.as_message())
            .map_err(|source| Error::Authentication { method, source })?
        {
            reply = self.ask(&command)?;
        }
        Ok(())
    }

    /// Asks what the control port is and how to authenticate.
    ///
    /// The reply is one that [`ProtocolInfo::parse`] reads.
    ///
    /// # Errors
    /// If tor refuses: before authentication it answers only once.
    pub fn protocol_info(&mut self) -> Result<OwnedMessage, Error> {
        self.asked_protocol_info = true;
        let command = Command::ProtocolInfo(vec!["1".into()]);
        let reply = self.ask_ok(&command)?;
        self.read("a reply to PROTOCOLINFO", &reply, |message| {
            ProtocolInfo::parse(message).map(drop)
        })?;
        Ok(reply)
    }

    /// The value of one GETINFO key; lines end in LF where it has several.
    ///
    /// # Errors
    /// If tor refuses. What is not UTF-8 is replaced: [`Client::ask`] has the bytes.
    pub fn get_info(&mut self, key: &str) -> Result<String, Error> {
        let reply = self.ask_ok(&Command::GetInfo(vec![key.into()]))?;
        let expected = format!("a value of {key}");
        self.read(&expected, &reply, |message| {
            let reply = GetInfoReply::parse(message)?;
            Ok(reply
                .value(key)
                .map(|value| String::from_utf8_lossy(&value).into_owned()))
        })?
        .ok_or_else(|| self.unreadable(&expected, format!("{reply:?}")))
    }

    /// The values of one option; none where it is not set.
    ///
    /// # Errors
    /// If tor refuses. What is not UTF-8 is replaced: [`Client::ask`] has the bytes.
    pub fn get_conf(&mut self, option: &str) -> Result<Vec<String>, Error> {
        let reply = self.ask_ok(&Command::GetConf(vec![option.into()]))?;
        self.read(&format!("values of {option}"), &reply, |message| {
            let values = GetConfReply::parse(message)?
                .settings
                .into_iter()
                .filter_map(|s| s.value);
            Ok(values
                .map(|value| String::from_utf8_lossy(&value).into_owned())
                .collect())
        })
    }

    /// Subscribes to these events, and to no others.
    ///
    /// # Errors
    /// If tor does not know one of them.
    pub fn set_events(&mut self, events: &[&str]) -> Result<(), Error> {
        let events = events.iter().map(|event| (*event).into()).collect();
        self.ask_ok(&Command::SetEvents(events)).map(drop)
    }

    /// Sends a command and waits for its reply, whatever that says.
    ///
    /// # Errors
    /// If no reply comes.
    pub fn ask(&mut self, command: &Command<'_>) -> Result<OwnedMessage, Error> {
        self.send(&command.encode())?;
        let keyword = String::from_utf8_lossy(command.keyword());
        self.reply(&format!("the reply to {keyword}"))
    }

    /// Sends a command and waits for its reply, which has to be a good one.
    ///
    /// # Errors
    /// If no reply comes, or tor refuses.
    pub fn ask_ok(&mut self, command: &Command<'_>) -> Result<OwnedMessage, Error> {
        let reply = self.ask(command)?;
        let last = reply.as_message().last();
        if last.status.is_positive() {
            return Ok(reply);
        }
        let encoded = command.encode();
        Err(Error::Refused {
            command: String::from_utf8_lossy(encoded.trim_ascii_end()).into_owned(),
            status: last.status,
            text: String::from_utf8_lossy(last.text).into_owned(),
            transcript: self.tail(),
        })
    }

    /// Sends one line as it is, and waits for the reply, whatever that says.
    ///
    /// # Errors
    /// If no reply comes.
    pub fn ask_line(&mut self, line: &str) -> Result<OwnedMessage, Error> {
        self.send(format!("{line}\r\n").as_bytes())?;
        self.reply(&format!("the reply to `{line}`"))
    }

    /// Sends bytes as they are.
    ///
    /// # Errors
    /// If the connection breaks.
    pub fn send(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.transcript
            .record(self.connected.elapsed(), Direction::Sent, bytes);
        let end = self.end();
        let mut rest = bytes;
        while !rest.is_empty() {
            let left = end.saturating_duration_since(Instant::now());
            let sent = match left.is_zero() {
                true => Err(io::ErrorKind::TimedOut.into()),
                false => self
                    .transport
                    .set_timeout(left)
                    .and_then(|()| self.transport.write(rest)),
            };
            match sent {
                Ok(0) => {
                    return Err(self.broken("to send a command", io::ErrorKind::WriteZero.into()));
                }
                Ok(length) => rest = &rest[length..],
                Err(error) => self.interrupted("to send a command", error)?,
            }
        }
        Ok(())
    }

    /// Waits for the next reply, among those queued first; events that come
    /// before it are queued.
    ///
    /// # Errors
    /// If none comes, or not in time.
    pub fn reply(&mut self, expected: &str) -> Result<OwnedMessage, Error> {
        if let Some(reply) = self.replies.pop_front() {
            return Ok(reply);
        }
        let end = self.end();
        loop {
            let message = self.receive(expected, end)?;
            if message.as_message().is_event() {
                self.events.push_back(message);
            } else {
                return Ok(message);
            }
        }
    }

    /// Takes the events that have come so far, without waiting.
    pub fn take_events(&mut self) -> Vec<OwnedMessage> {
        self.events.drain(..).collect()
    }

    /// Waits for an event that `matches`, among those queued first. Other
    /// events and replies that come before it are queued.
    ///
    /// # Errors
    /// If none comes in time: the error names the events that did come.
    pub fn wait_for_event(
        &mut self,
        expected: &str,
        matches: impl Fn(&GenericEvent<'_>) -> bool,
    ) -> Result<OwnedMessage, Error> {
        let matches = |message: &OwnedMessage| {
            GenericEvent::parse(&message.as_message()).is_ok_and(|event| matches(&event))
        };
        if let Some(at) = self.events.iter().position(matches)
            && let Some(event) = self.events.remove(at)
        {
            return Ok(event);
        }
        let end = self.end();
        loop {
            let message = self.receive(expected, end)?;
            if matches(&message) {
                return Ok(message);
            }
            match message.as_message().is_event() {
                true => self.events.push_back(message),
                false => self.replies.push_back(message),
            }
        }
    }

    /// Waits until tor closes the connection; events that come are queued.
    ///
    /// # Errors
    /// If it stays open, or a reply comes.
    pub fn wait_until_closed(&mut self) -> Result<(), Error> {
        let expected = "tor to close the connection";
        match self.reply(expected) {
            Err(Error::Closed { .. }) => Ok(()),
            // A port that is gone while bytes are under way resets.
            Err(Error::Io { source, .. }) if source.kind() == io::ErrorKind::ConnectionReset => {
                Ok(())
            }
            Err(error) => Err(error),
            Ok(reply) => Err(self.unreadable(expected, format!("{reply:?}"))),
        }
    }
}

impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Client:\n{}", self.tail())
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::os::unix::net::UnixStream;
    use std::thread;

    use super::*;

    /// A client, and a tor that says `words` at once and then goes when told.
    fn with_tor(words: &'static [u8], deadline: Duration, test: impl FnOnce(&mut Client)) {
        let (ours, mut theirs) = UnixStream::pair().unwrap();
        theirs.write_all(words).unwrap();
        theirs.shutdown(std::net::Shutdown::Write).unwrap();
        let tor = thread::spawn(move || theirs.read_to_end(&mut Vec::new()).map(drop));
        let mut client = Client::over(Box::new(ours), deadline);
        test(&mut client);
        drop(client);
        tor.join().unwrap().unwrap();
    }

    const LONG: Duration = Duration::from_secs(30);

    #[test]
    fn events_wait_in_their_queue() {
        with_tor(
            b"650 BW 1 2\r\n250-version=9\r\n250 OK\r\n650 BW 3 4\r\n",
            LONG,
            |client| {
                assert_eq!(client.get_info("version").unwrap(), "9");
                client
                    .wait_for_event("BW 3 4", |event| event.arguments() == b"3 4")
                    .unwrap();
                assert_eq!(client.take_events().len(), 1);
                client.wait_until_closed().unwrap();
            },
        );
    }

    #[test]
    fn replies_wait_in_theirs() {
        with_tor(b"250 one\r\n650 BW 1 2\r\n250 two\r\n", LONG, |client| {
            client.wait_for_event("BW", |_| true).unwrap();
            for expected in [&b"250 one\r\n"[..], b"250 two\r\n"] {
                let reply = client.reply("a reply").unwrap();
                assert_eq!(reply.as_message().as_bytes(), expected);
            }
            assert_eq!(client.take_events(), []);
        });
    }

    #[test]
    fn errors_say_what_was_expected_and_what_came() {
        for (words, expected) in [
            (
                &b""[..],
                "expected the reply to GETINFO, but tor closed the connection",
            ),
            (
                b"552 Unrecognized key \"x\"\r\n",
                "tor refused `GETINFO x`: 552 Unrecognized key \"x\"",
            ),
            (b"250 OK\n", "line 1 column 7: expected CRLF, got LF alone"),
            (
                b"250-y=\r\n250 OK\r\n",
                "expected a value of x, got what cannot be read",
            ),
        ] {
            with_tor(words, LONG, |client| {
                let error = client.get_info("x").unwrap_err().to_string();
                assert!(error.contains(expected), "{error}");
                assert!(error.contains("> GETINFO x"), "{error}");
            });
        }
    }

    #[test]
    fn a_deadline_names_what_is_missing() {
        let (ours, mut theirs) = UnixStream::pair().unwrap();
        theirs.write_all(b"650 BW 1 2\r\n250-half").unwrap();
        let mut client = Client::over(Box::new(ours), Duration::from_millis(10));
        let error = client.get_info("x").unwrap_err().to_string();
        assert!(
            error.contains(
                "within 10.0ms, got 8 bytes that are no whole message, at last \"250-half\""
            ),
            "{error}"
        );
        assert!(error.contains("> GETINFO x"), "{error}");
        assert!(error.contains("< 650 BW 1 2"), "{error}");
    }

    #[test]
    fn nobody_who_reads_is_a_deadline_as_well() {
        let (ours, _theirs) = UnixStream::pair().unwrap();
        let mut client = Client::over(Box::new(ours), Duration::from_millis(10));
        let error = client.send(&[b'x'; 10_000_000]).unwrap_err();
        assert!(matches!(error, Error::Deadline { .. }), "{error}");
    }

    #[test]
    fn a_reset_is_an_end_as_well() {
        let (ours, theirs) = UnixStream::pair().unwrap();
        let mut client = Client::over(Box::new(ours), LONG);
        client.send(b"QUIT\r\n").unwrap();
        // With bytes that it has not read.
        drop(theirs);
        client.wait_until_closed().unwrap();
    }

    #[test]
    fn a_deadline_may_be_none() {
        with_tor(b"250 OK\r\n", Duration::MAX, |client| {
            client.authenticate(&Credentials::Null).unwrap();
            let transcript = client.transcript().to_string();
            assert!(!transcript.contains("PROTOCOLINFO"), "{transcript}");
        });
    }

    #[test]
    fn sends_no_file_that_is_no_cookie() {
        // This very file: any that is not 32 bytes long.
        let secret =
            Credentials::SafeCookie(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml").into());
        for asked_before in [false, true] {
            with_tor(b"250-PROTOCOLINFO 1\r\n250 OK\r\n", LONG, |client| {
                if asked_before {
                    client.protocol_info().unwrap();
                }
                let error = client.authenticate(&secret).unwrap_err();
                assert!(
                    matches!(error, Error::NoCookie { expected: 32, .. }),
                    "{error}"
                );
                let asked = client.transcript().to_string();
                assert_eq!(asked.matches("> PROTOCOLINFO").count(), 1, "{asked}");
            });
        }
    }
}
