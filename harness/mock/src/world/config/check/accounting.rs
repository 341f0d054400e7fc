//! When the period starts in which bandwidth is counted.

use super::super::store::Config;
use crate::world::accounting::Period;

/// `day TIME`, `week DAY TIME` or `month DAY TIME`.
pub(super) fn start(config: &mut Config) -> Result<(), String> {
    let line = config.value("AccountingStart").unwrap_or_default();
    match Period::parse(line) {
        Some(_) => Ok(()),
        None => Err("Failed to parse accounting options. See logs for details.".into()),
    }
}
