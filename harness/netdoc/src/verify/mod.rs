//! What documents prove.
//!
//! A document that has been read is a claim. To verify it gives a [`Verified`] one, or all that
//! does not hold, each with its place. Nothing asks the time: certificates that are over and
//! documents that are too old are answers by the time that somebody names.
//!
//! # What is not signed
//! A bit flipped anywhere in a signed document is found, in its signatures and certificates as
//! well, but for:
//! - the case of the hexadecimal digits by which a `directory-signature` of a consensus, a vote or
//!   detached signatures names its keys, and of the digests that detached signatures name;
//! - signatures of a consensus beyond those that are needed: `Consensus::judge` says what each
//!   is worth, and `Kind::check` whether it is well-formed;
//! - annotations before a document, blank lines behind it.
//!
//! tor takes more in the base64 of the RSA signature that a server descriptor ends with, as read in
//! `base64_decode` of tor 0.4.8 (`src/lib/encoding/binascii.c`): white space anywhere, anything
//! behind its first `=`, any of the bits in its last digit that say nothing. What tor answers to
//! each flipped byte is compared in the suite `acceptance`, what tor-netdoc answers by
//! `cargo xtask agree`.
//!
//! # Secrets
//! Of all that is read here one thing is secret, an onion service client's private key; only
//! `kinds/onion_descriptor/open.rs` gets it. It is multiplied in constant time, the results are
//! hashed, MACs are compared in constant time; which of a descriptor's clients it is shows in time.
//! `ed25519.rs` and `rsa.rs` work on public keys and take as long as these need, and so do
//! `kinds/onion_descriptor/time_period.rs`, which blinds an address, and all other files. Keys that
//! sign (feature `sign`) are for tests.

mod authorities;
mod certificate;
mod consensus;
mod detached_signatures;
mod ed25519;
mod extra_info;
mod failure;
mod key_certificate;
mod lifetime;
mod microdescriptor;
mod onion_descriptor;
mod proof;
mod relay;
mod rsa;
mod server_descriptor;
#[cfg(test)]
mod testing;
mod verified;
mod vote;

pub use authorities::{Authorities, Standing};
pub use consensus::Judged;
pub use ed25519::Ed25519Check;
pub use failure::{Failure, Unproved};
pub use lifetime::{Lifetime, Timeliness};
pub use verified::Verified;
