//! The AUTHDIR_NEWDESCS event.

use crate::data::Data;
use crate::event::keywords_alone::keywords_alone;
use crate::event::more::MoreLines;
use crate::keywords::Keywords;
use crate::words::words;

/// AUTHDIR_NEWDESCS: a relay has uploaded its descriptor to this authority
/// (section 4.1.8); tor had it until 0.3.2.1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct AuthdirNewDescs<'a> {
    /// What follows the name.
    pub keywords: Keywords<'a>,
    /// The lines behind the first, with the block.
    pub more: MoreLines<'a>,
}

words! {
    /// What an authority did with a descriptor.
    AuthdirAction {
        /// It took it.
        Accepted = "ACCEPTED",
        /// It dropped it and did not complain.
        Dropped = "DROPPED",
        /// It refused it.
        Rejected = "REJECTED",
    }
}

keywords_alone! { AuthdirNewDescs = "AUTHDIR_NEWDESCS" }

impl<'a> AuthdirNewDescs<'a> {
    /// What was done with it: the first line of the block.
    #[must_use]
    pub fn action(&self) -> Option<AuthdirAction<'a>> {
        let line = self.lines().next()?;
        core::str::from_utf8(line).ok().map(AuthdirAction::new)
    }

    /// Why, for people: the second line of the block.
    #[must_use]
    pub fn message(&self) -> Option<&'a [u8]> {
        self.lines().nth(1)
    }

    /// The lines of the descriptor, without line ends.
    pub fn descriptor(&self) -> impl Iterator<Item = &'a [u8]> + use<'a> {
        self.lines().skip(2)
    }

    fn lines(&self) -> impl Iterator<Item = &'a [u8]> + use<'a> {
        self.more
            .data()
            .into_iter()
            .flat_map(|data: Data<'a>| data.lines())
    }
}
