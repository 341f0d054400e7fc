//! What can go wrong on the way.

use std::time::Duration;

use serde::Deserialize;

use super::values;
use crate::connection::ConnectionId;

/// The longest that a line or garbage may be.
const MOST: usize = 64 << 20;

/// What goes wrong with an answer, an event or a whole connection: in the words
/// of Toxiproxy where it has them.
///
/// Where there are several they happen in their order, those of the connection
/// after those of the message. Everything happens in the port's own time, and
/// what is random comes from its [`Random`](crate::Random).
///
/// ```
/// use std::time::Duration;
/// use tor_harness_mock::{Fault, On, Script};
///
/// let slow = Fault::Bandwidth { rate: 100 };
/// let script = Script::new()
///     .every_connection([slow])
///     .on(On::command("GETINFO version").fault(Fault::HalfLine));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
#[non_exhaustive]
pub enum Fault {
    /// It comes later, by `latency` and at most `jitter` more or less.
    Latency {
        /// How much later.
        #[serde(deserialize_with = "values::time")]
        #[cfg_attr(feature = "schema", schemars(with = "values::Time"))]
        latency: Duration,
        /// How much more or less.
        #[serde(default, deserialize_with = "values::time")]
        #[cfg_attr(feature = "schema", schemars(with = "values::Time"))]
        jitter: Duration,
    },
    /// It comes in slices.
    Slicer {
        /// The bytes of a slice, on average.
        average_size: usize,
        /// How many more or fewer there may be.
        #[serde(default)]
        size_variation: usize,
        /// The time between two slices.
        #[serde(default, deserialize_with = "values::time")]
        #[cfg_attr(feature = "schema", schemars(with = "values::Time"))]
        delay: Duration,
    },
    /// It comes at so many bytes a second.
    Bandwidth {
        /// Bytes a second.
        rate: u64,
    },
    /// The connection is closed behind so many bytes.
    LimitData {
        /// How many.
        bytes: u64,
    },
    /// Nothing is sent any more, this included; the connection is closed after
    /// that time, and never where it is zero.
    Timeout {
        /// How long it stays open.
        #[serde(default, deserialize_with = "values::time")]
        #[cfg_attr(feature = "schema", schemars(with = "values::Time"))]
        timeout: Duration,
    },
    /// The connection is reset instead: over TCP the other side gets a RST.
    ResetPeer {
        /// How long it takes until then.
        #[serde(default, deserialize_with = "values::time")]
        #[cfg_attr(feature = "schema", schemars(with = "values::Time"))]
        timeout: Duration,
    },
    /// Where the connection is to be closed behind it, that takes a while.
    SlowClose {
        /// How long.
        #[serde(deserialize_with = "values::time")]
        #[cfg_attr(feature = "schema", schemars(with = "values::Time"))]
        delay: Duration,
    },
    /// The last line stops in its middle, and nothing is sent any more.
    HalfLine,
    /// The connection is closed in the middle of the first data block; where
    /// there is none, in the middle of the message.
    CloseInData,
    /// The last line has this many bytes, padded with `x`.
    LongLine {
        /// How many, the line's end not counted.
        #[serde(default = "mebibyte")]
        bytes: usize,
    },
    /// Random bytes come instead.
    Garbage {
        /// How many.
        bytes: usize,
    },
    /// An event stands before the last of several lines, where tor never sends one.
    EventInside {
        /// The event's line, without `650`.
        event: String,
    },
}

impl Fault {
    /// Refuses what cannot be.
    pub(super) fn check(&self) -> Result<(), String> {
        match self {
            Self::Slicer {
                average_size: 0, ..
            } => Err("expected slices of 1 byte or more: average_size is 0".into()),
            Self::Bandwidth { rate: 0 } => {
                Err("expected 1 byte a second or more: for nothing at all, say timeout".into())
            }
            Self::LongLine { bytes } | Self::Garbage { bytes } if *bytes > MOST => {
                Err(format!("expected at most {MOST} bytes, got {bytes}"))
            }
            Self::EventInside { event } if event.contains(['\r', '\n']) => {
                Err(format!("expected one line (as \"BW 1 2\"), got {event:?}"))
            }
            _ => Ok(()),
        }
    }
}

/// Of faults of connections, by their number, or of every one, those of one.
pub(super) fn faults_of(
    all: &[(Option<u64>, Fault)],
    id: ConnectionId,
) -> impl Iterator<Item = Fault> {
    all.iter()
        .filter(move |(number, _)| number.is_none_or(|number| number == id.0))
        .map(|(_, fault)| fault.clone())
}

fn mebibyte() -> usize {
    1 << 20
}
