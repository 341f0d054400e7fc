//! The value of `onions/*`.

use alloc::vec::Vec;

use crate::info::info_value::utf8;
use crate::info::{InfoValue, ListItem};
use crate::problem::ParseError;

/// An onion service that ADD_ONION made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OnionService<'a>(
    /// The address without `.onion`.
    pub &'a str,
);

impl<'a> InfoValue<'a> for OnionService<'a> {
    fn parse(text: &'a [u8]) -> Result<Self, ParseError> {
        utf8(text, "onion service").map(Self)
    }

    fn encode(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(self.0.as_bytes());
    }
}

impl<'a> ListItem<'a> for OnionService<'a> {}
