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
mod test_key;

pub use conversation::{conversations, readings, scripts};
pub use drift::{Offers, drift};
pub use fixtures::{fixture, own, shared, suite};
pub use installed::{client, finds, imports, installed, python};
pub use parts::parts;
pub use test_key::{PRIVATE_TEST_KEY, PUBLIC_TEST_KEY};
