//! What is said here of a document.

use std::fmt;

use tor_harness_netdoc::{
    Consensus, DetachedSignatures, Document, ExtraInfo, Failure, Flavor, KeyCertificate, Kind,
    Microdescriptor, Problem, ServerDescriptor, Timeliness, Unproved, Verified, Vote, sha256,
};
use tor_harness_types::Span;

use super::given::Given;
use super::made::Made;

/// One thing that is wrong with a document.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Said {
    /// Who says it.
    pub step: Step,
    /// The keyword of the item that is not as it has to be, or what its section is called; empty
    /// for the document.
    pub field: String,
    /// What is wrong.
    pub message: String,
}

/// What finds something wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// `Kind::check`.
    Check,
    /// `verify`.
    Verify,
    /// The time: what it says or proves does not hold now.
    Time,
}

/// All that is wrong with a document of a kind in what is given.
#[must_use]
pub fn said(given: &Given, kind: Kind, made: &Made) -> Vec<Said> {
    let mut all = Findings::default();
    let document = Document::new(&made.document);
    all.check(kind, document);
    match kind {
        Kind::ServerDescriptor => {
            let read = ServerDescriptor::read(document).verify();
            all.proof(given, document, read);
        }
        Kind::ExtraInfo => {
            let own = given
                .relay()
                .server_descriptor_naming(made.named())
                .encode();
            match ServerDescriptor::read(Document::new(&own)).verify() {
                Ok(own) => drop(all.proof(given, document, ExtraInfo::read(document).verify(&own))),
                Err(failures) => all.failures(Document::new(&own), failures),
            }
        }
        Kind::Microdescriptor => {
            let read = Microdescriptor::read(document).verify(&sha256(made.named()));
            all.proof(given, document, read);
        }
        Kind::KeyCertificate => {
            let read = KeyCertificate::read(document);
            all.proof(given, document, read.verify());
            let is_early = read
                .lifetime()
                .is_ok_and(|one| one.at(given.now) == Timeliness::NotYetValid);
            all.time(is_early.then_some("it does not count yet"));
        }
        Kind::Vote => {
            all.proof(
                given,
                document,
                Vote::read(document).verify(&given.authorities()),
            );
        }
        Kind::Consensus | Kind::ConsensusMicrodesc => {
            let read = Consensus::read(document);
            all.proof(given, document, read.verify(&given.authorities()));
            let time = read.lifetime().ok().map(|one| one.at(given.now));
            all.time(match time {
                Some(Timeliness::NotYetValid) => Some("it does not count yet"),
                Some(Timeliness::Expired) => Some("it counts no more"),
                _ => None,
            });
        }
        Kind::DetachedSignatures => {
            let signed = [Flavor::Ns, Flavor::Microdesc];
            let signed = signed.map(|flavor| given.network.consensus(flavor).encode());
            let signed = signed
                .each_ref()
                .map(|bytes| Consensus::read(Document::new(bytes)));
            let read = DetachedSignatures::read(document);
            all.proof(given, document, read.verify(&signed, &given.authorities()));
        }
        Kind::OnionDescriptor => all.onion(given, document).unwrap_or_default(),
        _ => {}
    }
    all.0.sort();
    all.0.dedup();
    all.0
}

#[derive(Default)]
pub(super) struct Findings(Vec<Said>);

impl Findings {
    pub(super) fn check(&mut self, kind: Kind, document: Document<'_>) {
        for wrong in kind.check(&document) {
            let named = named(wrong.problem).map(str::to_owned);
            let field = named.unwrap_or_else(|| field_at(document, wrong.span));
            self.push(Step::Check, field, wrong.problem.to_string());
        }
    }

    /// What does not hold, or holds no more.
    pub(super) fn proof<T>(
        &mut self,
        given: &Given,
        document: Document<'_>,
        proof: Result<Verified<T>, Vec<Unproved>>,
    ) -> Option<Verified<T>> {
        match proof {
            Ok(verified) => {
                let is_over = !verified.is_proved_at(given.now);
                self.time(is_over.then_some("what proves it is over"));
                Some(verified)
            }
            Err(failures) => {
                self.failures(document, failures);
                None
            }
        }
    }

    fn failures(&mut self, document: Document<'_>, failures: Vec<Unproved>) {
        for wrong in failures {
            let field = match wrong.problem {
                Failure::Missing(keyword) | Failure::Unsigned(keyword) => keyword.to_owned(),
                Failure::Unreadable(Problem::Missing(keyword)) => keyword.to_owned(),
                Failure::FewSignatures { .. } => "directory-signature".to_owned(),
                _ => field_at(document, wrong.span),
            };
            self.push(Step::Verify, field, words(wrong.problem));
        }
    }

    fn time(&mut self, wrong: Option<&str>) {
        if let Some(message) = wrong {
            self.push(Step::Time, String::new(), message.to_owned());
        }
    }

    pub(super) fn push(&mut self, step: Step, field: String, message: String) {
        self.0.push(Said {
            step,
            field,
            message,
        });
    }
}

/// The item, or the section, that a problem names: where it is is where something else is.
fn named(problem: Problem) -> Option<&'static str> {
    match problem {
        Problem::Missing(name)
        | Problem::Needed(_, name)
        | Problem::Repeated(name)
        | Problem::Misplaced(name, _)
        | Problem::Order(name, _)
        | Problem::OutOfSection(name, _)
        | Problem::SectionMissing(name) => Some(name),
        Problem::NeededOneOf(_, names) => names.first().copied(),
        _ => None,
    }
}

/// The keyword of the item that begins last before the end of a place.
fn field_at(document: Document<'_>, place: Span) -> String {
    let before = document
        .items()
        .take_while(|item| item.span().start <= place.start);
    before
        .last()
        .map(|item| item.keyword().to_owned())
        .unwrap_or_default()
}

/// The same words for every network.
fn words(failure: Failure) -> String {
    match failure {
        Failure::FewSignatures { .. } => "too few authorities signed".into(),
        Failure::Undeclared(_) => "expected an authority of a dir-source".into(),
        Failure::UnknownAuthority(_) => "expected an authority that is trusted".into(),
        Failure::NoCertificate(_) => "there is no certificate of the key".into(),
        other => other.to_string(),
    }
}

/// Who says it, where, what.
impl fmt::Display for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            step,
            field,
            message,
        } = self;
        let step = match step {
            Step::Check => "check",
            Step::Verify => "verify",
            Step::Time => "time",
        };
        match field.is_empty() {
            true => write!(f, "{step}: {message}"),
            false => write!(f, "{step}: `{field}`: {message}"),
        }
    }
}
