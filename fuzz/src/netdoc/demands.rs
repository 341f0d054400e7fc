//! What kinds demand beyond their tables.

use std::collections::BTreeSet;

use tor_harness_netdoc::{Kind, OwnedItem};

use super::change::words;
use super::status;

/// Makes a drawn document meet what [`Kind::check`] demands beyond the table of a kind, and what a
/// file is told by that holds such a document.
type Meet = fn(&mut Vec<OwnedItem>);

/// The kinds that demand such things, a line each.
static DEMANDS: &[(Kind, Meet)] = &[
    (Kind::ServerDescriptor, |items| no_negative_uptime(items)),
    (Kind::Microdescriptor, one_identity_of_each_type),
    (Kind::BridgeServerDescriptor, digest_first),
    (Kind::BridgeExtraInfo, digest_first),
    (Kind::Consensus, status::consensus),
    (Kind::Consensus, |items| status::ns_signatures(items)),
    (Kind::ConsensusMicrodesc, status::consensus),
    (Kind::Vote, status::vote),
    (Kind::KeyCertificate, |items| status::key_certificate(items)),
    (Kind::DetachedSignatures, |items| status::timeline(items)),
    (Kind::SharedRandomState, |items| {
        commented(items, "# Tor shared random state file");
    }),
    (Kind::State, |items| commented(items, "# Tor state file")),
];

/// Makes the items of a drawn document meet all that its kind demands.
pub(super) fn meet_demands(kind: Kind, items: &mut Vec<OwnedItem>) {
    for (_, meet) in DEMANDS.iter().filter(|(demanding, _)| *demanding == kind) {
        meet(items);
    }
}

/// A bridge's document is told from a relay's by a digest before any key: it stands in front,
/// or there is no key.
fn digest_first(items: &mut Vec<OwnedItem>) {
    let digest = items
        .iter()
        .position(|item| item.keyword == "router-digest-sha256");
    match digest {
        Some(digest) => items[1..=digest].rotate_right(1),
        None => items.retain(|item| item.keyword != "onion-key"),
    }
}

/// Only what a tor wrote that is very old may have one.
fn no_negative_uptime(items: &mut [OwnedItem]) {
    for item in items.iter_mut().filter(|item| item.keyword == "uptime") {
        if let Some(text) = item.text.as_mut().filter(|text| text.starts_with(b"-")) {
            text.remove(0);
        }
    }
}

fn one_identity_of_each_type(items: &mut Vec<OwnedItem>) {
    let mut types = BTreeSet::new();
    items.retain(|item| item.keyword != "id" || types.insert(words(item).swap_remove(0)));
}

/// tor's own files begin with a comment.
fn commented(items: &mut Vec<OwnedItem>, comment: &str) {
    items.insert(0, OwnedItem::default().text(comment));
}
