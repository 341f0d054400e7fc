//! The list of exits that TorDNSEL makes.

use core::net::Ipv4Addr;

use tor_harness_types::{Fingerprint, UtcSeconds};

use super::arguments::TIME;
use super::parts::{head, parts};
use crate::forms::Form;
use crate::rules::{Argument, Fields, ParseError, Place, Rule, Rules, Section, Times};
use crate::structure::Document;

/// The addresses from which exits reach the world (TorDNSEL's `exit-addresses`,
/// CollecTor's `@type tordnsel 1.0`).
#[derive(Clone, Copy, Debug)]
pub struct ExitList<'a> {
    document: Document<'a>,
}

/// One relay of an [`ExitList`].
#[derive(Clone, Copy, Debug)]
pub struct ExitNode<'a> {
    fields: Fields<'a>,
}

#[rustfmt::skip] // One line a rule.
static RULES: Rules = Rules::new(&[
    Section::new("header", Times::AtMost, &[
        // CollecTor puts it there.
        Rule::at_most_once("Downloaded").at(Place::First).takes(TIME),
    ]),
    Section::new("exit node", Times::Any, &[
        Rule::exactly_once("ExitNode").at(Place::First).takes(&[Argument::one("fingerprint", Form::Fingerprint)]),
        Rule::exactly_once("Published").takes(TIME),
        Rule::exactly_once("LastStatus").takes(TIME),
        Rule::at_least_once("ExitAddress").takes(&[Argument::one("address", Form::Ipv4), Argument::one("time", Form::Time)]),
    ]),
]);

impl<'a> ExitList<'a> {
    /// What it has to be like.
    pub const RULES: &'static Rules = &RULES;

    /// An exit list of these items.
    #[must_use]
    pub fn read(document: Document<'a>) -> Self {
        Self { document }
    }

    /// `Downloaded`: when CollecTor got it.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn downloaded(&self) -> Result<Option<UtcSeconds>, ParseError> {
        let head = head(self.document, "ExitNode");
        Fields::read(head, &RULES.sections[0]).maybe("Downloaded")
    }

    /// The relays in order.
    pub fn nodes(&self) -> impl Iterator<Item = ExitNode<'a>> + use<'a> {
        parts(self.document, "ExitNode").map(|part| ExitNode {
            fields: Fields::read(part, &RULES.sections[1]),
        })
    }
}

impl<'a> ExitNode<'a> {
    /// Where the items are.
    #[must_use]
    pub fn fields(&self) -> &Fields<'a> {
        &self.fields
    }

    /// `ExitNode`: which relay it is.
    ///
    /// # Errors
    /// If it is not there, or cannot be read.
    pub fn fingerprint(&self) -> Result<Fingerprint, ParseError> {
        self.fields.one("ExitNode")
    }

    /// `Published`: when its descriptor was made.
    ///
    /// # Errors
    /// If it is not there, or cannot be read.
    pub fn published(&self) -> Result<UtcSeconds, ParseError> {
        self.fields.one("Published")
    }

    /// `LastStatus`: when the consensus was made that it was last in.
    ///
    /// # Errors
    /// If it is not there, or cannot be read.
    pub fn last_status(&self) -> Result<UtcSeconds, ParseError> {
        self.fields.one("LastStatus")
    }

    /// Each `ExitAddress`, and when it was last seen.
    pub fn addresses(&self) -> impl Iterator<Item = Result<(Ipv4Addr, UtcSeconds), ParseError>> {
        self.fields
            .each("ExitAddress", |values| Ok((values.one()?, values.one()?)))
    }
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use super::*;
    use crate::testing::check_text;

    /// Written as TorDNSEL writes it.
    const TEXT: &str = "@type tordnsel 1.0\n\
        Downloaded 2026-11-22 05:02:03\n\
        ExitNode 0011BD2485AD45D984EC4159C88FC066E5E3300E\n\
        Published 2026-11-21 14:23:10\n\
        LastStatus 2026-11-22 04:00:00\n\
        ExitAddress 192.0.2.7 2026-11-22 04:11:12\n\
        ExitAddress 192.0.2.8 2026-11-22 04:11:13\n\
        ExitNode FFF1BD2485AD45D984EC4159C88FC066E5E3300E\n\
        Published 2026-11-21 15:23:10\n\
        LastStatus 2026-11-22 05:00:00\n\
        ExitAddress 198.51.100.1 2026-11-22 05:01:00\n";

    #[test]
    fn reads_the_fields() {
        let list = ExitList::read(Document::new(TEXT.as_bytes()));
        let time = |text: &str| text.parse::<UtcSeconds>().unwrap();
        assert_eq!(list.downloaded(), Ok(Some(time("2026-11-22 05:02:03"))));
        let nodes: Vec<_> = list.nodes().collect();
        assert_eq!(nodes.len(), 2);
        assert_eq!(nodes[1].published(), Ok(time("2026-11-21 15:23:10")));
        assert_eq!(nodes[1].last_status(), Ok(time("2026-11-22 05:00:00")));
        let addresses: Vec<_> = nodes[0].addresses().map(Result::unwrap).collect();
        assert_eq!(addresses[1].0, Ipv4Addr::new(192, 0, 2, 8));
        let fingerprint = nodes[0].fingerprint().unwrap();
        assert_eq!(fingerprint.as_bytes()[..2], [0, 0x11]);
    }

    #[test]
    fn says_what_is_wrong() {
        #[rustfmt::skip]
        let cases: &[(&str, &str, &[&str])] = &[
            ("", "", &[]),
            ("Downloaded 2026-11-22 05:02:03\n", "", &[]),
            ("Downloaded 2026", "Downloaded MMXXVI", &["2:12 expected time, a time since 1970: YYYY-MM-DD HH:MM:SS"]),
            ("Downloaded 2026", "Downloaded 0000", &["2:12 expected time, a time since 1970: YYYY-MM-DD HH:MM:SS"]),
            ("3300E\n", "3300\n", &["3:10 expected fingerprint, 40 hexadecimal digits"]),
            ("Published 2026-11-21 14:23:10\n", "", &["7:1 expected an item \"Published\", and there is none"]),
            ("ExitAddress 198.51.100.1", "ExitAddress fe80::1", &["11:13 expected address, an IPv4 address"]),
            ("ExitAddress 198.51.100.1 2026-11-22 05:01:00\n", "", &["11:1 expected an item \"ExitAddress\", and there is none"]),
            ("ExitNode FFF1", "LastStatus 2026-11-22 04:00:00\nExitNode FFF1", &["8:1 expected one item \"LastStatus\", and here is more"]),
        ];
        for (from, to, expected) in cases {
            check_text(TEXT, ExitList::RULES, from, to, expected);
        }
    }
}
