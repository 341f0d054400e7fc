//! Rules that several kinds share.

use super::rule::Rule;

/// The rules of several tables in one, of which the first begins the section.
///
/// # Panics
/// If `N` is not the sum of their lengths: when it is compiled.
pub(crate) const fn joined<const N: usize>(tables: &[&[Rule]]) -> [Rule; N] {
    let mut all = [tables[0][0]; N];
    let mut length = 0;
    let mut table = 0;
    while table < tables.len() {
        let mut rule = 0;
        while rule < tables[table].len() {
            all[length] = tables[table][rule];
            length += 1;
            rule += 1;
        }
        table += 1;
    }
    assert!(length == N);
    all
}
