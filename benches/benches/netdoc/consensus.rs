//! Consensuses as long as those of the public network.

use criterion::Criterion;
use tor_harness_benches::Load;

use crate::depths;

pub(crate) fn benches(criterion: &mut Criterion) {
    for kind in ["consensus", "consensus-microdesc"] {
        if let Some(load) = Load::consensus(kind) {
            depths::benches(criterion, &load);
        }
    }
}
