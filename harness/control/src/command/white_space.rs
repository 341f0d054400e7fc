//! What separates the words of a command.

/// Whether a byte is white space to tor: vertical tab and form feed are, too.
pub(super) fn is_white(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t'..=b'\r')
}

/// The bytes without white space before them.
pub(super) fn trim_start(bytes: &[u8]) -> &[u8] {
    let start = bytes.iter().position(|byte| !is_white(*byte));
    &bytes[start.unwrap_or(bytes.len())..]
}

/// The bytes without white space behind them.
pub(super) fn trim_end(bytes: &[u8]) -> &[u8] {
    let end = bytes.iter().rposition(|byte| !is_white(*byte));
    &bytes[..end.map_or(0, |last| last + 1)]
}
