//! What can be wrong with a message.

use core::fmt;

use tor_harness_types::{Located, Span};

/// A problem and its place in the message (or in what came of it).
pub type ParseError = Located<Problem>;

/// What is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Problem {
    /// A line ends in LF without CR; section 2.3 wants CRLF.
    BareLf,
    /// A line of a reply does not start with three digits.
    StatusCode,
    /// After the status code comes none of `-`, `+` and space.
    Separator,
    /// A line is longer than the reader allows.
    LineTooLong {
        /// The most it allows, in bytes.
        limit: usize,
    },
    /// A data block is longer than the reader allows.
    BlockTooLong {
        /// The most it allows, in bytes.
        limit: usize,
    },
    /// A message is longer than the reader allows.
    MessageTooLong {
        /// The most it allows, in bytes.
        limit: usize,
    },
    /// A message of this kind was expected, with this first word or line.
    Expected(&'static str),
    /// This argument is missing.
    Missing(&'static str),
    /// This argument is not a number, or too large a one.
    Number(&'static str),
    /// This argument is not text in UTF-8.
    NotUtf8(&'static str),
    /// A quoted string does not end.
    Unterminated,
    /// A backslash in a quoted string stands before what no escape has.
    Escape,
    /// An odd number of hexadecimal digits, or something else among them.
    Hex,
    /// A `KEY=VALUE` where none is taken.
    Keyword,
    /// There is more here than belongs here.
    Trailing,
}

impl Problem {
    pub(crate) fn at(self, span: impl Into<Span>) -> ParseError {
        ParseError {
            problem: self,
            span: span.into(),
        }
    }

    /// This problem in `part` of `whole`.
    pub(crate) fn of(self, part: &[u8], whole: &[u8]) -> ParseError {
        self.at(Span::of(part, whole))
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BareLf => f.write_str("expected CRLF, got LF alone"),
            Self::StatusCode => f.write_str("expected a status code of three digits"),
            Self::Separator => f.write_str("expected `-`, `+` or a space after the status code"),
            Self::LineTooLong { limit } => write!(f, "a line of more than {limit} bytes"),
            Self::BlockTooLong { limit } => write!(f, "a data block of more than {limit} bytes"),
            Self::MessageTooLong { limit } => write!(f, "a message of more than {limit} bytes"),
            Self::Expected(what) => write!(f, "expected {what}"),
            Self::Missing(what) => write!(f, "missing argument: {what}"),
            Self::Number(what) => write!(f, "expected a number: {what}"),
            Self::NotUtf8(what) => write!(f, "expected UTF-8: {what}"),
            Self::Unterminated => f.write_str("a quoted string without its closing quote"),
            Self::Escape => f.write_str("an unknown escape in a quoted string"),
            Self::Hex => f.write_str("expected an even number of hexadecimal digits"),
            Self::Keyword => f.write_str("expected a value without a key"),
            Self::Trailing => f.write_str("expected the end"),
        }
    }
}
