//! What documents prove.
//!
//! A document that has been read is a claim. To verify it gives a [`Verified`] one, or all that
//! does not hold, each with its place. Nothing asks the time: certificates that are over and
//! documents that are too old are answers by the time that somebody names.

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
