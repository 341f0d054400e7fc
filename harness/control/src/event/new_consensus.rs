//! The NEWCONSENSUS event.

use crate::data::Data;
use crate::event::keywords_alone::keywords_alone;
use crate::event::more::MoreLines;
use crate::keywords::Keywords;

/// NEWCONSENSUS: a consensus has come (section 4.1.15).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct NewConsensus<'a> {
    /// What follows the name.
    pub keywords: Keywords<'a>,
    /// The lines behind the first, with the block.
    pub more: MoreLines<'a>,
}

keywords_alone! { NewConsensus = "NEWCONSENSUS" }

impl<'a> NewConsensus<'a> {
    /// The entries of all relays, as the consensus has them (dir-spec section 3.4.1).
    #[must_use]
    pub const fn entries(&self) -> Option<Data<'a>> {
        self.more.data()
    }
}
