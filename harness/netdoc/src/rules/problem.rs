//! What can be wrong with a document.

use core::fmt;

use tor_harness_types::{Located, Span};

use super::argument::Argument;
use super::place::Place;
use super::rule::Content;

/// A problem and its place in the document.
pub type ParseError = Located<Problem>;

/// What is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Problem {
    /// A line does not start with a keyword.
    Keyword,
    /// An argument is not there, or not in its form.
    Argument(&'static Argument),
    /// This was expected here.
    Expected(&'static str),
    /// The same, and in so many places more with the same words.
    ExpectedOften(&'static str, usize),
    /// There is more here than belongs here.
    Trailing,
    /// An object with this label was expected.
    ObjectExpected(&'static str),
    /// An object stands where none belongs.
    ObjectUnexpected,
    /// An object does not end, or not with the label it began with.
    ObjectEnd,
    /// An object does not hold what it has to.
    ObjectContent(Content),
    /// An item that has to be there is not.
    Missing(&'static str),
    /// An item is not there (the second) which has to be where another is (the first).
    Needed(&'static str, &'static str),
    /// No item of several (the second) is there, one of which has to be where another is (the first).
    NeededOneOf(&'static str, &'static [&'static str]),
    /// An item is there again.
    Repeated(&'static str),
    /// An item is not where it has to be.
    Misplaced(&'static str, Place),
    /// An item (the first) stands behind one that has to follow it.
    Order(&'static str, &'static str),
    /// An item is not in its section (the second).
    OutOfSection(&'static str, &'static str),
    /// A section that has to be there is not: the item that begins it.
    SectionMissing(&'static str),
    /// A section is there again, or behind one that has to follow it.
    SectionMisplaced(&'static str),
    /// An annotation stands behind the document's first item.
    Annotation,
    /// A byte order mark stands at the start.
    ByteOrderMark,
    /// A NUL byte; so many more follow.
    Nul(usize),
    /// A line ends in CRLF; so many more follow.
    CrLf(usize),
    /// There are so many more, which are not kept: a check gives a thousand at most.
    More(usize),
}

impl Problem {
    /// This problem in `part` of `whole`.
    pub(crate) fn of(self, part: &[u8], whole: &[u8]) -> ParseError {
        ParseError {
            problem: self,
            span: Span::of(part, whole),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Keyword => f.write_str("expected a keyword: letters, digits and hyphens"),
            Self::Argument(argument) => write!(f, "expected {argument}"),
            Self::Expected(what) => write!(f, "expected {what}"),
            Self::ExpectedOften(what, more) => {
                write!(f, "expected {what}")?;
                follow(f, *more)
            }
            Self::Trailing => f.write_str("expected the end of the line"),
            Self::ObjectExpected(label) => write!(f, "expected an object, -----BEGIN {label}-----"),
            Self::ObjectUnexpected => f.write_str("an object where none belongs"),
            Self::ObjectEnd => {
                f.write_str("expected lines of base64, then -----END with the label of -----BEGIN")
            }
            Self::ObjectContent(content) => write!(f, "expected base64 of {content}"),
            Self::Missing(keyword) => write!(f, "expected an item {keyword:?}, and there is none"),
            Self::Needed(keyword, needed) => write!(
                f,
                "expected an item {needed:?} where {keyword:?} is, and there is none"
            ),
            Self::NeededOneOf(keyword, needed) => {
                let needed = needed.join(", ");
                write!(
                    f,
                    "expected one item of {needed} where {keyword:?} is, and there is none"
                )
            }
            Self::Repeated(keyword) => write!(f, "expected one item {keyword:?}, and here is more"),
            Self::Misplaced(keyword, place) => write!(f, "expected the item {keyword:?} {place}"),
            Self::Order(keyword, behind) => {
                write!(f, "expected the item {keyword:?} before {behind:?}")
            }
            Self::OutOfSection(keyword, section) => {
                write!(f, "expected the item {keyword:?} only in the {section}")
            }
            Self::SectionMissing(section) => write!(f, "expected the {section}, and there is none"),
            Self::SectionMisplaced(section) => {
                write!(f, "the {section} again, or behind what has to follow it")
            }
            Self::More(1) => f.write_str("1 problem more"),
            Self::More(count) => write!(f, "{count} problems more"),
            Self::ByteOrderMark => {
                f.write_str("expected no byte order mark, as these three bytes are")
            }
            Self::Nul(more) => {
                f.write_str("expected no NUL byte")?;
                follow(f, *more)
            }
            Self::CrLf(more) => {
                f.write_str("expected LF alone at the end of a line, as the specification has it")?;
                follow(f, *more)
            }
            Self::Annotation => {
                f.write_str("expected annotations only in front of the document's first item")
            }
        }
    }
}

/// Says how many more are the same.
fn follow(f: &mut fmt::Formatter<'_>, more: usize) -> fmt::Result {
    match more {
        0 => Ok(()),
        1 => f.write_str("; 1 more follows"),
        more => write!(f, "; {more} more follow"),
    }
}
