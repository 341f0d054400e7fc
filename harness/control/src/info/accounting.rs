//! The values of `accounting/*`.

use alloc::vec::Vec;

use memchr::memchr;

use crate::info::InfoValue;
use crate::info::info_value::within;
use crate::info::scalar::{display, number};
use crate::info::word::word_values;
use crate::problem::{ParseError, Problem};
use crate::words::words;

words! {
    /// Whether tor rests until the next period: `accounting/hibernating`.
    Hibernation {
        /// It carries nothing.
        Hard = "hard",
        /// It takes no new connections.
        Soft = "soft",
        /// It does not rest.
        Awake = "awake",
    }
}

word_values! {
    Hibernation: "hibernation",
}

/// Bytes of an accounting period, carried or left: `accounting/bytes`,
/// `accounting/bytes-left`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct AccountingBytes {
    /// Bytes read, or to read.
    pub read: u64,
    /// Bytes written, or to write.
    pub written: u64,
}

impl InfoValue<'_> for AccountingBytes {
    fn parse(text: &[u8]) -> Result<Self, ParseError> {
        let space = memchr(b' ', text)
            .ok_or_else(|| Problem::Expected("READ WRITTEN").at(0..text.len()))?;
        let (read, written) = (&text[..space], &text[space + 1..]);
        Ok(Self {
            read: number(read, "bytes read")?,
            written: number(written, "bytes written")
                .map_err(|error| within(error, written, text))?,
        })
    }

    fn encode(&self, out: &mut Vec<u8>) {
        display(&format_args!("{} {}", self.read, self.written), out);
    }
}
