//! tor's network documents: read as items, checked against the
//! specification, typed, encoded.
//!
//! Bytes go in, values come out; nothing here reads, waits or asks the time.
//!
//! Four depths, and the caller chooses:
//!
//! - *structure*: a [`Document`] is a row of [`Item`]s, known or not, whatever the
//!   bytes are; nothing is decoded.
//! - *typed*: a kind, such as [`ServerDescriptor`], decodes a field when it is asked for it.
//! - *checked*: [`Kind::check`] lists all problems of a document: by the [`Rules`] of its kind for its
//!   items, with the [`Law`]s for what has to hold between them. [`Rules::check`] is for a table of
//!   one's own.
//! - *verified* (feature `verify`): `verify`, which most kinds have, gives a `Verified` document, or
//!   all that its keys, certificates, digests and signatures do not prove.
//!
//! The other direction (feature `sign`): a `Builder` holds the items of a document to be made, right or
//! wrong on purpose, and makes the signatures last.
//!
//! [`stretches`] cuts a file into documents, each of a [`Kind`]; [`OwnedItem`] is an item to be encoded.
//!
//! ```
//! use tor_harness_netdoc::{Document, Kind};
//!
//! let document = Document::new(b"router moria1 128.31.0.34 9101 0\nbandwidth 1 2 x\n");
//! let problems = Kind::ServerDescriptor.check(&document);
//! assert_eq!(
//!     problems[0].render(document.as_bytes()),
//!     "line 1 column 33: expected DirPort, a number from 0 to 65535\n  \
//!        router moria1 128.31.0.34 9101 0\n                                  ^\n"
//! );
//! assert!(problems.len() > 2);
//! ```
//!
//! Section numbers are those of dir-spec.
#![no_std]

extern crate alloc;

#[cfg(feature = "sign")]
mod build;
mod forms;
mod kinds;
mod rules;
mod structure;
#[cfg(test)]
mod testing;
#[cfg(feature = "verify")]
mod verify;

#[cfg(feature = "sign")]
pub use build::*;
pub use forms::*;
pub use kinds::*;
pub use rules::*;
pub use structure::*;
#[cfg(feature = "verify")]
pub use verify::*;
