//! Bytes next to those that were recorded.

use tor_harness::runner::Failed;

/// Fails with the first line that differs.
pub(crate) fn same(encoded: &[u8], recorded: &[u8]) -> Result<(), Failed> {
    if encoded == recorded {
        return Ok(());
    }
    let lines = |bytes: &[u8]| -> Vec<_> {
        bytes
            .split_inclusive(|byte| *byte == b'\n')
            .map(|line| line.escape_ascii().to_string())
            .collect()
    };
    let (encoded, recorded) = (lines(encoded), lines(recorded));
    let at = encoded
        .iter()
        .zip(&recorded)
        .take_while(|(one, other)| one == other)
        .count();
    let line = |lines: &[String]| lines.get(at).cloned().unwrap_or_else(|| "nothing".into());
    Err(format!(
        "line {} was recorded as {} and is encoded as {}",
        at + 1,
        line(&recorded),
        line(&encoded)
    )
    .into())
}
