//! The DESCCHANGED event.

use crate::event::keywords_alone::keywords_alone;
use crate::event::more::MoreLines;
use crate::keywords::Keywords;

/// DESCCHANGED: this relay's own descriptor has changed (section 4.1.9).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct DescChanged<'a> {
    /// What follows the name.
    pub keywords: Keywords<'a>,
    /// The lines behind the first.
    pub more: MoreLines<'a>,
}

keywords_alone! { DescChanged = "DESCCHANGED" }
