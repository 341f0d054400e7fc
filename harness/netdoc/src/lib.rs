//! tor's network documents: read as items, checked against the
//! specification, typed, encoded.
//!
//! Bytes go in, values come out; nothing here reads, waits or asks the time.
//!
//! - [`documents`] cuts a file into documents; each is a [`Document`].
//! - A [`Document`] is a row of [`Item`]s, known or not, whatever the bytes are.
//! - [`Document::check`] lists all problems, by the [`Rules`] of the document's kind.
//! - [`ServerDescriptor`] is a kind with typed fields. Others are read as items.
//! - [`OwnedItem`] is an item to be encoded.
//!
//! ```
//! use tor_harness_netdoc::{Document, ServerDescriptor};
//!
//! let document = Document::new(b"router moria1 128.31.0.34 9101 0\nbandwidth 1 2 x\n");
//! let problems = document.check(&ServerDescriptor::RULES);
//! assert_eq!(
//!     problems[0].render(document.as_bytes()),
//!     "line 1 column 33: expected DirPort\n  \
//!        router moria1 128.31.0.34 9101 0\n                                  ^\n"
//! );
//! assert!(problems.len() > 2);
//! ```
//!
//! Section numbers are those of dir-spec.
#![no_std]

extern crate alloc;

mod arguments;
mod check;
mod cut;
mod document;
mod item;
mod owned;
mod problem;
mod rules;
mod server_descriptor;

pub use arguments::Arguments;
pub use cut::{Documents, documents};
pub use document::{Document, Items};
pub use item::{Item, Object};
pub use owned::{OwnedItem, OwnedObject, encode};
pub use problem::{ParseError, Problem};
pub use rules::{Place, Rule, Rules, Times};
pub use server_descriptor::{Bandwidth, Router, ServerDescriptor};
