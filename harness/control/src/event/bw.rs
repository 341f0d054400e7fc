//! The BW event.

use alloc::string::String;

use crate::event::line::line;
use crate::keywords::Keywords;
use crate::problem::ParseError;
use crate::tokens::Tokens;

/// BW: how much went through tor in the last second (section 4.1.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Bw<'a> {
    /// Bytes read.
    pub read: u64,
    /// Bytes written.
    pub written: u64,
    /// What follows.
    pub keywords: Keywords<'a>,
}

impl<'a> Bw<'a> {
    pub(crate) fn parse(mut tokens: Tokens<'a>) -> Result<Self, ParseError> {
        Ok(Self {
            read: tokens.number("bytes read")?,
            written: tokens.number("bytes written")?,
            keywords: Keywords::new(tokens.rest_text("arguments")?),
        })
    }

    /// The event's line.
    #[must_use]
    pub fn to_line(&self) -> String {
        let required = alloc::format!("BW {} {}", self.read, self.written);
        line(required, &[], self.keywords)
    }
}
