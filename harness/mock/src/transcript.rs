//! Every line that went in or out.

use std::collections::VecDeque;
use std::fmt::{self, Write as _};
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
    lines: VecDeque<String>,
    dropped: u64,
    /// What came, whole.
    pub(crate) commands: ReceivedLog,
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
            let shown = printable(line.get(..LINE_BYTES).unwrap_or(line));
            let mut text = format!("{:9.3} {who} {direction} {shown}", now.as_secs_f64());
            if line.len() > LINE_BYTES {
                // Writing into a String cannot fail.
                let _ = write!(text, "... ({} bytes)", line.len());
            }
            if self.lines.len() == LINES {
                self.lines.pop_front();
                self.dropped += 1;
            }
            self.lines.push_back(text);
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
