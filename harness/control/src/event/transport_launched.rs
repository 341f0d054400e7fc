//! The TRANSPORT_LAUNCHED event.

use core::net::IpAddr;

use crate::event::head::Head;
use crate::event::more::MoreLines;
use crate::event::writer::LineWriter;
use crate::keywords::Keywords;
use crate::problem::ParseError;
use crate::reply::Reply;
use crate::words::words;

/// TRANSPORT_LAUNCHED: a pluggable transport has started (section 4.1.20).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TransportLaunched<'a> {
    /// Which side it serves.
    pub role: TransportRole<'a>,
    /// The transport.
    pub name: &'a str,
    /// The address it listens at.
    pub address: &'a str,
    /// The port it listens at.
    pub port: u16,
    /// What follows.
    pub keywords: Keywords<'a>,
    /// The lines behind the first.
    pub more: MoreLines<'a>,
}

words! {
    /// Which side a transport serves.
    TransportRole {
        /// Relays.
        Server = "server",
        /// Clients.
        Client = "client",
    }
}

impl<'a> TransportLaunched<'a> {
    #[inline]
    pub(crate) fn parse(mut head: Head<'a>) -> Result<Self, ParseError> {
        Ok(Self {
            role: head.one_of("server or client", TransportRole::new)?,
            name: head.word("transport")?,
            address: head.word("address")?,
            port: head.tokens.number("port")?,
            keywords: head.keywords()?,
            more: head.more,
        })
    }

    /// The address it listens at, where it is one; brackets are fine.
    #[must_use]
    pub fn ip(&self) -> Option<IpAddr> {
        self.address.trim_matches(['[', ']']).parse().ok()
    }

    /// The event as tor sends it.
    #[must_use]
    pub fn to_reply(&self) -> Reply {
        LineWriter::new("TRANSPORT_LAUNCHED")
            .word(self.role)
            .word(self.name)
            .word(self.address)
            .word(self.port)
            .end(self.keywords, self.more)
    }
}
