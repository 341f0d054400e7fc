//! The arguments that follow those a message has to have.

use alloc::borrow::Cow;
use alloc::string::String;

use memchr::memchr3;

use crate::quoted::{Escapes, unquote};

/// The arguments behind the required ones: `KEY=value`, `KEY="quoted value"`,
/// or words by themselves. Unknown ones are here like the known.
///
/// They stay one stretch of text, cut when asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Keywords<'a> {
    text: &'a str,
}

/// One of the [`Keywords`].
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Argument<'a> {
    /// A word by itself.
    Word(&'a str),
    /// A keyword with its value, quotes and escapes undone.
    Keyword(&'a str, Cow<'a, str>),
}

impl<'a> Keywords<'a> {
    /// The arguments in `text`, which single spaces separate.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        Self { text }
    }

    /// The arguments as they came.
    #[must_use]
    pub fn as_str(&self) -> &'a str {
        self.text
    }

    /// The value of `key`, where it stands first; quotes and escapes undone.
    #[must_use]
    pub fn value(&self, key: &str) -> Option<Cow<'a, str>> {
        self.iter().find_map(|argument| match argument {
            Argument::Keyword(k, value) if k == key => Some(value),
            _ => None,
        })
    }

    /// All arguments, in order.
    pub fn iter(&self) -> impl Iterator<Item = Argument<'a>> + use<'a> {
        let mut rest = self.text.trim_start_matches(' ');
        core::iter::from_fn(move || {
            if rest.is_empty() {
                return None;
            }
            let (argument, after) = cut(rest);
            rest = after.trim_start_matches(' ');
            Some(argument)
        })
    }
}

/// The first argument, and what follows it.
fn cut(text: &str) -> (Argument<'_>, &str) {
    if let Some(at) = memchr3(b'=', b' ', b'"', text.as_bytes())
        && let (key, Some(value)) = (
            &text.as_bytes()[..at],
            text.as_bytes()[at..].strip_prefix(b"="),
        )
        && let Ok(key) = core::str::from_utf8(key)
        && let Ok((value, rest)) = unquote(value, Escapes::C)
        && (rest.is_empty() || rest.starts_with(b" "))
        && let Ok(rest) = core::str::from_utf8(rest)
    {
        let value = match value {
            Cow::Borrowed(value) => String::from_utf8_lossy(value),
            Cow::Owned(value) => Cow::Owned(String::from_utf8_lossy(&value).into_owned()),
        };
        return (Argument::Keyword(key, value), rest);
    }
    let (word, rest) = text.split_once(' ').unwrap_or((text, ""));
    match word.split_once('=') {
        Some((key, value)) => (Argument::Keyword(key, Cow::Borrowed(value)), rest),
        None => (Argument::Word(word), rest),
    }
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use super::*;

    #[test]
    fn cuts() {
        let keyword = |key, value: &'static str| Argument::Keyword(key, Cow::Borrowed(value));
        for (text, arguments) in [
            ("", &[][..]),
            (
                "A=b WORD C=",
                &[keyword("A", "b"), Argument::Word("WORD"), keyword("C", "")],
            ),
            (r#"A="b c" D=e"#, &[keyword("A", "b c"), keyword("D", "e")]),
            (
                r#"A="x\\" B="y""#,
                &[keyword("A", "x\\"), keyword("B", "y")],
            ),
            ("A=b=c  D", &[keyword("A", "b=c"), Argument::Word("D")]),
            // What is not well quoted is kept as the words it is.
            (
                r#"A="b c"d "x"#,
                &[
                    keyword("A", "\"b"),
                    Argument::Word("c\"d"),
                    Argument::Word("\"x"),
                ],
            ),
        ] {
            assert_eq!(
                Keywords::new(text).iter().collect::<Vec<_>>(),
                arguments,
                "{text}"
            );
        }
        assert_eq!(Keywords::new("A=1 A=2").value("A").as_deref(), Some("1"));
        assert_eq!(Keywords::new("A=1").value("B"), None);
    }
}
