//! What is left to chance, out of a seed.

use crate::seed::Seed;

/// Whether something happens that does so many times in 1000.
pub(super) fn happens(seed: Seed, label: &str, of_thousand: u32) -> bool {
    seed.below(label, 1000) < of_thousand.into()
}

/// A bandwidth, by so many parts of 1000 more or less at most.
pub(super) fn varied(bandwidth: u32, seed: Seed, of_thousand: u32) -> u32 {
    let most = i128::from(of_thousand);
    let change = i128::from(seed.below("bandwidth", 2 * u64::from(of_thousand) + 1)) - most;
    let bandwidth = i128::from(bandwidth) * (1000 + change);
    // To the nearest, or all would get less and less.
    let bandwidth = (bandwidth.max(0) + 500) / 1000;
    u32::try_from(bandwidth).unwrap_or(u32::MAX)
}
