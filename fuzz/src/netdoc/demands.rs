//! What kinds demand beyond their tables.

use tor_harness_netdoc::{Kind, OwnedItem};

/// Makes the items of a drawn document meet what [`Kind::check`] demands beyond the table of
/// the kind: an arm for each kind that has such demands.
pub(super) fn meet_demands(kind: Kind, items: &mut [OwnedItem]) {
    match kind {
        _ => drop((kind, items)),
    }
}
