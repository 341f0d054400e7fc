//! The words in an executable.

use std::collections::BTreeSet;

/// The longest word; longer ones are cut at their start.
const LONGEST: usize = 40;

/// What could be a command's name in lower case: letters, digits and underscores up to a NUL byte, `+` in front or not.
///
/// A linker keeps a text that ends as another does in that other: so the ends of words are words as well.
pub(crate) fn words(executable: &[u8], shortest: usize) -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    let mut texts = executable.split(|byte| *byte == 0);
    // What follows the last NUL byte is not ended by one.
    texts.next_back();
    for text in texts {
        let is_part = |byte: &&u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_');
        let length = text.iter().rev().take(LONGEST).take_while(is_part).count();
        let (before, run) = text.split_at(text.len() - length);
        for at in 0..(length + 1).saturating_sub(shortest) {
            let word = String::from_utf8_lossy(&run[at..]);
            if word.starts_with(|first: char| first.is_ascii_lowercase()) {
                words.insert(word.into_owned());
            }
        }
        if length + 1 >= shortest && before.ends_with(b"+") {
            words.insert(format!("+{}", String::from_utf8_lossy(run)));
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_words_with_their_ends() {
        let long = format!("{}\0", "x".repeat(50));
        for (executable, expected) in [
            ("", &[][..]),
            ("quit", &[]),
            ("quit\0", &["quit"]),
            ("QUIT\0 a_quit\0", &["a_quit", "quit"]),
            ("\u{1}+hspost\0", &["+hspost", "hspost", "post", "spost"]),
            ("not this, 4this\0", &["this"]),
            ("one\0two\0four\0", &["four"]),
        ] {
            let found: Vec<_> = words(executable.as_bytes(), 4).into_iter().collect();
            assert_eq!(found, expected, "{executable:?}");
        }
        assert_eq!(words(long.as_bytes(), 4).len(), 37);
    }
}
