//! A control port that behaves like tor, without tor.
//!
//! [`Mock::builder`] starts one on a TCP port or a Unix socket; `in_memory`
//! there gives one whose time is the test's. What it knows, it knows from
//! recordings of a real tor; a [`Script`] makes it answer otherwise, late, broken
//! or not at all, lets it report events, and says what it expects to be asked
//! (in TOML: [`script_format`]). What clients do wrong is found as well
//! ([`ClientRule`]). All of this can change while the mock runs: in Rust by the
//! methods of [`Mock`], in any other language by JSON lines ([`steer`]).
//!
//! Modelled is every command of a tor without network: `DisableNetwork 1`.
//! Onion services have addresses of real keys, but nobody reaches them;
//! RESOLVE makes streams, which wait until tor gives them up. Options are kept,
//! checked and told, and say who may authenticate, but no other port opens.
//! Of files the torrc and the cookie's are written, in the mock's own folder.
//! What is posted in a descriptor is hardly looked at.
//!
//! Where tor has no limit, what a controller can fill has one of ours: 1,000
//! streams, 10,000 onion services, keys for as many, as many mapped addresses
//! of at most 1,024 bytes.
//!
//! ```
//! use std::io::{BufRead, BufReader, Write};
//! use std::net::TcpStream;
//! use tor_harness_mock::{Endpoint, Mock, On, Script};
//!
//! let script = Script::new().on(On::command("GETINFO version").reply(["250-version=9.9.9", "250 OK"]).times(1));
//! let mock = Mock::builder().script(script).start()?;
//! let Endpoint::Tcp(address) = mock.endpoint() else { panic!() };
//! let mut stream = TcpStream::connect(address)?;
//! stream.write_all(b"AUTHENTICATE\r\nGETINFO version\r\n")?;
//! let lines: Vec<_> = BufReader::new(stream).lines().take(2).collect::<Result<_, _>>()?;
//! assert_eq!(lines, ["250 OK", "250-version=9.9.9"]);
//! // Dropped, the mock would panic had nobody asked for the version.
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod client;
mod connection;
mod knowledge;
mod named;
mod plain_words;
mod port;
mod received;
pub mod recording;
mod script;
mod server;
mod session;
pub mod steer;
mod timers;
mod transcript;
mod wire;
mod world;

#[doc = include_str!("../SCRIPT.md")]
pub mod script_format {}

pub use client::{ClientFault, ClientRule};
pub use connection::ConnectionId;
pub use port::ControlPort;
pub use received::Received;
pub use script::{
    Answer, Emit, EventError, Fault, On, Place, Quirk, Report, Script, ScriptError, Times,
    TimesError, Unmet,
};
pub use server::{Builder, MemoryConnection, Mock, MockError};
pub use tor_harness_control::auth::AuthConfig;
pub use tor_harness_types::{Endpoint, Listen};
pub use world::{Persona, Random};
