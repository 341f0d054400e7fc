//! What documents are verified by, beside themselves.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use memchr::memmem;
use tor_harness_netdoc::{Authorities, AuthorityList, Document, KeyCertificate, Kind, sha1};
use tor_harness_types::Fingerprint;

use super::error::EvidenceError;
use super::verdict::{Proved, Verdict};
use crate::archive::Archive;
use crate::found::{Found, OwnedFound};

/// What documents are verified by, beside themselves.
///
/// | documents | are verified by |
/// |---|---|
/// | server descriptors, key certificates, onion descriptors (the outer layer), ed25519 certificates | themselves |
/// | consensuses, votes, detached signatures | authorities: [`trust`](Self::trust) |
/// | microdescriptors | a consensus that names them: [`add`](Self::add) |
/// | extra-infos | a server descriptor that names them: [`add`](Self::add) |
/// | all others | nothing: [`Lacking::Kind`](super::Lacking::Kind) |
///
/// It keeps a digest for each entry of a consensus, and each server descriptor that
/// names an extra-info; what is verified by it is not kept.
#[derive(Clone, Debug, Default)]
pub struct Evidence {
    pub(super) authorities: Option<Authorities>,
    /// The digests that consensuses name.
    pub(super) microdescriptors: HashSet<[u8; 32]>,
    /// Server descriptors, by their relays and the extra-infos that they name: anybody can name
    /// that of another.
    pub(super) descriptors: HashMap<(Fingerprint, [u8; 20]), Box<[u8]>>,
}

/// What one document is evidence of.
enum Piece {
    Nothing,
    Microdescriptors(Vec<[u8; 32]>),
    Descriptor((Fingerprint, [u8; 20]), Box<[u8]>),
}

impl Evidence {
    /// These authorities instead of any before.
    #[must_use]
    pub fn with_authorities(mut self, authorities: Authorities) -> Self {
        self.authorities = Some(authorities);
        self
    }

    /// The authorities instead of any before, by the key certificates in an archive, as in tor's
    /// `cached-certs`, and by the lists of authorities, as in tor's `auth_dirs.inc`. Where there
    /// is a list, those in it are trusted, else all who have a certificate.
    ///
    /// # Errors
    /// If something cannot be read, a certificate does not hold, or there is neither.
    pub fn trust(&mut self, archive: Archive) -> Result<(), EvidenceError> {
        let archive = archive.kind(Kind::KeyCertificate).kind(Kind::AuthorityList);
        let documents = archive
            .documents()
            .collect::<Result<Vec<OwnedFound>, _>>()?;
        let texts: Vec<_> = documents.iter().map(as_tor_reads).collect();
        let mut listed = Vec::new();
        let mut certificates = Vec::new();
        for (found, text) in documents.iter().zip(&texts) {
            let document = Document::new(text);
            if found.kind == Some(Kind::AuthorityList) {
                let list = AuthorityList::read(document);
                let identities = list
                    .entries()
                    .iter()
                    .filter_map(|entry| entry.maybe("v3ident").ok()?);
                listed.extend::<Vec<Fingerprint>>(identities.collect());
                continue;
            }
            match KeyCertificate::read(document).verify() {
                Ok(verified) => certificates.push(verified),
                Err(failures) => {
                    let found = Found {
                        document,
                        ..found.found()
                    };
                    EvidenceError::fails(&found, &failures).map_or(Ok(()), Err)?;
                }
            }
        }
        if listed.is_empty() {
            let identities = certificates.iter().filter_map(|own| own.fingerprint().ok());
            listed.extend(identities);
        }
        if listed.is_empty() {
            return Err(EvidenceError::Nothing(
                "key certificates, as in cached-certs, or tor's list of authorities",
            ));
        }
        let mut authorities = Authorities::new(listed);
        certificates.iter().for_each(|own| authorities.add(own));
        self.authorities = Some(authorities);
        Ok(())
    }

    /// The microdesc consensuses and server descriptors in an archive, each of which is verified:
    /// after [`trust`](Self::trust), if there are consensuses.
    ///
    /// # Errors
    /// If something cannot be read, one does not hold, or there is none.
    pub fn add(&mut self, archive: Archive) -> Result<(), EvidenceError> {
        let by = Self {
            authorities: self.authorities.clone(),
            ..Self::default()
        };
        let archive = archive
            .kind(Kind::ConsensusMicrodesc)
            .kind(Kind::ServerDescriptor);
        let mut is_empty = true;
        for piece in archive.map_verified(by, |found, verdict| piece(&found, verdict)) {
            is_empty = false;
            match piece?? {
                Piece::Nothing => {}
                Piece::Microdescriptors(digests) => self.microdescriptors.extend(digests),
                Piece::Descriptor(of, bytes) => {
                    self.descriptors.insert(of, bytes);
                }
            }
        }
        match is_empty {
            true => Err(EvidenceError::Nothing(
                "a server descriptor, or a consensus that names microdescriptors",
            )),
            false => Ok(()),
        }
    }
}

/// The text without CRs before LFs: tor writes and reads its files of certificates as text, so
/// that on Windows they have CRLF, which nobody signed.
fn as_tor_reads(found: &OwnedFound) -> Cow<'_, [u8]> {
    let bytes = found.document().as_bytes();
    if memmem::find(bytes, b"\r\n").is_none() {
        return Cow::Borrowed(bytes);
    }
    let lines = bytes.split_inclusive(|byte| *byte == b'\n');
    let text = lines.flat_map(|line| match line.strip_suffix(b"\r\n") {
        Some(line) => [line, b"\n"],
        None => [line, b""],
    });
    Cow::Owned(text.collect::<Vec<_>>().concat())
}

/// What a document is evidence of, if it holds.
fn piece(found: &Found<'_>, verdict: Verdict<'_>) -> Result<Piece, EvidenceError> {
    let proved = match verdict {
        Verdict::Holds(proved) => *proved,
        Verdict::Fails(failures) => {
            let error = EvidenceError::fails(found, &failures);
            return error.map_or(Ok(Piece::Nothing), Err);
        }
        Verdict::Lacks(lacking) => {
            return Err(EvidenceError::Lacks {
                path: found.place.path.clone(),
                line: found.place.line,
                lacking,
            });
        }
    };
    Ok(match proved {
        Proved::Consensus(consensus) => {
            let named = consensus.routers().flatten();
            Piece::Microdescriptors(named.filter_map(|router| router.microdescriptor).collect())
        }
        Proved::ServerDescriptor(descriptor) => {
            let key = descriptor.fields().object("signing-key");
            match (key, descriptor.extra_info_digest()) {
                (Ok(key), Ok(Some((extra_info, _)))) => {
                    let relay = Fingerprint::new(sha1(&key));
                    Piece::Descriptor((relay, extra_info), found.document.as_bytes().into())
                }
                _ => Piece::Nothing,
            }
        }
        _ => Piece::Nothing,
    })
}
