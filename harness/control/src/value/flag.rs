//! Words that say yes or no.

/// What a word of tor's says: `1`, `yes`, `YES`, `UP`, `up` and `true` are
/// yes; `0`, `no`, `NO`, `DOWN`, `down` and `false` are no.
#[must_use]
pub fn flag(word: &str) -> Option<bool> {
    match word {
        "1" | "yes" | "YES" | "up" | "UP" | "true" => Some(true),
        "0" | "no" | "NO" | "down" | "DOWN" | "false" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads() {
        for (word, meant) in [
            ("1", Some(true)),
            ("YES", Some(true)),
            ("down", Some(false)),
            ("", None),
            ("Yes", None),
        ] {
            assert_eq!(flag(word), meant, "{word:?}");
        }
    }
}
