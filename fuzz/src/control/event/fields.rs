//! What each event is made of.

use proptest::collection::vec;
use proptest::prelude::*;
use tor_harness_control::command::Signal;
use tor_harness_control::event::{
    Bucket, BuildTimeoutKind, CircChange, CircStatus, ClientProtocol, ConfChanged, ConnKind,
    EventCode, GuardKind, GuardStatus, HsAuth, HsDescAction, HsDescReason, IsoField, Liveness,
    OrStatus, Severity, StatusAction, StreamPurpose, StreamSource, StreamStatus, TransportRole,
};
use tor_harness_control::reply::Setting;
use tor_harness_control::value::{
    BuildFlag, CircPurpose, CircReason, HsState, OrReason, StreamReason,
};
use tor_harness_control::{OwnedMessage, Reply};

use super::shape::{NAME, Shape};
use super::values::{
    address, counts, fingerprint, id, joined, known, list, long_name, number, onion, path, quoted,
    quoted_time, share, signed, target, text, time,
};

/// An event's fields, by what they are.
#[derive(Clone, Debug)]
pub(super) struct Fields {
    /// Arguments by position, and values of keywords that have to be there.
    pub(super) words: Vec<String>,
    /// The same for those that are numbers.
    pub(super) numbers: Vec<u64>,
    /// What follows in the first line.
    pub(super) keywords: String,
    /// The lines behind the first, as those of another event.
    pub(super) more: OwnedMessage,
}

/// Fields for an event of that name.
pub(super) fn fields(code: EventCode<'static>) -> BoxedStrategy<Fields> {
    let event = Shape::new();
    let event = match code {
        EventCode::Circ => circ(event.word(id()).word(known!(CircStatus))),
        EventCode::CircMinor => circ(event.word(id()).word(known!(CircChange))),
        EventCode::Stream => stream(event),
        EventCode::OrConn => event
            .word(prop_oneof![long_name(), address()])
            .word(known!(OrStatus))
            .keywords([
                ("REASON", known!(OrReason)),
                ("NCIRCS", number()),
                ("ID", id()),
            ]),
        EventCode::Bw => event.number(any::<u64>()).number(any::<u64>()),
        code if code.is_log() => {
            return prop_oneof![
                4 => event.word(text("[ -~é]{0,40}")).fields(),
                1 => Shape::new().block().fields(),
            ]
            .boxed();
        }
        EventCode::NewDesc => event.word(long_name()).rest(joined(long_name(), " ")),
        EventCode::AddrMap => event
            .word(text("[a-z0-9.]{1,20}"))
            .word(text("[a-z0-9.]{1,20}|\\[[0-9a-f:]{2,9}\\]|<error>"))
            .word(prop_oneof![text("NEVER"), quoted_time()])
            .keywords([
                (
                    "error",
                    text("yes|internal|Unable to launch resolve request"),
                ),
                ("EXPIRES", quoted_time()),
                ("CACHED", text("\"(YES|NO)\"")),
                ("STREAMID", id()),
            ]),
        EventCode::StatusGeneral
        | EventCode::StatusClient
        | EventCode::StatusServer
        | EventCode::StatusSever => status(event),
        EventCode::AuthdirNewDescs | EventCode::Ns | EventCode::NewConsensus => event.block(),
        EventCode::Guard => event
            .word(known!(GuardKind))
            .word(long_name())
            .word(known!(GuardStatus)),
        EventCode::StreamBw => event
            .word(id())
            .number(any::<u64>())
            .number(any::<u64>())
            .optional(time()),
        EventCode::ClientsSeen => event.keywords([
            ("TimeStarted", quoted_time()),
            ("CountrySummary", list(text("([a-z]{2}|\\?\\?)=[0-9]{1,9}"))),
            ("IPVersions", text("v4=[0-9]{1,9},v6=[0-9]{1,9}")),
        ]),
        EventCode::BuildTimeoutSet => event.word(known!(BuildTimeoutKind)).keywords([
            ("TOTAL_TIMES", number()),
            ("TIMEOUT_MS", number()),
            ("XM", number()),
            ("ALPHA", share()),
            ("CUTOFF_QUANTILE", share()),
            ("TIMEOUT_RATE", share()),
            ("CLOSE_MS", number()),
            ("CLOSE_RATE", share()),
        ]),
        EventCode::Signal => event.word(known!(Signal)),
        EventCode::ConfChanged => event.more(changed_options()),
        EventCode::ConnBw => event
            .word(id())
            .word(known!(ConnKind))
            .number(any::<u64>())
            .number(any::<u64>()),
        EventCode::CellStats => event.keywords([
            ("ID", id()),
            ("InboundQueue", id()),
            ("InboundConn", id()),
            ("InboundAdded", counts()),
            ("InboundRemoved", counts()),
            ("InboundTime", counts()),
            ("OutboundQueue", id()),
            ("OutboundConn", id()),
            ("OutboundAdded", counts()),
            ("OutboundRemoved", counts()),
            ("OutboundTime", counts()),
        ]),
        EventCode::TbEmpty => event
            .word(known!(Bucket))
            .number(any::<u64>())
            .number(any::<u64>())
            .number(any::<u64>())
            .keywords([("ID", id())]),
        EventCode::CircBw => event
            .word(id())
            .number(any::<u64>())
            .number(any::<u64>())
            .keywords([
                ("TIME", time()),
                ("DELIVERED_READ", number()),
                ("OVERHEAD_READ", number()),
                ("DELIVERED_WRITTEN", number()),
                ("OVERHEAD_WRITTEN", number()),
                ("SS", text("[01]")),
                ("CWND", number()),
                ("RTT", number()),
                ("MIN_RTT", number()),
            ]),
        EventCode::TransportLaunched => event
            .word(known!(TransportRole))
            .word(text("[a-z0-9_]{1,12}"))
            .word(text("[0-9]{1,3}(\\.[0-9]{1,3}){3}|\\[::1\\]"))
            .number(0..=u64::from(u16::MAX)),
        EventCode::HsDesc => event
            .word(known!(HsDescAction))
            .word(onion())
            .word(known!(HsAuth))
            .optional(prop_oneof![text("UNKNOWN"), long_name()])
            .optional(text("[A-Za-z0-9+/]{43}"))
            .keywords([
                ("REASON", known!(HsDescReason)),
                ("REPLICA", number()),
                ("HSDIR_INDEX", text("[0-9A-F]{64}")),
            ]),
        EventCode::HsDescContent => event
            .word(onion())
            .word(text("[A-Za-z0-9+/]{43}"))
            .word(prop_oneof![text("UNKNOWN"), long_name()])
            .block(),
        EventCode::NetworkLiveness => event.word(known!(Liveness)),
        EventCode::PtLog => event.keywords([
            ("PT", text("/[a-z/ ]{0,12}[a-z]")),
            ("SEVERITY", text("debug|info|notice|warning|error")),
            ("MESSAGE", quoted()),
        ]),
        EventCode::PtStatus => event.keywords([
            ("PT", text("/[a-z/ ]{0,12}[a-z]")),
            ("TRANSPORT", text("[a-z0-9_]{1,12}")),
            ("ADDRESS", address()),
            ("CONNECT", text("Success|Failed")),
        ]),
        // DESCCHANGED, and what is not known.
        _ => event,
    };
    event.fields()
}

/// What CIRC and CIRC_MINOR have behind their status.
fn circ(event: Shape) -> Shape {
    event.optional(path()).keywords([
        ("BUILD_FLAGS", list(known!(BuildFlag))),
        ("PURPOSE", known!(CircPurpose)),
        ("HS_STATE", known!(HsState)),
        ("REND_QUERY", onion()),
        ("TIME_CREATED", time()),
        ("REASON", known!(CircReason)),
        ("REMOTE_REASON", known!(CircReason)),
        ("SOCKS_USERNAME", quoted()),
        ("SOCKS_PASSWORD", quoted()),
        ("HS_POW", text("v1,[0-9]{1,9}")),
        ("CONFLUX_ID", text("[0-9A-F]{64}")),
        ("CONFLUX_RTT", number()),
        ("OLD_PURPOSE", known!(CircPurpose)),
        ("OLD_HS_STATE", known!(HsState)),
    ])
}

fn stream(event: Shape) -> Shape {
    event
        .word(id())
        .word(known!(StreamStatus))
        .word(id())
        .word(target())
        .keywords([
            ("REASON", known!(StreamReason)),
            ("REMOTE_REASON", known!(StreamReason)),
            ("SOURCE", known!(StreamSource)),
            ("SOURCE_ADDR", address()),
            ("PURPOSE", known!(StreamPurpose)),
            ("SOCKS_USERNAME", quoted()),
            ("SOCKS_PASSWORD", quoted()),
            ("CLIENT_PROTOCOL", known!(ClientProtocol)),
            ("NYM_EPOCH", number()),
            ("SESSION_GROUP", signed()),
            ("ISO_FIELDS", list(known!(IsoField))),
        ])
}

fn status(event: Shape) -> Shape {
    event
        .word(known!(Severity))
        .word(known!(StatusAction))
        .keywords([
            ("PROGRESS", text("[0-9]{1,2}|100")),
            ("TAG", text("[a-z_]{1,16}")),
            ("SUMMARY", quoted()),
            ("WARNING", quoted()),
            ("REASON", known!(OrReason)),
            ("COUNT", number()),
            ("RECOMMENDATION", text("warn|ignore")),
            ("HOSTID", fingerprint()),
            ("HOSTADDR", address()),
            ("TIME", signed()),
            ("IDLE", text("[01]")),
            ("SKEW", signed()),
            (
                "SOURCE",
                text("(DIRSERV|NETWORKSTATUS|OR|CONSENSUS):?[0-9.]{0,9}"),
            ),
            ("PORT", text("[0-9]{1,5}")),
            ("ADDRESS", address()),
            // tor quotes it twice.
            (
                "DATA",
                quoted().prop_map(|data| format!("\"{data}\"")).boxed(),
            ),
            ("HOSTNAME", quoted()),
        ])
}

/// The lines of CONF_CHANGED.
fn changed_options() -> impl Strategy<Value = Reply> {
    let value = proptest::option::of(vec(any::<u8>(), 0..20));
    let setting = ("[A-Z][A-Za-z]{0,15}", value).prop_map(|(key, value)| Setting {
        key: key.into(),
        value: value.map(Into::into),
    });
    vec(setting, 0..4).prop_map(|settings| {
        let mut reply = ConfChanged::of(settings);
        reply.lines[0].text = NAME.into();
        reply
    })
}
