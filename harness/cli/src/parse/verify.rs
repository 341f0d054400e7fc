//! What documents are verified by.

use anyhow::{Context as _, Result};
use tor_harness::archive::Evidence;

use super::run::sources;
use crate::args::ParseArgs;

/// What the arguments name.
pub(super) fn evidence(args: &ParseArgs) -> Result<Evidence> {
    let mut evidence = Evidence::default();
    if let Some(archive) = sources(&args.authorities) {
        evidence.trust(archive).context("--authorities")?;
    }
    if let Some(archive) = sources(&args.against) {
        evidence.add(archive).context("--against")?;
    }
    Ok(evidence)
}
