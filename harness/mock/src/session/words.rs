//! A command's arguments as tor cuts them.

/// The words of a line: single spaces separate them, and other white space
/// around them does not count.
pub(crate) fn words(line: &[u8]) -> impl Iterator<Item = &[u8]> {
    line.split(|byte| *byte == b' ')
        .map(<[u8]>::trim_ascii)
        .filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_spaces_separate() {
        for (line, expected) in [
            (&b""[..], &[][..]),
            (b" a  b ", &[&b"a"[..], b"b"]),
            (b"a\tb\t c\r\r", &[b"a\tb", b"c"]),
        ] {
            assert_eq!(words(line).collect::<Vec<_>>(), expected);
        }
    }
}
