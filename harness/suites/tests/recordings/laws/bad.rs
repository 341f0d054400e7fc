//! A document that was made wrong on purpose.

use tor_harness::fixtures::{Fixture, find};
use tor_harness::runner::{Failed, TestResult};

/// It names the good one that it was made from, is of its kind, and differs.
pub(crate) fn bad(fixture: &Fixture) -> TestResult {
    let (good, reason) = fixture.command.split_once(' ').unwrap_or_default();
    let good = find(good).ok_or("a bad document that names no good one")?;
    let differs = good.kind == fixture.kind && good.bytes != fixture.bytes;
    match differs && !reason.is_empty() {
        true => Ok(()),
        false => Err(Failed::from(format!(
            "{} is not made from {}",
            fixture.path, good.path
        ))),
    }
}
