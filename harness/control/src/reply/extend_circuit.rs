//! The circuit that EXTENDCIRCUIT extends.

use alloc::vec::Vec;

use tor_harness_types::Span;

use crate::message::Message;
use crate::problem::{ParseError, Problem};
use crate::reply::lines::texts;
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
        texts(message)?;
        let circuit = tokens
            .required("circuit")
            .map_err(|error| error.shifted(Span::of(line.text, whole).start))?;
        Ok(Self {
            circuit,
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
