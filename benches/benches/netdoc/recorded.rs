//! Documents as they were recorded.

use criterion::Criterion;
use tor_harness_benches::Load;

use crate::depths;

const KINDS: [&str; 7] = [
    "server-descriptor",
    "extra-info",
    "microdescriptor",
    "key-certificate",
    "onion-descriptor",
    "vote",
    "bandwidth-file",
];

pub(crate) fn benches(criterion: &mut Criterion) {
    for kind in KINDS {
        if let Some(load) = Load::document(kind) {
            depths::benches(criterion, &load);
        }
    }
}
