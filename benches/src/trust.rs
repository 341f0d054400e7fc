//! The authorities that are trusted.

use tor_harness_netdoc::{Authorities, Document, KeyCertificate, Kind, Vote};

use crate::authorities;

/// The authorities that are trusted, by their certificates.
#[derive(Clone, Debug)]
pub struct Trust {
    certificates: Vec<Vec<u8>>,
}

impl Trust {
    /// The made-up authorities.
    fn nine() -> Self {
        Self {
            certificates: authorities::certificates(),
        }
    }

    /// Those that are named in a document, of all whose certificate holds and is recorded, or
    /// written by the specification, alone or in a vote.
    #[must_use]
    pub fn of(document: &[u8]) -> Self {
        let is_named = |certificate: &KeyCertificate<'_>| {
            let fingerprint = certificate.fingerprint().expect("it has a fingerprint");
            let name = fingerprint.to_string();
            memchr::memmem::find(document, name.as_bytes()).is_some()
        };
        let mut certificates: Vec<_> = found()
            .filter(|bytes| {
                let read = KeyCertificate::read(Document::new(bytes));
                read.verify().is_ok_and(|read| is_named(&read))
            })
            .collect();
        certificates.sort_unstable();
        certificates.dedup();
        Self { certificates }
    }

    /// Those by which one of [`Load::documents`](crate::Load::documents) of this kind is
    /// verified: made-up ones for the consensuses, which are made.
    #[must_use]
    pub fn of_load(kind: Kind) -> Self {
        match kind {
            Kind::Consensus | Kind::ConsensusMicrodesc => Self::nine(),
            _ => Self::recorded(),
        }
    }

    /// Those of the recorded network.
    fn recorded() -> Self {
        let consensus = tor_fixtures::find("netdoc/consensus/current");
        Self::of(consensus.expect("it is recorded").bytes)
    }

    /// Their certificates, each a document.
    #[must_use]
    pub fn certificates(&self) -> &[Vec<u8>] {
        &self.certificates
    }

    /// What verifies by them.
    #[must_use]
    pub fn authorities(&self) -> Authorities {
        let read = |bytes| KeyCertificate::read(Document::new(bytes)).verify();
        let certificates = self.certificates.iter().map(|bytes| read(bytes));
        let certificates: Vec<_> = certificates.map(|one| one.expect("it holds")).collect();
        let identities = certificates.iter().map(|one| one.fingerprint());
        let mut authorities = Authorities::new(identities.map(|one| one.expect("it has one")));
        certificates.iter().for_each(|one| authorities.add(one));
        authorities
    }
}

/// Each certificate of the fixtures.
fn found() -> impl Iterator<Item = Vec<u8>> {
    let recorded = tor_fixtures::all().iter().map(|it| (it.path, it.bytes));
    let written = tor_fixtures::written().iter().map(|it| (it.path, it.bytes));
    recorded.chain(written).filter_map(|(path, bytes)| {
        let folder = path.strip_prefix("netdoc/")?.split('/').next()?;
        match folder {
            "key-certificate" => Some(bytes.to_vec()),
            "vote" => {
                let certificate = Vote::read(Document::new(bytes)).key_certificate()?;
                Some(certificate.document().as_bytes().to_vec())
            }
            _ => None,
        }
    })
}
