//! When the head of a message that comes in pieces is worth to be parsed.

/// Says it once the head may be whole, or is twice as long as when it was parsed last: so what
/// comes byte by byte is not parsed for each, and what is no HTTP is found soon.
#[derive(Debug, Default)]
pub(super) struct HeadDue {
    parsed: usize,
    seen: usize,
}

impl HeadDue {
    /// Whether to parse all that has come.
    pub(super) fn is_due(&mut self, bytes: &[u8]) -> bool {
        // The end of a head may have come in two pieces.
        let new = bytes.get(self.seen.saturating_sub(3)..).unwrap_or_default();
        let has_ended = new.windows(2).any(|two| two == b"\n\n")
            || new.windows(3).any(|three| three == b"\n\r\n");
        self.seen = bytes.len();
        let is_due = has_ended || bytes.len() >= 2 * self.parsed;
        if is_due {
            self.parsed = bytes.len();
        }
        is_due
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_is_parsed_when_there_is_more_to_see() {
        let mut due = HeadDue::default();
        for (bytes, expected) in [
            ("H", true),
            ("HTT", true),
            ("HTTP/", false),
            ("HTTP/1.1 200 OK\r\n", true),
            ("HTTP/1.1 200 OK\r\nA: b\r\n", false),
            ("HTTP/1.1 200 OK\r\nA: b\r\n\r", false),
            ("HTTP/1.1 200 OK\r\nA: b\r\n\r\n", true),
        ] {
            assert_eq!(due.is_due(bytes.as_bytes()), expected, "{bytes:?}");
        }
    }
}
