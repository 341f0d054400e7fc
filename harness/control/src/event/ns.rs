//! The NS event.

use crate::data::Data;
use crate::event::keywords_alone::keywords_alone;
use crate::event::more::MoreLines;
use crate::keywords::Keywords;

/// NS: the status of relays has changed (section 4.1.12).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Ns<'a> {
    /// What follows the name.
    pub keywords: Keywords<'a>,
    /// The lines behind the first, with the block.
    pub more: MoreLines<'a>,
}

keywords_alone! { Ns = "NS" }

impl<'a> Ns<'a> {
    /// The relays' entries, as a consensus has them (dir-spec section 3.4.1).
    #[must_use]
    pub const fn entries(&self) -> Option<Data<'a>> {
        self.more.data()
    }
}
