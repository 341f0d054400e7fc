//! How a document begins, and what it goes on with.

use memchr::memmem;

use super::ed25519_certificate::Ed25519Certificate;
use super::kind::Kind;
use crate::structure::{Document, Item, cut_line};

impl Kind {
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
            b"network-status-version" => Some(status_begun_by(item, rest)),
            b"r" => Some(Self::RouterStatus),
            b"published" => match rest.items().next()?.keyword_bytes() {
                b"flag-thresholds" | b"fingerprint" | b"r" => Some(Self::BridgeStatus),
                _ => None,
            },
            b"dir-key-certificate-version" => Some(Self::KeyCertificate),
            b"consensus-digest" => Some(Self::DetachedSignatures),
            b"network-status-diff-version" => Some(Self::ConsensusDiff),
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
