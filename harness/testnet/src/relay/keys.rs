//! The keys of a relay, each made when it is first asked for.

use std::sync::{Arc, OnceLock};

use tor_harness_netdoc::{Ed25519SecretKey, RsaSecretKey};
use tor_harness_types::Fingerprint;

use crate::primes::{Bits, rsa_key};
use crate::seed::Seed;

/// All keys of a relay. **Test keys**: who knows the seed knows them.
#[derive(Debug)]
pub struct RelayKeys {
    seed: Seed,
    number: u64,
    identity: Arc<RsaSecretKey>,
    fingerprint: Fingerprint,
    onion: OnceLock<Arc<RsaSecretKey>>,
    master: OnceLock<Arc<Ed25519SecretKey>>,
    signing: OnceLock<Arc<Ed25519SecretKey>>,
    ntor: OnceLock<(Ed25519SecretKey, bool, [u8; 32])>,
}

impl RelayKeys {
    /// The keys of a seed. The RSA keys are those with the number: of 10,455 numbers that follow
    /// each other no two have the same.
    #[must_use]
    pub fn new(seed: Seed, number: u64) -> Self {
        let identity = rsa_key(Bits::B1024, number.wrapping_mul(2));
        Self {
            seed,
            number,
            onion: OnceLock::new(),
            fingerprint: identity.fingerprint(),
            identity,
            master: OnceLock::new(),
            signing: OnceLock::new(),
            ntor: OnceLock::new(),
        }
    }

    /// What they are made of.
    pub(crate) fn seed(&self) -> Seed {
        self.seed
    }

    /// The RSA identity key.
    #[must_use]
    pub fn identity(&self) -> &Arc<RsaSecretKey> {
        &self.identity
    }

    /// The name that the RSA identity key gives the relay.
    #[must_use]
    pub fn fingerprint(&self) -> Fingerprint {
        self.fingerprint
    }

    /// The RSA key of the TAP handshake, which nobody uses any more.
    #[must_use]
    pub fn onion(&self) -> &Arc<RsaSecretKey> {
        let key = || rsa_key(Bits::B1024, self.number.wrapping_mul(2) + 1);
        self.onion.get_or_init(key)
    }

    /// The ed25519 identity key.
    #[must_use]
    pub fn master(&self) -> &Arc<Ed25519SecretKey> {
        self.master.get_or_init(|| self.ed25519("master"))
    }

    /// The ed25519 key that signs documents.
    #[must_use]
    pub fn signing(&self) -> &Arc<Ed25519SecretKey> {
        self.signing.get_or_init(|| self.ed25519("signing"))
    }

    /// The secret x25519 key of the ntor handshake, with the bits set that every such key has:
    /// tor takes its bytes as they are, and ends where they are others.
    #[must_use]
    pub fn ntor_secret(&self) -> [u8; 32] {
        let mut secret: [u8; 32] = self.seed.bytes("ntor");
        secret[0] &= 248;
        secret[31] = secret[31] & 63 | 64;
        secret
    }

    /// The public one.
    #[must_use]
    pub fn ntor_public(&self) -> [u8; 32] {
        self.ntor().2
    }

    /// The ntor key as an ed25519 key, and the sign that it has as such.
    #[must_use]
    pub fn ntor_ed25519(&self) -> (&Ed25519SecretKey, bool) {
        let (key, sign, _) = self.ntor();
        (key, *sign)
    }

    fn ntor(&self) -> &(Ed25519SecretKey, bool, [u8; 32]) {
        self.ntor.get_or_init(|| {
            let (key, sign) = Ed25519SecretKey::from_x25519(self.ntor_secret());
            let public = key.to_x25519();
            (key, sign, public)
        })
    }

    fn ed25519(&self, label: &str) -> Arc<Ed25519SecretKey> {
        Arc::new(Ed25519SecretKey::from_seed(self.seed.bytes(label)))
    }
}
