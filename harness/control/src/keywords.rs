//! The arguments that follow those a message has to have.

use alloc::borrow::Cow;
use alloc::string::String;
use core::str::FromStr;

use memchr::{memchr2, memchr3};

use crate::quoted::{Escapes, unquote};
use crate::value::IsoTime;

/// The arguments behind the required ones: `KEY=value`, `KEY="quoted value"`,
/// or words by themselves. Unknown ones are here like the known.
///
/// They stay one stretch of text, cut when asked for.
///
/// ```
/// use tor_harness_control::Keywords;
///
/// let keywords = Keywords::new(r#"PROGRESS=5 SUMMARY="Connecting to a relay""#);
/// assert_eq!(keywords.number("PROGRESS"), Some(5));
/// assert_eq!(keywords.value("SUMMARY").as_deref(), Some("Connecting to a relay"));
/// ```
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
    /// No arguments.
    pub const NONE: Self = Self::new("");

    /// The arguments in `text`, which single spaces separate.
    #[must_use]
    pub const fn new(text: &'a str) -> Self {
        Self { text }
    }

    /// The arguments as they came.
    #[must_use]
    pub const fn as_str(&self) -> &'a str {
        self.text
    }

    /// Whether `key` has a value.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.raw(key).is_some()
    }

    /// The value of `key`, where it stands first; quotes and escapes undone,
    /// and what is not UTF-8 then replaced.
    #[must_use]
    pub fn value(&self, key: &str) -> Option<Cow<'a, str>> {
        self.raw(key).map(meant_text)
    }

    /// Like [`Keywords::value`], as bytes, for what others chose: a user name,
    /// a path.
    #[must_use]
    pub fn bytes(&self, key: &str) -> Option<Cow<'a, [u8]>> {
        self.raw(key).map(meant)
    }

    /// The value of `key`, for a value without escapes; one with escapes comes
    /// as it is, quotes included.
    #[must_use]
    pub fn plain(&self, key: &str) -> Option<&'a str> {
        let raw = self.raw(key)?;
        let inner = raw
            .strip_prefix('"')
            .and_then(|raw| raw.strip_suffix('"'))
            .filter(|inner| memchr2(b'"', b'\\', inner.as_bytes()).is_none());
        Some(inner.unwrap_or(raw))
    }

    /// The value of `key`, where it is a number of that type. It may have a plus, as
    /// CLOCK_SKEW's `SKEW=+60` has in section 4.1.10.
    #[must_use]
    pub fn number<T: FromStr>(&self, key: &str) -> Option<T> {
        self.plain(key)?.parse().ok()
    }

    /// The value of `key`, where it is a moment.
    #[must_use]
    pub fn time(&self, key: &str) -> Option<IsoTime<'a>> {
        IsoTime::parse(self.plain(key)?).ok()
    }

    /// The value of `key` with the words by themselves behind it, for values
    /// with spaces that tor should have quoted and did not.
    #[must_use]
    pub fn phrase(&self, key: &str) -> Option<&'a str> {
        let mut rest = self.text;
        loop {
            let cut = Raw::cut(rest)?;
            rest = cut.rest;
            if cut.key == Some(key) {
                let mut end = self.text.len() - rest.len();
                let start = end - cut.value.len();
                while let Some(next) = Raw::cut(rest).filter(|next| next.key.is_none()) {
                    rest = next.rest;
                    end = self.text.len() - rest.len();
                }
                return self.text.get(start..end);
            }
        }
    }

    /// All arguments, in order.
    pub fn iter(&self) -> impl Iterator<Item = Argument<'a>> + use<'a> {
        let mut rest = self.text;
        core::iter::from_fn(move || {
            let cut = Raw::cut(rest)?;
            rest = cut.rest;
            Some(match cut.key {
                Some(key) => Argument::Keyword(key, meant_text(cut.value)),
                None => Argument::Word(cut.value),
            })
        })
    }

    /// The value of `key` as it came.
    fn raw(&self, key: &str) -> Option<&'a str> {
        let mut rest = self.text;
        loop {
            let cut = Raw::cut(rest)?;
            if cut.key == Some(key) {
                return Some(cut.value);
            }
            rest = cut.rest;
        }
    }
}

/// Whether a word is `KEY=value`: a relay's name may have a `=` too, in
/// `$FINGERPRINT=nickname`.
pub(crate) fn is_keyword(word: &str) -> bool {
    word.split_once('=')
        .is_some_and(|(key, _)| !key.contains('$'))
}

/// One argument as it came.
struct Raw<'a> {
    key: Option<&'a str>,
    value: &'a str,
    rest: &'a str,
}

impl<'a> Raw<'a> {
    /// The first argument of a text; `None` where only spaces are left.
    fn cut(text: &'a str) -> Option<Self> {
        let text = text.trim_start_matches(' ');
        if text.is_empty() {
            return None;
        }
        let special = memchr3(b'=', b' ', b'"', text.as_bytes());
        let (key, value) = match special.map(|at| text.split_at(at)) {
            Some((key, value)) if value.starts_with('=') => (Some(key), value.split_at(1).1),
            _ => (None, text),
        };
        let length = key
            .and_then(|_| quoted_length(value.as_bytes()))
            .or_else(|| memchr::memchr(b' ', value.as_bytes()))
            .unwrap_or(value.len());
        // A quote before the first `=` makes no difference to a word.
        if key.is_none()
            && let (word, rest) = value.split_at(length)
            && let Some((key, value)) = word.split_once('=')
        {
            return Some(Self {
                key: Some(key),
                value,
                rest,
            });
        }
        let (value, rest) = value.split_at(length);
        Some(Self { key, value, rest })
    }
}

/// How long a quoted value is, quotes included; `None` where it is not well
/// quoted up to a space or the end.
///
/// tor quotes some values twice, without escaping the inner quotes:
/// `DATA=""GET / HTTP/1.0""`.
fn quoted_length(value: &[u8]) -> Option<usize> {
    let ends = |length: &usize| matches!(value.get(*length), None | Some(b' '));
    let outer = closing_quote(value, 0)?;
    Some(outer).filter(ends).or_else(|| {
        let inner = closing_quote(value, 1)?;
        (value.get(inner) == Some(&b'"'))
            .then_some(inner + 1)
            .filter(ends)
    })
}

/// The place behind the quote that closes the one at `open`.
fn closing_quote(text: &[u8], open: usize) -> Option<usize> {
    if text.get(open) != Some(&b'"') {
        return None;
    }
    let mut at = open + 1;
    loop {
        at += memchr2(b'"', b'\\', text.get(at..)?)?;
        if text[at] == b'"' {
            return Some(at + 1);
        }
        at += 2;
    }
}

/// What a value stands for: quotes and escapes undone, where they are good.
fn meant(raw: &str) -> Cow<'_, [u8]> {
    let twice = raw
        .strip_prefix('"')
        .and_then(|inner| inner.strip_suffix('"'))
        .filter(|inner| inner.starts_with('"'));
    match unquote(twice.unwrap_or(raw).as_bytes(), Escapes::C) {
        Ok((value, [])) => value,
        _ => Cow::Borrowed(raw.as_bytes()),
    }
}

fn meant_text(raw: &str) -> Cow<'_, str> {
    match meant(raw) {
        Cow::Borrowed(value) => String::from_utf8_lossy(value),
        Cow::Owned(value) => Cow::Owned(String::from_utf8_lossy(&value).into_owned()),
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
            // stem: does not find the end of a quote with a backslash before it.
            (
                r#"A="x\\" B="y""#,
                &[keyword("A", "x\\"), keyword("B", "y")],
            ),
            // stem: leaves the escapes in.
            (
                r#"A="a \"b\" \\ \n" B=c"#,
                &[keyword("A", "a \"b\" \\ \n"), keyword("B", "c")],
            ),
            // A value that looks like another keyword is none.
            (
                r#"A="\" REASON=x" B=c"#,
                &[keyword("A", "\" REASON=x"), keyword("B", "c")],
            ),
            (r#"A="5%" B=c%"#, &[keyword("A", "5%"), keyword("B", "c%")]),
            ("A=b=c  D", &[keyword("A", "b=c"), Argument::Word("D")]),
            // tor quotes some values twice.
            (
                r#"A=""GET / \"x\""" B="" C="""""#,
                &[
                    keyword("A", "GET / \"x\""),
                    keyword("B", ""),
                    keyword("C", ""),
                ],
            ),
            // What is not well quoted is kept as the words it is.
            (
                r#"A="b c"d "x" B="y"#,
                &[
                    keyword("A", "\"b"),
                    Argument::Word("c\"d"),
                    Argument::Word("\"x\""),
                    keyword("B", "\"y"),
                ],
            ),
            (r#"A="b\q""#, &[keyword("A", r#""b\q""#)]),
            (r#"a"b=c"#, &[keyword("a\"b", "c")]),
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

    #[test]
    fn reads_values() {
        let keywords = Keywords::new(r#"A=1 B="2" C="a\377" D=x y z E=-3 F=only words G=+5"#);
        assert_eq!(keywords.number::<u8>("A"), Some(1));
        assert_eq!(keywords.number::<u8>("B"), Some(2));
        assert_eq!(keywords.number::<u8>("E"), None);
        assert_eq!(keywords.number::<i8>("E"), Some(-3));
        assert_eq!(keywords.number::<u8>("G"), Some(5));
        assert_eq!(keywords.plain("C"), Some(r#""a\377""#));
        assert_eq!(keywords.bytes("C").as_deref(), Some(&b"a\xff"[..]));
        assert_eq!(keywords.value("C").as_deref(), Some("a\u{fffd}"));
        assert_eq!(keywords.plain("D"), Some("x"));
        assert_eq!(keywords.phrase("A"), Some("1"));
        assert_eq!(keywords.phrase("D"), Some("x y z"));
        assert_eq!(keywords.phrase("F"), Some("only words"));
        assert_eq!(keywords.phrase("H"), None);
        assert!(keywords.has("A") && !keywords.has("a"));
    }
}
