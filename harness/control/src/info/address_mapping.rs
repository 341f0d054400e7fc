//! The value of `address-mappings/*`.

use alloc::vec::Vec;

use crate::info::info_value::utf8;
use crate::info::scalar::display;
use crate::info::{InfoValue, ListItem};
use crate::problem::{ParseError, Problem};
use crate::value::IsoTime;

/// An address that tor takes for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct AddressMapping<'a> {
    /// The address that is asked for.
    pub from: &'a str,
    /// The address that is meant.
    pub to: &'a str,
    /// How long; `addr-mappings/*` does not say.
    pub expiry: Option<Expiry<'a>>,
}

/// How long a mapping holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Expiry<'a> {
    /// `NEVER`: for good.
    Never,
    /// A time in UTC, written in quotes.
    At(IsoTime<'a>),
    /// What else follows the addresses, as it came.
    Other(&'a str),
}

impl<'a> Expiry<'a> {
    fn new(text: &'a str) -> Self {
        if text == "NEVER" {
            return Self::Never;
        }
        text.strip_prefix('"')
            .and_then(|text| text.strip_suffix('"'))
            .and_then(|time| IsoTime::parse(time).ok())
            .map_or(Self::Other(text), Self::At)
    }
}

impl<'a> InfoValue<'a> for AddressMapping<'a> {
    fn parse(text: &'a [u8]) -> Result<Self, ParseError> {
        let whole = utf8(text, "address mapping")?;
        let mut words = whole.splitn(3, ' ');
        let from = words.next().unwrap_or_default();
        let to = words
            .next()
            .ok_or_else(|| Problem::Missing("the address meant").at(text.len()..text.len()))?;
        let expiry = words.next().map(Expiry::new);
        Ok(Self { from, to, expiry })
    }

    fn encode(&self, out: &mut Vec<u8>) {
        display(&format_args!("{} {}", self.from, self.to), out);
        match self.expiry {
            None => {}
            Some(Expiry::Never) => out.extend_from_slice(b" NEVER"),
            Some(Expiry::At(time)) => display(&format_args!(" \"{time}\""), out),
            Some(Expiry::Other(text)) => display(&format_args!(" {text}"), out),
        }
    }
}

impl<'a> ListItem<'a> for AddressMapping<'a> {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads() {
        let epoch = IsoTime::parse("1970-01-01 00:00:00").unwrap();
        for (text, expiry) in [
            ("a b", None),
            ("a b NEVER", Some(Expiry::Never)),
            ("a b \"1970-01-01 00:00:00\"", Some(Expiry::At(epoch))),
            (
                "a b 1970-01-01 00:00:00",
                Some(Expiry::Other("1970-01-01 00:00:00")),
            ),
            ("a b \"\"", Some(Expiry::Other("\"\""))),
        ] {
            let mapping = AddressMapping::parse(text.as_bytes()).unwrap();
            let expect = AddressMapping {
                from: "a",
                to: "b",
                expiry,
            };
            assert_eq!(mapping, expect);
            assert_eq!(mapping.to_bytes(), text.as_bytes());
        }
        let error = AddressMapping::parse(b"a").unwrap_err();
        assert_eq!(error, Problem::Missing("the address meant").at(1..1));
    }
}
