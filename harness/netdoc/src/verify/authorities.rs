//! The directory authorities that are trusted.

use alloc::vec::Vec;

use tor_harness_types::{Fingerprint, UtcSeconds};

use super::verified::Verified;
use crate::forms::RsaPublicKey;
use crate::kinds::{DirectorySignature, KeyCertificate};
use crate::structure::{Sha1, Sha256, sha1, sha256};

/// The authorities that are trusted, with the keys by which they sign.
#[derive(Clone, Debug, Default)]
pub struct Authorities {
    identities: Vec<Fingerprint>,
    keys: Vec<SigningKey>,
}

#[derive(Clone, Debug)]
struct SigningKey {
    identity: Fingerprint,
    digest: Fingerprint,
    der: Vec<u8>,
    expires: UtcSeconds,
}

/// What a signature of an authority is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Standing {
    /// It holds; the certificate of its key does until then.
    Good(UtcSeconds),
    /// It is not by the key that it names, or over other bytes.
    Bad,
    /// Nobody who is trusted has this identity: an obsolete key, or a stranger's.
    UnknownAuthority,
    /// There is no certificate of the key.
    NoCertificate,
    /// The hash that it says is not known.
    UnknownAlgorithm,
}

/// The digests of what was signed, each made when it is first asked for.
pub(super) struct Digests<'a> {
    part: &'a [u8],
    sha1: Option<Sha1>,
    sha256: Option<Sha256>,
}

impl Authorities {
    /// Those with these identities: what `v3ident` says in a `DirAuthority` line.
    #[must_use]
    pub fn new(identities: impl IntoIterator<Item = Fingerprint>) -> Self {
        let mut identities: Vec<_> = identities.into_iter().collect();
        identities.sort_unstable();
        identities.dedup();
        Self {
            identities,
            keys: Vec::new(),
        }
    }

    /// Takes a certificate. One of somebody who is not trusted changes nothing.
    pub fn add(&mut self, certificate: &Verified<KeyCertificate<'_>>) {
        let key = certificate.identity_key().zip(certificate.signing_key());
        if let (Some((identity, der)), Ok(expires)) = (key, certificate.expires()) {
            self.keys.push(SigningKey {
                identity: Fingerprint::new(sha1(&identity)),
                digest: Fingerprint::new(sha1(&der)),
                der,
                expires,
            });
        }
    }

    /// Their identities, in order.
    #[must_use]
    pub fn identities(&self) -> &[Fingerprint] {
        &self.identities
    }

    /// Whether this is the identity of one of them.
    #[must_use]
    pub fn contains(&self, identity: &Fingerprint) -> bool {
        self.identities.binary_search(identity).is_ok()
    }

    /// How many of them have to sign a consensus: more than half.
    #[must_use]
    pub fn needed(&self) -> usize {
        self.identities.len() / 2 + 1
    }

    /// What a signature of this digest is worth.
    pub(super) fn standing(
        &self,
        signature: &DirectorySignature<'_>,
        digest: Option<&[u8]>,
    ) -> Standing {
        if !self.contains(&signature.identity) {
            return Standing::UnknownAuthority;
        }
        let Some(digest) = digest else {
            return Standing::UnknownAlgorithm;
        };
        let of = (signature.identity, signature.signing_key_digest);
        let keys = self
            .keys
            .iter()
            .filter(|key| (key.identity, key.digest) == of);
        // The same key can be certified again for longer.
        let Some(key) = keys.max_by_key(|key| key.expires) else {
            return Standing::NoCertificate;
        };
        let holds = signature
            .decode()
            .and_then(|bytes| Some(RsaPublicKey::parse(&key.der)?.has_signed(digest, &bytes)));
        match holds {
            Some(true) => Standing::Good(key.expires),
            _ => Standing::Bad,
        }
    }
}

impl<'a> Digests<'a> {
    pub(super) fn new(part: &'a [u8]) -> Self {
        Self {
            part,
            sha1: None,
            sha256: None,
        }
    }

    /// Whether it is a hash by which consensuses are signed.
    pub(super) fn knows(algorithm: &[u8]) -> bool {
        matches!(algorithm, b"sha1" | b"sha256")
    }

    /// The digest by this hash; `None` where it is not known.
    pub(super) fn get(&mut self, algorithm: &[u8]) -> Option<&[u8]> {
        match algorithm {
            b"sha1" => Some(self.sha1.get_or_insert_with(|| sha1(self.part))),
            b"sha256" => Some(self.sha256.get_or_insert_with(|| sha256(self.part))),
            _ => None,
        }
    }
}
