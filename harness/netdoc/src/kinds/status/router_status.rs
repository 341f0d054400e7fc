//! The entries of relays in votes, consensuses and by themselves.

use core::fmt;
use core::net::{Ipv4Addr, SocketAddr};

use tor_harness_types::{Fingerprint, Nickname, Span, UtcSeconds};

use super::consensus::Flavor;
use super::flags::RouterFlags;
use super::laws::ENTRY_LAWS;
use super::router_words::{
    LastTime, RouterWeight, microdescriptor, or_address, router_line, weight,
};
use super::shared::ENTRY_ITEMS;
use crate::rules::{ParseError, Problem, Rules, Section, Times};
use crate::structure::{Document, cut_line, without_opt};

/// What authorities say of a relay (section 3.4.1), all fields decoded.
///
/// Of an item that is there again, the first counts. What is not here (the
/// `m`, `id` and `stats` of votes, and what is not known) is among the items of
/// [`RouterStatus::document`].
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct RouterStatus<'a> {
    /// `r`: its nickname.
    pub nickname: Nickname,
    /// Its fingerprint.
    pub identity: Fingerprint,
    /// The SHA-1 of its descriptor; `None` in a microdesc consensus.
    pub digest: Option<[u8; 20]>,
    /// When its descriptor was made; a fixed time in newer consensuses.
    pub published: UtcSeconds,
    /// Its address.
    pub address: Ipv4Addr,
    /// The port for other relays.
    pub or_port: u16,
    /// The port for directory requests; 0 for none.
    pub dir_port: u16,
    /// `a`: another address, the first if there are more.
    pub or_address: Option<SocketAddr>,
    /// `m` in a microdesc consensus: the SHA-256 of its microdescriptor.
    pub microdescriptor: Option<[u8; 32]>,
    /// `s`: its flags.
    pub flags: RouterFlags<'a>,
    /// `v`: its version: `Tor 0.4.9.11`.
    pub version: Option<&'a [u8]>,
    /// `pr`: its subprotocols, not looked into.
    pub protocols: Option<&'a [u8]>,
    /// `w`: its weight.
    pub weight: Option<RouterWeight>,
    /// `p`: the ports it exits to, not looked into.
    pub policy: Option<&'a [u8]>,
    document: Document<'a>,
}

/// What a relay's entry by itself has to be like.
static RULES: Rules = Rules::new(&[Section::new(
    "router status entry",
    Times::Exactly,
    ENTRY_ITEMS,
)])
.laws(ENTRY_LAWS);

impl<'a> RouterStatus<'a> {
    /// What an entry by itself has to be like.
    pub const RULES: &'static Rules = &RULES;

    /// The first entry of a document, such as of an answer to `GETINFO ns/name/moria1`.
    ///
    /// # Errors
    /// If there is none, or a field cannot be read.
    pub fn read(document: Document<'a>) -> Result<Self, ParseError> {
        let missing = Problem::Missing(RULES.first());
        let end = document.as_bytes().len();
        Routers::new(document, Flavor::Ns)
            .next()
            .unwrap_or_else(|| Err(missing.of(&document.as_bytes()[end..], document.source())))
    }

    /// The items.
    #[must_use]
    pub fn document(&self) -> Document<'a> {
        self.document
    }
}

impl fmt::Debug for RouterStatus<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RouterStatus({:?})", self.document)
    }
}

/// The entries of a part of a document, in order: an iterator.
#[derive(Clone, Debug)]
pub struct Routers<'a> {
    part: Document<'a>,
    /// What follows the lines that have been taken.
    rest: &'a [u8],
    /// The text of the next entry's `r` line, and from that line on the rest.
    begun: Option<(&'a [u8], &'a [u8])>,
    flavor: Flavor,
    published: LastTime<'a>,
}

impl<'a> Routers<'a> {
    /// The entries of `part`, whose `r` lines are those of a flavor.
    #[must_use]
    pub fn new(part: Document<'a>, flavor: Flavor) -> Self {
        Self {
            part,
            rest: part.as_bytes(),
            begun: None,
            flavor,
            published: LastTime::default(),
        }
    }
}

impl<'a> Iterator for Routers<'a> {
    type Item = Result<RouterStatus<'a>, ParseError>;

    /// The next entry; an error if one of its fields cannot be read, and then
    /// the one after it is next.
    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        if self.begun.is_none() {
            // What stands before the first entry belongs to none.
            self.lines();
        }
        let (text, start) = self.begun.take()?;
        Some(self.entry(text, start))
    }
}

impl<'a> Routers<'a> {
    /// The entry with this `r` line, which `start` starts with.
    #[inline]
    fn entry(&mut self, text: &'a [u8], start: &'a [u8]) -> Result<RouterStatus<'a>, ParseError> {
        let source = self.part.source();
        let (flavor, lines) = (self.flavor, self.lines());
        let next = self.begun.map_or(self.rest, |(_, next)| next);
        let [start, end] = [start, next].map(|rest| Span::of(rest, source).start);
        let document = self.part.part(start, end);
        let router = router_line(text, flavor, &mut self.published, source)?;
        Ok(RouterStatus {
            nickname: router.nickname,
            identity: router.identity,
            digest: router.digest,
            published: router.published,
            address: router.address,
            or_port: router.or_port,
            dir_port: router.dir_port,
            or_address: lines.a.map(|text| or_address(text, source)).transpose()?,
            microdescriptor: match flavor {
                Flavor::Microdesc => lines
                    .m
                    .map(|text| microdescriptor(text, source))
                    .transpose()?,
                Flavor::Ns => None,
            },
            flags: RouterFlags::read(lines.s.unwrap_or_default()),
            version: lines.v,
            protocols: lines.pr,
            weight: lines.w.map(|text| weight(text, source)).transpose()?,
            policy: lines.p,
            document,
        })
    }

    /// Takes the lines up to the next entry, and that one's first.
    #[inline]
    fn lines(&mut self) -> Lines<'a> {
        let mut lines = Lines::default();
        while !self.rest.is_empty() {
            let start = self.rest;
            let (line, after) = cut_line(start);
            self.rest = after;
            let (place, text) = match Line::cut(line) {
                Line::R(text) => {
                    self.begun = Some((text, start));
                    break;
                }
                Line::A(text) => (&mut lines.a, text),
                Line::M(text) => (&mut lines.m, text),
                Line::S(text) => (&mut lines.s, text),
                Line::V(text) => (&mut lines.v, text),
                Line::Pr(text) => (&mut lines.pr, text),
                Line::W(text) => (&mut lines.w, text),
                Line::P(text) => (&mut lines.p, text),
                Line::Other => continue,
            };
            place.get_or_insert(text);
        }
        lines
    }
}

/// What follows the keyword of each line that is known.
#[derive(Default)]
struct Lines<'a> {
    a: Option<&'a [u8]>,
    m: Option<&'a [u8]>,
    s: Option<&'a [u8]>,
    v: Option<&'a [u8]>,
    pr: Option<&'a [u8]>,
    w: Option<&'a [u8]>,
    p: Option<&'a [u8]>,
}

/// A line of an entry, with what follows the keyword.
enum Line<'a> {
    R(&'a [u8]),
    A(&'a [u8]),
    M(&'a [u8]),
    S(&'a [u8]),
    V(&'a [u8]),
    Pr(&'a [u8]),
    W(&'a [u8]),
    P(&'a [u8]),
    Other,
}

impl<'a> Line<'a> {
    #[inline]
    fn cut(line: &'a [u8]) -> Self {
        match without_opt(line) {
            [b'r', b' ' | b'\t', text @ ..] => Self::R(text),
            [b'a', b' ' | b'\t', text @ ..] => Self::A(text),
            [b'm', b' ' | b'\t', text @ ..] => Self::M(text),
            [b's', b' ' | b'\t', text @ ..] => Self::S(text),
            [b'v', b' ' | b'\t', text @ ..] => Self::V(text),
            [b'w', b' ' | b'\t', text @ ..] => Self::W(text),
            [b'p', b' ' | b'\t', text @ ..] => Self::P(text),
            [b'p', b'r', b' ' | b'\t', text @ ..] => Self::Pr(text),
            _ => Self::Other,
        }
    }
}

#[cfg(test)]
mod tests {
    use alloc::string::String;

    use super::*;
    use crate::structure::Item;

    #[test]
    fn one_opt_says_nothing() {
        let line = "r moria1 lpXfw1/+uGEym58asExGOXAgzjE AAAAAAAAAAAAAAAAAAAAAAAAAAA \
            2026-11-21 12:00:00 128.31.0.34 9101 9131\n";
        for (start, count) in [
            ("", 1),
            ("opt ", 1),
            ("opt \t", 1),
            ("opt opt ", 0),
            ("opt? ", 0),
            (&"opt ".repeat(1 << 18), 0),
        ] {
            let text = String::from(start) + line;
            let document = Document::new(text.as_bytes());
            let is_first = |item: &Item<'_>| item.keyword() == RULES.first();
            assert_eq!(document.items().filter(is_first).count(), count);
            assert_eq!(Routers::new(document, Flavor::Ns).count(), count);
        }
    }
}
