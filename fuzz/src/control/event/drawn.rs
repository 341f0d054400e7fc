//! An event as the fields that were drawn for it.

use proptest::prelude::*;
use proptest::strategy::Union;
use tor_harness_control::command::Signal;
use tor_harness_control::event::{
    AddrMap, AuthdirNewDescs, Bucket, BuildTimeoutKind, BuildTimeoutSet, Bw, CellStats, Circ,
    CircBw, CircChange, CircMinor, CircStatus, ClientsSeen, ConfChanged, ConnBw, ConnKind,
    DescChanged, EventCode, Expiry, Guard, GuardKind, GuardStatus, HsAuth, HsDesc, HsDescAction,
    HsDescContent, HsDir, Liveness, Log, MoreLines, NetworkLiveness, NewConsensus, NewDesc, Ns,
    OrConn, OrStatus, Peer, PtLog, PtStatus, Severity, SignalEvent, Status, StatusAction, Stream,
    StreamBw, StreamStatus, TbEmpty, TransportLaunched, TransportRole,
};
use tor_harness_control::value::{IsoTime, LongName, Path, Target};
use tor_harness_control::{Event, Keywords, Reply};

use super::fields::{Fields, fields};

/// An event as the fields that were drawn for it, each by itself: there is no
/// line that they were cut from.
#[derive(Clone, Debug)]
pub struct DrawnEvent {
    code: EventCode<'static>,
    fields: Fields,
}

/// An event of any name that is known, with the arguments that tor gives it, in
/// tor's order; each argument that may be missing sometimes is.
///
/// ```
/// use proptest::prelude::*;
/// use tor_harness_control::{Decoder, Event};
///
/// proptest!(|(drawn in tor_strategies::control::event())| {
///     let mut decoder = Decoder::new();
///     decoder.push(&drawn.to_reply().encode());
///     let message = decoder.next()?.unwrap();
///     prop_assert_eq!(Event::parse(&message)?, drawn.event());
/// });
/// ```
pub fn event() -> impl Strategy<Value = DrawnEvent> {
    Union::new(EventCode::KNOWN.iter().map(|code| event_of(*code)))
}

/// Like [`event()`], with a name of one's choice. A name that is not known gives
/// an event of its name alone.
pub fn event_of(code: EventCode<'static>) -> impl Strategy<Value = DrawnEvent> {
    fields(code).prop_map(move |fields| DrawnEvent { code, fields })
}

impl DrawnEvent {
    /// The event's name.
    #[must_use]
    pub fn code(&self) -> EventCode<'static> {
        self.code
    }

    /// The event as tor sends it.
    #[must_use]
    pub fn to_reply(&self) -> Reply {
        match self.code {
            EventCode::Other(name) => Reply::event(name),
            _ => self.event().to_reply(),
        }
    }

    /// The event with its fields; one of a name that is not known is a
    /// DESCCHANGED.
    #[must_use]
    pub fn event(&self) -> Event<'_> {
        let more = self.more();
        let keywords = Keywords::new(&self.fields.keywords);
        match self.code {
            EventCode::Circ => Event::Circ(Circ {
                id: self.word(0),
                status: CircStatus::new(self.word(1)),
                path: self.optional(2).map(Path::new),
                keywords,
                more,
            }),
            EventCode::CircMinor => Event::CircMinor(CircMinor {
                id: self.word(0),
                change: CircChange::new(self.word(1)),
                path: self.optional(2).map(Path::new),
                keywords,
                more,
            }),
            EventCode::Stream => Event::Stream(Stream {
                id: self.word(0),
                status: StreamStatus::new(self.word(1)),
                circuit: self.word(2),
                target: Target::new(self.word(3)),
                keywords,
                more,
            }),
            EventCode::OrConn => Event::OrConn(OrConn {
                peer: Peer::new(self.word(0)),
                status: OrStatus::new(self.word(1)),
                keywords,
                more,
            }),
            EventCode::Bw => Event::Bw(Bw {
                read: self.number(0),
                written: self.number(1),
                keywords,
                more,
            }),
            EventCode::Debug
            | EventCode::Info
            | EventCode::Notice
            | EventCode::Warn
            | EventCode::Err => Event::Log(Log {
                severity: self.code,
                line: self.optional(0).unwrap_or_default().as_bytes(),
                more,
            }),
            EventCode::NewDesc => Event::NewDesc(NewDesc {
                relay: LongName::new(self.word(0)),
                keywords,
                more,
            }),
            EventCode::AddrMap => Event::AddrMap(AddrMap {
                address: self.word(0),
                new_address: self.word(1),
                expiry: Expiry::new(self.word(2)),
                keywords,
                more,
            }),
            EventCode::AuthdirNewDescs => {
                Event::AuthdirNewDescs(AuthdirNewDescs { keywords, more })
            }
            EventCode::DescChanged | EventCode::Other(_) => {
                Event::DescChanged(DescChanged { keywords, more })
            }
            EventCode::Ns => Event::Ns(Ns { keywords, more }),
            EventCode::StatusGeneral
            | EventCode::StatusClient
            | EventCode::StatusServer
            | EventCode::StatusSever => Event::Status(Status {
                code: self.code,
                severity: Severity::new(self.word(0)),
                action: StatusAction::new(self.word(1)),
                keywords,
                more,
            }),
            EventCode::Guard => Event::Guard(Guard {
                kind: GuardKind::new(self.word(0)),
                relay: LongName::new(self.word(1)),
                status: GuardStatus::new(self.word(2)),
                keywords,
                more,
            }),
            EventCode::StreamBw => Event::StreamBw(StreamBw {
                id: self.word(0),
                written: self.number(0),
                read: self.number(1),
                time: self.optional(1).and_then(|text| IsoTime::parse(text).ok()),
                keywords,
                more,
            }),
            EventCode::ClientsSeen => Event::ClientsSeen(ClientsSeen { keywords, more }),
            EventCode::NewConsensus => Event::NewConsensus(NewConsensus { keywords, more }),
            EventCode::BuildTimeoutSet => Event::BuildTimeoutSet(BuildTimeoutSet {
                kind: BuildTimeoutKind::new(self.word(0)),
                keywords,
                more,
            }),
            EventCode::Signal => Event::Signal(SignalEvent {
                signal: Signal::new(self.word(0)),
                keywords,
                more,
            }),
            EventCode::ConfChanged => Event::ConfChanged(ConfChanged { keywords, more }),
            EventCode::ConnBw => Event::ConnBw(ConnBw {
                id: self.word(0),
                kind: ConnKind::new(self.word(1)),
                read: self.number(0),
                written: self.number(1),
                keywords,
                more,
            }),
            EventCode::CellStats => Event::CellStats(CellStats { keywords, more }),
            EventCode::TbEmpty => Event::TbEmpty(TbEmpty {
                bucket: Bucket::new(self.word(0)),
                read: self.number(0),
                written: self.number(1),
                last: self.number(2),
                keywords,
                more,
            }),
            EventCode::CircBw => Event::CircBw(CircBw {
                id: self.word(0),
                read: self.number(0),
                written: self.number(1),
                keywords,
                more,
            }),
            EventCode::TransportLaunched => Event::TransportLaunched(TransportLaunched {
                role: TransportRole::new(self.word(0)),
                name: self.word(1),
                address: self.word(2),
                port: u16::try_from(self.number(0)).unwrap_or_default(),
                keywords,
                more,
            }),
            EventCode::HsDesc => Event::HsDesc(HsDesc {
                action: HsDescAction::new(self.word(0)),
                address: self.word(1),
                auth: HsAuth::new(self.word(2)),
                directory: self.optional(3).map(HsDir::new),
                descriptor_id: self.optional(4),
                keywords,
                more,
            }),
            EventCode::HsDescContent => Event::HsDescContent(HsDescContent {
                address: self.word(0),
                descriptor_id: self.word(1),
                directory: HsDir::new(self.word(2)),
                keywords,
                more,
            }),
            EventCode::NetworkLiveness => Event::NetworkLiveness(NetworkLiveness {
                status: Liveness::new(self.word(0)),
                keywords,
                more,
            }),
            EventCode::PtLog => Event::PtLog(PtLog { keywords, more }),
            EventCode::PtStatus => Event::PtStatus(PtStatus { keywords, more }),
            _ => unreachable!("{} has no fields yet", self.code),
        }
    }

    fn word(&self, at: usize) -> &str {
        &self.fields.words[at]
    }

    fn optional(&self, at: usize) -> Option<&str> {
        self.fields.words.get(at).map(String::as_str)
    }

    fn number(&self, at: usize) -> u64 {
        self.fields.numbers[at]
    }

    /// Lines behind the first are only ever read, so they were drawn as those of
    /// an event without fields.
    fn more(&self) -> MoreLines<'_> {
        match Event::parse(&self.fields.more.as_message()) {
            Ok(Event::DescChanged(event)) => event.more,
            other => unreachable!("{other:?}"),
        }
    }
}
