//! The value of `ip-to-country/*`.

use alloc::vec::Vec;

use crate::info::InfoValue;
use crate::info::info_value::utf8;
use crate::problem::ParseError;

/// The country of an address, as tor's GeoIP file has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Country<'a>(
    /// The code, as it came.
    pub &'a str,
);

impl<'a> Country<'a> {
    /// The code, of two letters; `None` for tor's `??`.
    #[must_use]
    pub fn code(&self) -> Option<&'a str> {
        Some(self.0).filter(|code| *code != "??")
    }
}

impl<'a> InfoValue<'a> for Country<'a> {
    fn parse(text: &'a [u8]) -> Result<Self, ParseError> {
        utf8(text, "country").map(Self)
    }

    fn encode(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(self.0.as_bytes());
    }
}
