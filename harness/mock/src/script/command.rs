//! Which commands a rule is about.

use std::fmt;

use tor_harness_control::command::RawCommand;

use crate::session::words;
use crate::transcript::printable;

/// Which commands a rule is about: a keyword in any case, and its arguments,
/// which have to be the same; a last `*` stands for any that follow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct CommandPattern {
    text: String,
    keyword: Vec<u8>,
    arguments: Vec<Vec<u8>>,
    more: bool,
}

impl CommandPattern {
    /// Reads a pattern, as `GETINFO version` or `SETEVENTS *`.
    pub(super) fn new(text: &str) -> Result<Self, String> {
        let mut all = words(text.as_bytes()).map(<[u8]>::to_vec);
        let keyword = all.next().filter(|keyword| keyword != b"*");
        let Some(keyword) = keyword.filter(|_| !text.contains(['\r', '\n'])) else {
            return Err(format!(
                "expected a command (as \"GETINFO version\" or \"SETEVENTS *\"), got {text:?}"
            ));
        };
        let mut arguments: Vec<_> = all.collect();
        let more = arguments.pop_if(|word| word == b"*").is_some();
        Ok(Self {
            text: text.to_owned(),
            keyword,
            arguments,
            more,
        })
    }

    /// How many arguments are given.
    pub(super) fn arguments(&self) -> usize {
        self.arguments.len()
    }

    /// Whether a command is one of these.
    pub(super) fn matches(&self, command: &RawCommand<'_>) -> bool {
        self.misfit(command).is_none()
    }

    /// Where a command first differs from these.
    pub(super) fn misfit<'c>(&'c self, command: &RawCommand<'c>) -> Option<Misfit<'c>> {
        if !command.keyword.eq_ignore_ascii_case(&self.keyword) {
            return Some(Misfit::Keyword(command.keyword));
        }
        let mut came = words(command.arguments);
        let mut number = 0;
        for expected in &self.arguments {
            number += 1;
            let came = came.next();
            if came != Some(expected) {
                return Some(Misfit::Argument {
                    number,
                    expected: Some(expected),
                    came,
                });
            }
        }
        let came = came.next().filter(|_| !self.more)?;
        Some(Misfit::Argument {
            number: number + 1,
            expected: None,
            came: Some(came),
        })
    }
}

/// The first difference between a command and a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Misfit<'c> {
    /// It is another command: this one.
    Keyword(&'c [u8]),
    /// An argument, counted from 1, is another one, missing, or one too many.
    Argument {
        number: usize,
        expected: Option<&'c [u8]>,
        came: Option<&'c [u8]>,
    },
}

impl fmt::Display for Misfit<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let quoted = |word: &[u8]| format!("\"{}\"", printable(word.get(..100).unwrap_or(word)));
        match self {
            Self::Keyword(keyword) => write!(f, "the command is {}", quoted(keyword)),
            Self::Argument {
                number,
                expected,
                came,
            } => {
                write!(f, "argument {number} ")?;
                match came {
                    Some(came) => write!(f, "is {}", quoted(came))?,
                    None => f.write_str("is missing")?,
                }
                match expected {
                    Some(expected) => write!(f, ", expected {}", quoted(expected)),
                    None => f.write_str(", expected no more"),
                }
            }
        }
    }
}

impl fmt::Display for CommandPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn matches() {
        for (pattern, command, expected) in [
            ("GETINFO version", "getinfo  version \r\n", true),
            ("GETINFO version", "GETINFO VERSION", false),
            ("GETINFO version", "GETINFO version uptime", false),
            ("GETINFO version", "GETINFO", false),
            ("GETINFO", "GETINFO", true),
            ("GETINFO", "GETINFO version", false),
            ("GETINFO *", "GETINFO", true),
            ("GETINFO *", "GETINFO version uptime", true),
            ("GETINFO version *", "GETINFO version uptime", true),
            ("GETINFO version *", "GETINFO uptime version", false),
            ("+LOADCONF", "+LOADCONF\r\na\r\n.\r\n", true),
            ("LOADCONF", "+LOADCONF\r\na\r\n.\r\n", false),
        ] {
            let pattern = CommandPattern::new(pattern).unwrap();
            let command = RawCommand::new(command.as_bytes());
            assert_eq!(
                pattern.matches(&command),
                expected,
                "{pattern} on {command:?}"
            );
        }
        for (pattern, command, expected) in [
            ("GETINFO", "GETCONF", "the command is \"GETCONF\""),
            ("A b c", "A b d", "argument 2 is \"d\", expected \"c\""),
            ("A b c", "A b", "argument 2 is missing, expected \"c\""),
            ("A b", "A b c", "argument 2 is \"c\", expected no more"),
            (
                "A \u{e9}",
                "A \x1f",
                "argument 1 is \"\\x1f\", expected \"\\xc3\\xa9\"",
            ),
        ] {
            let pattern = CommandPattern::new(pattern).unwrap();
            let misfit = pattern.misfit(&RawCommand::new(command.as_bytes()));
            assert_eq!(misfit.unwrap().to_string(), expected);
        }
        for pattern in ["", " ", "*", "A\nB"] {
            assert!(CommandPattern::new(pattern).is_err(), "{pattern:?}");
        }
    }
}
