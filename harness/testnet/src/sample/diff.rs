//! A consensus diff.

use tor_harness_netdoc::{Builder, ConsensusDiff, Document, Kind, OwnedItem};

use super::kinds::consensus;
use super::network::NETWORK;

/// From the sample consensus to one with another bandwidth of the last relay.
pub(super) fn diff() -> Builder {
    let old = consensus();
    let last = NETWORK.all_relays().len() - 1;
    let new = old
        .clone()
        .part("r", last, |entry| entry.set("w", "Bandwidth=1"));
    let diff = ConsensusDiff::between(&old.encode(), &new.encode());
    let diff = diff.expect("no line of a consensus is a dot");
    let items = Document::new(&diff).items().map(OwnedItem::from);
    items.fold(Builder::new(Kind::ConsensusDiff), Builder::push)
}
