//! Which kind of document something is.

use alloc::vec::Vec;
use core::fmt;
use core::str::FromStr;

use memchr::memmem;

use super::bridge_extra_info::BridgeExtraInfo;
use super::bridge_server_descriptor::BridgeServerDescriptor;
use super::ed25519_certificate::Ed25519Certificate;
use super::entries::{AuthorityList, BandwidthFile, FallbackList};
use super::exit_list::ExitList;
use super::extra_info::ExtraInfo;
use super::microdescriptor::Microdescriptor;
use super::onion_descriptor::{
    OnionDescriptor, OnionDescriptorInner, OnionDescriptorMiddle, unpadded,
};
use super::onion_descriptor_2::OnionDescriptor2;
use super::server_descriptor::ServerDescriptor;
use super::state::{self, SharedRandomState, State};
use crate::rules::{ParseError, Rule, Rules, Section, Times};
use crate::structure::{Document, Item, cut_line};

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
    Known { kind: Kind::OnionDescriptor, name: "onion-descriptor", rules: OnionDescriptor::RULES },
    Known { kind: Kind::OnionDescriptorMiddle, name: "onion-descriptor-middle", rules: OnionDescriptorMiddle::RULES },
    Known { kind: Kind::OnionDescriptorInner, name: "onion-descriptor-inner", rules: OnionDescriptorInner::RULES },
    Known { kind: Kind::OnionDescriptor2, name: "onion-descriptor-2", rules: OnionDescriptor2::RULES },
    Known { kind: Kind::OnionDescriptor2Point, name: "onion-descriptor-2-point", rules: OnionDescriptor2::POINT_RULES },
    Known { kind: Kind::ExitList, name: "tordnsel", rules: ExitList::RULES },
    Known { kind: Kind::Ed25519Certificate, name: "ed25519-certificate", rules: &NO_ITEMS },
    Known { kind: Kind::BandwidthFile, name: "bandwidth-file", rules: BandwidthFile::RULES },
    Known { kind: Kind::FallbackList, name: "fallback-list", rules: FallbackList::RULES },
    Known { kind: Kind::AuthorityList, name: "authority-list", rules: AuthorityList::RULES },
    Known { kind: Kind::SharedRandomState, name: "sr-state", rules: SharedRandomState::RULES },
    Known { kind: Kind::State, name: "state", rules: State::RULES },
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
        match self {
            Self::Ed25519Certificate => Ed25519Certificate::check(*document),
            Self::BandwidthFile => BandwidthFile::read(*document).check(),
            Self::FallbackList => FallbackList::read(*document).check(),
            Self::AuthorityList => AuthorityList::read(*document).check(),
            Self::SharedRandomState | Self::State => state::check(document, self.rules()),
            Self::OnionDescriptorMiddle => unpadded(*document).check(self.rules()),
            _ => document.check(self.rules()),
        }
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

    /// Whether a document goes on to the next annotation, whatever its lines look like.
    pub(super) fn is_never_cut(self) -> bool {
        !self.has_items() || matches!(self, Self::SharedRandomState | Self::State)
    }

    /// The kind of the document that begins with `item`, annotations not
    /// counted; `rest` is what follows the item.
    ///
    /// A few kinds begin with the same keyword: what tells them apart comes soon.
    pub(super) fn begun_by(item: &Item<'_>, rest: Document<'_>) -> Option<Self> {
        match item.keyword_bytes() {
            b"router" if is_sanitised(rest) => Some(Self::BridgeServerDescriptor),
            b"router" => Some(Self::ServerDescriptor),
            b"extra-info" if is_sanitised(rest) => Some(Self::BridgeExtraInfo),
            b"extra-info" => Some(Self::ExtraInfo),
            b"onion-key" => Some(Self::Microdescriptor),
            b"hs-descriptor" => Some(Self::OnionDescriptor),
            b"desc-auth-type" => Some(Self::OnionDescriptorMiddle),
            b"create2-formats" => Some(Self::OnionDescriptorInner),
            b"rendezvous-service-descriptor" => Some(Self::OnionDescriptor2),
            b"introduction-point" => Some(Self::OnionDescriptor2Point),
            b"Downloaded" | b"ExitNode" => Some(Self::ExitList),
            _ => None,
        }
    }

    /// The same of kinds without items, which begin only where nothing else has begun:
    /// `line` is what an item would be, `rest` what follows it.
    pub(super) fn begun_without_item(line: &Item<'_>, rest: Document<'_>) -> Option<Self> {
        let line = line.line();
        let rest = rest.as_bytes();
        // A file of many stretches is not searched to its end for each.
        let soon = &rest[..rest.len().min(4096)];
        let is_timestamp = (9..=10).contains(&line.len()) && line.iter().all(u8::is_ascii_digit);
        let [is_comment, is_string] = [&b"/*"[..], b"\""].map(|start| line.starts_with(start));
        let has = |part| {
            [line, soon]
                .iter()
                .any(|text| memmem::find(text, part).is_some())
        };
        match line {
            Ed25519Certificate::BEGIN => Some(Self::Ed25519Certificate),
            _ if line.starts_with(b"# Tor shared random state") => Some(Self::SharedRandomState),
            _ if line.starts_with(b"# Tor state file") => Some(Self::State),
            _ if is_timestamp && cut_line(rest).0.contains(&b'=') => Some(Self::BandwidthFile),
            _ if (is_comment || is_string) && has(b" orport=") => Some(match has(b" id=") {
                true => Self::FallbackList,
                false => Self::AuthorityList,
            }),
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
    use crate::testing::placed;

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

    fn is_bad(path: &str) -> bool {
        path.contains("/bad/")
    }

    #[test]
    fn is_that_of_the_folder() {
        for (kind, path, bytes) in documents().filter(|(_, path, _)| !is_bad(path)) {
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
        for (kind, path, bytes) in documents().filter(|(_, path, _)| !is_bad(path)) {
            let problems = kind.check(&Document::new(bytes));
            assert_eq!(placed(&problems, bytes), [""; 0], "{path}");
        }
    }

    #[test]
    fn finds_something_wrong_with_bad_documents() {
        let mut unseen = Vec::new();
        for (kind, path, bytes) in documents().filter(|(_, path, _)| is_bad(path)) {
            if kind.check(&Document::new(bytes)).is_empty() {
                unseen.push(path);
            }
        }
        assert_eq!(unseen, [""; 0]);
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
