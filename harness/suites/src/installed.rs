//! What of others the tests use.

use std::path::{Path, PathBuf};

/// The path of what `.ci/install` puts into the folder `target`, as `venv/bin/python`.
///
/// It may not be there: a test that needs it is skipped then.
pub fn installed(path: &str) -> PathBuf {
    let target = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target");
    target.canonicalize().unwrap_or(target).join(path)
}
