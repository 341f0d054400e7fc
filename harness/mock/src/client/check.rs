//! The check of what a client sends.

use tor_harness_control::auth::ServerOffer;
use tor_harness_control::command::{AuthToken, Command, RawCommand};
use tor_harness_control::{Escapes, unquote};

use super::rule::{ClientFault, ClientRule};
use crate::connection::ConnectionId;
use crate::transcript::printable;

/// How many faults are kept, and how much of each line.
const FAULTS: usize = 100;
const LINE_BYTES: usize = 200;

/// The faults that were found.
#[derive(Debug, Default)]
pub(crate) struct ClientFaults {
    found: Vec<ClientFault>,
    /// How many more there were.
    more: u64,
}

impl ClientFaults {
    /// The first of them, and how many more there were.
    pub(crate) fn found(&self) -> (&[ClientFault], u64) {
        (&self.found, self.more)
    }

    fn add(&mut self, rule: ClientRule, connection: ConnectionId, line: u64, text: &[u8]) {
        if self.found.len() == FAULTS {
            self.more += 1;
            return;
        }
        self.found.push(ClientFault {
            rule,
            connection,
            line,
            text: printable(text.get(..LINE_BYTES).unwrap_or(text)),
        });
    }
}

/// The check of one connection.
#[derive(Debug)]
pub(crate) struct ClientCheck {
    connection: ConnectionId,
    /// How many lines have come.
    lines: u64,
    challenged: bool,
}

impl ClientCheck {
    /// Nothing has come yet.
    pub(crate) fn new(connection: ConnectionId) -> Self {
        Self {
            connection,
            lines: 0,
            challenged: false,
        }
    }

    /// Looks at a whole command, before it is answered.
    pub(crate) fn command(&mut self, bytes: &[u8], offer: &ServerOffer, faults: &mut ClientFaults) {
        let mut lines = bytes.split_inclusive(|byte| *byte == b'\n');
        let first = lines.next().unwrap_or_default();
        self.lines += 1;
        let mut add = |rule| faults.add(rule, self.connection, self.lines, first);
        let command = RawCommand::new(bytes);
        if is_bare(first) {
            add(ClientRule::LineEnd);
        }
        if command.keyword.is_empty() {
            add(ClientRule::Keyword);
        }
        if first.contains(&0) {
            add(ClientRule::Nul);
        }
        if !quotes_end_well(&command) {
            add(ClientRule::Quoting);
        }
        if let Some(rule) = self.secrets(&command, offer) {
            add(rule);
        }
        self.challenged |= command.keyword.eq_ignore_ascii_case(b"AUTHCHALLENGE");
        for line in lines {
            self.lines += 1;
            let text = line.strip_suffix(b"\n").unwrap_or(line);
            let text = text.strip_suffix(b"\r").unwrap_or(text);
            let dotted = text.starts_with(b".") && !text.starts_with(b"..") && text != b".";
            for (broken, rule) in [
                (is_bare(line), ClientRule::LineEnd),
                (dotted, ClientRule::DotStuffing),
            ] {
                if broken {
                    faults.add(rule, self.connection, self.lines, line);
                }
            }
        }
    }

    /// Notes a rule that the last line broke in the port's eyes.
    pub(crate) fn note(&self, rule: ClientRule, text: &[u8], faults: &mut ClientFaults) {
        faults.add(rule, self.connection, self.lines.max(1), text);
    }

    /// What is wrong with how a secret is sent.
    fn secrets(&self, command: &RawCommand<'_>, offer: &ServerOffer) -> Option<ClientRule> {
        if !command.keyword.eq_ignore_ascii_case(b"AUTHENTICATE") {
            return None;
        }
        let safe = offer.cookie.is_some() && !self.challenged;
        match Command::parse(command) {
            Ok(Command::Authenticate(AuthToken::Quoted(_))) => {
                safe.then_some(ClientRule::ClearPassword)
            }
            Ok(Command::Authenticate(AuthToken::Hex(bytes))) if safe => {
                let is_cookie = offer
                    .cookie
                    .as_ref()
                    .is_some_and(|(cookie, _)| cookie.matches(&bytes));
                Some(if is_cookie {
                    ClientRule::ClearCookie
                } else {
                    ClientRule::ClearPassword
                })
            }
            Ok(_) => None,
            Err(_) if command.arguments.starts_with(b"\"") => None,
            Err(_) => Some(ClientRule::PasswordQuoting),
        }
    }
}

fn is_bare(line: &[u8]) -> bool {
    line.ends_with(b"\n") && !line.ends_with(b"\r\n")
}

/// Whether each quoted string has its end, and white space or nothing behind it.
fn quotes_end_well(command: &RawCommand<'_>) -> bool {
    let escapes = match command.keyword.to_ascii_uppercase().as_slice() {
        b"SETCONF" | b"RESETCONF" => Escapes::C,
        b"AUTHENTICATE" | b"AUTHCHALLENGE" => Escapes::Plain,
        _ => return true,
    };
    let mut rest = command.arguments;
    let mut before = b' ';
    while let Some((byte, after)) = rest.split_first() {
        if *byte == b'"' && matches!(before, b' ' | b'=') {
            match unquote(rest, escapes) {
                Ok((_, after)) if after.first().is_none_or(u8::is_ascii_whitespace) => rest = after,
                _ => return false,
            }
            before = b'"';
        } else {
            before = *byte;
            rest = after;
        }
    }
    true
}
