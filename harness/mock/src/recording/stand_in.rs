//! Stand-ins for what varies from run to run.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::ops::Range;

use regex::bytes::{Captures, Regex};

/// What varies wherever it is: a name, whether each value has a number of its
/// own, and where the value is found.
#[rustfmt::skip] // One line each.
const VARYING: &[(&str, bool, &str)] = &[
    ("client_nonce", false, r#"(?m-u:^(?i:AUTHCHALLENGE) +(?i:SAFECOOKIE) +(?<client_nonce>[^\r\n]+))"#),
    ("server_hash", false, r"SERVERHASH=(?<server_hash>[0-9A-Fa-f]{64})"),
    ("server_nonce", false, r"SERVERNONCE=(?<server_nonce>[0-9A-Fa-f]{64})"),
    ("proof", false, r"(?m-u:^(?i:AUTHENTICATE) +(?<proof>[0-9A-Fa-f]{64}))"),
    ("hashed_password", true, r"\b(?<hashed_password>16:[0-9A-F]{58})\b"),
    ("pid", false, r"process/pid=(?<pid>[0-9]+)"),
    ("owner", false, r"(?i:__OwningControllerProcess)=(?<owner>[0-9]+)"),
    ("onion", true, r"\b(?<onion>[a-z2-7]{56})\b"),
    ("key", true, r"ED25519-V3:(?<key>[A-Za-z0-9+/]{86}==)"),
    ("virtual", true, r"\b(?<virtual>127\.(?:19[2-9]|2[0-9]{2})\.[0-9]+\.[0-9]+)\b"),
    ("virtual_ip_six", true, r"(?i-u:(?<virtual_ip_six>\[fe[89ab][0-9a-f](?::[0-9a-f]{0,4})+\]))"),
    ("virtual_host", true, r"\b(?<virtual_host>[a-z2-7]{16}\.virtual)\b"),
    ("uptime", false, r"\buptime=(?<uptime>[0-9]+)"),
    ("bytes", false, r"\btraffic/(?:read|written)=(?<bytes>[0-9]+)"),
    ("bandwidth", false, r"\bbw-event-cache=(?<bandwidth>[0-9, ]+)"),
    ("time", false, r"\b(?<time>[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2})\b"),
    ("precise_time", false, r"\b(?<precise_time>[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6})\b"),
    ("iso_time", false, r"\b(?<iso_time>[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2})\b"),
];

/// How many values are kept that have a number.
const MOST: usize = 100_000;

/// Puts stand-ins, as `{folder}` and `{onion1}`, in place of what varies.
///
/// Onion addresses, keys and the like are numbered as they appear; the same
/// value has the same stand-in throughout, for the first hundred thousand.
#[derive(Clone, Debug)]
pub struct StandIns {
    pattern: Regex,
    /// The names of values that have a number.
    names: HashMap<Vec<u8>, String>,
    /// The highest number of a kind of them.
    counts: HashMap<String, usize>,
}

impl StandIns {
    /// Stand-ins for what a tor said that has this folder, and lets in who
    /// knows this password: `{folder}` and `{password}`.
    #[must_use]
    pub fn new(folder: &str, password: Option<&str>) -> Self {
        let folder = (!folder.is_empty()).then(|| format!("(?<folder>{})", regex::escape(folder)));
        let password = password.map(|password| {
            let quoted = password.replace('\\', r"\\").replace('"', "\\\"");
            format!(
                r#"(?m-u:^(?i:AUTHENTICATE) +"(?<password>{})")"#,
                regex::escape(&quoted)
            )
        });
        let varying = VARYING.iter().map(|(_, _, pattern)| (*pattern).to_owned());
        let all: Vec<_> = folder.into_iter().chain(password).chain(varying).collect();
        Self {
            pattern: Regex::new(&all.join("|")).expect("the patterns above are well formed"),
            names: HashMap::new(),
            counts: HashMap::new(),
        }
    }

    /// Lines as the text form has them, without their ends.
    pub(super) fn lines(&mut self, bytes: &[u8]) -> Vec<String> {
        bytes
            .split_inclusive(|byte| *byte == b'\n')
            .map(|line| line.strip_suffix(b"\n").unwrap_or(line))
            .map(|line| self.write(line.strip_suffix(b"\r").unwrap_or(line)))
            .collect()
    }

    /// A line, without its end, as the text form has it.
    pub fn write(&mut self, line: &[u8]) -> String {
        let mut out = String::with_capacity(line.len());
        let mut written = 0;
        let pattern = self.pattern.clone();
        for captures in pattern.captures_iter(line) {
            if let Some((value, stand_in)) = self.stand_in(&captures) {
                escape(&line[written..value.start], &mut out);
                out.push_str(&stand_in);
                written = value.end;
            }
        }
        escape(&line[written..], &mut out);
        out
    }

    /// Where the value is that was found, and what stands for it.
    fn stand_in(&mut self, captures: &Captures<'_>) -> Option<(Range<usize>, String)> {
        for name in ["folder", "password"] {
            if let Some(found) = captures.name(name) {
                return Some((found.range(), format!("{{{name}}}")));
            }
        }
        VARYING.iter().find_map(|(name, is_numbered, _)| {
            let found = captures.name(name)?;
            let stand_in = match is_numbered {
                true => self.numbered(name, found.as_bytes()),
                false => (*name).to_owned(),
            };
            Some((found.range(), format!("{{{stand_in}}}")))
        })
    }

    /// The name of a value of that kind, with a number that no other has.
    fn numbered(&mut self, kind: &'static str, value: &[u8]) -> String {
        if let Some(name) = self.names.get(value) {
            return name.clone();
        }
        let count = self.counts.get(kind).copied().unwrap_or_default();
        let name = format!("{kind}{}", count + 1);
        if self.names.len() < MOST {
            self.know(&name, value);
        }
        name
    }

    /// Lets a value have this name from now on.
    pub(super) fn know(&mut self, name: &str, value: &[u8]) {
        let kind = name.trim_end_matches(|c: char| c.is_ascii_digit());
        let number = name
            .strip_prefix(kind)
            .and_then(|number| number.parse().ok());
        let count = self.counts.entry(kind.to_owned()).or_default();
        *count = number.unwrap_or(0_usize).max(*count);
        self.names.insert(value.to_vec(), name.to_owned());
    }

    /// The value that has this name.
    pub(super) fn value(&self, name: &str) -> Option<&[u8]> {
        let mut all = self.names.iter();
        all.find_map(|(value, its)| (its == name).then_some(value.as_slice()))
    }
}

/// Whether a text has only stand-ins that there are: if not, the first other.
pub(super) fn unknown(text: &str) -> Option<&str> {
    let mut names = text.split('{').skip(1);
    names.find_map(|after| {
        let (name, _) = after.split_once('}')?;
        let kind = name.trim_end_matches(|c: char| c.is_ascii_digit());
        let is_known = ["folder", "password"].contains(&name)
            || VARYING
                .iter()
                .any(|(its, is_numbered, _)| *its == kind && *is_numbered == (kind != name));
        (!is_known).then_some(name)
    })
}

/// Bytes as the text form has them: as they are, or as `\xNN`.
fn escape(bytes: &[u8], out: &mut String) {
    for byte in bytes {
        match byte {
            b'\\' | b'{' | b'}' => escape_one(*byte, out),
            b' '..=b'~' => out.push(char::from(*byte)),
            _ => escape_one(*byte, out),
        }
    }
}

fn escape_one(byte: u8, out: &mut String) {
    // Writing into a String cannot fail.
    let _ = write!(out, "\\x{byte:02x}");
}

/// The bytes of a text with `\xNN` in it; other backslashes stay.
pub(super) fn unescaped(text: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let digits = after.strip_prefix(b"x").and_then(|after| after.get(..2));
        let code = digits
            .filter(|_| *first == b'\\')
            .and_then(|digits| str::from_utf8(digits).ok())
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        out.push(code.unwrap_or(*first));
        rest = if code.is_some() { &after[3..] } else { after };
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stands_in_for_what_varies() {
        let onion = "a".repeat(56);
        let other = "b".repeat(56);
        let key = "K".repeat(86);
        let hex = "0F".repeat(32);
        let mut stand_ins = StandIns::new("/tmp/tor.x", Some(r#"se"cret"#));
        for (line, expected) in [
            (
                "250-config-file=/tmp/tor.x/torrc",
                "250-config-file={folder}/torrc",
            ),
            (
                "250-config-file=/tmp/tor_x/torrc",
                "250-config-file=/tmp/tor_x/torrc",
            ),
            ("250-process/pid=4711", "250-process/pid={pid}"),
            ("250-uptime=12", "250-uptime={uptime}"),
            ("250-traffic/read=12", "250-traffic/read={bytes}"),
            ("AUTHENTICATE \"se\\\"cret\"", "AUTHENTICATE \"{password}\""),
            ("AUTHENTICATE \"wrong\"", "AUTHENTICATE \"wrong\""),
            (&format!("authenticate {hex}"), "authenticate {proof}"),
            (
                &format!("AUTHCHALLENGE SAFECOOKIE {hex}"),
                "AUTHCHALLENGE SAFECOOKIE {client_nonce}",
            ),
            (
                &format!("250 AUTHCHALLENGE SERVERHASH={hex} SERVERNONCE={hex}"),
                "250 AUTHCHALLENGE SERVERHASH={server_hash} SERVERNONCE={server_nonce}",
            ),
            (&format!("250-ServiceID={onion}"), "250-ServiceID={onion1}"),
            (&format!("250-ServiceID={other}"), "250-ServiceID={onion2}"),
            (&format!("DEL_ONION {onion}"), "DEL_ONION {onion1}"),
            (
                &format!("250-PrivateKey=ED25519-V3:{key}=="),
                "250-PrivateKey=ED25519-V3:{key1}",
            ),
            (
                "250-127.218.108.43=torproject.org",
                "250-{virtual1}=torproject.org",
            ),
            (
                "250-127.0.0.1=torproject.org",
                "250-127.0.0.1=torproject.org",
            ),
            (
                "250-[fe8b:18:2::1]=torproject.org",
                "250-{virtual_ip_six1}=torproject.org",
            ),
            (
                "250-xcmmejpd5mgm5gxb.virtual=torproject.org",
                "250-{virtual_host1}=torproject.org",
            ),
            (
                "650 ADDRMAP a b \"2026-11-21 23:09:48\"",
                "650 ADDRMAP a b \"{time}\"",
            ),
            ("a\\b{c}\u{e9}\t", r"a\x5cb\x7bc\x7d\xc3\xa9\x09"),
        ] {
            assert_eq!(stand_ins.write(line.as_bytes()), expected);
        }
    }

    #[test]
    fn what_is_escaped_is_unescaped() {
        let all: Vec<u8> = (0..=255).collect();
        let mut text = String::new();
        escape(&all, &mut text);
        assert_eq!(unescaped(&text), all);
        assert_eq!(unescaped(r"\x4\xg0\"), br"\x4\xg0\");
    }
}
