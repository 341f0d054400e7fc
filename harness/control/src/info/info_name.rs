//! The value of `info/names`.

use alloc::vec::Vec;

use crate::info::info_value::utf8;
use crate::info::{InfoValue, ListItem};
use crate::problem::ParseError;

/// A key of GETINFO that this tor has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct InfoName<'a> {
    /// The key; with `*` for any end, and `<NAME>` for a part of one's choice.
    pub pattern: &'a str,
    /// What follows the pattern and a space.
    pub rest: Option<&'a str>,
}

impl<'a> InfoName<'a> {
    /// What the key is for, without the dashes that tor writes before it.
    #[must_use]
    pub fn documentation(&self) -> Option<&'a str> {
        self.rest
            .map(|rest| rest.strip_prefix("-- ").unwrap_or(rest))
    }
}

impl<'a> InfoValue<'a> for InfoName<'a> {
    fn parse(text: &'a [u8]) -> Result<Self, ParseError> {
        let text = utf8(text, "key")?;
        let (pattern, rest) = match text.split_once(' ') {
            Some((pattern, rest)) => (pattern, Some(rest)),
            None => (text, None),
        };
        Ok(Self { pattern, rest })
    }

    fn encode(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(self.pattern.as_bytes());
        if let Some(rest) = self.rest {
            out.push(b' ');
            out.extend_from_slice(rest.as_bytes());
        }
    }
}

impl<'a> ListItem<'a> for InfoName<'a> {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads() {
        for (text, pattern, documentation) in [
            ("a/* -- Some a.", "a/*", Some("Some a.")),
            ("a/<b> Some a.", "a/<b>", Some("Some a.")),
            ("a", "a", None),
        ] {
            let name = InfoName::parse(text.as_bytes()).unwrap();
            assert_eq!(
                (name.pattern, name.documentation()),
                (pattern, documentation)
            );
            assert_eq!(name.to_bytes(), text.as_bytes());
        }
    }
}
