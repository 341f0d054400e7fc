//! What the integration suites share.
//!
//! A suite is a file under `tests/` with a `main` of its own; most of its
//! tests are conversations, which are text files under `conversations/`.

mod conversation;
mod drift;
mod fixtures;

pub use conversation::conversations;
pub use drift::{Offers, drift};
pub use fixtures::{fixture, own, shared, suite};
