//! A consensus made from another by a diff.

use alloc::vec::Vec;
use core::fmt;

use data_encoding::HEXUPPER;
use memchr::memchr;
use sha3::{Digest, Sha3_256};

use super::commands::{Action, Command};
use super::diff::ConsensusDiff;
use crate::kinds::status::Consensus;
use crate::rules::{ParseError, Problem};
use crate::structure::Document;

/// Why a diff was not applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ApplyError {
    /// The diff cannot be read, or is about lines that the base has not.
    Diff {
        /// The line of the diff, counted from 1.
        line: usize,
        /// What is wrong, and where.
        error: ParseError,
    },
    /// It is for another base.
    Base {
        /// The SHA3-256 of the signed part of the base that it is for.
        expected: [u8; 32],
        /// That of this one.
        found: [u8; 32],
    },
    /// What came out is not what should have come out.
    Outcome {
        /// The SHA3-256 of what should have.
        expected: [u8; 32],
        /// That of what did.
        found: [u8; 32],
    },
}

impl ConsensusDiff<'_> {
    /// The consensus that `base` becomes, in time and memory that grow with
    /// base and diff alone.
    ///
    /// ```
    /// use tor_harness_netdoc::{ConsensusDiff, Document};
    ///
    /// let base = b"one\ntwo\nthree\n";
    /// let diff = b"network-status-diff-version 1\nhash \
    ///     2B6ABE59F5F2F9E8F5A1D4CC0EEBBDDF2A8A47A5A5A6E4D8B2FC2A41A55E2E80 \
    ///     2B6ABE59F5F2F9E8F5A1D4CC0EEBBDDF2A8A47A5A5A6E4D8B2FC2A41A55E2E80\n2d\n";
    /// let error = ConsensusDiff::read(Document::new(diff)).apply(base).unwrap_err();
    /// assert!(error.to_string().starts_with("the diff is for another base"));
    /// ```
    ///
    /// # Errors
    /// If the diff has a problem, is for another base, or something else comes
    /// out than it says.
    pub fn apply(&self, base: &[u8]) -> Result<Vec<u8>, ApplyError> {
        let source = self.document().source();
        let wrong = |error: ParseError| ApplyError::Diff {
            line: error.span.place(source).line,
            error,
        };
        let expected = self.from_digest().map_err(wrong)?;
        let found = base_digest(base);
        if expected != found {
            return Err(ApplyError::Base { expected, found });
        }
        let expected = self.to_digest().map_err(wrong)?;
        let commands: Result<Vec<_>, _> = self.commands().collect();
        let lines_missing = |line: &[u8]| {
            let problem = Problem::Expected("lines that the base has");
            wrong(problem.of(line, source))
        };
        let size = base.len() + self.document().as_bytes().len();
        let outcome = edited(base, &commands.map_err(wrong)?, size).map_err(lines_missing)?;
        let found = Sha3_256::digest(&outcome).into();
        if expected != found {
            return Err(ApplyError::Outcome { expected, found });
        }
        Ok(outcome)
    }
}

/// What a diff names its base by: all of it where no signed part is found.
pub(super) fn base_digest(base: &[u8]) -> [u8; 32] {
    match Consensus::read(Document::new(base)).signed_part() {
        Some(signed) => signed.sha3_256(),
        None => Sha3_256::digest(base).into(),
    }
}

/// `base` with `commands` done, which go from its end to its start.
///
/// # Errors
/// The line of a command that is about lines that are not there.
fn edited<'c>(base: &[u8], commands: &[Command<'c>], size: usize) -> Result<Vec<u8>, &'c [u8]> {
    let mut outcome = Vec::with_capacity(size);
    let mut lines = Lines {
        rest: base,
        taken: 0,
    };
    for command in commands.iter().rev() {
        let kept = match command.action {
            Action::Append => command.first,
            Action::Change | Action::Delete => command.first - 1,
        };
        let missing = command.line;
        outcome.extend_from_slice(lines.take_to(kept).ok_or(missing)?);
        match (command.action, command.last) {
            (Action::Append, _) => {}
            (_, Some(last)) => drop(lines.take_to(last).ok_or(missing)?),
            (_, None) if lines.rest.is_empty() => return Err(missing),
            (_, None) => lines.rest = &[],
        }
        outcome.extend_from_slice(command.lines);
    }
    outcome.extend_from_slice(lines.rest);
    Ok(outcome)
}

/// The lines of the base that are left.
struct Lines<'a> {
    rest: &'a [u8],
    taken: usize,
}

impl<'a> Lines<'a> {
    /// Takes lines up to the one of this number; `None` if there are fewer.
    fn take_to(&mut self, number: usize) -> Option<&'a [u8]> {
        let start = self.rest;
        while self.taken < number {
            if self.rest.is_empty() {
                return None;
            }
            let end = memchr(b'\n', self.rest).map_or(self.rest.len(), |newline| newline + 1);
            self.rest = &self.rest[end..];
            self.taken += 1;
        }
        Some(&start[..start.len() - self.rest.len()])
    }
}

impl fmt::Display for ApplyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (what, expected, found) = match self {
            Self::Diff { line, error } => {
                return write!(f, "line {line} of the diff: {}", error.problem);
            }
            Self::Base { expected, found } => ("the diff is for another base", expected, found),
            Self::Outcome { expected, found } => (
                "the diff makes another consensus than it says",
                expected,
                found,
            ),
        };
        let [expected, found] = [expected, found].map(|digest| HEXUPPER.encode(digest));
        write!(f, "{what}: expected SHA3-256 {expected}, found {found}")
    }
}

impl core::error::Error for ApplyError {}

#[cfg(test)]
mod tests {
    use alloc::format;
    use alloc::string::{String, ToString};

    use super::*;
    use crate::kinds::Kind;

    /// A diff of these commands from one text to another.
    fn diff(from: &[u8], to: &[u8], commands: &str) -> String {
        let [from, to] = [from, to].map(|text| HEXUPPER.encode(&base_digest(text)));
        format!("network-status-diff-version 1\nhash {from} {to}\n{commands}")
    }

    const BASE: &str = "1\n2\n3\n4\n5\n";

    /// Expects that the commands make `expected` of [`BASE`].
    #[track_caller]
    fn check(commands: &str, expected: &str) {
        let text = diff(BASE.as_bytes(), expected.as_bytes(), commands);
        let document = Document::new(text.as_bytes());
        assert_eq!(Kind::ConsensusDiff.check(&document), []);
        let outcome = ConsensusDiff::read(document).apply(BASE.as_bytes());
        assert_eq!(outcome.as_deref(), Ok(expected.as_bytes()), "{commands}");
    }

    /// Expects these problems, and that it is not applied.
    #[track_caller]
    fn check_refused(commands: &str, problems: &[&str], error: &str) {
        let text = diff(BASE.as_bytes(), BASE.as_bytes(), commands);
        let document = Document::new(text.as_bytes());
        let found = crate::testing::placed(&Kind::ConsensusDiff.check(&document), text.as_bytes());
        assert_eq!(found, problems, "{commands}");
        let outcome = ConsensusDiff::read(document).apply(BASE.as_bytes());
        assert_eq!(outcome.unwrap_err().to_string(), error, "{commands}");
    }

    #[test]
    fn does_the_commands() {
        check("", BASE);
        check("3d\n", "1\n2\n4\n5\n");
        check("4,$d\n2,3d\n", "1\n");
        check("5,$d\n", "1\n2\n3\n4\n");
        check("1,$d\n0a\nx\n.\n", "x\n");
        check("5a\nx\ny\n.\n0a\nz\n.\n", "z\n1\n2\n3\n4\n5\nx\ny\n");
        check("4,5c\nx\n.\n3c\n..\n.\n1a\n1d\n.\n", "1\n1d\n2\n..\nx\n");
        // Behind the same line: the command that comes last puts its lines first.
        check("2a\ny\n.\n2a\nx\n.\n2d\n", "1\nx\ny\n3\n4\n5\n");
    }

    #[test]
    fn says_what_is_wrong() {
        let command =
            "expected a command: LINEa, LINE[,LINE]c or LINE[,LINE]d, the last line perhaps $";
        for line in [
            "",
            "x",
            "d",
            "a",
            "0d",
            "+1d",
            "1,1d",
            "2,1d",
            "1,d",
            "1,2a",
            "1,$c",
            "1,$",
            "1dd",
            "1 d",
            "99999999999999999999d",
        ] {
            // `a` and `c` take what follows.
            let commands = format!("{line}\n.\n");
            let mut problems = alloc::vec![format!("3:1 {command}")];
            if !line.ends_with(['a', 'c']) {
                problems.push(format!("4:1 {command}"));
            }
            let problems: Vec<_> = problems.iter().map(String::as_str).collect();
            check_refused(
                &commands,
                &problems,
                &format!("line 3 of the diff: {command}"),
            );
        }
        for (commands, place, problem) in [
            (
                "2d\n2d\n",
                "4:1",
                "expected a command about lines before those of the command above",
            ),
            (
                "2d\n3,$d\n",
                "4:1",
                "expected a command about lines before those of the command above",
            ),
            (
                "2a\n.\n",
                "3:1",
                "expected lines to put in, of which there are none",
            ),
            (
                "2a\nx\n",
                "5:1",
                "expected a line with a dot behind the lines to put in",
            ),
        ] {
            let line = place.split(':').next().unwrap();
            check_refused(
                commands,
                &[&format!("{place} {problem}")],
                &format!("line {line} of the diff: {problem}"),
            );
        }
        for commands in ["6d\n", "6a\nx\n.\n", "5,6d\n", "7,$d\n", "6,$d\n"] {
            check_refused(
                commands,
                &[],
                "line 3 of the diff: expected lines that the base has",
            );
        }
    }

    #[test]
    fn looks_at_both_digests() {
        let text = diff(BASE.as_bytes(), BASE.as_bytes(), "1d\n");
        let read = ConsensusDiff::read(Document::new(text.as_bytes()));
        let error = |base: &[u8]| read.apply(base).unwrap_err().to_string();
        assert!(error(b"1\n").starts_with("the diff is for another base: expected SHA3-256 "));
        assert!(
            error(BASE.as_bytes()).starts_with("the diff makes another consensus than it says: ")
        );
    }

    #[test]
    fn takes_the_signed_part_for_the_base() {
        let signed = "network-status-version 3\nr a\ndirectory-signature ";
        let digest: [u8; 32] = Sha3_256::digest(signed.as_bytes()).into();
        for rest in ["a b\n", "c d\n-----BEGIN SIGNATURE-----\n"] {
            assert_eq!(
                base_digest(format!("@a\n{signed}{rest}").as_bytes()),
                digest
            );
        }
    }
}
