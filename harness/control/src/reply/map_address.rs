//! What MAPADDRESS has mapped.

use alloc::vec::Vec;

use crate::message::Message;
use crate::problem::ParseError;
use crate::reply::lines::without_block;
use crate::reply::{Reply, StatusCode};

/// The reply to MAPADDRESS (section 3.8): an answer to each mapping, in order.
///
/// Some may be refused while others are not, so that the last line alone does not
/// say how it went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MapAddressReply<'a> {
    /// The answers.
    pub answers: Vec<MapAnswer<'a>>,
}

/// What became of one mapping.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MapAnswer<'a> {
    /// It is in force.
    Mapped {
        /// The address that was given, or that tor chose.
        from: &'a [u8],
        /// What tor connects to.
        to: &'a [u8],
    },
    /// It is not; or tor says what is not known here.
    Refused {
        /// The status: 512 or 451.
        status: StatusCode,
        /// Why.
        text: &'a [u8],
    },
}

impl<'a> MapAddressReply<'a> {
    /// Reads the reply. A refusal is an answer.
    ///
    /// # Errors
    /// If a data block is in it.
    pub fn parse(message: &Message<'a>) -> Result<Self, ParseError> {
        let answers = message.lines().map(|line| {
            let (status, text) = (line.status, without_block(&line, message.as_bytes())?);
            Ok(match memchr::memchr(b'=', text) {
                Some(at) if status == StatusCode::OK => MapAnswer::Mapped {
                    from: &text[..at],
                    to: &text[at + 1..],
                },
                _ => MapAnswer::Refused { status, text },
            })
        });
        Ok(Self {
            answers: answers.collect::<Result<_, _>>()?,
        })
    }

    /// The reply as tor sends it.
    #[must_use]
    pub fn to_reply(&self) -> Reply {
        let lines = self.answers.iter().map(|answer| match answer {
            MapAnswer::Mapped { from, to } => (StatusCode::OK, [from, &b"="[..], to].concat()),
            MapAnswer::Refused { status, text } => (*status, text.to_vec()),
        });
        // tor does not answer to nothing at all with nothing.
        Reply::from_lines(lines).unwrap_or_else(|| {
            let text = "syntax error: not enough arguments to mapaddress.";
            Reply::new(StatusCode::BAD_ARGUMENT, text)
        })
    }
}
