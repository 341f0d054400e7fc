//! Documents verified on all cores.

use std::borrow::Cow;
use std::vec;

use tor_harness_netdoc::{
    Authorities, Consensus, DetachedSignatures, Document, Ed25519Certificate, ExtraInfo, Failure,
    KeyCertificate, Kind, Microdescriptor, OnionDescriptor, ServerDescriptor, Unproved, Verified,
    Vote,
};
use tor_harness_types::Located;

use super::evidence::Evidence;
use super::verdict::{Lacking, Proved, Verdict};
use crate::archive::Archive;
use crate::found::Found;
use crate::mapped::Mapped;

/// How many documents are verified together: enough for batches of signatures, few enough
/// that what is known of them takes little room, however short they are.
const SLICE: usize = 64;

type Answer<T> = Result<Verified<T>, Vec<Unproved>>;

impl Archive {
    /// What `read` makes of each document and of what verifying says of it, in their order; it
    /// is called on all cores.
    ///
    /// ed25519 signatures of server descriptors are asked in batches, and singly where a batch
    /// does not hold.
    ///
    /// ```
    /// use tor_harness_archive::{Archive, Evidence, Verdict};
    ///
    /// # let folder = tempfile::tempdir()?;
    /// # let path = |name| folder.path().join(name);
    /// # for (name, fixture) in [("cached-certs", "data-directory/client/cached-certs"), ("cached-microdesc-consensus", "data-directory/client/cached-microdesc-consensus")] {
    /// #     std::fs::write(path(name), tor_fixtures::find(fixture).unwrap().bytes)?;
    /// # }
    /// let mut evidence = Evidence::default();
    /// evidence.trust(Archive::path(path("cached-certs")))?;
    /// let archive = Archive::path(path("cached-microdesc-consensus"));
    /// for said in archive.map_verified(evidence, |found, verdict| (found.place, matches!(verdict, Verdict::Holds(_)))) {
    ///     let (place, holds) = said?;
    ///     assert!(holds, "{}:{}", place.path, place.line);
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// A panic in `read` goes on in the thread that takes the results.
    pub fn map_verified<T, F>(self, evidence: Evidence, read: F) -> Mapped<T>
    where
        T: Send + 'static,
        F: Fn(Found<'_>, Verdict<'_>) -> T + Send + Sync + 'static,
    {
        self.batches(move |wanted, out| {
            loop {
                let mut wanted = &mut *wanted;
                let slice: Vec<_> = (&mut wanted).take(SLICE).collect();
                if slice.is_empty() {
                    return;
                }
                let certificates: Vec<_> = slice.iter().map(certificate_bytes).collect();
                let verdicts = evidence.judge(&slice, &certificates);
                let judged = slice.into_iter().zip(verdicts);
                out.extend(judged.map(|(found, verdict)| Ok(read(found, verdict))));
            }
        })
    }
}

/// What of a slice is verified together with others.
struct Together<'a> {
    descriptors: vec::IntoIter<Answer<ServerDescriptor<'a>>>,
    /// The server descriptor of each extra-info, where there is one.
    of_extra_infos: vec::IntoIter<Option<Verified<ServerDescriptor<'a>>>>,
}

impl Evidence {
    /// What verifying says of each of these.
    fn judge<'a>(
        &'a self,
        slice: &[Found<'a>],
        certificates: &'a [Option<Cow<'a, [u8]>>],
    ) -> Vec<Verdict<'a>> {
        let mut together = Together {
            descriptors: verify_all(slice).into_iter(),
            of_extra_infos: self.of_extra_infos(slice).into_iter(),
        };
        let each = slice.iter().zip(certificates);
        each.map(|(found, certificate)| {
            let judged = self.judge_one(found, certificate.as_deref(), &mut together);
            judged.unwrap_or_else(Verdict::Lacks)
        })
        .collect()
    }

    fn judge_one<'a>(
        &'a self,
        found: &Found<'a>,
        certificate: Option<&'a [u8]>,
        together: &mut Together<'a>,
    ) -> Result<Verdict<'a>, Lacking> {
        let document = found.document;
        Ok(match found.kind.ok_or(Lacking::Kind)? {
            Kind::ServerDescriptor => {
                let answer = together.descriptors.next().ok_or(Lacking::Kind)?;
                said(answer, Proved::ServerDescriptor)
            }
            Kind::ExtraInfo => {
                let descriptor = together.of_extra_infos.next().flatten();
                let descriptor = descriptor.ok_or(Lacking::ServerDescriptor)?;
                said(
                    ExtraInfo::read(document).verify(&descriptor),
                    Proved::ExtraInfo,
                )
            }
            Kind::Microdescriptor => {
                let read = Microdescriptor::read(document);
                let named = self.microdescriptors.get(&read.digest());
                let named = named.ok_or(Lacking::Consensus)?;
                said(read.verify(named), Proved::Microdescriptor)
            }
            Kind::Consensus | Kind::ConsensusMicrodesc => {
                let answer = Consensus::read(document).verify(self.authorities()?);
                said(answer, Proved::Consensus)
            }
            Kind::Vote => said(
                Vote::read(document).verify(self.authorities()?),
                Proved::Vote,
            ),
            Kind::KeyCertificate => said(
                KeyCertificate::read(document).verify(),
                Proved::KeyCertificate,
            ),
            Kind::DetachedSignatures => {
                let answer = DetachedSignatures::read(document).verify(&[], self.authorities()?);
                said(answer, Proved::DetachedSignatures)
            }
            Kind::OnionDescriptor => said(
                OnionDescriptor::read(document).verify(),
                Proved::OnionDescriptor,
            ),
            Kind::Ed25519Certificate => {
                let answer = certificate_answer(document, certificate);
                said(answer, Proved::Ed25519Certificate)
            }
            _ => return Err(Lacking::Kind),
        })
    }

    fn authorities(&self) -> Result<&Authorities, Lacking> {
        self.authorities.as_ref().ok_or(Lacking::Authorities)
    }

    /// The server descriptor of each extra-info of a slice.
    fn of_extra_infos<'a>(
        &'a self,
        slice: &[Found<'a>],
    ) -> Vec<Option<Verified<ServerDescriptor<'a>>>> {
        let named = of_kind(slice, Kind::ExtraInfo).map(|document| {
            let extra_info = ExtraInfo::read(document);
            let (_, relay) = extra_info.relay().ok()?;
            self.descriptors.get(&(relay, extra_info.digest()?))
        });
        let named: Vec<_> = named.collect();
        let there = named.iter().flatten();
        let read = there.map(|bytes| ServerDescriptor::read(Document::new(bytes)));
        let mut verified = ServerDescriptor::verify_all(read).into_iter();
        let each = named
            .iter()
            .map(|bytes| bytes.and_then(|_| verified.next()?.ok()));
        each.collect()
    }
}

/// The server descriptors of a slice.
fn verify_all<'a>(slice: &[Found<'a>]) -> Vec<Answer<ServerDescriptor<'a>>> {
    let documents = of_kind(slice, Kind::ServerDescriptor);
    ServerDescriptor::verify_all(documents.map(ServerDescriptor::read))
}

fn of_kind<'a>(slice: &[Found<'a>], kind: Kind) -> impl Iterator<Item = Document<'a>> {
    let such = slice.iter().filter(move |found| found.kind == Some(kind));
    such.map(|found| found.document)
}

/// The bytes of a document that is a certificate.
fn certificate_bytes<'a>(found: &Found<'a>) -> Option<Cow<'a, [u8]>> {
    let is_certificate = found.kind == Some(Kind::Ed25519Certificate);
    is_certificate.then(|| Ed25519Certificate::bytes_of(found.document))?
}

/// What its signature does not prove is wrong with the document as a whole.
fn certificate_answer<'a>(
    document: Document<'_>,
    bytes: Option<&'a [u8]>,
) -> Answer<Ed25519Certificate<'a>> {
    let bytes = bytes.filter(|_| Ed25519Certificate::is_alone(document));
    let Some(read) = bytes.and_then(|bytes| Ed25519Certificate::parse(bytes).ok()) else {
        let problems = Kind::Ed25519Certificate.check(&document).into_iter();
        let unreadable = problems.map(|wrong| Located {
            problem: Failure::Unreadable(wrong.problem),
            span: wrong.span,
        });
        return Err(unreadable.collect());
    };
    read.verify(None).map_err(|failures| {
        let of_whole = failures.into_iter().map(|wrong| Located {
            span: document.span(),
            ..wrong
        });
        of_whole.collect()
    })
}

fn said<'a, T>(answer: Answer<T>, proved: impl FnOnce(Verified<T>) -> Proved<'a>) -> Verdict<'a> {
    match answer {
        Ok(verified) => Verdict::Holds(Box::new(proved(verified))),
        Err(failures) => Verdict::Fails(failures),
    }
}
