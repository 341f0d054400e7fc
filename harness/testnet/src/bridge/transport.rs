//! A pluggable transport of a bridge.

use data_encoding::BASE64_NOPAD;
use tor_harness_netdoc::x25519_public;

use crate::seed::Seed;

/// A pluggable transport that a bridge has.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct BridgeTransport {
    /// Its name: `obfs4`.
    pub name: String,
    /// The port that it listens on, at the bridge's address.
    pub port: u16,
    /// What a client has to know: `KEY=VALUE` with commas between; empty for nothing.
    pub arguments: String,
}

impl BridgeTransport {
    /// An obfs4 out of a seed, whose `cert` is its node ID with its public key.
    #[must_use]
    pub fn obfs4(seed: Seed) -> Self {
        let node: [u8; 20] = seed.bytes("node");
        let public = x25519_public(&seed.bytes("key"));
        let cert = BASE64_NOPAD.encode(&[&node[..], &public].concat());
        Self {
            name: "obfs4".into(),
            port: 10_000 + seed.below("port", 30_000) as u16,
            arguments: format!("cert={cert},iat-mode=0"),
        }
    }
}
