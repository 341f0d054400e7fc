//! tor's control protocol: what a controller says, what tor answers, what tor
//! reports unasked, and how both prove who they are.
//!
//! Bytes go in, values come out; nothing here reads, waits or asks the time.
//!
//! - [`Decoder`] cuts what tor sends into [`Message`]s, however the bytes come.
//! - A [`Message`] is a reply, read with the types of [`reply`], or an event,
//!   read with [`Event::parse`].
//! - [`Command`] is what a controller says: [`Command::encode`] for those who
//!   ask, [`CommandDecoder`] with [`Command::parse`] for those who answer.
//! - [`info`] has the values of GETINFO.
//! - `auth` (a feature of that name) has the handshakes of both sides.
//!
//! Whatever is not known here, a keyword, an event, a status code, is kept as
//! it came and is never an error; [`coverage`] lists what is known. Section
//! numbers are those of control-spec.
//!
//! Whatever was read can be written from its typed fields alone and is then
//! what came, but for what four tables list: those of [`command`], [`reply`],
//! [`event`] and [`info::Value::encode`].
//!
//! ```
//! use tor_harness_control::{Decoder, Event};
//!
//! let mut decoder = Decoder::new();
//! decoder.push(b"650 BW 1670 51");
//! assert!(decoder.next()?.is_none()); // not a whole message yet
//! decoder.push(b"2\r\n");
//! let message = decoder.next()?.unwrap();
//! let Event::Bw(bw) = Event::parse(&message)? else { panic!() };
//! assert_eq!((bw.read, bw.written), (1670, 512));
//! # Ok::<(), tor_harness_control::ParseError>(())
//! ```
#![no_std]

extern crate alloc;

#[cfg(feature = "auth")]
pub mod auth;
pub mod command;
#[doc = include_str!("../COVERAGE.md")]
pub mod coverage {}
pub mod event;
pub mod info;
pub mod reply;
pub mod value;

mod buffer;
mod data;
mod decoder;
mod hex;
mod keywords;
mod message;
mod problem;
mod quoted;
mod tokens;
mod words;

pub use command::{Command, CommandDecoder};
pub use data::Data;
pub use decoder::{DecodeOptions, Decoder};
pub use event::Event;
pub use keywords::{Argument, Keywords};
pub use message::{Line, Lines, Message, OwnedMessage, Separator};
pub use problem::{ParseError, Problem};
pub use quoted::{Escapes, quote, unquote};
pub use reply::{Reply, StatusCode};
pub use tokens::Tokens;
