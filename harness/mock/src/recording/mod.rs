//! Conversations of a client with a real tor, kept as text.
//!
//! A [`Recorder`] takes the bytes of both sides as they pass and gives a
//! [`Recording`]: exchanges in the order of the commands, with stand-ins for
//! what varies from run to run, so that recording the same client twice gives
//! the same file. Its text form is for people to read and to edit:
//!
//! ```text
//! # tor-harness recording 1 of tor 0.4.9.11
//! == connection 1
//! > ADD_ONION NEW:BEST Port=80
//! < 250-ServiceID={onion1}
//! < 250-PrivateKey=ED25519-V3:{key1}
//! < 250 OK
//! ! 650 SIGNAL NEWNYM
//! - closed
//! ```
//!
//! `>` is a line of a command, `<` one of its reply, `!` one of an event that
//! came behind it, `- closed` that tor closed the connection. A header is
//! written where the connection is another than before. Bytes that are no
//! printable ASCII, `\`, `{` and `}` are written as `\xNN`.
//!
//! Commands without a reply have none here; BW is left out, since it comes by
//! the clock.

mod error;
mod exchange;
mod recorder;
mod replay;
mod stand_in;
mod text;
mod values;

pub use error::{RecordingError, ReplayModeError};
pub use exchange::{Exchange, Recording};
pub use recorder::Recorder;
pub use replay::ReplayMode;
pub(crate) use replay::{Played, Replay};
pub use stand_in::StandIns;
