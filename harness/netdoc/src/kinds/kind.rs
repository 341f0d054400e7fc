//! The kinds of documents, by name.

use alloc::vec::Vec;
use core::fmt;
use core::str::FromStr;

use super::bridge_extra_info::BridgeExtraInfo;
use super::bridge_server_descriptor::BridgeServerDescriptor;
use super::collector::CollectorType;
use super::consensus_diff::ConsensusDiff;
use super::detached_signatures::DetachedSignatures;
use super::entries::{AuthorityList, BandwidthFile, FallbackList};
use super::exit_list::ExitList;
use super::extra_info::ExtraInfo;
use super::key_certificate::KeyCertificate;
use super::microdescriptor::Microdescriptor;
use super::onion_descriptor::{
    OnionDescriptor, OnionDescriptorInner, OnionDescriptorMiddle, unpadded,
};
use super::onion_descriptor_2::OnionDescriptor2;
use super::server_descriptor::ServerDescriptor;
use super::state::{SharedRandomState, State};
use super::status::{BridgeNetworkStatus, Consensus, NetworkStatus2, RouterStatus, Vote};
use crate::forms::Ed25519Certificate;
use crate::rules::{ParseError, Problems, Rule, Rules, Section, Times, find_strange_bytes};
use crate::structure::Document;

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
    ConsensusMicrodesc,
    /// What one directory authority says of the network (section 3.4.1).
    Vote,
    /// What authorities say of one relay (section 3.4.1).
    RouterStatus,
    /// What the bridge authority says of all bridges, sanitised.
    BridgeNetworkStatus,
    /// What one directory authority said of the network before 2012.
    NetworkStatus2,
    /// By which key an authority signs (section 3.1).
    KeyCertificate,
    /// The signatures of a consensus (section 3.10).
    DetachedSignatures,
    /// How a consensus becomes a newer one (section 4.5.1).
    ConsensusDiff,
    /// What a version 3 onion service gives to directories.
    OnionDescriptor,
    /// Its middle layer, decrypted.
    OnionDescriptorMiddle,
    /// Its inner layer, decrypted.
    OnionDescriptorInner,
    /// What a version 2 onion service gave to directories.
    OnionDescriptor2,
    /// An introduction point of a version 2 onion service, decoded.
    OnionDescriptor2Point,
    /// From where exits reach the world.
    ExitList,
    /// A certificate by itself.
    Ed25519Certificate,
    /// How fast relays were measured to be.
    BandwidthFile,
    /// The directories that a new tor asks first.
    FallbackList,
    /// The authorities that tor has built in.
    AuthorityList,
    /// An authority's file `sr-state`.
    SharedRandomState,
    /// The file `state`.
    State,
}

/// What there is to say of a document without items and keys.
static NO_ITEMS: Rules = Rules::new(&[Section::new("bytes", Times::Any, &[Rule::any_number("")])]);

/// What is known of a kind.
struct Known {
    kind: Kind,
    name: &'static str,
    rules: &'static Rules,
}

/// All kinds, a line each, in the order of [`Kind`].
#[rustfmt::skip]
static KNOWN: &[Known] = &[
    known(Kind::ServerDescriptor, "server-descriptor", ServerDescriptor::RULES),
    known(Kind::ExtraInfo, "extra-info", ExtraInfo::RULES),
    known(Kind::Microdescriptor, "microdescriptor", Microdescriptor::RULES),
    known(Kind::BridgeServerDescriptor, "bridge-server-descriptor", BridgeServerDescriptor::RULES),
    known(Kind::BridgeExtraInfo, "bridge-extra-info", BridgeExtraInfo::RULES),
    known(Kind::Consensus, "consensus", Consensus::RULES),
    known(Kind::ConsensusMicrodesc, "consensus-microdesc", Consensus::MICRODESC_RULES),
    known(Kind::Vote, "vote", Vote::RULES),
    known(Kind::RouterStatus, "router-status", RouterStatus::RULES),
    known(Kind::BridgeNetworkStatus, "bridge-network-status", BridgeNetworkStatus::RULES),
    known(Kind::NetworkStatus2, "network-status-2", NetworkStatus2::RULES),
    known(Kind::KeyCertificate, "key-certificate", KeyCertificate::RULES),
    known(Kind::DetachedSignatures, "detached-signatures", DetachedSignatures::RULES),
    known(Kind::ConsensusDiff, "consensus-diff", ConsensusDiff::RULES),
    known(Kind::OnionDescriptor, "onion-descriptor", OnionDescriptor::RULES),
    known(Kind::OnionDescriptorMiddle, "onion-descriptor-middle", OnionDescriptorMiddle::RULES),
    known(Kind::OnionDescriptorInner, "onion-descriptor-inner", OnionDescriptorInner::RULES),
    known(Kind::OnionDescriptor2, "onion-descriptor-2", OnionDescriptor2::RULES),
    known(Kind::OnionDescriptor2Point, "onion-descriptor-2-point", OnionDescriptor2::POINT_RULES),
    known(Kind::ExitList, "exit-list", ExitList::RULES),
    known(Kind::Ed25519Certificate, "ed25519-certificate", &NO_ITEMS),
    known(Kind::BandwidthFile, "bandwidth-file", BandwidthFile::RULES),
    known(Kind::FallbackList, "fallback-list", FallbackList::RULES),
    known(Kind::AuthorityList, "authority-list", AuthorityList::RULES),
    known(Kind::SharedRandomState, "shared-random-state", SharedRandomState::RULES),
    known(Kind::State, "state", State::RULES),
];

const fn known(kind: Kind, name: &'static str, rules: &'static Rules) -> Known {
    Known { kind, name, rules }
}

impl Kind {
    /// All kinds.
    pub fn all() -> impl Iterator<Item = Self> {
        KNOWN.iter().map(|known| known.kind)
    }

    /// The name, which the folders of the fixtures have, too: `server-descriptor`.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.known().name
    }

    /// What a document of this kind has to be like.
    #[must_use]
    pub fn rules(self) -> &'static Rules {
        self.known().rules
    }

    /// All problems of a document of this kind, in the order of their places.
    ///
    /// There are a thousand at most, and behind them how many there are more.
    #[must_use]
    pub fn check(self, document: &Document<'_>) -> Vec<ParseError> {
        let mut problems = Problems::default();
        let found = &mut problems;
        let bare = match self {
            Self::OnionDescriptorMiddle => unpadded(*document),
            _ => *document,
        };
        if self != Self::Ed25519Certificate {
            find_strange_bytes(&bare, found);
        }
        match self {
            Self::ConsensusDiff => ConsensusDiff::read(bare).find_problems(found),
            Self::Ed25519Certificate => found.extend(Ed25519Certificate::check(bare)),
            Self::BandwidthFile => BandwidthFile::read(bare).find_problems(found),
            Self::FallbackList => FallbackList::read(bare).find_problems(found),
            Self::AuthorityList => AuthorityList::read(bare).find_problems(found),
            _ => self.rules().find_problems(&bare, found),
        }
        problems.sorted(document.span().end)
    }

    /// Whether documents of this kind are rows of items. The keywords in the rules
    /// of others are the keys of their pairs.
    #[must_use]
    pub fn has_items(self) -> bool {
        !matches!(
            self,
            Self::Ed25519Certificate
                | Self::BandwidthFile
                | Self::FallbackList
                | Self::AuthorityList
        )
    }

    fn known(self) -> &'static Known {
        &KNOWN[self as usize]
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Kind {
    type Err = UnknownKind;

    /// Takes a kind's own name or CollecTor's: `consensus`, `network-status-consensus-3`.
    fn from_str(name: &str) -> Result<Self, UnknownKind> {
        let mut all = Self::all();
        all.find(|kind| kind.name() == name)
            .or_else(|| CollectorType::named(name)?.read_as)
            .ok_or(UnknownKind)
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
    use crate::testing::{bad_documents, good_documents, kind_of, placed};

    #[test]
    fn is_that_of_the_folder() {
        for (path, kind, document) in good_documents() {
            let bare = match path {
                // All else that it has are entries.
                "netdoc/bridge-network-status/version-1.0" => document,
                _ => document.without_annotations(),
            };
            for document in [document, bare] {
                let mut all = stretches(document.as_bytes());
                let first = all.next().unwrap();
                assert_eq!(first.kind, Some(kind), "{path}");
                assert_eq!(all.next(), None, "{path}");
            }
        }
    }

    #[test]
    fn finds_nothing_wrong_with_good_documents() {
        for (path, kind, document) in good_documents() {
            let problems = kind.check(&document);
            assert_eq!(placed(&problems, document.as_bytes()), [""; 0], "{path}");
        }
    }

    #[test]
    fn finds_something_wrong_with_bad_documents() {
        let unseen: Vec<_> = bad_documents()
            .filter(|(_, kind, document)| kind.check(document).is_empty())
            .map(|(path, ..)| path)
            .collect();
        assert_eq!(unseen, [""; 0]);
    }

    #[test]
    fn finds_the_same_problems_in_a_part() {
        const BEFORE: &[u8] = b"network-status-version 3\n";
        for (path, kind, document) in good_documents().chain(bad_documents()) {
            let source = [BEFORE, document.as_bytes(), b"\nbehind"].concat();
            let end = BEFORE.len() + document.as_bytes().len();
            let part = Document::new(&source).part(BEFORE.len(), end);
            let mut expected = kind.check(&document);
            for wrong in &mut expected {
                wrong.span.start += BEFORE.len();
                wrong.span.end += BEFORE.len();
            }
            assert_eq!(kind.check(&part), expected, "{path}");
        }
    }

    #[test]
    fn is_found_by_its_name() {
        for (index, kind) in Kind::all().enumerate() {
            assert_eq!(kind as usize, index, "{kind} is not in the order of Kind");
            assert_eq!(kind.name().parse(), Ok(kind));
            let word = alloc::format!("{kind:?}").to_lowercase();
            assert_eq!(kind.name().replace('-', ""), word);
        }
        assert_eq!("tordnsel".parse(), Ok(Kind::ExitList));
        assert_eq!("router".parse::<Kind>(), Err(UnknownKind));
    }

    #[test]
    fn has_the_name_that_the_fixtures_say() {
        for fixture in tor_fixtures::all() {
            if let Some(kind) = fixture.path.strip_prefix("netdoc/").map(|_| fixture.kind) {
                let own = kind_of(fixture.path).unwrap();
                assert_eq!(alloc::format!("{own:?}"), alloc::format!("{kind:?}"));
            }
        }
    }
}
