//! What kinds demand beyond their tables.

use tor_harness_netdoc::{Kind, OwnedItem};

/// Makes a drawn document meet what [`Kind::check`] demands beyond the table of a kind.
type Meet = fn(&mut Vec<OwnedItem>);

/// The kinds that demand such things, a line each.
static DEMANDS: &[(Kind, Meet)] = &[];

/// Makes the items of a drawn document meet all that its kind demands.
pub(super) fn meet_demands(kind: Kind, items: &mut Vec<OwnedItem>) {
    for (_, meet) in DEMANDS.iter().filter(|(demanding, _)| *demanding == kind) {
        meet(items);
    }
}
