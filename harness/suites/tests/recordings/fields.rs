//! The fields of events.

use std::fmt::Debug;

use tor_harness::control::event::{
    AddrMap, AuthdirNewDescs, BuildTimeoutSet, Bw, CellStats, Circ, CircBw, CircMinor, ClientsSeen,
    ConfChanged, ConnBw, DescChanged, Guard, HsDesc, HsDescContent, Log, MoreLines,
    NetworkLiveness, NewConsensus, NewDesc, Ns, OrConn, PtLog, PtStatus, SignalEvent, Status,
    Stream, StreamBw, TbEmpty, TransportLaunched,
};
use tor_harness::control::{Event, Keywords};

/// What an event is, taken apart.
pub(crate) struct Fields<'a> {
    /// The fields that events of its kind have to have, as they are written in Rust.
    pub(crate) own: Vec<(&'static str, String)>,
    /// The arguments that they may have.
    pub(crate) keywords: Keywords<'a>,
    /// The lines behind the first.
    pub(crate) more: MoreLines<'a>,
}

/// Takes events apart by the types that are listed with all their fields.
macro_rules! fields {
    ($event:expr, $($type:ident($($field:ident)*) = $variant:ident,)+) => {
        match $event {
            $(Event::$variant($type { $($field,)* keywords, more }) => Some(Fields {
                own: vec![$(shown(stringify!($field), $field)),*],
                keywords: *keywords,
                more: *more,
            }),)+
            Event::Log(Log { severity, line, more }) => Some(Fields {
                own: vec![
                    shown("severity", severity),
                    shown("line", &String::from_utf8_lossy(line)),
                ],
                keywords: Keywords::NONE,
                more: *more,
            }),
            _ => None,
        }
    };
}

impl<'a> Fields<'a> {
    /// Those of an event; `None` where it has no type of its own.
    pub(crate) fn of(event: &Event<'a>) -> Option<Self> {
        fields! { event,
            AddrMap(address new_address expiry) = AddrMap,
            AuthdirNewDescs() = AuthdirNewDescs,
            BuildTimeoutSet(kind) = BuildTimeoutSet,
            Bw(read written) = Bw,
            CellStats() = CellStats,
            Circ(id status path) = Circ,
            CircBw(id read written) = CircBw,
            CircMinor(id change path) = CircMinor,
            ClientsSeen() = ClientsSeen,
            ConfChanged() = ConfChanged,
            ConnBw(id kind read written) = ConnBw,
            DescChanged() = DescChanged,
            Guard(kind relay status) = Guard,
            HsDesc(action address auth directory descriptor_id) = HsDesc,
            HsDescContent(address descriptor_id directory) = HsDescContent,
            NetworkLiveness(status) = NetworkLiveness,
            NewConsensus() = NewConsensus,
            NewDesc(relay) = NewDesc,
            Ns() = Ns,
            OrConn(peer status) = OrConn,
            PtLog() = PtLog,
            PtStatus() = PtStatus,
            SignalEvent(signal) = Signal,
            Status(code severity action) = Status,
            Stream(id status circuit target) = Stream,
            StreamBw(id written read time) = StreamBw,
            TbEmpty(bucket read written last) = TbEmpty,
            TransportLaunched(role name address port) = TransportLaunched,
        }
    }
}

fn shown(name: &'static str, value: &impl Debug) -> (&'static str, String) {
    (name, format!("{value:?}"))
}
