//! What can be wrong with a document.

use core::fmt;

use tor_harness_types::{Located, Span};

use crate::rules::Place;

/// A problem and its place in the document.
pub type ParseError = Located<Problem>;

/// What is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Problem {
    /// A line does not start with a keyword.
    Keyword,
    /// This was expected here.
    Expected(&'static str),
    /// There is more here than belongs here.
    Trailing,
    /// An object with this label was expected.
    ObjectExpected(&'static str),
    /// An object stands where none belongs.
    ObjectUnexpected,
    /// An object does not end, or not with the label it began with.
    ObjectEnd,
    /// An item that has to be there is not.
    Missing(&'static str),
    /// An item is there again.
    Repeated(&'static str),
    /// An item is not where it has to be.
    Misplaced(&'static str, Place),
    /// An annotation stands behind the document's first item.
    Annotation,
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
            Self::Expected(what) => write!(f, "expected {what}"),
            Self::Trailing => f.write_str("expected the end of the line"),
            Self::ObjectExpected(label) => write!(f, "expected an object, -----BEGIN {label}-----"),
            Self::ObjectUnexpected => f.write_str("an object where none belongs"),
            Self::ObjectEnd => {
                f.write_str("expected lines of base64, then -----END with the label of -----BEGIN")
            }
            Self::Missing(keyword) => write!(f, "expected an item {keyword:?}, and there is none"),
            Self::Repeated(keyword) => write!(f, "expected one item {keyword:?}, and here is more"),
            Self::Misplaced(keyword, place) => write!(f, "expected the item {keyword:?} {place}"),
            Self::Annotation => {
                f.write_str("expected annotations only in front of the document's first item")
            }
        }
    }
}
