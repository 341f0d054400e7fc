//! What tor reports unasked.
//!
//! BW, CIRC, STREAM, the STATUS events and log messages have types; every
//! other event is a [`GenericEvent`]. All keep what they do not know.

mod bw;
mod circ;
mod code;
mod generic;
mod line;
mod log;
mod status;
mod stream;

pub use bw::Bw;
pub use circ::{Circ, CircStatus, Hop};
pub use code::EventCode;
pub use generic::GenericEvent;
pub use log::Log;
pub use status::{Severity, Status};
pub use stream::{Stream, StreamStatus};

use crate::message::Message;
use crate::problem::{ParseError, Problem};
use crate::reply::Reply;
use crate::tokens::Tokens;

/// An event (section 4.1).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Event<'a> {
    /// BW: bytes in the last second.
    Bw(Bw<'a>),
    /// CIRC: a circuit's status has changed.
    Circ(Circ<'a>),
    /// STREAM: a stream's status has changed.
    Stream(Stream<'a>),
    /// STATUS_GENERAL, STATUS_CLIENT or STATUS_SERVER.
    Status(Status<'a>),
    /// DEBUG, INFO, NOTICE, WARN or ERR.
    Log(Log<'a>),
    /// Any other event, and one of these that came in several lines.
    Other(GenericEvent<'a>),
}

impl<'a> Event<'a> {
    /// Reads an event.
    ///
    /// # Errors
    /// If the message is a reply, or the event lacks what its kind has to
    /// have. [`GenericEvent::parse`] takes any event.
    pub fn parse(message: &Message<'a>) -> Result<Self, ParseError> {
        let generic = GenericEvent::parse(message)?;
        let line = message.first();
        let mut tokens = Tokens::new(line.text);
        let code = EventCode::new(tokens.required("event")?);
        if code.is_log() {
            return Ok(Self::Log(Log::parse(code, message, &tokens)));
        }
        if generic.more_lines().next().is_some() {
            // No tor sends these in several lines: kept whole rather than cut.
            return Ok(Self::Other(generic));
        }
        let event = match code {
            EventCode::Bw => Bw::parse(tokens).map(Self::Bw),
            EventCode::Circ => Circ::parse(tokens).map(Self::Circ),
            EventCode::Stream => Stream::parse(tokens).map(Self::Stream),
            EventCode::StatusGeneral | EventCode::StatusClient | EventCode::StatusServer => {
                Status::parse(code, tokens).map(Self::Status)
            }
            _ => Ok(Self::Other(generic)),
        };
        event.map_err(|error: ParseError| {
            let offset = line.text.as_ptr() as usize - message.as_bytes().as_ptr() as usize;
            error
                .problem
                .at(offset + error.span.start..offset + error.span.end)
        })
    }

    /// The event's name.
    #[must_use]
    pub fn code(&self) -> EventCode<'a> {
        match self {
            Self::Bw(_) => EventCode::Bw,
            Self::Circ(_) => EventCode::Circ,
            Self::Stream(_) => EventCode::Stream,
            Self::Status(status) => status.code,
            Self::Log(log) => log.severity,
            Self::Other(generic) => generic.code,
        }
    }

    /// The event as tor sends it.
    #[must_use]
    pub fn to_reply(&self) -> Reply {
        match self {
            Self::Bw(bw) => Reply::event(bw.to_line()),
            Self::Circ(circ) => Reply::event(circ.to_line()),
            Self::Stream(stream) => Reply::event(stream.to_line()),
            Self::Status(status) => Reply::event(status.to_line()),
            Self::Log(log) => log.to_reply(),
            Self::Other(generic) => generic.to_reply(),
        }
    }
}

/// The error that a message is no event.
pub(crate) fn not_an_event(message: &Message<'_>) -> ParseError {
    Problem::Expected("an event, with a status code of 6yz").at(0..message.as_bytes().len().min(3))
}
