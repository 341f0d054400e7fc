//! A diff made of two consensuses.

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::vec::Vec;
use core::fmt;
use core::ops::Range;

use data_encoding::HEXUPPER;
use sha3::{Digest, Sha3_256};

use super::apply::base_digest;
use super::changes::Changes;
use super::diff::ConsensusDiff;
use crate::kinds::status::Consensus;
use crate::structure::{Document, cut_line};

/// Why there is no diff between two consensuses: no command can put in such a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum MakeError {
    /// It is a dot, which ends the lines to put in.
    Dot {
        /// The line of the newer one, counted from 1.
        line: usize,
    },
    /// It is the last of one of the two, and has no end.
    Unended,
}

impl ConsensusDiff<'_> {
    /// The diff that makes `to` of `from`, in time and memory that grow with both alone.
    ///
    /// It holds for `from` with any signatures: all are taken out, as caches of tor do it
    /// (appendix E). Entries of the same relay are compared with each other, so that the diff is
    /// about as short as it can be where the entries of both are in order.
    ///
    /// ```
    /// use tor_harness_netdoc::{ConsensusDiff, Document};
    ///
    /// let diff = ConsensusDiff::between(b"one\ntwo\nthree\n", b"one\n2\nthree\nfour\n")?;
    /// assert!(diff.ends_with(b"\n3a\nfour\n.\n2c\n2\n.\n"));
    /// let read = ConsensusDiff::read(Document::new(&diff));
    /// assert_eq!(read.apply(b"one\ntwo\nthree\n").unwrap(), b"one\n2\nthree\nfour\n");
    /// # Ok::<(), tor_harness_netdoc::MakeError>(())
    /// ```
    ///
    /// # Errors
    /// If a line of `to` that `from` has not cannot be put in.
    pub fn between(from: &[u8], to: &[u8]) -> Result<Vec<u8>, MakeError> {
        let signatures = signatures_start(from);
        let old = Text::cut(&from[..signatures.unwrap_or(from.len())]);
        let new = Text::cut(to);
        if [&old, &new].iter().any(|text| !text.is_ended()) {
            return Err(MakeError::Unended);
        }
        let digests = [base_digest(from), Sha3_256::digest(to).into()];
        let [from, to] = digests.map(|digest| HEXUPPER.encode(&digest));
        let mut diff = format!("network-status-diff-version 1\nhash {from} {to}\n").into_bytes();
        if signatures.is_some() {
            diff.extend(format!("{},$d\n", old.lines.len() + 1).into_bytes());
        }
        for (old, new_lines) in changes(&old, &new).iter().rev() {
            write_command(&mut diff, old, &new.lines, new_lines)?;
        }
        Ok(diff)
    }
}

/// Where the first signature is.
fn signatures_start(consensus: &[u8]) -> Option<usize> {
    let read = Consensus::read(Document::new(consensus));
    read.signed_part()?;
    let first = read.footer().document().item("directory-signature")?;
    Some(first.span().start)
}

/// A text as lines, with where its parts begin: the entries of relays, what is before them, what
/// behind.
struct Text<'a> {
    /// Each with its end.
    lines: Vec<&'a [u8]>,
    /// What a part is known by, its first line; they are in order, and hold all lines.
    parts: Vec<(&'a [u8], usize)>,
}

impl<'a> Text<'a> {
    fn cut(text: &'a [u8]) -> Self {
        let lines: Vec<_> = text.split_inclusive(|byte| *byte == b'\n').collect();
        let mut parts = Vec::from([(&b""[..], 0)]);
        for (number, line) in lines.iter().enumerate() {
            if line.starts_with(b"r ") {
                // The third word is the identity.
                let mut words = line.split(|byte| *byte == b' ');
                parts.push((words.nth(2).unwrap_or_default(), number));
            } else if line.starts_with(b"directory-footer") {
                parts.push((line, number));
            }
        }
        Self { lines, parts }
    }

    fn is_ended(&self) -> bool {
        self.lines.last().is_none_or(|line| line.ends_with(b"\n"))
    }

    /// The lines before the part with this number.
    fn start(&self, part: usize) -> usize {
        let part = self.parts.get(part);
        part.map_or(self.lines.len(), |(_, start)| *start)
    }
}

/// What has to be changed, in the order of the lines.
fn changes(old: &Text<'_>, new: &Text<'_>) -> Vec<(Range<usize>, Range<usize>)> {
    let numbered = old.parts.iter().zip(0..);
    let by_key: BTreeMap<_, usize> = numbered.map(|((key, _), part)| (*key, part)).collect();
    let mut changes = Changes::new(&old.lines, &new.lines);
    let mut next = 0;
    for (part, (key, _)) in new.parts.iter().enumerate() {
        let new_lines = new.start(part)..new.start(part + 1);
        match by_key.get(key).filter(|same| **same >= next) {
            Some(&same) => {
                // Those between the two are gone.
                changes.replace(
                    old.start(next)..old.start(same),
                    new_lines.start..new_lines.start,
                );
                changes.compare(old.start(same)..old.start(same + 1), new_lines);
                next = same + 1;
            }
            None => {
                let here = old.start(next);
                changes.replace(here..here, new_lines);
            }
        }
    }
    let end = new.lines.len();
    changes.replace(old.start(next)..old.lines.len(), end..end);
    changes.finish()
}

/// A command that puts some lines of a text in the place of others, none of which may be there.
fn write_command(
    diff: &mut Vec<u8>,
    old: &Range<usize>,
    text: &[&[u8]],
    new: &Range<usize>,
) -> Result<(), MakeError> {
    let action = match (old.is_empty(), new.is_empty()) {
        (true, _) => 'a',
        (_, true) => 'd',
        _ => 'c',
    };
    let command = match old.len() {
        // Behind the line before.
        0 => format!("{}{action}\n", old.start),
        1 => format!("{}{action}\n", old.end),
        _ => format!("{},{}{action}\n", old.start + 1, old.end),
    };
    diff.extend(command.into_bytes());
    for (line, number) in text[new.clone()].iter().zip(new.start + 1..) {
        if cut_line(line).0 == b"." {
            return Err(MakeError::Dot { line: number });
        }
        diff.extend_from_slice(line);
    }
    if !new.is_empty() {
        diff.extend_from_slice(b".\n");
    }
    Ok(())
}

impl fmt::Display for MakeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Dot { line } => write!(
                f,
                "expected lines that a diff can put in, found a dot alone in line {line} of the newer consensus"
            ),
            Self::Unended => write!(
                f,
                "expected consensuses whose lines all have an end, found a last one without"
            ),
        }
    }
}

impl core::error::Error for MakeError {}

#[cfg(test)]
mod tests {
    use alloc::string::{String, ToString};

    use super::*;
    use crate::kinds::Kind;

    /// Expects these commands, and that they make the newer text of the older one.
    #[track_caller]
    fn check(from: &str, to: &str, commands: &str) {
        let diff = ConsensusDiff::between(from.as_bytes(), to.as_bytes()).unwrap();
        let document = Document::new(&diff);
        assert_eq!(Kind::ConsensusDiff.check(&document), []);
        let outcome = ConsensusDiff::read(document).apply(from.as_bytes());
        assert_eq!(outcome.as_deref(), Ok(to.as_bytes()));
        let text = core::str::from_utf8(&diff).unwrap();
        let found: String = text.split_inclusive('\n').skip(2).collect();
        assert_eq!(found, commands, "from {from:?} to {to:?}");
    }

    #[test]
    fn commands_are_few() {
        for (from, to, commands) in [
            ("", "", ""),
            ("", "1\n", "0a\n1\n.\n"),
            ("1\n", "", "1d\n"),
            ("1\n2\n3\n", "1\n2\n3\n", ""),
            ("1\n2\n3\n4\n", "1\nx\n4\n", "2,3c\nx\n.\n"),
            (
                "1\n2\n3\n4\n5\n",
                "2\n3\nx\n5\ny\n",
                "5a\ny\n.\n4c\nx\n.\n1d\n",
            ),
            // An entry that came is put in, however like its neighbours it is.
            (
                "r a A\ns\nr c C\ns\n",
                "r a A\ns\nr b B\ns\nr c C\ns\n",
                "2a\nr b B\ns\n.\n",
            ),
            (
                "v\nr a A\ns\nr b B\ns 1\nr c C\ns\ndirectory-footer\n",
                "v\nr b B\ns 2\nr c C\ns\ndirectory-footer\nw\n",
                "8a\nw\n.\n5c\ns 2\n.\n2,3d\n",
            ),
            // In another order it is longer, and right.
            ("r a A\nr b B\n", "r b B\nr a A\n", "2a\nr a A\n.\n1d\n"),
            (
                "r a A\nr a A\nx\n",
                "r a A\nx\nr a A\n",
                "3a\nr a A\n.\n1d\n",
            ),
        ] {
            check(from, to, commands);
        }
    }

    #[test]
    fn signatures_are_put_in_anew() {
        let signed = "network-status-version 3\nr a A\ndirectory-footer\ndirectory-signature ";
        let [old, new] = ["1 2\n", "3 4\n"].map(|names| [signed, names].concat());
        check(&old, &new, "4,$d\n3a\ndirectory-signature 3 4\n.\n");
        check(&old, &old, "4,$d\n3a\ndirectory-signature 1 2\n.\n");
    }

    #[test]
    fn says_what_no_diff_can_do() {
        for (from, to, error) in [
            (
                "1\n",
                "1\n.\n",
                "a dot alone in line 2 of the newer consensus",
            ),
            (
                "1\n",
                ".\r\n",
                "a dot alone in line 1 of the newer consensus",
            ),
            ("1\n", "1", "found a last one without"),
            ("1", "1\n", "found a last one without"),
        ] {
            let found = ConsensusDiff::between(from.as_bytes(), to.as_bytes()).unwrap_err();
            assert!(found.to_string().ends_with(error), "{found}");
        }
        check("1\n.\n2\n", "1\n.\n", "3d\n");
    }
}
