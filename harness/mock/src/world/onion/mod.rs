//! Onion services, and what a client needs for those of others.

mod address;
mod base64;
mod client_auth;
mod key;
mod request;
mod service;

pub(super) use client_auth::ClientAuths;
pub(super) use service::Services;
