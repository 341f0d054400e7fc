//! The circuit that EXTENDCIRCUIT extends.

use alloc::vec::Vec;

use crate::message::Message;
use crate::problem::{ParseError, Problem};
use crate::reply::{Reply, StatusCode};
use crate::tokens::Tokens;

/// The reply to EXTENDCIRCUIT (section 3.10).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ExtendCircuitReply<'a> {
    /// The circuit, which is a new one if `0` was extended.
    pub circuit: &'a str,
    /// What follows it, as it came: nothing, with today's tors.
    pub others: &'a [u8],
}

impl<'a> ExtendCircuitReply<'a> {
    /// Reads the reply.
    ///
    /// # Errors
    /// If it is not a good one to EXTENDCIRCUIT.
    pub fn parse(message: &Message<'a>) -> Result<Self, ParseError> {
        let line = message.first();
        let whole = message.as_bytes();
        let mut tokens = Tokens::new(line.text);
        if line.status != StatusCode::OK || !tokens.skip(b"EXTENDED ") {
            return Err(Problem::Expected("250 EXTENDED").of(line.text, whole));
        }
        let word = tokens.word().unwrap_or_default();
        let circuit = core::str::from_utf8(word).ok().filter(|id| !id.is_empty());
        Ok(Self {
            circuit: circuit.ok_or_else(|| Problem::Missing("circuit").of(line.text, whole))?,
            others: tokens.rest(),
        })
    }

    /// The reply as tor sends it.
    #[must_use]
    pub fn to_reply(&self) -> Reply {
        let mut text = Vec::from(b"EXTENDED ");
        text.extend_from_slice(self.circuit.as_bytes());
        if !self.others.is_empty() {
            text.push(b' ');
            text.extend_from_slice(self.others);
        }
        Reply::new(StatusCode::OK, text)
    }
}
