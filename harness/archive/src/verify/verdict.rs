//! What verifying says of a document.

use std::fmt;

use tor_harness_netdoc::{
    Consensus, DetachedSignatures, Ed25519Certificate, ExtraInfo, KeyCertificate, Lifetime,
    Microdescriptor, OnionDescriptor, ServerDescriptor, Timeliness, Unproved, Verified, Vote,
};
use tor_harness_types::UtcSeconds;

/// What verifying says of a document.
#[derive(Clone, Debug)]
pub enum Verdict<'a> {
    /// Everything holds that documents of its kind prove.
    Holds(Box<Proved<'a>>),
    /// All that does not hold, with its places in the document.
    Fails(Vec<Unproved>),
    /// Nothing is known: something is lacking to verify it by.
    Lacks(Lacking),
}

/// A verified document of some kind.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Proved<'a> {
    /// By its own keys.
    ServerDescriptor(Verified<ServerDescriptor<'a>>),
    /// By the keys of a server descriptor that names it.
    ExtraInfo(Verified<ExtraInfo<'a>>),
    /// By a consensus that names it.
    Microdescriptor(Verified<Microdescriptor<'a>>),
    /// By the authorities; of either flavor.
    Consensus(Verified<Consensus<'a>>),
    /// By the authorities.
    Vote(Verified<Vote<'a>>),
    /// By its own keys, whoever trusts them.
    KeyCertificate(Verified<KeyCertificate<'a>>),
    /// By the authorities: the digests that it names are signed, whatever has them.
    DetachedSignatures(Verified<DetachedSignatures<'a>>),
    /// Its outer layer, by the blinded key that it names.
    OnionDescriptor(Verified<OnionDescriptor<'a>>),
    /// By the key that it names.
    Ed25519Certificate(Verified<Ed25519Certificate<'a>>),
}

/// What is lacking to verify a document by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Lacking {
    /// Its kind is none that is verified: not signed, sanitised, a part of another, unknown.
    Kind,
    /// Authorities that are trusted.
    Authorities,
    /// A consensus that names it.
    Consensus,
    /// A server descriptor that names it.
    ServerDescriptor,
}

impl fmt::Display for Lacking {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Kind => "expected a document of a type that can be verified",
            Self::Authorities => "expected authorities to verify it by",
            Self::Consensus => "expected a consensus that names it, to verify it by",
            Self::ServerDescriptor => "expected a server descriptor that names it, to verify it by",
        })
    }
}

impl Proved<'_> {
    /// When the first certificate ends without which it would not be proved; `None` where
    /// no certificate is needed.
    #[must_use]
    pub fn proved_until(&self) -> Option<UtcSeconds> {
        match self {
            Self::ServerDescriptor(verified) => verified.proved_until(),
            Self::ExtraInfo(verified) => verified.proved_until(),
            Self::Microdescriptor(verified) => verified.proved_until(),
            Self::Consensus(verified) => verified.proved_until(),
            Self::Vote(verified) => verified.proved_until(),
            Self::KeyCertificate(verified) => verified.proved_until(),
            Self::DetachedSignatures(verified) => verified.proved_until(),
            Self::OnionDescriptor(verified) => verified.proved_until(),
            Self::Ed25519Certificate(verified) => verified.proved_until(),
        }
    }

    /// From when to when it says of itself that it holds; `None` of kinds that do not say it,
    /// and where it cannot be read.
    #[must_use]
    pub fn lifetime(&self) -> Option<Lifetime> {
        match self {
            Self::Consensus(consensus) => consensus.lifetime().ok(),
            Self::Vote(vote) => vote.lifetime().ok(),
            Self::KeyCertificate(certificate) => certificate.lifetime().ok(),
            _ => None,
        }
    }

    /// What it is at this time, by what it says of itself and by the certificates that it needs:
    /// where those are over, it is. `None` where nothing of it ever is over.
    ///
    /// What says nothing of itself is [`Timeliness::Valid`] until then.
    #[must_use]
    pub fn at(&self, now: UtcSeconds) -> Option<Timeliness> {
        let own = self.lifetime().map(|lifetime| lifetime.at(now));
        match self.proved_until() {
            Some(until) if now > until => Some(Timeliness::Expired),
            Some(_) => own.or(Some(Timeliness::Valid)),
            None => own,
        }
    }
}
