//! Bytes as they come over a connection: in any pieces.

use proptest::collection::vec;
use proptest::prelude::*;

/// Sizes of pieces, small and large, for [`cut`].
///
/// Never empty, and never a size of zero.
pub fn cuts() -> impl Strategy<Value = Vec<usize>> {
    vec(prop_oneof![4 => 1..8usize, 1 => 8..5000usize], 1..20)
}

/// Cuts bytes into pieces of these sizes, over and over until none are left.
pub fn cut<'b>(bytes: &'b [u8], sizes: &[usize]) -> impl Iterator<Item = &'b [u8]> {
    let mut rest = bytes;
    sizes.iter().cycle().map_while(move |size| {
        let (piece, after) = rest.split_at(rest.len().min((*size).max(1)));
        rest = after;
        (!piece.is_empty()).then_some(piece)
    })
}
