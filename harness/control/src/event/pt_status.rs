//! The PT_STATUS event.

use crate::event::accessors::accessors;
use crate::event::keywords_alone::keywords_alone;
use crate::event::more::MoreLines;
use crate::keywords::Keywords;

/// PT_STATUS: a pluggable transport has told something about itself
/// (section 4.1.29).
///
/// tor writes it and lets nobody subscribe to it. What it tells is up to the
/// transport: see `keywords`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct PtStatus<'a> {
    /// What follows the name.
    pub keywords: Keywords<'a>,
    /// The lines behind the first.
    pub more: MoreLines<'a>,
}

keywords_alone! { PtStatus = "PT_STATUS" }

impl<'a> PtStatus<'a> {
    /// The transport's program; a path with spaces is not quoted.
    #[must_use]
    pub fn program(&self) -> Option<&'a str> {
        self.keywords.phrase("PT")
    }
}

accessors! { impl PtStatus {
    /// The transport.
    text transport = "TRANSPORT";
}}
