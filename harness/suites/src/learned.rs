//! What a conversation learns as it goes on.

use std::collections::BTreeMap;

use tor_harness::control::OwnedMessage;

/// What the names in braces stand for, as far as it has come.
#[derive(Debug, Default)]
pub(crate) struct Learned(BTreeMap<String, String>);

impl Learned {
    /// A line with what is known of it.
    pub(crate) fn fill(&self, line: &str) -> String {
        self.0.iter().fold(line.to_owned(), |line, (name, value)| {
            line.replace(&format!("{{{name}}}"), value)
        })
    }

    /// Lines with what is known of them.
    pub(crate) fn fill_all(&self, lines: &[&str]) -> Vec<String> {
        lines.iter().map(|line| self.fill(line)).collect()
    }

    /// Learns from a message that is as expected. A name is between the text before it, in which
    /// there is no `*`, and the space behind it.
    pub(crate) fn learn(&mut self, expected: &[String], got: &OwnedMessage) {
        let got = String::from_utf8_lossy(got.as_message().as_bytes()).into_owned();
        for (expected, got) in expected.iter().zip(got.split_terminator("\r\n")) {
            if let Some((before, name, _)) = named(expected)
                && let Some(value) = got.strip_prefix(before)
            {
                let value = value.split(' ').next().unwrap_or_default();
                self.0.insert(name.to_owned(), value.to_owned());
            }
        }
    }
}

/// The lines with `*` in the place of names that are not known yet.
pub(crate) fn wild(lines: &[String]) -> Vec<String> {
    let wild = |line: &String| match named(line) {
        Some((before, _, after)) => format!("{before}*{after}"),
        None => line.clone(),
    };
    lines.iter().map(wild).collect()
}

/// The name in a line, with what stands before it and behind it.
fn named(line: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = line.split_once('{')?;
    let (name, after) = rest.split_once('}')?;
    let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase());
    is_name.then_some((before, name, after))
}

#[cfg(test)]
mod tests {
    use tor_harness::control::Decoder;

    use super::*;

    #[test]
    fn what_came_is_expected_again() {
        let mut decoder = Decoder::new();
        decoder.push(b"250 EXTENDED 12\r\n");
        let message = decoder.next().unwrap().unwrap().into_owned();
        let mut learned = Learned::default();
        let expected = learned.fill_all(&["250 EXTENDED {circuit}"]);
        assert_eq!(wild(&expected), ["250 EXTENDED *"]);
        learned.learn(&expected, &message);
        assert_eq!(
            learned.fill("CLOSECIRCUIT {circuit} {other}"),
            "CLOSECIRCUIT 12 {other}"
        );
    }
}
