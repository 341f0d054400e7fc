//! Every line that went in or out.

use std::collections::VecDeque;
use std::fmt;
use std::time::Duration;

use crate::connection::ConnectionId;
use crate::received::ReceivedLog;

/// How many lines are kept, and how much of each.
const LINES: usize = 10_000;
const LINE_BYTES: usize = 400;

/// How many lines an excerpt has before its place and behind it.
const BEFORE: u64 = 3;
const BEHIND: u64 = 3;

/// The lines that went in and out, the last ten thousand of them.
#[derive(Debug, Default)]
pub(crate) struct Transcript {
    lines: VecDeque<Line>,
    dropped: u64,
    /// What came, whole.
    pub(crate) commands: ReceivedLog,
}

/// A line, which is made readable only where somebody reads it.
#[derive(Debug)]
struct Line {
    at: Duration,
    who: ConnectionId,
    direction: char,
    /// Its beginning, and how long it was.
    text: Vec<u8>,
    length: usize,
}

impl Transcript {
    /// Keeps what a controller sent.
    pub(crate) fn received(&mut self, who: ConnectionId, now: Duration, bytes: &[u8]) {
        self.commands.keep(who, now, bytes);
        self.keep(who, now, '>', bytes);
    }

    /// Keeps what it was sent.
    pub(crate) fn sent(&mut self, who: ConnectionId, now: Duration, bytes: &[u8]) {
        self.keep(who, now, '<', bytes);
    }

    /// Keeps what became of a connection.
    pub(crate) fn note(&mut self, who: ConnectionId, now: Duration, what: &str) {
        self.keep(who, now, '-', what.as_bytes());
    }

    /// The place of the next line.
    pub(crate) fn mark(&self) -> u64 {
        self.dropped
            .saturating_add(u64::try_from(self.lines.len()).unwrap_or(u64::MAX))
    }

    /// The lines around a place, as far as they are kept; that place is marked.
    pub(crate) fn around(&self, mark: u64) -> Vec<String> {
        let numbered = (self.dropped..).zip(&self.lines);
        numbered
            .skip_while(|(number, _)| number.saturating_add(BEFORE) < mark)
            .take_while(|(number, _)| *number <= mark.saturating_add(BEHIND))
            .map(|(number, line)| {
                let pointer = if number == mark { "->" } else { "  " };
                format!("{pointer}{line}")
            })
            .collect()
    }

    fn keep(&mut self, who: ConnectionId, now: Duration, direction: char, bytes: &[u8]) {
        let bytes = bytes.strip_suffix(b"\n").unwrap_or(bytes);
        for line in bytes.split(|byte| *byte == b'\n') {
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            let start = line.get(..LINE_BYTES).unwrap_or(line);
            // The oldest makes room, in memory too.
            let mut text = Vec::new();
            if self.lines.len() == LINES {
                text = self.lines.pop_front().map_or(text, |oldest| oldest.text);
                self.dropped += 1;
            }
            text.clear();
            text.extend_from_slice(start);
            self.lines.push_back(Line {
                at: now,
                who,
                direction,
                text,
                length: line.len(),
            });
        }
    }
}

impl fmt::Display for Transcript {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.dropped > 0 {
            writeln!(f, "... {} lines before these", self.dropped)?;
        }
        self.lines.iter().try_for_each(|line| writeln!(f, "{line}"))
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.at.as_secs_f64();
        let shown = printable(&self.text);
        write!(f, "{seconds:9.3} {} {} {shown}", self.who, self.direction)?;
        if self.length > self.text.len() {
            write!(f, "... ({} bytes)", self.length)?;
        }
        Ok(())
    }
}

/// Bytes as a line for people: what is not printable ASCII becomes `\x1f`.
pub(crate) fn printable(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for byte in bytes {
        match byte {
            b' '..=b'~' => text.push(char::from(*byte)),
            _ => text.push_str(&format!("\\x{byte:02x}")),
        }
    }
    text
}
