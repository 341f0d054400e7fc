//! What controllers send, step by step.

use std::fmt;

use tor_harness::control::auth::AuthConfig;

/// Commands that change nothing but their own connection.
const READING: &[&str] = &[
    "AUTHCHALLENGE",
    "AUTHENTICATE",
    "GETCONF",
    "GETINFO",
    "PROTOCOLINFO",
    "QUIT",
    "SETEVENTS",
    "USEFEATURE",
];

/// What controllers send to one tor, step by step.
#[derive(Clone, Debug)]
pub struct Script {
    /// How that tor lets them in.
    pub auth: AuthConfig,
    /// What they do; a connection opens when it is first named.
    pub steps: Vec<Step>,
}

/// What one controller does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The number of its connection.
    pub connection: usize,
    /// What it sends in one piece; nothing where it hangs up. `{cookie}` is the cookie in
    /// hexadecimal, `{torrc}` the options that tor was started with, and `{onion}` the
    /// last address that it made up.
    pub bytes: Option<Vec<u8>>,
}

impl Script {
    /// How many commands it has, besides those that let controllers in.
    #[must_use]
    pub fn exchanges(&self) -> usize {
        let is_asked = |step: &&Step| **step != Step::let_in(step.connection, &self.auth);
        self.steps.iter().filter(is_asked).count()
    }
}

impl Step {
    /// A controller sends bytes.
    pub fn new(connection: usize, bytes: impl Into<Vec<u8>>) -> Self {
        Self {
            connection,
            bytes: Some(bytes.into()),
        }
    }

    /// A controller closes its connection.
    #[must_use]
    pub fn hang_up(connection: usize) -> Self {
        Self {
            connection,
            bytes: None,
        }
    }

    /// A controller asks to be let in, and is.
    #[must_use]
    pub fn let_in(connection: usize, auth: &AuthConfig) -> Self {
        let secret = match auth.passwords.first() {
            Some(password) => {
                let escaped = password.replace('\\', "\\\\").replace('"', "\\\"");
                format!(" \"{escaped}\"")
            }
            None if auth.cookie => " {cookie}".to_owned(),
            None => String::new(),
        };
        Self::new(connection, format!("AUTHENTICATE{secret}\r\n"))
    }

    /// Whether one of the lines is this command.
    pub(super) fn says(&self, keyword: &str) -> bool {
        let mut keywords = self.keywords();
        keywords.any(|said| said.eq_ignore_ascii_case(keyword.as_bytes()))
    }

    /// Whether a tor is as it was before once the connection is closed, whatever it answers.
    pub(super) fn only_reads(&self) -> bool {
        let is_said = |said: &[u8], name: &str| said.eq_ignore_ascii_case(name.as_bytes());
        self.keywords()
            .all(|said| READING.iter().any(|name| is_said(said, name)))
    }

    /// The first word of each line.
    fn keywords(&self) -> impl Iterator<Item = &[u8]> {
        let bytes = self.bytes.as_deref().unwrap_or_default();
        let lines = bytes
            .strip_suffix(b"\n")
            .unwrap_or(bytes)
            .split(|byte| *byte == b'\n');
        lines.filter_map(|line| line.split(|byte| b" \t\r".contains(byte)).next())
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.bytes {
            Some(bytes) => write!(f, "{}> {}", self.connection, bytes.escape_ascii()),
            None => write!(f, "{}: hangs up", self.connection),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_what_only_reads() {
        for (bytes, reads) in [
            ("GETINFO version\r\n", true),
            ("getconf\tNickname\n", true),
            ("GETINFO version\r\nQUIT\r\n", true),
            ("GETINFO version\r\nSETCONF Nickname=a\r\n", false),
            ("+LOADCONF\r\n.\r\n", false),
            ("\r\n", false),
        ] {
            assert_eq!(Step::new(0, bytes).only_reads(), reads, "{bytes:?}");
        }
        assert!(Step::new(0, "GETINFO a\r\nresolve x\r\n").says("RESOLVE"));
        assert!(!Step::new(0, "GETINFO RESOLVE\r\n").says("RESOLVE"));
    }
}
