//! The values that everyone who talks to tor names.
#![no_std]

extern crate alloc;

mod endpoint;
mod fingerprint;
mod lines;
mod listen;
mod nickname;
mod onion_address;
mod text;
mod time;
mod version;

pub use endpoint::{Endpoint, EndpointError};
pub use fingerprint::{Fingerprint, FingerprintError};
pub use lines::{Lines, Place};
pub use listen::Listen;
pub use nickname::{Nickname, NicknameError};
pub use onion_address::{OnionAddress, OnionAddressError};
pub use text::{Located, Span};
pub use time::{UtcSeconds, UtcSecondsError};
pub use version::{TorVersion, TorVersionError};
