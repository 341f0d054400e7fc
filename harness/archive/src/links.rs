//! Which documents refer to others that are not there.

use std::collections::{HashMap, HashSet};
use std::fmt;

use data_encoding::{BASE64_NOPAD, HEXUPPER};
use tor_harness_netdoc::{Arguments, ConsensusDiff, DetachedSignatures, Item, Kind, base64, hex};

use crate::archive::Archive;
use crate::digest::digests;
use crate::error::ArchiveError;
use crate::found::{Found, Place};

/// What one document is known by, and what it refers to.
#[derive(Clone, Debug)]
struct Mentions {
    place: Place,
    /// What it is known by; nothing if nobody refers to its kind.
    names: Vec<Name>,
    refers: Vec<Name>,
}

/// A document by its digest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Name {
    ServerDescriptor([u8; 20]),
    ExtraInfo([u8; 20]),
    ExtraInfoSha256([u8; 32]),
    Microdescriptor([u8; 32]),
    Vote([u8; 20]),
    Consensus([u8; 20]),
    ConsensusSha3([u8; 32]),
}

/// Checks that documents refer to one another: server descriptors to
/// extra-infos, by SHA-1 and SHA-256; consensuses to votes, and to server
/// descriptors or microdescriptors; votes to server descriptors; detached
/// signatures and consensus diffs to consensuses.
///
/// It keeps the digests of all documents, the places of those that refer or
/// are referred to, and an entry for each reference: a consensus has one for
/// each relay, so of many consensuses that is most of it.
#[derive(Clone, Debug, Default)]
pub struct Links {
    there: HashMap<Name, usize>,
    documents: Vec<Place>,
    referred: HashSet<Name>,
    links: Vec<(usize, Name)>,
}

/// What [`Links`] found.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// What refers to something that is not there, in the order of the documents.
    pub missing: Vec<Link>,
    /// Server descriptors, extra-infos and microdescriptors that nobody refers to.
    pub unreferred: Vec<Place>,
}

/// A reference to a document that is not there.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Link {
    /// Where the document is that refers to it.
    pub from: Place,
    /// What it refers to: `extra-info`, with its digest as it is written there.
    pub to: String,
}

impl Links {
    /// Checks all documents of an archive; with what could not be read.
    #[must_use]
    pub fn check(archive: Archive) -> (Report, Vec<ArchiveError>) {
        let mut links = Self::default();
        let mut errors = Vec::new();
        for mentions in archive.map(|found| Mentions::of(&found)) {
            match mentions {
                Ok(mentions) => links.add_mentions(mentions),
                Err(error) => errors.push(error),
            }
        }
        (links.report(), errors)
    }

    /// One more document.
    pub fn add(&mut self, found: &Found<'_>) {
        self.add_mentions(Mentions::of(found));
    }

    fn add_mentions(&mut self, mentions: Mentions) {
        let Mentions {
            place,
            names,
            refers,
        } = mentions;
        if names.is_empty() && refers.is_empty() {
            return;
        }
        let document = self.documents.len();
        self.documents.push(place);
        for name in names {
            // The same document again is no other.
            self.there.entry(name).or_insert(document);
        }
        for name in refers {
            self.referred.insert(name);
            self.links.push((document, name));
        }
    }

    /// What was found.
    #[must_use]
    pub fn report(&self) -> Report {
        let missing = self.links.iter();
        let missing = missing.filter(|(_, name)| !self.there.contains_key(name));
        let missing = missing.map(|(from, name)| Link {
            from: self.documents[*from].clone(),
            to: name.to_string(),
        });
        let referred: HashSet<_> = self
            .referred
            .iter()
            .filter_map(|name| self.there.get(name))
            .collect();
        let named = self.there.iter();
        let named = named.filter(|(name, _)| name.is_for_others());
        let there: HashSet<_> = named.map(|(_, document)| document).collect();
        let mut unreferred: Vec<_> = there.difference(&referred).copied().collect();
        unreferred.sort_unstable();
        Report {
            missing: missing.collect(),
            unreferred: unreferred
                .into_iter()
                .map(|document| self.documents[*document].clone())
                .collect(),
        }
    }
}

impl Name {
    /// Whether somebody should refer to such a document.
    fn is_for_others(&self) -> bool {
        use Name::{ExtraInfo, ExtraInfoSha256, Microdescriptor, ServerDescriptor};
        matches!(
            self,
            ServerDescriptor(_) | ExtraInfo(_) | ExtraInfoSha256(_) | Microdescriptor(_)
        )
    }
}

impl Mentions {
    fn of(found: &Found<'_>) -> Self {
        let document = found.document;
        let mut mentions = Self {
            place: found.place.clone(),
            names: Vec::new(),
            refers: Vec::new(),
        };
        let Some(kind) = found.kind else {
            return mentions;
        };
        let digests = digests(kind, document);
        let Self { names, refers, .. } = &mut mentions;
        match kind {
            Kind::ServerDescriptor | Kind::BridgeServerDescriptor => {
                names.extend(digests.sha1.map(Name::ServerDescriptor));
                let line = document.item("extra-info-digest");
                let mut words = line.into_iter().flat_map(|line| line.arguments());
                refers.extend(words.next().and_then(hex).map(Name::ExtraInfo));
                refers.extend(words.next().and_then(base64).map(Name::ExtraInfoSha256));
            }
            Kind::ExtraInfo | Kind::BridgeExtraInfo => {
                names.extend(digests.sha1.map(Name::ExtraInfo));
                names.extend(digests.sha256.map(Name::ExtraInfoSha256));
            }
            Kind::Microdescriptor => names.extend(digests.sha256.map(Name::Microdescriptor)),
            Kind::Consensus | Kind::Vote => {
                let name = match kind {
                    Kind::Vote => Name::Vote,
                    _ => Name::Consensus,
                };
                names.extend(digests.sha1.map(name));
                names.extend(digests.sha3_256.map(Name::ConsensusSha3));
                refers.extend(document.items().filter_map(|item| {
                    referred(&item, b"r", |mut words| {
                        words.nth(2).and_then(base64).map(Name::ServerDescriptor)
                    })
                }));
            }
            // In this one `r` has no digest; in a vote `m` has other words.
            Kind::ConsensusMicrodesc => {
                names.extend(digests.sha3_256.map(Name::ConsensusSha3));
                refers.extend(document.items().filter_map(|item| {
                    referred(&item, b"m", |mut words| {
                        words.next().and_then(base64).map(Name::Microdescriptor)
                    })
                }));
            }
            Kind::DetachedSignatures => {
                let read = DetachedSignatures::read(document);
                refers.extend(read.consensus_digest().ok().flatten().map(Name::Consensus));
            }
            Kind::ConsensusDiff => {
                let from = ConsensusDiff::read(document).from_digest();
                refers.extend(from.ok().map(Name::ConsensusSha3));
            }
            _ => {}
        }
        if matches!(kind, Kind::Consensus | Kind::ConsensusMicrodesc) {
            refers.extend(document.items().filter_map(|item| {
                referred(&item, b"vote-digest", |mut words| {
                    words.next().and_then(hex).map(Name::Vote)
                })
            }));
        }
        mentions
    }
}

/// What an item refers to, if it has this keyword.
fn referred(
    item: &Item<'_>,
    keyword: &[u8],
    read: impl FnOnce(Arguments<'_>) -> Option<Name>,
) -> Option<Name> {
    (item.keyword_bytes() == keyword)
        .then(|| read(item.arguments()))
        .flatten()
}

/// What it is, and its digest as documents write it.
impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ServerDescriptor(digest) => {
                write!(f, "server descriptor {}", HEXUPPER.encode(digest))
            }
            Self::ExtraInfo(digest) => write!(f, "extra-info {}", HEXUPPER.encode(digest)),
            Self::ExtraInfoSha256(digest) => {
                write!(f, "extra-info {}", BASE64_NOPAD.encode(digest))
            }
            Self::Microdescriptor(digest) => {
                write!(f, "microdescriptor {}", BASE64_NOPAD.encode(digest))
            }
            Self::Vote(digest) => write!(f, "vote {}", HEXUPPER.encode(digest)),
            Self::Consensus(digest) => write!(f, "consensus {}", HEXUPPER.encode(digest)),
            Self::ConsensusSha3(digest) => write!(f, "consensus {}", HEXUPPER.encode(digest)),
        }
    }
}
