//! An event of any kind, typed where it has a type.

use crate::event::authdir_new_descs::AuthdirNewDescs;
use crate::event::build_timeout_set::BuildTimeoutSet;
use crate::event::cell_stats::CellStats;
use crate::event::circ_bw::CircBw;
use crate::event::circ_minor::CircMinor;
use crate::event::clients_seen::ClientsSeen;
use crate::event::conf_changed::ConfChanged;
use crate::event::conn_bw::ConnBw;
use crate::event::head::Head;
use crate::event::hs_desc::HsDesc;
use crate::event::hs_desc_content::HsDescContent;
use crate::event::more::MoreLines;
use crate::event::network_liveness::NetworkLiveness;
use crate::event::new_consensus::NewConsensus;
use crate::event::pt_log::PtLog;
use crate::event::pt_status::PtStatus;
use crate::event::signal::SignalEvent;
use crate::event::stream_bw::StreamBw;
use crate::event::tb_empty::TbEmpty;
use crate::event::transport_launched::TransportLaunched;
use crate::event::{
    AddrMap, Bw, Circ, DescChanged, EventCode, GenericEvent, Guard, Log, NewDesc, Ns, OrConn,
    Status, Stream,
};
use crate::message::Message;
use crate::problem::ParseError;
use crate::reply::{Reply, StatusCode};
use crate::tokens::Tokens;

/// Makes the enum of the types that stand for one name each, with those that
/// stand for several written out.
macro_rules! events {
    ($($(#[$doc:meta])* $variant:ident($type:ident),)+) => {
        /// An event (section 4.1).
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Event<'a> {
            $($(#[$doc])* $variant($type<'a>),)+
            /// STATUS_GENERAL, STATUS_CLIENT or STATUS_SERVER.
            Status(Status<'a>),
            /// DEBUG, INFO, NOTICE, WARN or ERR.
            Log(Log<'a>),
            /// An event that is not known here, or with another status than 650.
            Other(GenericEvent<'a>),
        }

        impl<'a> Event<'a> {
            /// The event's name.
            #[must_use]
            pub fn code(&self) -> EventCode<'a> {
                match self {
                    $(Self::$variant(_) => EventCode::$variant,)+
                    Self::Status(status) => status.code,
                    Self::Log(log) => log.severity,
                    Self::Other(generic) => generic.code,
                }
            }

            /// The event as tor sends it.
            #[must_use]
            pub fn to_reply(&self) -> Reply {
                match self {
                    $(Self::$variant(event) => event.to_reply(),)+
                    Self::Status(event) => event.to_reply(),
                    Self::Log(event) => event.to_reply(),
                    Self::Other(event) => event.to_reply(),
                }
            }

            #[inline]
            fn typed(head: Head<'a>, message: &Message<'a>) -> Result<Self, ParseError> {
                match head.code {
                    $(EventCode::$variant => $type::parse(head).map(Self::$variant),)+
                    EventCode::StatusGeneral
                    | EventCode::StatusClient
                    | EventCode::StatusServer
                    | EventCode::StatusSever => Status::parse(head).map(Self::Status),
                    code if code.is_log() => Ok(Self::Log(Log::parse(head))),
                    _ => GenericEvent::parse(message).map(Self::Other),
                }
            }
        }
    };
}

events! {
    /// CIRC: a circuit's status has changed.
    Circ(Circ),
    /// CIRC_MINOR: a circuit has changed otherwise.
    CircMinor(CircMinor),
    /// STREAM: a stream's status has changed.
    Stream(Stream),
    /// ORCONN: a connection to a relay has changed.
    OrConn(OrConn),
    /// BW: bytes in the last second.
    Bw(Bw),
    /// NEWDESC: descriptors have come.
    NewDesc(NewDesc),
    /// ADDRMAP: an address is mapped to another.
    AddrMap(AddrMap),
    /// AUTHDIR_NEWDESCS: a descriptor was uploaded to this authority.
    AuthdirNewDescs(AuthdirNewDescs),
    /// DESCCHANGED: the own descriptor has changed.
    DescChanged(DescChanged),
    /// NS: the status of relays has changed.
    Ns(Ns),
    /// GUARD: the set of guards has changed.
    Guard(Guard),
    /// STREAM_BW: bytes that a stream has carried.
    StreamBw(StreamBw),
    /// CLIENTS_SEEN: where a bridge's clients come from.
    ClientsSeen(ClientsSeen),
    /// NEWCONSENSUS: a consensus has come.
    NewConsensus(NewConsensus),
    /// BUILDTIMEOUT_SET: how long circuits may take has been learned.
    BuildTimeoutSet(BuildTimeoutSet),
    /// SIGNAL: a signal was taken.
    Signal(SignalEvent),
    /// CONF_CHANGED: options have changed.
    ConfChanged(ConfChanged),
    /// CONN_BW: bytes that a connection has carried.
    ConnBw(ConnBw),
    /// CELL_STATS: cells of a circuit in the last second.
    CellStats(CellStats),
    /// TB_EMPTY: a token bucket was empty.
    TbEmpty(TbEmpty),
    /// CIRC_BW: bytes that a circuit has carried.
    CircBw(CircBw),
    /// TRANSPORT_LAUNCHED: a pluggable transport has started.
    TransportLaunched(TransportLaunched),
    /// HS_DESC: an onion descriptor's fate.
    HsDesc(HsDesc),
    /// HS_DESC_CONTENT: an onion descriptor.
    HsDescContent(HsDescContent),
    /// NETWORK_LIVENESS: the network can be reached, or no longer.
    NetworkLiveness(NetworkLiveness),
    /// PT_LOG: a pluggable transport has logged something.
    PtLog(PtLog),
    /// PT_STATUS: a pluggable transport has told something about itself.
    PtStatus(PtStatus),
}

impl<'a> Event<'a> {
    /// Reads an event.
    ///
    /// # Errors
    /// If the message is a reply, or the event lacks what its kind has to
    /// have. [`GenericEvent::parse`] takes any event.
    pub fn parse(message: &Message<'a>) -> Result<Self, ParseError> {
        let (line, more) = MoreLines::behind_first(message);
        if line.status != StatusCode::EVENT {
            return GenericEvent::parse(message).map(Self::Other);
        }
        let mut tokens = Tokens::new(line.text);
        let at_line = |error: ParseError| {
            // The status and its separator come before the line that was read.
            error.problem.at(error.span.start + 4..error.span.end + 4)
        };
        let head = Head {
            code: EventCode::new(tokens.required("event").map_err(at_line)?),
            line: line.text,
            tokens,
            more,
        };
        match head.code {
            EventCode::Other(_) => GenericEvent::parse(message).map(Self::Other),
            _ => Self::typed(head, message).map_err(at_line),
        }
    }
}
