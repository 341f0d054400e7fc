//! How many there are of each kind.

use crate::value::list;

/// Names with numbers: `us=16,de=8` in CLIENTS_SEEN, `relay:2,create_fast:1`
/// in CELL_STATS.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Counts<'a> {
    text: &'a str,
    separator: char,
}

/// One of the [`Counts`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Count<'a> {
    /// What was counted; all of the word where nothing separates it.
    pub name: &'a str,
    /// How many; `None` where that is missing or no number.
    pub number: Option<u64>,
}

impl<'a> Counts<'a> {
    /// The counts in `text`, with `separator` between name and number.
    #[must_use]
    pub fn new(text: &'a str, separator: char) -> Self {
        Self { text, separator }
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &'a str {
        self.text
    }

    /// All counts, in order; a name may come twice.
    pub fn iter(&self) -> impl Iterator<Item = Count<'a>> + use<'a> {
        let separator = self.separator;
        list(self.text).map(move |word| match word.split_once(separator) {
            Some((name, number)) => Count {
                name,
                // Reading alone would take a sign.
                number: number.parse().ok().filter(|_| !number.starts_with('+')),
            },
            None => Count {
                name: word,
                number: None,
            },
        })
    }

    /// The number of `name`, where it stands first.
    #[must_use]
    pub fn number(&self, name: &str) -> Option<u64> {
        self.iter().find(|count| count.name == name)?.number
    }
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use super::*;

    #[test]
    fn reads() {
        let count = |name, number| Count { name, number };
        for (text, separator, counts) in [
            ("", '=', &[][..]),
            (
                "us=16,??=8,us=1",
                '=',
                &[
                    count("us", Some(16)),
                    count("??", Some(8)),
                    count("us", Some(1)),
                ],
            ),
            (
                "relay:2,create_fast:1",
                ':',
                &[count("relay", Some(2)), count("create_fast", Some(1))],
            ),
            // stem: refuses the whole list for each of these.
            (
                "us:16,de=,=8,uk=-1,fr=+5",
                '=',
                &[
                    count("us:16", None),
                    count("de", None),
                    count("", Some(8)),
                    count("uk", None),
                    count("fr", None),
                ],
            ),
        ] {
            let read = Counts::new(text, separator);
            assert_eq!(read.iter().collect::<Vec<_>>(), counts, "{text}");
        }
        assert_eq!(Counts::new("us=16,us=1", '=').number("us"), Some(16));
    }
}
