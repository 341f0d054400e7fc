//! What went over a connection, to be shown when something fails.

use std::collections::VecDeque;
use std::fmt;
use std::time::Duration;

/// How many lines are kept.
const LINES: usize = 400;
/// How much of a line is kept, in bytes.
const LINE_LENGTH: usize = 300;

/// Who said a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// The controller.
    Sent,
    /// tor.
    Received,
}

/// The last lines that went over a connection, with their times.
///
/// Shown one line each: the seconds since the connection was made, `>` for
/// what the controller said and `<` for what tor said.
#[derive(Clone, Debug, Default)]
pub struct Transcript {
    lines: VecDeque<(Duration, Direction, String)>,
    dropped: usize,
}

impl Transcript {
    /// Adds bytes as lines.
    pub(crate) fn record(&mut self, at: Duration, direction: Direction, bytes: &[u8]) {
        if bytes.is_empty() {
            return;
        }
        let bytes = bytes.strip_suffix(b"\n").unwrap_or(bytes);
        for line in bytes.split(|&b| b == b'\n') {
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            let mut text = line
                .get(..LINE_LENGTH)
                .unwrap_or(line)
                .escape_ascii()
                .to_string();
            // Quotes and backslashes are common and say more as they are.
            text = text
                .replace("\\\"", "\"")
                .replace("\\'", "'")
                .replace("\\\\", "\\");
            if line.len() > LINE_LENGTH {
                text.push_str(&format!("... ({} bytes)", line.len()));
            }
            if self.lines.len() == LINES {
                self.lines.pop_front();
                self.dropped += 1;
            }
            self.lines.push_back((at, direction, text));
        }
    }

    /// The last lines, at most `count`.
    #[must_use]
    pub fn tail(&self, count: usize) -> Self {
        let skip = self.lines.len().saturating_sub(count);
        Self {
            lines: self.lines.iter().skip(skip).cloned().collect(),
            dropped: self.dropped + skip,
        }
    }
}

impl fmt::Display for Transcript {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.dropped > 0 {
            writeln!(f, "  ... {} lines before", self.dropped)?;
        }
        for (at, direction, line) in &self.lines {
            let arrow = match direction {
                Direction::Sent => '>',
                Direction::Received => '<',
            };
            writeln!(f, "  {:8.3} {arrow} {line}", at.as_secs_f64())?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_the_last_lines() {
        let mut transcript = Transcript::default();
        transcript.record(Duration::ZERO, Direction::Sent, b"GETINFO \"x\"\r\n");
        transcript.record(
            Duration::from_millis(1500),
            Direction::Received,
            b"250-a=\xff\r\n250 OK\r\n",
        );
        assert_eq!(
            transcript.to_string(),
            "     0.000 > GETINFO \"x\"\n     1.500 < 250-a=\\xff\n     1.500 < 250 OK\n"
        );
        assert_eq!(
            transcript.tail(1).to_string(),
            "  ... 2 lines before\n     1.500 < 250 OK\n"
        );
    }

    #[test]
    fn is_bounded() {
        let mut transcript = Transcript::default();
        transcript.record(Duration::ZERO, Direction::Sent, &b"x\n".repeat(2 * LINES));
        transcript.record(Duration::ZERO, Direction::Sent, &[b'y'; 2 * LINE_LENGTH]);
        assert_eq!(transcript.lines.len(), LINES);
        assert_eq!(transcript.dropped, LINES + 1);
        assert!(transcript.to_string().ends_with("y... (600 bytes)\n"));
    }
}
