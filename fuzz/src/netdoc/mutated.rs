//! Documents that were good once.

use proptest::collection::vec;
use proptest::prelude::*;
use tor_harness_netdoc::Kind;

use super::document::any_document;
use crate::mutation::mutation;

/// The bytes of a document of any kind, changed in a few places, with the kind that it was of.
pub fn mutated() -> impl Strategy<Value = (Kind, Vec<u8>)> {
    (any_document(), vec(mutation(), 1..5)).prop_map(|(drawn, mutations)| {
        let mut bytes = drawn.encode();
        let other = bytes.clone();
        for mutation in mutations {
            mutation.apply(&mut bytes, &other);
        }
        (drawn.kind, bytes)
    })
}
