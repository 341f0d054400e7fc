//! Which kind of document something is.

use alloc::vec::Vec;
use core::fmt;
use core::str::FromStr;

use super::bridge_extra_info::BridgeExtraInfo;
use super::bridge_server_descriptor::BridgeServerDescriptor;
use super::consensus_diff::ConsensusDiff;
use super::detached_signatures::{DETACHED_SIGNATURES_LAWS, DetachedSignatures};
use super::extra_info::ExtraInfo;
use super::key_certificate::{KEY_CERTIFICATE_LAWS, KeyCertificate};
use super::microdescriptor::Microdescriptor;
use super::server_descriptor::ServerDescriptor;
use super::status::{
    BridgeStatus, CONSENSUS_LAWS, Consensus, ENTRY_LAWS, OLD_LAWS, OldStatus, RouterStatus,
    VOTE_LAWS, Vote,
};
use crate::rules::{Law, ParseError, Rules};
use crate::structure::{Document, Item};

/// A kind of network document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// What a relay says of itself (section 2.1.1).
    ServerDescriptor,
    /// What a relay says of itself that clients need not know (section 2.1.2).
    ExtraInfo,
    /// What clients need to know of a relay (section 3.3).
    Microdescriptor,
    /// A bridge's server descriptor without what would find the bridge.
    BridgeServerDescriptor,
    /// A bridge's extra-info document without what would find the bridge.
    BridgeExtraInfo,
    /// What the directory authorities agreed on (section 3.4.1).
    Consensus,
    /// The same with the digests of microdescriptors (section 3.9.2).
    MicrodescConsensus,
    /// What one directory authority says of the network (section 3.4.1).
    Vote,
    /// What authorities say of one relay (section 3.4.1).
    RouterStatus,
    /// What the bridge authority says of all bridges, sanitised.
    BridgeStatus,
    /// What one directory authority said of the network before 2012.
    OldStatus,
    /// By which key an authority signs (section 3.1).
    KeyCertificate,
    /// The signatures of a consensus (section 3.10).
    DetachedSignatures,
    /// How a consensus becomes a newer one (section 4.5.1).
    ConsensusDiff,
}

/// What is known of a kind.
struct Known {
    kind: Kind,
    /// The name, as CollecTor's `@type` and the folders of the fixtures have it.
    name: &'static str,
    rules: &'static Rules,
}

/// All kinds, a line each, in the order of [`Kind`].
#[rustfmt::skip]
static KNOWN: &[Known] = &[
    Known { kind: Kind::ServerDescriptor, name: "server-descriptor", rules: ServerDescriptor::RULES },
    Known { kind: Kind::ExtraInfo, name: "extra-info", rules: ExtraInfo::RULES },
    Known { kind: Kind::Microdescriptor, name: "microdescriptor", rules: Microdescriptor::RULES },
    Known { kind: Kind::BridgeServerDescriptor, name: "bridge-server-descriptor", rules: BridgeServerDescriptor::RULES },
    Known { kind: Kind::BridgeExtraInfo, name: "bridge-extra-info", rules: BridgeExtraInfo::RULES },
    Known { kind: Kind::Consensus, name: "network-status-consensus-3", rules: Consensus::RULES },
    Known { kind: Kind::MicrodescConsensus, name: "network-status-microdesc-consensus-3", rules: Consensus::MICRODESC_RULES },
    Known { kind: Kind::Vote, name: "network-status-vote-3", rules: Vote::RULES },
    Known { kind: Kind::RouterStatus, name: "router-status-entry", rules: RouterStatus::RULES },
    Known { kind: Kind::BridgeStatus, name: "bridge-network-status", rules: BridgeStatus::RULES },
    Known { kind: Kind::OldStatus, name: "network-status-2", rules: OldStatus::RULES },
    Known { kind: Kind::KeyCertificate, name: "dir-key-certificate-3", rules: KeyCertificate::RULES },
    Known { kind: Kind::DetachedSignatures, name: "detached-signature-3", rules: DetachedSignatures::RULES },
    Known { kind: Kind::ConsensusDiff, name: "network-status-diff", rules: ConsensusDiff::RULES },
];

impl Kind {
    /// All kinds.
    pub fn all() -> impl Iterator<Item = Self> {
        KNOWN.iter().map(|known| known.kind)
    }

    /// The name, as CollecTor's `@type` has it: `server-descriptor`.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.known().name
    }

    /// What a document of this kind has to be like.
    #[must_use]
    pub fn rules(self) -> &'static Rules {
        self.known().rules
    }

    /// All problems of a document of this kind.
    #[must_use]
    pub fn check(self, document: &Document<'_>) -> Vec<ParseError> {
        if self == Self::ConsensusDiff {
            return ConsensusDiff::check(document);
        }
        let mut problems = document.check(self.rules());
        for law in self.laws() {
            law.check(document, &mut problems);
        }
        problems.sort_by_key(|problem| problem.span.start);
        problems
    }

    /// What has to hold between the items, besides the [`Kind::rules`].
    #[must_use]
    pub fn laws(self) -> &'static [Law] {
        match self {
            Self::Consensus | Self::MicrodescConsensus => CONSENSUS_LAWS,
            Self::Vote => VOTE_LAWS,
            Self::RouterStatus | Self::BridgeStatus => ENTRY_LAWS,
            Self::OldStatus => OLD_LAWS,
            Self::KeyCertificate => KEY_CERTIFICATE_LAWS,
            Self::DetachedSignatures => DETACHED_SIGNATURES_LAWS,
            _ => &[],
        }
    }

    /// Whether a document of this kind goes on with such an item.
    pub(super) fn goes_on_with(self, keyword: &[u8]) -> bool {
        // Lines of a consensus are in a diff.
        self == Self::ConsensusDiff || self.rules().knows(keyword)
    }

    /// The kind of the document that begins with `item`, annotations not
    /// counted; `rest` is what follows the item.
    pub(super) fn begun_by(item: &Item<'_>, rest: Document<'_>) -> Option<Self> {
        match item.keyword_bytes() {
            b"router" if is_sanitised(rest) => Some(Self::BridgeServerDescriptor),
            b"router" => Some(Self::ServerDescriptor),
            b"extra-info" if is_sanitised(rest) => Some(Self::BridgeExtraInfo),
            b"extra-info" => Some(Self::ExtraInfo),
            b"onion-key" => Some(Self::Microdescriptor),
            b"network-status-version" => Some(status_begun_by(item, rest)),
            b"r" => Some(Self::RouterStatus),
            b"published" => match rest.items().next()?.keyword_bytes() {
                b"flag-thresholds" | b"fingerprint" | b"r" => Some(Self::BridgeStatus),
                _ => None,
            },
            b"dir-key-certificate-version" => Some(Self::KeyCertificate),
            b"consensus-digest" => Some(Self::DetachedSignatures),
            b"network-status-diff-version" => Some(Self::ConsensusDiff),
            _ => None,
        }
    }

    fn known(self) -> &'static Known {
        &KNOWN[self as usize]
    }
}

/// Whether what follows the first item of a relay's document is of a bridge and
/// sanitised: whether it names a digest before anything that sanitising removes.
fn is_sanitised(rest: Document<'_>) -> bool {
    let ends = rest.items().find_map(|item| match item.keyword_bytes() {
        b"router-digest" | b"router-digest-sha256" => Some(true),
        b"identity-ed25519" | b"onion-key" | b"signing-key" | b"router-signature" => Some(false),
        b"router" | b"extra-info" => Some(false),
        _ => item.is_annotation().then_some(false),
    });
    ends.unwrap_or(false)
}

/// Which status document begins with an item `network-status-version`.
fn status_begun_by(item: &Item<'_>, rest: Document<'_>) -> Kind {
    let mut words = item.arguments();
    match (words.next(), words.next()) {
        (Some(b"2"), _) => return Kind::OldStatus,
        (_, Some(b"microdesc")) => return Kind::MicrodescConsensus,
        _ => {}
    }
    let mut soon = rest.items().take(3);
    let status = soon.find(|item| item.keyword_bytes() == b"vote-status");
    match status.and_then(|item| item.arguments().next()) {
        Some(b"vote" | b"opinion") => Kind::Vote,
        _ => Kind::Consensus,
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Kind {
    type Err = UnknownKind;

    fn from_str(name: &str) -> Result<Self, UnknownKind> {
        let mut all = Self::all();
        all.find(|kind| kind.name() == name).ok_or(UnknownKind)
    }
}

/// A name that is no [`Kind`]'s.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownKind;

impl fmt::Display for UnknownKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("expected a kind of document:")?;
        Kind::all().try_for_each(|kind| write!(f, " {kind}"))
    }
}

impl core::error::Error for UnknownKind {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kinds::stretches;
    use crate::testing::problems;

    /// The documents whose folder is named as a kind.
    fn documents() -> impl Iterator<Item = (Kind, &'static str, &'static [u8])> {
        let recorded = tor_fixtures::all().iter().map(|one| (one.path, one.bytes));
        let written = tor_fixtures::written().iter();
        let written = written.map(|one| (one.path, one.bytes));
        recorded.chain(written).filter_map(|(path, bytes)| {
            let folder = path.strip_prefix("netdoc/")?.split('/').next()?;
            Some((folder.parse().ok()?, path, bytes))
        })
    }

    #[test]
    fn is_that_of_the_folder() {
        for (kind, path, bytes) in documents() {
            let bare = Document::new(bytes).without_annotations();
            for document in [Document::new(bytes), bare] {
                let mut all = stretches(document.as_bytes());
                let first = all.next().unwrap();
                assert_eq!(first.kind, Some(kind), "{path}");
                assert_eq!(all.next(), None, "{path}");
            }
        }
    }

    #[test]
    fn finds_nothing_wrong_with_good_documents() {
        for (kind, path, bytes) in documents() {
            assert_eq!(problems(kind.rules(), bytes), [""; 0], "{path}");
        }
    }

    #[test]
    fn is_found_by_its_name() {
        for (index, kind) in Kind::all().enumerate() {
            assert_eq!(kind as usize, index, "{kind} is not in the order of Kind");
            assert_eq!(kind.name().parse(), Ok(kind));
        }
        assert_eq!("router".parse::<Kind>(), Err(UnknownKind));
    }
}
