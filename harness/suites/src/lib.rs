//! What the integration suites share.
//!
//! A suite is a file under `tests/` with a `main` of its own; most of its
//! tests are conversations, which are text files under `conversations/`.

mod conversation;
pub mod differential;
mod drift;
mod fixtures;
mod installed;
mod learned;
pub mod namespace;
mod parts;

pub use conversation::{conversations, scripts};
pub use drift::{Offers, drift};
pub use fixtures::{fixture, own, shared, suite};
pub use installed::{imports, installed, python};
pub use parts::parts;
