//! Onion services, those of others included.

mod address;
mod client_auth;
mod key;
mod key_text;
mod request;
mod service;

pub(super) use address::is_onion_address;
pub(super) use client_auth::ClientAuths;
pub(crate) use key::SecretKey as OnionKey;
pub(super) use service::Services;
