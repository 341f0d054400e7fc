//! The STREAM event.

use crate::event::accessors::accessors;
use crate::event::head::Head;
use crate::event::more::MoreLines;
use crate::event::writer::LineWriter;
use crate::keywords::Keywords;
use crate::problem::ParseError;
use crate::reply::Reply;
use crate::value::{StreamReason, Target};
use crate::words::words;

/// STREAM: a stream's status has changed (section 4.1.2).
///
/// `GETINFO stream-status` has lines of the same form, without the name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Stream<'a> {
    /// The stream.
    pub id: &'a str,
    /// Its status now.
    pub status: StreamStatus<'a>,
    /// The circuit it is on; `0` for none.
    pub circuit: &'a str,
    /// Where it goes.
    pub target: Target<'a>,
    /// What follows.
    pub keywords: Keywords<'a>,
    /// The lines behind the first.
    pub more: MoreLines<'a>,
}

words! {
    /// A stream's status.
    StreamStatus {
        /// A connection was asked for.
        New = "NEW",
        /// A name's address was asked for.
        NewResolve = "NEWRESOLVE",
        /// The target was replaced by another.
        Remap = "REMAP",
        /// The circuit was asked to connect.
        SentConnect = "SENTCONNECT",
        /// The circuit was asked to resolve.
        SentResolve = "SENTRESOLVE",
        /// It is connected.
        Succeeded = "SUCCEEDED",
        /// It could not be done.
        Failed = "FAILED",
        /// It is no more.
        Closed = "CLOSED",
        /// It is on no circuit and may be put on another.
        Detached = "DETACHED",
        /// It waits for a controller to attach it.
        ControllerWait = "CONTROLLER_WAIT",
        /// It waits for the other end.
        XoffSent = "XOFF_SENT",
        /// The other end waits for it.
        XoffRecv = "XOFF_RECV",
        /// It goes on.
        XonSent = "XON_SENT",
        /// The other end goes on.
        XonRecv = "XON_RECV",
    }
}

words! {
    /// Where a stream's new target comes from.
    StreamSource {
        /// An answer that tor still had.
        Cache = "CACHE",
        /// The exit.
        Exit = "EXIT",
    }
}

words! {
    /// What a stream is for.
    StreamPurpose {
        /// To fetch from a directory.
        DirFetch = "DIR_FETCH",
        /// To upload to a directory.
        DirUpload = "DIR_UPLOAD",
        /// To resolve a name for a user.
        DnsRequest = "DNS_REQUEST",
        /// A user's, or none of the others.
        User = "USER",
        /// To test the own directory port.
        DirportTest = "DIRPORT_TEST",
    }
}

words! {
    /// How a stream came to tor.
    ClientProtocol {
        /// SOCKS 4.
        Socks4 = "SOCKS4",
        /// SOCKS 5.
        Socks5 = "SOCKS5",
        /// A TransPort.
        Trans = "TRANS",
        /// A NATDPort.
        Natd = "NATD",
        /// A DNSPort.
        Dns = "DNS",
        /// An HTTPTunnelPort.
        HttpConnect = "HTTPCONNECT",
        /// A MetricsPort.
        Metrics = "METRICS",
        /// Otherwise: a controller's RESOLVE, or tor itself.
        Unknown = "UNKNOWN",
    }
}

words! {
    /// What keeps streams apart on circuits of their own.
    IsoField {
        /// The address they come from.
        ClientAddr = "CLIENTADDR",
        /// The port they come from.
        ClientPort = "CLIENTPORT",
        /// The address they go to.
        DestAddr = "DESTADDR",
        /// The port they go to.
        DestPort = "DESTPORT",
        /// The user name.
        SocksUsername = "SOCKS_USERNAME",
        /// The password.
        SocksPassword = "SOCKS_PASSWORD",
        /// The protocol.
        ClientProtocol = "CLIENT_PROTOCOL",
        /// The group of ports.
        SessionGroup = "SESSION_GROUP",
        /// The times that NEWNYM was sent.
        NymEpoch = "NYM_EPOCH",
    }
}

impl<'a> Stream<'a> {
    #[inline]
    pub(crate) fn parse(mut head: Head<'a>) -> Result<Self, ParseError> {
        Ok(Self {
            id: head.word("stream")?,
            status: head.one_of("status", StreamStatus::new)?,
            circuit: head.word("circuit")?,
            target: head.one_of("target", Target::new)?,
            keywords: head.keywords()?,
            more: head.more,
        })
    }

    /// Why it failed, was closed or detached.
    #[must_use]
    pub fn reason(&self) -> Option<StreamReason<'a>> {
        self.reason_at("REASON")
    }

    /// The reason that the other end gave.
    #[must_use]
    pub fn remote_reason(&self) -> Option<StreamReason<'a>> {
        self.reason_at("REMOTE_REASON")
    }

    /// tor writes a space in front of a reason that it does not know:
    /// `REASON= UNKNOWN_99`.
    fn reason_at(&self, key: &str) -> Option<StreamReason<'a>> {
        let reason = match self.keywords.plain(key)? {
            "" => self
                .keywords
                .phrase(key)?
                .split(' ')
                .nth(1)
                .unwrap_or_default(),
            reason => reason,
        };
        Some(StreamReason::new(reason))
    }

    /// The event as tor sends it.
    #[must_use]
    pub fn to_reply(&self) -> Reply {
        LineWriter::new("STREAM")
            .word(self.id)
            .word(self.status)
            .word(self.circuit)
            .word(self.target)
            .end(self.keywords, self.more)
    }
}

accessors! { impl Stream {
    /// Where the new target of REMAP comes from.
    word source: StreamSource = "SOURCE";
    /// Who asked for it.
    address source_addr = "SOURCE_ADDR";
    /// What it is for.
    word purpose: StreamPurpose = "PURPOSE";
    /// The user name that its client gave.
    bytes socks_username = "SOCKS_USERNAME";
    /// The password that its client gave.
    bytes socks_password = "SOCKS_PASSWORD";
    /// How it came to tor.
    word client_protocol: ClientProtocol = "CLIENT_PROTOCOL";
    /// How often NEWNYM had been sent when it came.
    number nym_epoch: u64 = "NYM_EPOCH";
    /// The group of the port it came to; below 0 for groups of tor's own.
    number session_group: i64 = "SESSION_GROUP";
    /// What keeps it apart from others.
    words iso_fields: IsoField = "ISO_FIELDS";
}}
