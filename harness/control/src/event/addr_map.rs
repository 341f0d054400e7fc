//! The ADDRMAP event.

use crate::event::accessors::accessors;
use crate::event::head::Head;
use crate::event::more::MoreLines;
use crate::event::writer::LineWriter;
use crate::keywords::Keywords;
use crate::problem::ParseError;
use crate::reply::Reply;
use crate::value::IsoTime;
use crate::value::text_value::text_value;

/// ADDRMAP: an address is mapped to another (section 4.1.7).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct AddrMap<'a> {
    /// The address that is mapped.
    pub address: &'a str,
    /// What it is mapped to; `<error>` where that was not found out.
    pub new_address: &'a str,
    /// When that ends, in local time.
    pub expiry: Expiry<'a>,
    /// What follows.
    pub keywords: Keywords<'a>,
    /// The lines behind the first.
    pub more: MoreLines<'a>,
}

/// When a mapping ends: `NEVER`, or a moment in quotes.
///
/// The moment is in the local time of tor's machine, which is a bug that was
/// kept: [`AddrMap::expires`] has it in UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Expiry<'a>(&'a str);

text_value! { Expiry, "An end as it came, quotes included; any text is one." }

impl<'a> Expiry<'a> {
    /// `NEVER`.
    pub const NEVER: Self = Self("NEVER");

    /// Whether it never ends.
    #[must_use]
    pub fn is_never(&self) -> bool {
        self.0 == "NEVER"
    }

    /// The moment, whose `seconds` are in local time here.
    #[must_use]
    pub fn local_time(&self) -> Option<IsoTime<'a>> {
        IsoTime::parse(self.0.trim_matches('"')).ok()
    }
}

impl<'a> AddrMap<'a> {
    #[inline]
    pub(crate) fn parse(mut head: Head<'a>) -> Result<Self, ParseError> {
        let address = head.word("address")?;
        let new_address = head.word("new address")?;
        let all = head.keywords()?.as_str();
        // The moment in quotes has a space.
        let closing = all
            .strip_prefix('"')
            .and_then(|moment| Some(moment.find('"')? + 1))
            .unwrap_or(0);
        let end = all
            .match_indices(' ')
            .find(|(at, _)| *at > closing)
            .map_or(all.len(), |(at, _)| at);
        let (expiry, rest) = all.split_at(end);
        if expiry.is_empty() {
            return Err(head.tokens.missing("expiry"));
        }
        Ok(Self {
            address,
            new_address,
            expiry: Expiry(expiry),
            keywords: Keywords::new(rest.strip_prefix(' ').unwrap_or(rest)),
            more: head.more,
        })
    }

    /// Whether the address could not be found out.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.new_address == "<error>"
    }

    /// What went wrong: `yes`, `internal`, or `Unable to launch resolve
    /// request`, which tor before 0.2.4.7 did not quote.
    #[must_use]
    pub fn error(&self) -> Option<&'a str> {
        self.keywords.phrase("error")
    }

    /// The event as tor sends it.
    #[must_use]
    pub fn to_reply(&self) -> Reply {
        LineWriter::new("ADDRMAP")
            .word(self.address)
            .word(self.new_address)
            .word(self.expiry)
            .end(self.keywords, self.more)
    }
}

accessors! { impl AddrMap {
    /// When it ends, in UTC; not there where it never does.
    time expires = "EXPIRES";
    /// Whether it is kept until then, or was only told of.
    flag cached = "CACHED";
    /// The stream that asked. The specification quotes it, tor does not.
    text stream_id = "STREAMID";
}}
