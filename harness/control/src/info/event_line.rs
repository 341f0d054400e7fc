//! Values that are events without their names.

use alloc::vec::Vec;

use crate::event::{Circ, ClientsSeen, EventCode, Head, OrConn, Status, Stream};
use crate::info::info_value::utf8;
use crate::info::{InfoValue, ListItem};
use crate::keywords::Keywords;
use crate::problem::ParseError;
use crate::reply::Reply;
use crate::tokens::Tokens;

/// Makes values of events, with the names that the values lack.
macro_rules! event_lines {
    ($($(#[$doc:meta])* $event:ident: $code:ident,)+) => {
        $($(#[$doc])*
        impl<'a> InfoValue<'a> for $event<'a> {
            fn parse(text: &'a [u8]) -> Result<Self, ParseError> {
                Self::parse(Head::nameless(EventCode::$code, Tokens::new(text)))
            }

            fn encode(&self, out: &mut Vec<u8>) {
                without_name(&self.to_reply(), out);
            }
        }

        impl<'a> ListItem<'a> for $event<'a> {})+
    };
}

event_lines! {
    /// `circuit-status` has one of these a line.
    Circ: Circ,
    /// `stream-status` has one of these a line.
    Stream: Stream,
    /// `orconn-status` has one of these a line.
    OrConn: OrConn,
    /// `status/bootstrap-phase` is one of these.
    Status: StatusClient,
    /// `status/clients-seen` is one of these.
    ClientsSeen: ClientsSeen,
}

/// The arguments that some events have last.
impl<'a> InfoValue<'a> for Keywords<'a> {
    fn parse(text: &'a [u8]) -> Result<Self, ParseError> {
        utf8(text, "arguments").map(Self::new)
    }

    fn encode(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(self.as_str().as_bytes());
    }
}

/// An event's only line behind its name.
fn without_name(event: &Reply, out: &mut Vec<u8>) {
    let mut tokens = Tokens::new(&event.text);
    tokens.word();
    out.extend_from_slice(tokens.rest());
}
