//! Which kind of document something is.

use alloc::vec::Vec;
use core::fmt;
use core::str::FromStr;

use super::bridge_extra_info::BridgeExtraInfo;
use super::bridge_server_descriptor::BridgeServerDescriptor;
use super::extra_info::ExtraInfo;
use super::microdescriptor::Microdescriptor;
use super::server_descriptor::ServerDescriptor;
use crate::rules::{ParseError, Rules};
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
        document.check(self.rules())
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
