//! A small blocking tor controller for tests.
//!
//! Every wait has a deadline, and an error says what was expected, what came,
//! how long it took, and the last lines that went over the connection. Events
//! are kept in a queue of their own, wherever they come.
//!
//! ```no_run
//! use std::time::Duration;
//! use tor_harness_client::{Client, Credentials};
//!
//! let endpoint = "127.0.0.1:9051".parse().unwrap();
//! let mut client = Client::connect(&endpoint, Duration::from_secs(5))?;
//! client.authenticate(&Credentials::Password("secret".into()))?;
//! assert!(client.get_info("version")?.starts_with("0."));
//! client.set_events(&["BW"])?;
//! client.wait_for_event("a BW event", |event| event.code.as_str() == "BW")?;
//! # Ok::<(), tor_harness_client::Error>(())
//! ```

mod client;
mod credentials;
mod error;
mod transcript;
mod transport;

pub use client::Client;
pub use credentials::Credentials;
pub use error::Error;
pub use transcript::{Direction, Transcript};
pub use transport::Transport;
