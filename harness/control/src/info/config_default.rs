//! The value of `config/defaults`.

use alloc::borrow::Cow;
use alloc::vec::Vec;

use memchr::memchr;

use crate::info::info_value::{utf8, within};
use crate::info::{InfoValue, ListItem};
use crate::problem::{ParseError, Problem};
use crate::quoted::{Escapes, quote, unquote};

/// What an option is where torrc does not set it. Options that are a list
/// have one of these for each line.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ConfigDefault<'a> {
    /// The option.
    pub name: &'a str,
    /// The value, quotes and escapes undone.
    pub value: Cow<'a, [u8]>,
    /// Whether it was quoted, as tor 0.4.9 quotes all.
    pub is_quoted: bool,
}

impl<'a> InfoValue<'a> for ConfigDefault<'a> {
    fn parse(text: &'a [u8]) -> Result<Self, ParseError> {
        let space = memchr(b' ', text)
            .ok_or_else(|| Problem::Missing("the option's value").at(text.len()..text.len()))?;
        let name = utf8(&text[..space], "option")?;
        let rest = &text[space + 1..];
        let is_quoted = rest.starts_with(b"\"");
        let value = if is_quoted {
            let (value, after) =
                unquote(rest, Escapes::C).map_err(|error| within(error, rest, text))?;
            if !after.is_empty() {
                return Err(Problem::Trailing.of(after, text));
            }
            value
        } else {
            Cow::Borrowed(rest)
        };
        Ok(Self {
            name,
            value,
            is_quoted,
        })
    }

    fn encode(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(self.name.as_bytes());
        out.push(b' ');
        if self.is_quoted {
            quote(&self.value, out);
        } else {
            out.extend_from_slice(&self.value);
        }
    }
}

impl<'a> ListItem<'a> for ConfigDefault<'a> {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads() {
        for (text, value, is_quoted) in [
            (r#"A "0 bytes""#, "0 bytes", true),
            (r#"A "a\"b""#, "a\"b", true),
            (r#"A """#, "", true),
            ("A b c", "b c", false),
        ] {
            let default = ConfigDefault::parse(text.as_bytes()).unwrap();
            let expect = ConfigDefault {
                name: "A",
                value: Cow::Borrowed(value.as_bytes()),
                is_quoted,
            };
            assert_eq!(default, expect);
            assert_eq!(default.to_bytes(), text.as_bytes());
        }
    }

    #[test]
    fn refuses() {
        for (text, error) in [
            ("A", Problem::Missing("the option's value").at(1..1)),
            (r#"A "b"#, Problem::Unterminated.at(2..4)),
            (r#"A "b"c"#, Problem::Trailing.at(5..6)),
        ] {
            assert_eq!(ConfigDefault::parse(text.as_bytes()), Err(error));
        }
    }
}
