//! The annotations that stand before a document.

use core::net::IpAddr;

use tor_harness_types::UtcSeconds;

use super::arguments::TIME;
use super::collector::TypeName;
use crate::forms::Form;
use crate::rules::{Argument, Fields, ParseError, Rule, Rules, Section, Times};
use crate::structure::Document;

/// What a cache or an archive says of the document that follows: where it came
/// from, and when. None of this is part of the document.
#[derive(Clone, Copy, Debug)]
pub struct Annotations<'a> {
    fields: Fields<'a>,
}

#[rustfmt::skip] // One line a rule.
static RULES: Rules = Rules::new(&[Section::new("annotations", Times::AtMost, &[
    // CollecTor's.
    Rule::at_most_once("@type").takes(&[Argument::one("name", Form::Word), Argument::optional("version", Form::Decimal)]),
    // Those of tor's caches.
    Rule::at_most_once("@downloaded-at").takes(TIME),
    Rule::at_most_once("@uploaded-at").takes(TIME),
    Rule::at_most_once("@last-listed").takes(TIME),
    Rule::at_most_once("@source").takes(&[Argument::one("address", Form::Text)]),
    Rule::at_most_once("@purpose").takes(&[Argument::one("purpose", Form::Word)]),
])]);

impl<'a> Annotations<'a> {
    /// What they have to be like.
    pub const RULES: &'static Rules = &RULES;

    /// The annotations before a document.
    #[must_use]
    pub fn read(document: Document<'a>) -> Self {
        let end = document.without_annotations().span().start;
        let before = document.part(document.span().start, end);
        Self {
            fields: Fields::read(before, &RULES.sections[0]),
        }
    }

    /// Where they are.
    #[must_use]
    pub fn fields(&self) -> &Fields<'a> {
        &self.fields
    }

    /// `@type`.
    #[must_use]
    pub fn type_name(&self) -> Option<TypeName<'a>> {
        TypeName::read(&self.fields.item("@type")?)
    }

    /// `@downloaded-at`: when tor got it.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn downloaded_at(&self) -> Result<Option<UtcSeconds>, ParseError> {
        self.fields.maybe("@downloaded-at")
    }

    /// `@uploaded-at`: when a relay gave it to an authority.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn uploaded_at(&self) -> Result<Option<UtcSeconds>, ParseError> {
        self.fields.maybe("@uploaded-at")
    }

    /// `@last-listed`: when a consensus last listed it.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn last_listed(&self) -> Result<Option<UtcSeconds>, ParseError> {
        self.fields.maybe("@last-listed")
    }

    /// `@source`: who gave it, as it came: an address in quotation marks, or not.
    #[must_use]
    pub fn source(&self) -> Option<&'a [u8]> {
        self.fields.text("@source")
    }

    /// `@source` where it is an address.
    #[must_use]
    pub fn source_address(&self) -> Option<IpAddr> {
        let text = core::str::from_utf8(self.source()?).ok()?;
        text.trim_matches('"').parse().ok()
    }

    /// `@purpose`: `general`, `bridge` or `controller`.
    #[must_use]
    pub fn purpose(&self) -> Option<&'a [u8]> {
        self.fields.text("@purpose")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "@downloaded-at 2026-11-22 05:00:00\n@source \"192.0.2.1\"\n\
        @last-listed 2026-11-22 04:00:00\n@uploaded-at 2026-11-22 03:00:00\n@purpose bridge\n\
        @type server-descriptor 1.0\n@new x\n";

    #[test]
    fn reads_the_fields() {
        let text = alloc::string::String::from(TEXT) + "router x\n@purpose late\n";
        let read = Annotations::read(Document::new(text.as_bytes()));
        let hour = |time: Result<Option<UtcSeconds>, ParseError>| {
            time.unwrap().unwrap().as_unix() % 86_400 / 3600
        };
        assert_eq!(hour(read.downloaded_at()), 5);
        assert_eq!(hour(read.last_listed()), 4);
        assert_eq!(hour(read.uploaded_at()), 3);
        assert_eq!(read.source(), Some(&b"\"192.0.2.1\""[..]));
        assert_eq!(read.source_address(), Some([192, 0, 2, 1].into()));
        assert_eq!(read.purpose(), Some(&b"bridge"[..]));
        assert_eq!(read.type_name().unwrap().version, b"1.0");
        assert_eq!(read.type_name().unwrap().name, b"server-descriptor");
    }

    #[test]
    fn are_those_of_the_part() {
        let source = alloc::format!("@purpose first\nx\n{TEXT}router x\n@purpose late\n");
        let part = Document::new(source.as_bytes()).part(17, source.len());
        assert_eq!(Annotations::read(part).purpose(), Some(&b"bridge"[..]));
    }

    #[test]
    fn says_what_is_wrong() {
        for (from, to) in [("22 05:00:00", "22"), ("22 05:00:00", "22T05:00:00")] {
            let text = TEXT.replace(from, to);
            let read = Annotations::read(Document::new(text.as_bytes()));
            assert!(read.downloaded_at().is_err(), "{to}");
            assert!(read.last_listed().is_ok(), "{to}");
        }
    }
}
