//! What kinds demand beyond their tables.

use tor_harness_netdoc::{Kind, OwnedItem};

/// Makes a drawn document meet what [`Kind::check`] demands beyond the table of a kind.
type Meet = fn(&mut Vec<OwnedItem>);

/// The kinds that demand such things, a line each.
static DEMANDS: &[(Kind, Meet)] = &[];

/// The kinds of which [`document()`](super::document()) does not draw good documents: their laws,
/// or what begins them, or what they are made of is not in their tables.
const BEYOND: &[Kind] = &[
    Kind::BridgeServerDescriptor,
    Kind::Consensus,
    Kind::MicrodescConsensus,
    Kind::Vote,
    Kind::BridgeStatus,
    Kind::KeyCertificate,
    Kind::DetachedSignatures,
    Kind::ConsensusDiff,
    Kind::ExitList,
    Kind::Ed25519Certificate,
    Kind::BandwidthFile,
    Kind::FallbackList,
    Kind::AuthorityList,
    Kind::SharedRandomState,
    Kind::State,
];

/// The kinds of which good documents are drawn.
pub fn drawn_kinds() -> impl Iterator<Item = Kind> {
    Kind::all().filter(|kind| !BEYOND.contains(kind))
}

/// Makes the items of a drawn document meet all that its kind demands.
pub(super) fn meet_demands(kind: Kind, items: &mut Vec<OwnedItem>) {
    for (_, meet) in DEMANDS.iter().filter(|(demanding, _)| *demanding == kind) {
        meet(items);
    }
}
