//! What all forms of values have in common.

use alloc::vec::Vec;

use tor_harness_types::Span;

use crate::problem::{ParseError, Problem};

/// One form that a value of GETINFO, or an item of a list in one, may have.
pub trait InfoValue<'a>: Sized {
    /// Reads a value. Places in errors are places in `text`.
    ///
    /// # Errors
    /// If the value has another form.
    fn parse(text: &'a [u8]) -> Result<Self, ParseError>;

    /// Appends the value as tor writes it, from what was read alone.
    fn encode(&self, out: &mut Vec<u8>);

    /// The value as tor writes it.
    #[must_use]
    fn to_bytes(&self) -> Vec<u8> {
        let mut out = Vec::new();
        self.encode(&mut out);
        out
    }
}

/// A value that is text.
pub(crate) fn utf8<'a>(text: &'a [u8], what: &'static str) -> Result<&'a str, ParseError> {
    core::str::from_utf8(text).map_err(|_| Problem::NotUtf8(what).at(0..text.len()))
}

/// An error in `part`, as one in the `whole` that it is part of.
pub(crate) fn within(error: ParseError, part: &[u8], whole: &[u8]) -> ParseError {
    let start = Span::of(part, whole).start;
    error
        .problem
        .at(start + error.span.start..start + error.span.end)
}
