//! A moment, as documents write it.

use tor_harness_types::UtcSeconds;

/// The moment that `YYYY-MM-DD HH:MM:SS` says. There is none before 1970 for tor; the
/// specification does not say so.
#[inline]
pub(crate) fn time(words: &[u8]) -> Option<UtcSeconds> {
    let time = UtcSeconds::from_ascii(words).ok()?;
    (time.as_unix() >= 0).then_some(time)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn begins_in_1970() {
        for (words, expected) in [
            ("1970-01-01 00:00:00", Some(0)),
            ("1970-01-02 00:00:01", Some(86_401)),
            ("1969-12-31 23:59:59", None),
            ("0000-01-01 00:00:00", None),
            ("2026-02-30 00:00:00", None),
            ("2026-01-01T00:00:00", None),
        ] {
            let read = time(words.as_bytes()).map(UtcSeconds::as_unix);
            assert_eq!(read, expected, "{words}");
        }
    }
}
