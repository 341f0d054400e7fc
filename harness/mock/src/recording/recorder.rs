//! Both sides of a conversation, as they pass.

use std::collections::{BTreeMap, VecDeque};

use tor_harness_control::{CommandDecoder, Decoder};

use super::exchange::{Exchange, Recording};
use super::stand_in::StandIns;

/// Takes the bytes of clients and of tor, in any pieces, and gives a [`Recording`].
///
/// ```
/// use tor_harness_mock::recording::{Recorder, StandIns};
///
/// let mut recorder = Recorder::new();
/// recorder.from_client(1, b"GETINFO uptime\r\n");
/// recorder.from_tor(1, b"250-uptime=17\r\n250 OK\r\n");
/// let text = recorder.finish("0.4.9.11", StandIns::new("", None)).to_string();
/// assert!(text.ends_with("> GETINFO uptime\n< 250-uptime={uptime}\n< 250 OK\n"));
/// ```
#[derive(Debug, Default)]
pub struct Recorder {
    connections: BTreeMap<u64, Tap>,
    exchanges: Vec<Raw>,
}

/// One connection's two directions.
#[derive(Debug, Default)]
struct Tap {
    commands: CommandDecoder,
    answers: Decoder,
    /// Whether tor said something that is no message: then all that follows is
    /// kept as it comes.
    is_garbled: bool,
    /// The exchanges whose replies have not come.
    waiting: VecDeque<usize>,
    /// The exchange that events belong to.
    last: Option<usize>,
    /// Whether the client closed the connection first.
    is_left: bool,
}

/// An exchange as it came.
#[derive(Debug, Default)]
struct Raw {
    connection: u64,
    command: Vec<u8>,
    reply: Vec<u8>,
    events: Vec<u8>,
    closed: bool,
}

impl Recorder {
    /// A recorder that has heard nothing.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Bytes that a client sent on a connection.
    pub fn from_client(&mut self, connection: u64, bytes: &[u8]) {
        let tap = self.connections.entry(connection).or_default();
        tap.commands.push(bytes);
        loop {
            let command = match tap.commands.next_bytes() {
                Ok(Some(command)) => command.to_vec(),
                Ok(None) => return,
                // A line that tor refuses to read: what follows is not looked at.
                Err(_) => b"".to_vec(),
            };
            let is_refused = command.is_empty();
            tap.waiting.push_back(self.exchanges.len());
            self.exchanges.push(Raw {
                connection,
                command,
                ..Raw::default()
            });
            if is_refused {
                return;
            }
        }
    }

    /// Bytes that tor sent on a connection.
    pub fn from_tor(&mut self, connection: u64, bytes: &[u8]) {
        let tap = self.connections.entry(connection).or_default();
        if !tap.is_garbled {
            tap.answers.push(bytes);
        }
        while !tap.is_garbled {
            let message = match tap.answers.next() {
                Ok(Some(message)) => message,
                Ok(None) => return,
                Err(_) => break,
            };
            if !message.is_event() {
                let at = tap.waiting.pop_front();
                let at = at.unwrap_or_else(|| unasked(&mut self.exchanges, connection));
                self.exchanges[at]
                    .reply
                    .extend_from_slice(message.as_bytes());
                tap.last = Some(at);
            } else if !message.first().text.starts_with(b"BW ") {
                let at = tap
                    .last
                    .unwrap_or_else(|| unasked(&mut self.exchanges, connection));
                self.exchanges[at]
                    .events
                    .extend_from_slice(message.as_bytes());
                tap.last = Some(at);
            }
        }
        let garbled = if tap.is_garbled {
            bytes.to_vec()
        } else {
            tap.is_garbled = true;
            tap.answers.unread().to_vec()
        };
        let at = tap.waiting.pop_front().or(tap.last);
        let at = at.unwrap_or_else(|| unasked(&mut self.exchanges, connection));
        self.exchanges[at].reply.extend_from_slice(&garbled);
        tap.last = Some(at);
    }

    /// A client closed a connection, or its side of it.
    pub fn closed_by_client(&mut self, connection: u64) {
        self.connections.entry(connection).or_default().is_left = true;
    }

    /// Tor closed a connection: by itself, or because the client did.
    pub fn closed_by_tor(&mut self, connection: u64) {
        let tap = self.connections.entry(connection).or_default();
        let last = tap.last.map(|at| self.exchanges[at].reply.as_slice());
        // A client that sends QUIT may or may not wait for the end.
        if tap.is_left && last != Some(b"250 closing connection\r\n") {
            return;
        }
        let at = tap.waiting.pop_front().or(tap.last);
        let at = at.unwrap_or_else(|| unasked(&mut self.exchanges, connection));
        self.exchanges[at].closed = true;
    }

    /// What was said, by this tor, with stand-ins for what varies.
    #[must_use]
    pub fn finish(&self, tor: &str, mut stand_ins: StandIns) -> Recording {
        let exchanges = self.exchanges.iter().map(|raw| {
            // In the order in which they are written, so that numbers ascend.
            let [command, mut reply, events] =
                [&raw.command, &raw.reply, &raw.events].map(|bytes| stand_ins.lines(bytes));
            sort_mappings(&mut reply);
            Exchange {
                connection: raw.connection,
                command,
                reply,
                events,
                closed: raw.closed,
            }
        });
        Recording {
            tor: tor.to_owned(),
            exchanges: exchanges.collect(),
        }
    }
}

/// Sorts the values of `address-mappings/`, which tor has in no order.
fn sort_mappings(reply: &mut [String]) {
    let is_start = |line: &String| line.starts_with("250+address-mappings/");
    let Some(start) = reply.iter().position(is_start) else {
        return;
    };
    let block = reply[start + 1..].iter().take_while(|line| *line != ".");
    let end = start + 1 + block.count();
    reply[start + 1..end].sort();
}

/// An exchange for what tor says though nobody has asked.
fn unasked(exchanges: &mut Vec<Raw>, connection: u64) -> usize {
    exchanges.push(Raw {
        connection,
        ..Raw::default()
    });
    exchanges.len() - 1
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Plays what both sides say, each piece with `>` or `<` before it, `-` where tor
    /// and `x` where the client closes, and compares the text without its header.
    #[track_caller]
    fn check(pieces: &[&str], expected: &str) {
        let mut recorder = Recorder::new();
        for piece in pieces {
            let (connection, piece) = match piece.split_once('#') {
                Some((number, piece)) => (number.parse().unwrap(), piece),
                None => (1, *piece),
            };
            match piece.split_at(1) {
                (">", bytes) => recorder.from_client(connection, bytes.as_bytes()),
                ("<", bytes) => recorder.from_tor(connection, bytes.as_bytes()),
                ("x", _) => recorder.closed_by_client(connection),
                _ => recorder.closed_by_tor(connection),
            }
        }
        let text = recorder.finish("x", StandIns::new("", None)).to_string();
        let (_, text) = text.split_once('\n').unwrap();
        assert_eq!(text, expected);
        let recording = recorder.finish("x", StandIns::new("", None));
        assert_eq!(
            Recording::parse(&recording.to_string(), "").unwrap(),
            recording
        );
    }

    #[test]
    fn a_reply_stands_behind_its_command() {
        let expected = "== connection 1\n> A\n< 250 OK\n> B\n< 250-b\n< 250 OK\n! 650 SIGNAL HUP\n";
        check(
            &[
                ">A\r\nB\r\n",
                "<250 OK\r\n250-b\r\n250 OK\r\n650 SIGNAL HUP\r\n",
            ],
            expected,
        );
        check(
            &[
                ">A\r",
                ">\n",
                "<250 O",
                "<K\r\n",
                ">B\r\n",
                "<250-b\r\n250 OK\r\n",
                "<650 SIGNAL HUP\r\n",
            ],
            expected,
        );
    }

    #[test]
    fn connections_are_told_apart() {
        check(
            &[
                "1#>A\r\n",
                "2#>B\r\n",
                "1#<250 OK\r\n",
                "2#<510 no\r\n",
                "2#-",
                "1#>C\r\n",
            ],
            "== connection 1\n> A\n< 250 OK\n== connection 2\n> B\n< 510 no\n- closed\n== connection 1\n> C\n",
        );
    }

    #[test]
    fn who_closes_first_matters_but_for_quit() {
        let quit = "== connection 1\n> QUIT\n< 250 closing connection\n- closed\n";
        check(
            &[">QUIT\r\n", "<250 closing connection\r\n", "-", "x"],
            quit,
        );
        check(
            &[">QUIT\r\n", "x", "<250 closing connection\r\n", "-"],
            quit,
        );
        check(
            &[">A\r\n", "<250 OK\r\n", "x", "-"],
            "== connection 1\n> A\n< 250 OK\n",
        );
    }

    #[test]
    fn mappings_are_sorted() {
        check(
            &[
                ">A\r\n",
                "<250+address-mappings/all=\r\nc d\r\na b\r\n.\r\n250-z=\r\n250 OK\r\n",
            ],
            "== connection 1\n> A\n< 250+address-mappings/all=\n< a b\n< c d\n< .\n< 250-z=\n< 250 OK\n",
        );
    }

    #[test]
    fn all_that_comes_is_kept() {
        check(
            &[">+LOADCONF\r\nNickname a\r\n..\r\n.\r\n", "<250 OK\r\n"],
            "== connection 1\n> +LOADCONF\n> Nickname a\n> ..\n> .\n< 250 OK\n",
        );
        check(
            &["<650 BW 1 2\r\n650 SIGNAL HUP\r\n"],
            "== connection 1\n! 650 SIGNAL HUP\n",
        );
        check(
            &[
                ">GET / HTTP/1.0\r\n",
                "<HTTP/1.0 501 No\r\n",
                "<\r\n<html>",
                "-",
            ],
            "== connection 1\n> GET / HTTP/1.0\n< HTTP/1.0 501 No\n< \n< <html>\n- closed\n",
        );
        check(&["-"], "== connection 1\n- closed\n");
        check(&[">A"], "");
    }
}
