//! The text form of a recording.

use std::fmt;

use super::error::RecordingError;
use super::exchange::{Exchange, Recording};
use super::stand_in::unknown;

/// How the first line begins; the version of the tor follows.
pub(super) const HEADER: &str = "# tor-harness recording 1 of tor ";

impl Recording {
    /// Reads the text form. `origin` names the text in errors.
    ///
    /// Lines that start with `#`, and empty ones, are comments.
    ///
    /// # Errors
    /// With the line at which it is no recording.
    pub fn parse(text: &str, origin: &str) -> Result<Self, RecordingError> {
        let mut lines = text.lines().enumerate();
        let error = |line: usize, expected, got: &str| RecordingError {
            origin: origin.to_owned(),
            line: line + 1,
            expected,
            got: got.to_owned(),
        };
        let first = lines.next().map_or("", |(_, first)| first);
        let tor = first
            .strip_prefix(HEADER)
            .ok_or_else(|| error(0, "`# tor-harness recording 1 of tor VERSION`", first))?;
        let mut recording = Self {
            tor: tor.to_owned(),
            exchanges: Vec::new(),
        };
        let mut connection = None;
        // Where each exchange has its last line of a reply.
        let mut last_lines = Vec::new();
        for (at, line) in lines {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            if let Some(number) = line.strip_prefix("== connection ") {
                let number = number.parse().ok().filter(|number| *number > 0);
                connection =
                    Some(number.ok_or_else(|| error(at, "a connection's number from 1", line))?);
                continue;
            }
            let connection =
                connection.ok_or_else(|| error(at, "`== connection N` before this", line))?;
            if let Some(name) = unknown(line) {
                return Err(error(at, "a stand-in (as {folder} or {onion1})", name));
            }
            let kept = recording.keep(connection, line);
            kept.ok_or_else(|| error(at, "a line behind `> `, `< ` or `! `, or `- closed`", line))?;
            last_lines.resize(recording.exchanges.len(), at);
            if let Some(last) = last_lines.last_mut().filter(|_| line.starts_with('<')) {
                *last = at;
            }
        }
        for (exchange, last) in recording.exchanges.iter().zip(last_lines) {
            // A browser gets a page, which is no reply, and is closed.
            if !exchange.closed && !exchange.has_whole_reply() {
                let got = exchange.reply.last().map_or("", String::as_str);
                return Err(error(last, "one whole reply behind `< `, as `250 OK`", got));
            }
        }
        Ok(recording)
    }

    /// Takes a line that is no header.
    fn keep(&mut self, connection: u64, line: &str) -> Option<()> {
        let (mark, rest) = match line.split_once(' ') {
            Some((mark, rest)) => (mark, rest.to_owned()),
            // An editor may have taken the space of an empty line away.
            None => (line, String::new()),
        };
        let exchange = self.current(connection, mark == ">");
        match mark {
            ">" => exchange.command.push(rest),
            "<" => exchange.reply.push(rest),
            "!" => exchange.events.push(rest),
            "-" if rest == "closed" => exchange.closed = true,
            _ => return None,
        }
        Some(())
    }

    /// The exchange that a line belongs to: a new one where a command begins.
    fn current(&mut self, connection: u64, is_command: bool) -> &mut Exchange {
        let goes_on = self.exchanges.last().is_some_and(|last| {
            let has_answer = !last.reply.is_empty() || !last.events.is_empty() || last.closed;
            let in_body = last
                .command
                .first()
                .is_some_and(|line| line.starts_with('+'))
                && last.command.last().is_some_and(|line| line != ".");
            last.connection == connection && (!is_command || in_body && !has_answer)
        });
        if !goes_on {
            self.exchanges.push(Exchange {
                connection,
                ..Exchange::default()
            });
        }
        self.exchanges
            .last_mut()
            .expect("one was pushed if there was none")
    }
}

/// The text form.
impl fmt::Display for Recording {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{HEADER}{}", self.tor)?;
        let mut connection = None;
        for exchange in &self.exchanges {
            if connection.replace(exchange.connection) != Some(exchange.connection) {
                writeln!(f, "== connection {}", exchange.connection)?;
            }
            for (mark, lines) in [
                ('>', &exchange.command),
                ('<', &exchange.reply),
                ('!', &exchange.events),
            ] {
                for line in lines {
                    writeln!(f, "{mark} {line}")?;
                }
            }
            if exchange.closed {
                writeln!(f, "- closed")?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "\
# tor-harness recording 1 of tor 0.4.9.11
== connection 1
> AUTHENTICATE
< 250 OK
> +HSPOST HSADDRESS=x
> hs-descriptor 3
> .
< 250 OK
! 650 SIGNAL NEWNYM
> \n\
== connection 2
> GETINFO version
== connection 1
< 510 Unrecognized command \"\"
- closed
";

    #[test]
    fn goes_there_and_back() {
        let recording = Recording::parse(TEXT, "x").unwrap();
        assert_eq!(recording.to_string(), TEXT);
        assert_eq!(recording.exchanges.len(), 5);
        assert_eq!(recording.exchanges[1].command.len(), 3);
        let edited = TEXT.replace("== connection 2", "# a comment\n\n== connection 2");
        assert_eq!(Recording::parse(&edited, "x").unwrap(), recording);
    }

    #[test]
    fn says_where_it_is_none() {
        for (line, with, expected) in [
            (
                "# tor-harness recording 1 of tor 0.4.9.11",
                "control_port = 1",
                "x:1: expected `# tor-harness recording 1 of tor VERSION`, got \"control_port = 1\"",
            ),
            (
                "== connection 1",
                "# nothing",
                "x:3: expected `== connection N` before this, got \"> AUTHENTICATE\"",
            ),
            (
                "== connection 2",
                "== connection 0",
                "x:11: expected a connection's number from 1, got \"== connection 0\"",
            ),
            (
                "< 250 OK",
                "< 250-x=1",
                "x:4: expected one whole reply behind `< `, as `250 OK`, got \"250-x=1\"",
            ),
            (
                "> GETINFO version",
                "> GETINFO {nosuch}",
                "x:12: expected a stand-in (as {folder} or {onion1}), got \"nosuch\"",
            ),
            (
                "- closed",
                "- open",
                "x:15: expected a line behind `> `, `< ` or `! `, or `- closed`, got \"- open\"",
            ),
        ] {
            let error = Recording::parse(&TEXT.replacen(line, with, 1), "x").unwrap_err();
            assert_eq!(error.to_string(), expected);
        }
    }
}
