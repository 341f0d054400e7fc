//! Authentication: each side's part, without reading, writing or waiting
//! (sections 3.5, 3.24).
//!
//! [`ClientHandshake`] says what to send next; [`ServerHandshake`] says what
//! to answer. [`HashedPassword`] is torrc's `HashedControlPassword`.

mod client;
mod config;
mod cookie;
mod offer;
mod password;
mod server;
mod verdict;

pub use client::{AuthError, ClientHandshake, Secret};
pub use config::AuthConfig;
pub use cookie::{COOKIE_LENGTH, Cookie};
pub use offer::ServerOffer;
pub use password::{HashedPassword, HashedPasswordError};
pub use server::ServerHandshake;
pub use verdict::{Next, Verdict};
