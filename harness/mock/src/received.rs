//! What the controllers have sent.

use std::collections::VecDeque;
use std::time::Duration;

use crate::connection::ConnectionId;

/// How many commands are kept, and how many bytes of them in all: the last one
/// is kept in any case.
const COMMANDS: usize = 10_000;
const BYTES: usize = 4 << 20;

/// A command that a controller has sent.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Received {
    /// Who sent it.
    pub connection: ConnectionId,
    /// When it was whole: the time since the start.
    pub at: Duration,
    /// The command without its line end; one with data has all its lines, up to
    /// the dot. What is not UTF-8 is replaced by U+FFFD.
    pub command: String,
}

/// The last commands that came.
#[derive(Debug, Default)]
pub(crate) struct ReceivedLog {
    commands: VecDeque<Received>,
    bytes: usize,
}

impl ReceivedLog {
    /// Keeps a command, in the place of older ones if need be.
    pub(crate) fn keep(&mut self, connection: ConnectionId, at: Duration, command: &[u8]) {
        let command = command.strip_suffix(b"\n").unwrap_or(command);
        let command = command.strip_suffix(b"\r").unwrap_or(command);
        let command = String::from_utf8_lossy(command).into_owned();
        self.bytes += command.len();
        self.commands.push_back(Received {
            connection,
            at,
            command,
        });
        while self.commands.len() > COMMANDS || self.commands.len() > 1 && self.bytes > BYTES {
            let oldest = self.commands.pop_front();
            self.bytes -= oldest.map_or(0, |oldest| oldest.command.len());
        }
    }

    /// Those that are kept, in the order in which they came.
    pub(crate) fn to_vec(&self) -> Vec<Received> {
        self.commands.iter().cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_the_last() {
        for (length, times, kept) in [
            (10, 5, 5),
            (10, COMMANDS + 5, COMMANDS),
            (BYTES / 4 - 9, 6, 4),
            (BYTES + 1, 2, 1),
        ] {
            let mut log = ReceivedLog::default();
            let filler = "x".repeat(length);
            for number in 0..times {
                let command = format!("{number} {filler}\r\n");
                log.keep(ConnectionId(1), Duration::ZERO, command.as_bytes());
            }
            let commands = log.to_vec();
            assert_eq!(commands.len(), kept, "{times} commands of {length} bytes");
            let first = format!("{} ", times - kept);
            assert!(commands[0].command.starts_with(&first));
        }
    }
}
