//! The value of `bw-event-cache`.

use alloc::vec::Vec;

use memchr::memchr;

use crate::info::info_value::within;
use crate::info::list::until;
use crate::info::scalar::{display, number};
use crate::info::{InfoValue, ListItem};
use crate::problem::{ParseError, Problem};

/// What went through tor in one second, as in a [`Bw`](crate::event::Bw) event.
///
/// `bw-event-cache` has those of the last minutes, the oldest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct BwSample {
    /// Bytes read.
    pub read: u64,
    /// Bytes written.
    pub written: u64,
}

impl InfoValue<'_> for BwSample {
    fn parse(text: &[u8]) -> Result<Self, ParseError> {
        let comma = memchr(b',', text)
            .ok_or_else(|| Problem::Expected("READ,WRITTEN").at(0..text.len()))?;
        let (read, written) = (&text[..comma], &text[comma + 1..]);
        Ok(Self {
            read: number(read, "bytes read")?,
            written: number(written, "bytes written")
                .map_err(|error| within(error, written, text))?,
        })
    }

    fn encode(&self, out: &mut Vec<u8>) {
        display(&format_args!("{},{}", self.read, self.written), out);
    }
}

impl ListItem<'_> for BwSample {
    fn end(list: &[u8]) -> usize {
        until(b' ', list)
    }
}
