//! The commands of `ed` that a consensus diff is made of.

use crate::rules::{ParseError, Problem};
use crate::structure::{Document, cut_line};

/// A command: what becomes of some lines (dir-spec appendix E).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Command<'a> {
    /// What is done.
    pub action: Action,
    /// The first line, counted from 1; 0 to append before the first.
    pub first: usize,
    /// The last line; `None` for `$`, the end.
    pub last: Option<usize>,
    /// The lines that are put in, each with its end.
    pub lines: &'a [u8],
    /// The command's own line.
    pub line: &'a [u8],
}

/// What a [`Command`] does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// `a`: lines are put in behind one.
    Append,
    /// `c`: lines are put in the place of others.
    Change,
    /// `d`: lines are taken out.
    Delete,
}

/// The commands of a diff, in order: an iterator.
///
/// It goes on behind what is no command.
#[derive(Clone, Debug)]
pub struct Commands<'a> {
    source: &'a [u8],
    rest: &'a [u8],
    /// The last line that the next command can be about.
    limit: usize,
}

const COMMAND: &str = "a command: LINEa, LINE[,LINE]c or LINE[,LINE]d, the last line perhaps $";
const BACKWARDS: &str = "a command about lines before those of the command above";
const LINES: &str = "lines to put in, of which there are none";
const DOT: &str = "a line with a dot behind the lines to put in";

impl<'a> Commands<'a> {
    pub(super) fn new(part: Document<'a>) -> Self {
        Self {
            source: part.source(),
            rest: part.as_bytes(),
            limit: usize::MAX,
        }
    }

    /// Takes the lines up to the one with a dot, which is not one of them.
    fn block(&mut self) -> Result<&'a [u8], ParseError> {
        let block = self.rest;
        loop {
            let lines = &block[..block.len() - self.rest.len()];
            let (line, after) = cut_line(self.rest);
            if self.rest.is_empty() {
                return Err(Problem::Expected(DOT).of(self.rest, self.source));
            }
            self.rest = after;
            if line == b"." {
                return Ok(lines);
            }
        }
    }

    /// What a command's line says, with the lines that follow it.
    fn command(&mut self, line: &'a [u8]) -> Result<Command<'a>, ParseError> {
        let wrong = |what| Problem::Expected(what).of(line, self.source);
        let command = Command::parse(line).ok_or_else(|| wrong(COMMAND));
        let backwards = wrong(BACKWARDS);
        let none = wrong(LINES);
        // What is put in is no command, even where the line before it is wrong.
        let has_lines = match command {
            Ok(command) => command.action != Action::Delete,
            Err(_) => line.ends_with(b"a") || line.ends_with(b"c"),
        };
        let lines = if has_lines { self.block()? } else { b"" };
        let command = Command { lines, ..command? };
        if has_lines && lines.is_empty() {
            return Err(none);
        }
        if command.last.unwrap_or(usize::MAX) > self.limit {
            return Err(backwards);
        }
        self.limit = match command.action {
            Action::Append => command.first,
            Action::Change | Action::Delete => command.first - 1,
        };
        Ok(command)
    }
}

impl<'a> Iterator for Commands<'a> {
    type Item = Result<Command<'a>, ParseError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() {
            return None;
        }
        let (line, after) = cut_line(self.rest);
        self.rest = after;
        Some(self.command(line))
    }
}

impl<'a> Command<'a> {
    /// What a line says, without the lines that follow it. Only a deletion goes
    /// to `$`, and a range has more than one line: tor takes no others.
    fn parse(line: &'a [u8]) -> Option<Self> {
        let (action, lines) = line.split_last()?;
        let action = match action {
            b'a' => Action::Append,
            b'c' => Action::Change,
            b'd' => Action::Delete,
            _ => return None,
        };
        let mut ends = lines.splitn(2, |byte| *byte == b',');
        let first = number(ends.next()?)?;
        let last = match ends.next() {
            None => Some(first),
            Some(_) if action == Action::Append => return None,
            Some(b"$") if action == Action::Delete => None,
            Some(last) => Some(number(last).filter(|last| *last > first)?),
        };
        let command = Self {
            action,
            first,
            last,
            lines: b"",
            line,
        };
        (first > 0 || action == Action::Append).then_some(command)
    }
}

fn number(digits: &[u8]) -> Option<usize> {
    let all_digits = digits.iter().all(u8::is_ascii_digit);
    let digits = core::str::from_utf8(digits).ok().filter(|_| all_digits)?;
    // No consensus has so many lines, and `$` stands for more.
    digits.parse().ok().filter(|number| *number < usize::MAX)
}
