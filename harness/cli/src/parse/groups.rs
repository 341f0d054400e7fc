//! What has the same name, together.

use std::ops::Range;

/// Sorts `all` by name, those of the same name by place; gives the ranges of the
/// same name, in the order of their first places.
pub(super) fn grouped<'n, T>(
    all: &mut [T],
    name: impl Fn(&T) -> &'n [u8],
    place: impl Fn(&T) -> u32,
) -> Vec<Range<usize>> {
    all.sort_unstable_by(|one, other| {
        let by_name = name(one).cmp(name(other));
        by_name.then_with(|| place(one).cmp(&place(other)))
    });
    let mut groups = Vec::new();
    let mut start = 0;
    for group in all.chunk_by(|one, other| name(one) == name(other)) {
        groups.push(start..start + group.len());
        start += group.len();
    }
    groups.sort_unstable_by_key(|group| place(&all[group.start]));
    groups
}
