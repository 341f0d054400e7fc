//! Values of events, shared with GETINFO: names of relays, targets, moments.
//!
//! Each borrows the text it was read from and gives it back unchanged with
//! `as_str`; what the text means is worked out when asked for.

mod build_flag;
mod circ_purpose;
mod circ_reason;
mod counts;
mod flag;
mod host_port;
mod hs_state;
mod iso_time;
mod list;
mod long_name;
mod number;
mod or_reason;
mod path;
mod stream_reason;
mod target;
pub(crate) mod text_value;

pub use build_flag::BuildFlag;
pub use circ_purpose::CircPurpose;
pub use circ_reason::CircReason;
pub use counts::{Count, Counts};
pub use flag::flag;
pub use host_port::HostPort;
pub use hs_state::HsState;
pub use iso_time::IsoTime;
pub use list::list;
pub use long_name::LongName;
pub use number::hex_number;
pub use or_reason::OrReason;
pub use path::Path;
pub use stream_reason::StreamReason;
pub use target::Target;
