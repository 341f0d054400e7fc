//! A command's arguments as tor cuts them.

/// The words of a line: single spaces separate them, and other white space
/// around them does not count.
pub(crate) fn words(line: &[u8]) -> impl Iterator<Item = &[u8]> {
    line.split(|byte| *byte == b' ')
        .map(trim)
        .filter(|word| !word.is_empty())
}

/// White space as C has it, which counts the vertical tab.
fn trim(word: &[u8]) -> &[u8] {
    let is_black = |byte: &u8| !byte.is_ascii_whitespace() && *byte != 0x0b;
    let start = word.iter().position(is_black).unwrap_or(word.len());
    let end = word
        .iter()
        .rposition(is_black)
        .map_or(start, |last| last + 1);
    &word[start..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_spaces_separate() {
        for (line, expected) in [
            (&b""[..], &[][..]),
            (b" a  b ", &[&b"a"[..], b"b"]),
            (b"a\tb\t \x0bc\r\r", &[b"a\tb", b"c"]),
        ] {
            assert_eq!(words(line).collect::<Vec<_>>(), expected);
        }
    }
}
