//! A pluggable transport of a bridge.

use data_encoding::{BASE64_NOPAD, HEXLOWER};
use tor_harness_netdoc::x25519_public;

use crate::file::File;
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
        let Obfs4Keys { node, public, .. } = Obfs4Keys::new(seed);
        let cert = BASE64_NOPAD.encode(&[&node[..], &public].concat());
        Self {
            name: "obfs4".into(),
            port: 10_000 + seed.below("port", 30_000) as u16,
            arguments: format!("cert={cert},iat-mode=0"),
        }
    }
}

/// The keys of an obfs4.
struct Obfs4Keys {
    node: [u8; 20],
    secret: [u8; 32],
    public: [u8; 32],
}

impl Obfs4Keys {
    fn new(seed: Seed) -> Self {
        let secret = seed.bytes("key");
        Self {
            node: seed.bytes("node"),
            public: x25519_public(&secret),
            secret,
        }
    }
}

/// What obfs4proxy keeps in tor's data directory: with this file it is the transport of a seed.
pub(super) fn obfs4_state(seed: Seed) -> File {
    let Obfs4Keys {
        node,
        secret,
        public,
    } = Obfs4Keys::new(seed);
    let hex = |bytes: &[u8]| HEXLOWER.encode(bytes);
    let lengths: [u8; 24] = seed.bytes("lengths");
    let text = format!(
        "{{\"node-id\":\"{}\",\"private-key\":\"{}\",\"public-key\":\"{}\",\
         \"drbg-seed\":\"{}\",\"iat-mode\":0}}",
        hex(&node),
        hex(&secret),
        hex(&public),
        hex(&lengths)
    );
    File::new("pt_state/obfs4_state.json", text)
}
