//! The value of `config/names`.

use alloc::vec::Vec;

use crate::info::info_value::utf8;
use crate::info::{InfoValue, ListItem};
use crate::problem::{ParseError, Problem};
use crate::words::words;

words! {
    /// What an option's value is.
    ConfigType {
        /// A number, not negative.
        Integer = "Integer",
        /// A number.
        SignedInteger = "SignedInteger",
        /// A time span in whole seconds.
        TimeInterval = "TimeInterval",
        /// A time span in milliseconds.
        TimeMsecInterval = "TimeMsecInterval",
        /// Bytes, or bytes a second.
        DataSize = "DataSize",
        /// A number with a fraction.
        Float = "Float",
        /// `0` or `1`.
        Boolean = "Boolean",
        /// `0`, `1` or `auto`.
        BooleanAuto = "Boolean+Auto",
        /// A time in UTC.
        Time = "Time",
        /// Words between commas.
        CommaList = "CommaList",
        /// Relays, countries or addresses between commas.
        RouterList = "RouterList",
        /// Any text.
        String = "String",
        /// A path.
        Filename = "Filename",
        /// Any number of lines of text.
        LineList = "LineList",
        /// Lines that belong to those of a virtual option.
        Dependent = "Dependent",
        /// [`ConfigType::Dependent`] as tor spelt it up to 0.3.0.1.
        Dependant = "Dependant",
        /// All lines of the options that belong to it.
        Virtual = "Virtual",
        /// An option that is no more, and does nothing.
        Obsolete = "Obsolete",
    }
}

/// An option of torrc that this tor has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ConfigName<'a> {
    /// The option.
    pub name: &'a str,
    /// What its value is.
    pub kind: ConfigType<'a>,
    /// What it is for; tor no longer says.
    pub documentation: Option<&'a str>,
}

impl<'a> InfoValue<'a> for ConfigName<'a> {
    fn parse(text: &'a [u8]) -> Result<Self, ParseError> {
        let whole = utf8(text, "option")?;
        let mut words = whole.splitn(3, ' ');
        let name = words.next().unwrap_or_default();
        let kind = words
            .next()
            .ok_or_else(|| Problem::Missing("the option's type").at(text.len()..text.len()))?;
        Ok(Self {
            name,
            kind: ConfigType::new(kind),
            documentation: words.next(),
        })
    }

    fn encode(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(self.name.as_bytes());
        for word in [Some(self.kind.as_str()), self.documentation]
            .into_iter()
            .flatten()
        {
            out.push(b' ');
            out.extend_from_slice(word.as_bytes());
        }
    }
}

impl<'a> ListItem<'a> for ConfigName<'a> {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads() {
        for (text, kind, documentation) in [
            ("A Boolean+Auto", ConfigType::BooleanAuto, None),
            ("A Dependant", ConfigType::Dependant, None),
            (
                "A Integer How many.",
                ConfigType::Integer,
                Some("How many."),
            ),
            ("A New", ConfigType::Other("New"), None),
        ] {
            let name = ConfigName::parse(text.as_bytes()).unwrap();
            let expect = ConfigName {
                name: "A",
                kind,
                documentation,
            };
            assert_eq!(name, expect);
            assert_eq!(name.to_bytes(), text.as_bytes());
        }
        let error = ConfigName::parse(b"A").unwrap_err();
        assert_eq!(error, Problem::Missing("the option's type").at(1..1));
    }
}
