//! What tor reports unasked.
//!
//! [`Event::parse`] reads any event. Every event that tor 0.4.9 has, that it
//! writes and lets nobody subscribe to, or that it had once has a type of its
//! own; a [`GenericEvent`] is what is not known here. All keep what they do
//! not know: keywords, words by themselves, more lines.
//!
//! A type has a field for each argument that its event has to have, a method
//! for each that it may have, `keywords` for all of those together, and `more`
//! for the lines behind the first. Built again from these alone, an event
//! encodes to the bytes that came, with these exceptions, which no tor sends:
//!
//! | what came | what it becomes |
//! |---|---|
//! | a number with zeros or `+` in front, in a field | the number in its shortest form |
//! | a space at the end of a line that has no further arguments | no space |
//! | a log message that is empty, without the space behind the severity | with the space |
//! | what [`Reply`](crate::Reply) lists | what it lists |

mod accessors;
mod addr_map;
mod any;
mod authdir_new_descs;
mod bootstrap_tag;
mod build_timeout_set;
mod bw;
mod cell_stats;
mod circ;
mod circ_bw;
mod circ_minor;
mod clients_seen;
mod code;
mod conf_changed;
mod conn_bw;
mod desc_changed;
mod generic;
mod guard;
mod head;
mod hs_desc;
mod hs_desc_content;
mod hs_dir;
mod keywords_alone;
mod log;
mod more;
mod network_liveness;
mod new_consensus;
mod new_desc;
mod ns;
mod or_conn;
mod pt_log;
mod pt_status;
mod signal;
mod skew_source;
mod status;
mod status_action;
mod status_words;
mod stream;
mod stream_bw;
mod tb_empty;
mod transport_launched;
mod writer;

pub use addr_map::{AddrMap, Expiry};
pub use any::Event;
pub use authdir_new_descs::{AuthdirAction, AuthdirNewDescs};
pub use bootstrap_tag::BootstrapTag;
pub use build_timeout_set::{BuildTimeoutKind, BuildTimeoutSet};
pub use bw::Bw;
pub use cell_stats::CellStats;
pub use circ::{Circ, CircStatus};
pub use circ_bw::CircBw;
pub use circ_minor::{CircChange, CircMinor};
pub use clients_seen::ClientsSeen;
pub use code::EventCode;
pub use conf_changed::ConfChanged;
pub use conn_bw::{ConnBw, ConnKind};
pub use desc_changed::DescChanged;
pub use generic::GenericEvent;
pub use guard::{Guard, GuardKind, GuardStatus};
pub use hs_desc::{HsAuth, HsDesc, HsDescAction, HsDescReason};
pub use hs_desc_content::HsDescContent;
pub use hs_dir::HsDir;
pub use log::Log;
pub use more::MoreLines;
pub use network_liveness::{Liveness, NetworkLiveness};
pub use new_consensus::NewConsensus;
pub use new_desc::NewDesc;
pub use ns::Ns;
pub use or_conn::{OrConn, OrStatus, Peer};
pub use pt_log::{PtLog, PtSeverity};
pub use pt_status::PtStatus;
pub use signal::SignalEvent;
pub use skew_source::SkewSource;
pub use status::{Recommendation, Severity, Status};
pub use status_action::StatusAction;
pub use status_words::{AddressMethod, Badness, PortResult, ServerState, VersionReason};
pub use stream::{ClientProtocol, IsoField, Stream, StreamPurpose, StreamSource, StreamStatus};
pub use stream_bw::StreamBw;
pub use tb_empty::{Bucket, TbEmpty};
pub use transport_launched::{TransportLaunched, TransportRole};

// `info` reads lines that are events without their names.
pub(crate) use head::Head;

#[cfg(test)]
mod tests;
