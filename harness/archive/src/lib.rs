//! tor's network documents in bulk.
//!
//! Files, folders, standard input or any reader; concatenated documents; gz,
//! xz, zst, bz2 and tar, inside one another too, known by what they hold and
//! not by their names. One thread reads and decompresses, the others cut and
//! read documents; their order is kept. Memory is bounded, whatever comes: by
//! the longest document that is accepted, and by what compression asks for.
//!
//! ```
//! use tor_harness_archive::Archive;
//! use tor_harness_netdoc::{Kind, ServerDescriptor};
//!
//! # let folder = tempfile::tempdir()?;
//! # let path = folder.path().join("cached-descriptors");
//! # std::fs::write(&path, "router moria1 128.31.0.34 9101 0 9131\nrouter gabelmoo 131.188.40.189 443 0 80\n")?;
//! let archive = Archive::path(path).kind(Kind::ServerDescriptor).relay("moria1".parse()?);
//! for found in archive.documents() {
//!     let found = found?; // an error says the place; the next one goes on
//!     let router = ServerDescriptor::read(found.document()).router()?;
//!     println!("{} line {}: {router}", found.place.path, found.place.line);
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! [`Archive::map`] reads documents on all cores; [`Links`] says which documents
//! refer to others that are not there. With feature `verify`, `Archive::map_verified`
//! says what they prove.

mod archive;
mod block;
mod bytes;
mod cutter;
mod digest;
mod error;
mod filter;
mod found;
mod layer;
mod links;
mod mapped;
mod packing;
mod pipeline;
mod progress;
mod relay;
mod source;
mod tar;
mod unpack;
#[cfg(feature = "verify")]
mod verify;

pub use archive::Archive;
pub use digest::{Digests, digests};
pub use error::{ArchiveError, ArchiveProblem};
pub use found::{Found, OwnedFound, Place};
pub use links::{Link, Links, Report};
pub use mapped::Mapped;
pub use progress::{Counts, Progress};
pub use relay::{Relay, RelayError};
#[cfg(feature = "verify")]
pub use verify::{Evidence, EvidenceError, Lacking, Proved, Verdict};
