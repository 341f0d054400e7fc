//! How a document begins, and what it goes on with.

use memchr::memmem;

use super::kind::Kind;
use crate::forms::Ed25519Certificate;
use crate::structure::{Document, Item, cut_line};

impl Kind {
    /// The kind of the document that begins with `item`, annotations not
    /// counted; `rest` is what follows the item.
    ///
    /// A few kinds begin with the same keyword: what tells them apart comes soon.
    pub(super) fn begun_by(item: &Item<'_>, rest: Document<'_>) -> Option<Self> {
        beginning(item.keyword_bytes())?(item, rest)
    }

    /// Whether a document of some kind, or an annotation, may begin with this line:
    /// not so with most lines, which has to be said fast.
    #[inline]
    pub(super) fn may_begin_with(line: &[u8]) -> bool {
        match *line {
            [first, second, ..] => STARTS[usize::from(first)] & bit(second) != 0,
            [first] => STARTS[usize::from(first)] != 0,
            [] => false,
        }
    }

    /// Whether a document of some kind may begin with this keyword.
    pub(super) fn is_beginning(keyword: &[u8]) -> bool {
        beginning(keyword).is_some()
    }

    /// The same of kinds without items, which begin only where nothing else has begun:
    /// `line` is what an item would be, `rest` what follows it.
    pub(super) fn begun_without_item(line: &Item<'_>, rest: Document<'_>) -> Option<Self> {
        let line = line.line();
        let rest = rest.as_bytes();
        // A file of many stretches is not searched to its end for each.
        let soon = &rest[..rest.len().min(4096)];
        let is_timestamp = !line.is_empty() && line.iter().all(u8::is_ascii_digit);
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

    /// Whether a document of this kind goes on with such an item.
    pub(super) fn goes_on_with(self, keyword: &[u8]) -> bool {
        // Lines of a consensus are in a diff.
        self == Self::ConsensusDiff || self.rules().knows(keyword)
    }

    /// Whether a document goes on to the next annotation, whatever its lines look like.
    pub(super) fn is_never_cut(self) -> bool {
        !self.has_items() || matches!(self, Self::SharedRandomState | Self::State)
    }
}

/// What tells the kind of a document that begins with a keyword, from its first
/// item and what follows.
type Beginning = fn(&Item<'_>, Document<'_>) -> Option<Kind>;

/// The keywords that documents begin with.
static BEGINNINGS: [(&str, Beginning); 17] = [
    ("router", |_, rest| {
        Some(match is_sanitised(rest) {
            true => Kind::BridgeServerDescriptor,
            false => Kind::ServerDescriptor,
        })
    }),
    ("extra-info", |_, rest| {
        Some(match is_sanitised(rest) {
            true => Kind::BridgeExtraInfo,
            false => Kind::ExtraInfo,
        })
    }),
    ("onion-key", |_, _| Some(Kind::Microdescriptor)),
    ("network-status-version", |item, rest| {
        Some(status_begun_by(item, rest))
    }),
    ("r", |_, _| Some(Kind::RouterStatus)),
    ("published", |_, rest| {
        match rest.items().next()?.keyword_bytes() {
            b"flag-thresholds" | b"fingerprint" | b"r" => Some(Kind::BridgeNetworkStatus),
            _ => None,
        }
    }),
    ("dir-key-certificate-version", |_, _| {
        Some(Kind::KeyCertificate)
    }),
    ("consensus-digest", |_, _| Some(Kind::DetachedSignatures)),
    ("valid-after", |_, rest| {
        match rest.items().nth(2)?.keyword_bytes() {
            b"additional-digest" | b"additional-signature" | b"directory-signature" => {
                Some(Kind::DetachedSignatures)
            }
            _ => None,
        }
    }),
    ("network-status-diff-version", |_, _| {
        Some(Kind::ConsensusDiff)
    }),
    ("hs-descriptor", |_, _| Some(Kind::OnionDescriptor)),
    ("desc-auth-type", |_, _| Some(Kind::OnionDescriptorMiddle)),
    ("create2-formats", |_, _| Some(Kind::OnionDescriptorInner)),
    ("rendezvous-service-descriptor", |_, _| {
        Some(Kind::OnionDescriptor2)
    }),
    ("introduction-point", |_, rest| {
        Some(match is_of_version_3(rest) {
            true => Kind::OnionDescriptorInner,
            false => Kind::OnionDescriptor2Point,
        })
    }),
    ("Downloaded", |_, _| Some(Kind::ExitList)),
    ("ExitNode", |_, _| Some(Kind::ExitList)),
];

fn beginning(keyword: &[u8]) -> Option<Beginning> {
    let mut all = BEGINNINGS.iter();
    let found = all.find(|(beginning, _)| beginning.as_bytes() == keyword);
    found.map(|(_, beginning)| *beginning)
}

/// For each byte that a beginning or an `opt` before one starts with, which bytes
/// come next: a bit for each remainder by 32.
static STARTS: [u32; 256] = {
    let mut starts = [0; 256];
    let mut at = 0;
    while at < BEGINNINGS.len() {
        let word = BEGINNINGS[at].0.as_bytes();
        starts[word[0] as usize] |= match word {
            [_, second, ..] => bit(*second),
            _ => bit(b' ') | bit(b'\t'),
        };
        at += 1;
    }
    starts[b'o' as usize] |= bit(b'p');
    starts[b'@' as usize] = u32::MAX;
    starts
};

/// The bit of a byte that comes next.
const fn bit(byte: u8) -> u32 {
    1 << (byte % 32)
}

/// Whether what follows the first item of a relay's document is of a bridge and
/// sanitised: whether it names a digest before anything that sanitising removes.
fn is_sanitised(rest: Document<'_>) -> bool {
    let ends = rest.items().find_map(|item| match item.keyword_bytes() {
        b"router-digest" | b"router-digest-sha256" => Some(true),
        b"identity-ed25519" | b"onion-key" | b"signing-key" | b"router-signature" => Some(false),
        keyword => (item.is_annotation() || begins_another(keyword)).then_some(false),
    });
    ends.unwrap_or(false)
}

/// Whether an item begins a document behind a relay's: it would not go on with it.
fn begins_another(keyword: &[u8]) -> bool {
    let kinds = [Kind::BridgeServerDescriptor, Kind::BridgeExtraInfo];
    let is_first = |kind: &Kind| kind.rules().first().as_bytes() == keyword;
    Kind::is_beginning(keyword)
        && (kinds.iter().any(is_first) || !kinds.iter().any(|kind| kind.goes_on_with(keyword)))
}

/// Whether what follows is of an introduction point of a version 3 onion service, which is a
/// part of the inner layer: whether it has a key of that version before anything of version 2.
fn is_of_version_3(rest: Document<'_>) -> bool {
    let tells = rest
        .items()
        .take(8)
        .find_map(|item| match item.keyword_bytes() {
            b"auth-key" | b"enc-key" | b"enc-key-cert" => Some(true),
            b"ip-address" | b"onion-port" | b"service-key" | b"introduction-point" => Some(false),
            _ => None,
        });
    tells.unwrap_or(false)
}

/// Which status document begins with an item `network-status-version`.
fn status_begun_by(item: &Item<'_>, rest: Document<'_>) -> Kind {
    let mut words = item.arguments();
    match (words.next(), words.next()) {
        (Some(b"2"), _) => return Kind::NetworkStatus2,
        (_, Some(b"microdesc")) => return Kind::ConsensusMicrodesc,
        _ => {}
    }
    let mut soon = rest.items().take(3);
    let status = soon.find(|item| item.keyword_bytes() == b"vote-status");
    match status.and_then(|item| item.arguments().next()) {
        Some(b"vote" | b"opinion") => Kind::Vote,
        _ => Kind::Consensus,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_the_first_rule() {
        for kind in Kind::all().filter(|kind| !kind.is_never_cut()) {
            assert!(
                Kind::is_beginning(kind.rules().first().as_bytes()),
                "{kind}"
            );
        }
    }
}
