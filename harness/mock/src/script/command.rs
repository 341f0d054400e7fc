//! Which commands a rule is about.

use std::fmt;

use tor_harness_control::command::RawCommand;

use crate::session::words;

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

    /// Whether a command is one of these.
    pub(super) fn matches(&self, command: &RawCommand<'_>) -> bool {
        if !command.keyword.eq_ignore_ascii_case(&self.keyword) {
            return false;
        }
        let mut came = words(command.arguments);
        let expected = self.arguments.iter();
        expected.into_iter().all(|word| came.next() == Some(word))
            && (self.more || came.next().is_none())
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
        for pattern in ["", " ", "*", "A\nB"] {
            assert!(CommandPattern::new(pattern).is_err(), "{pattern:?}");
        }
    }
}
