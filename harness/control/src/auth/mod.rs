//! How a controller and a control port prove who they are (sections 3.5 and
//! 3.24), without reading, writing or waiting.
//!
//! [`ClientHandshake`] says what to send next; [`ServerHandshake`] says what
//! to answer. [`HashedPassword`] is torrc's `HashedControlPassword`.

mod client;
mod config;
mod cookie;
mod password;
mod server;

pub use client::{AuthError, ClientHandshake, Secret};
pub use config::AuthConfig;
pub use cookie::{COOKIE_LENGTH, Cookie};
pub use password::{HashedPassword, HashedPasswordError};
pub use server::{Next, ServerHandshake, ServerOffer, Verdict};
