//! The lists of directories that tor has built in.

use alloc::vec::Vec;

use tor_harness_types::Span;

use super::entry::{Entry, Pair};
use super::strings::{Token, tokens};
use crate::forms::Form;
use crate::rules::{Argument, Place, Problem, Problems, Rule, Rules, Section, Times};
use crate::structure::Document;

/// The directories that a new tor asks first, as tor's `fallback_dirs.inc` has them
/// (dir-list-spec).
#[derive(Clone, Debug)]
pub struct FallbackList<'a> {
    list: List<'a>,
}

/// The authorities, as tor's `auth_dirs.inc` has them: each as `DirAuthority` takes it.
#[derive(Clone, Debug)]
pub struct AuthorityList<'a> {
    list: List<'a>,
}

const PORT: &[Argument] = &[Argument::one("port", Form::Within(1, 65_535))];
const SOCKET: &[Argument] = &[Argument::one("address", Form::Socket)];
const FLAG: &[Argument] = &[Argument::one("bool", Form::Flag)];
const WORD: &[Argument] = &[Argument::one("value", Form::Word)];
const NUMBER: &[Argument] = &[Argument::one("number", Form::Decimal)];
const FINGERPRINT: &[Argument] = &[Argument::one("fingerprint", Form::Fingerprint)];

#[rustfmt::skip] // One line a rule: the table is to be read beside the specification.
static FALLBACK: Rules = Rules::new(&[
    // Section 2.2; the lists of version 1.0.0 have no header.
    Section::new("header", Times::AtMost, &[
        Rule::exactly_once("type").at(Place::First).takes(&[Argument::one("Keyword", Form::OneOf(&["fallback"]))]),
        Rule::exactly_once("version").at(Place::Second).takes(&[Argument::one("version_number", Form::Word)]),
        Rule::exactly_once("timestamp").takes(&[Argument::one("number", Form::Number)]),
        Rule::at_most_once("source").takes(&[Argument::one("Keywords", Form::List(&Form::Word))]),
    ]),
    // Section 2.4. The address has no key, and no port since version 4.0.0.
    Section::new("directory entry", Times::Any, &[
        Rule::exactly_once("dir_address").at(Place::First).takes(&[Argument::one("dir_address", Form::Either(&Form::Ipv4, &Form::Socket))]),
        Rule::exactly_once("orport").takes(PORT),
        Rule::exactly_once("id").takes(FINGERPRINT),
        Rule::at_most_once("ipv6").takes(SOCKET),
        Rule::at_most_once("weight").takes(NUMBER),
        Rule::at_most_once("nickname").takes(&[Argument::one("nickname", Form::Either(&Form::Nickname, &Form::OneOf(&[""])))]),
        Rule::at_most_once("extrainfo").takes(FLAG),
    ]),
]);

#[rustfmt::skip] // One line a rule: the table is to be read beside tor's manual, `DirAuthority`.
static AUTHORITIES: Rules = Rules::new(&[Section::new("authority", Times::Any, &[
    Rule::exactly_once("nickname").at(Place::First).takes(&[Argument::one("nickname", Form::Nickname)]),
    Rule::any_number("flag").takes(&[Argument::one("flag", Form::Word)]),
    Rule::at_most_once("orport").takes(PORT),
    Rule::at_most_once("v3ident").takes(FINGERPRINT),
    Rule::at_most_once("ipv6").takes(SOCKET),
    Rule::at_most_once("weight").takes(NUMBER),
    Rule::any_number("upload").takes(WORD),
    Rule::any_number("download").takes(WORD),
    Rule::any_number("vote").takes(WORD),
    Rule::exactly_once("dir_address").takes(SOCKET),
    Rule::exactly_once("fingerprint").at(Place::Last).takes(&[
        Argument::one("fingerprint", Form::Either(&Form::Fingerprint, &Form::SpacedFingerprint))]),
])]);

impl<'a> FallbackList<'a> {
    /// What the keys of the header and those of the entries have to be like.
    pub const RULES: &'static Rules = &FALLBACK;

    /// Reads the entries; other comments, and what is no C string, are left out.
    #[must_use]
    pub fn read(document: Document<'a>) -> Self {
        let words = |text: &'a [u8], pairs: &mut Vec<Pair<'a>>| {
            for word in words(text) {
                pairs.push(match Pair::read(word) {
                    pair if pair.is_bare && pairs.is_empty() => Pair::bare("dir_address", word),
                    pair => pair,
                });
            }
        };
        let section = &FALLBACK.sections[1];
        Self {
            list: List::read(document, section, words),
        }
    }

    /// What the comments before the first entry say, if there is anything.
    #[must_use]
    pub fn header(&self) -> Option<Entry<'a>> {
        let pairs = self.list.header.clone();
        let document = self.list.document;
        let source = document.source();
        let end = Span::of(pairs.last()?.value, source).end;
        let bytes = document.part(document.span().start, end).as_bytes();
        Some(Entry::new(&FALLBACK.sections[0], source, bytes, pairs))
    }

    /// The directories in order.
    #[must_use]
    pub fn entries(&self) -> &[Entry<'a>] {
        &self.list.entries
    }

    /// Adds all problems.
    pub(in super::super) fn find_problems(&self, problems: &mut Problems) {
        self.list.find_problems(self.header(), problems);
    }
}

impl<'a> AuthorityList<'a> {
    /// What the keys of the entries have to be like.
    pub const RULES: &'static Rules = &AUTHORITIES;

    /// Reads the entries; comments, and what is no C string, are left out.
    #[must_use]
    pub fn read(document: Document<'a>) -> Self {
        Self {
            list: List::read(document, &AUTHORITIES.sections[0], authority_words),
        }
    }

    /// The authorities in order.
    #[must_use]
    pub fn entries(&self) -> &[Entry<'a>] {
        &self.list.entries
    }

    /// Adds all problems.
    pub(in super::super) fn find_problems(&self, problems: &mut Problems) {
        self.list.find_problems(None, problems);
    }
}

/// What both lists are.
#[derive(Clone, Debug)]
struct List<'a> {
    document: Document<'a>,
    /// The pairs in comments before the first entry.
    header: Vec<Pair<'a>>,
    entries: Vec<Entry<'a>>,
    /// What is neither string nor comment.
    others: Vec<&'a [u8]>,
}

impl<'a> List<'a> {
    fn read(
        document: Document<'a>,
        section: &'static Section,
        words: impl Fn(&'a [u8], &mut Vec<Pair<'a>>),
    ) -> Self {
        let mut list = Self {
            document,
            header: Vec::new(),
            entries: Vec::new(),
            others: Vec::new(),
        };
        // The entry that has begun, from its first string to its last.
        let mut pairs = Vec::new();
        let mut span: Option<Span> = None;
        for token in tokens(document.without_annotations().as_bytes()) {
            match token {
                Token::Text(text) => {
                    let Span { start, end } = Span::of(text, document.source());
                    let start = span.map_or(start, |span| span.start);
                    span = Some(Span { start, end });
                    words(text, &mut pairs);
                }
                Token::Comment(comment) => {
                    let pair = Pair::read(comment.trim_ascii());
                    let is_pair = !pair.is_bare && !pair.value.contains(&b' ');
                    match span {
                        _ if !is_pair => {}
                        Some(_) => pairs.push(pair),
                        None if list.entries.is_empty() => list.header.push(pair),
                        None => {}
                    }
                }
                Token::Comma(_) => list.end_entry(section, &mut pairs, &mut span),
                Token::Other(other) => list.others.push(other),
            }
        }
        list.end_entry(section, &mut pairs, &mut span);
        list
    }

    fn end_entry(
        &mut self,
        section: &'static Section,
        pairs: &mut Vec<Pair<'a>>,
        span: &mut Option<Span>,
    ) {
        if let Some(Span { start, end }) = span.take() {
            let pairs = core::mem::take(pairs);
            let bytes = self.document.part(start, end).as_bytes();
            let source = self.document.source();
            self.entries.push(Entry::new(section, source, bytes, pairs));
        }
    }

    fn find_problems(&self, header: Option<Entry<'a>>, problems: &mut Problems) {
        for entry in header.iter().chain(&self.entries) {
            entry.check(problems);
        }
        let expected = Problem::Expected("C strings, commas and comments");
        problems.extend(
            self.others
                .iter()
                .map(|other| expected.of(other, self.document.source())),
        );
    }
}

/// The words of an authority: its name, flags and pairs, its address, its fingerprint.
fn authority_words<'a>(text: &'a [u8], pairs: &mut Vec<Pair<'a>>) {
    for word in words(text) {
        let behind_address = pairs.last().is_some_and(|pair| pair.key == b"dir_address");
        let pair = Pair::read(word);
        if behind_address {
            // The fingerprint may be in groups of four digits.
            let from = Span::of(word, text).start;
            pairs.push(Pair::bare("fingerprint", text[from..].trim_ascii_end()));
            return;
        }
        pairs.push(match pair {
            pair if !pair.is_bare => pair,
            _ if pairs.is_empty() => Pair::bare("nickname", word),
            _ if word.contains(&b':') => Pair::bare("dir_address", word),
            _ => Pair::bare("flag", word),
        });
    }
}

fn words(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    text.split(|byte| *byte == b' ')
        .filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kinds::Kind;
    use crate::testing::check_kind;

    /// Written by the specification, of version 4.0.0 and of the first one.
    const FALLBACKS: &str = "/* type=fallback */\n/* version=4.0.0 */\n/* timestamp=20260714000000 */\n\
        /* source=offer-list */\n//\n// Generated on: Tue, 14 Jul 2026 00:00:00 +0000\n\n\
        \"192.0.2.1 orport=9001 id=0011BD2485AD45D984EC4159C88FC066E5E3300E\"\n\" ipv6=[2001:db8::1]:9001\"\n\
        /* nickname=One */\n/* extrainfo=0 */\n/* ===== */\n,\n\
        \"192.0.2.2 orport=443 id=FFF1BD2485AD45D984EC4159C88FC066E5E3300E\"\n/* nickname= */\n/* extrainfo=1 */\n/* ===== */\n,\n";
    const FIRST: &str = "/* Whitelist excluded 1177 of 1389 candidates, weight=prose. */\n\
        \"192.0.2.1:9030 orport=9001 id=0011BD2485AD45D984EC4159C88FC066E5E3300E\"\n\" weight=10\",\n";
    const AUTHORITIES: &str = "\"one orport=9201 \"\n  \"v3ident=F533C81CEF0BC0267857C99B2F471ADF249FA232 \"\n\
        \x20 \"192.0.2.1:9231 1A25C6358DB91342AA51720A5038B72742732498\",\n\
        \"two orport=443 bridge \"\n  \"ipv6=[2001:db8::2]:443 \"\n\
        \x20 \"192.0.2.2:80 FFF1 BD24 85AD 45D9 84EC 4159 C88F C066 E5E3 300E\",\n";

    #[test]
    fn reads_the_values() {
        let list = FallbackList::read(Document::new(FALLBACKS.as_bytes()));
        assert_eq!(list.header().unwrap().value("version"), Some(&b"4.0.0"[..]));
        let [one, two] = list.entries() else {
            panic!("two entries")
        };
        assert_eq!(one.value("dir_address"), Some(&b"192.0.2.1"[..]));
        assert_eq!(one.one("orport"), Ok(9001_u16));
        assert_eq!(
            one.one("ipv6"),
            Ok("[2001:db8::1]:9001"
                .parse::<core::net::SocketAddr>()
                .unwrap())
        );
        assert_eq!(
            (one.one("extrainfo"), two.one("extrainfo")),
            (Ok(false), Ok(true))
        );
        let first = FallbackList::read(Document::new(FIRST.as_bytes()));
        assert!(first.header().is_none());
        assert_eq!(first.entries()[0].value("weight"), Some(&b"10"[..]));

        let list = AuthorityList::read(Document::new(AUTHORITIES.as_bytes()));
        let [one, two] = list.entries() else {
            panic!("two entries")
        };
        assert_eq!(one.value("nickname"), Some(&b"one"[..]));
        assert_eq!(two.value("flag"), Some(&b"bridge"[..]));
        let fingerprint: tor_harness_types::Fingerprint = two.one("fingerprint").unwrap();
        assert_eq!(fingerprint.as_bytes()[19], 0x0e);
    }

    #[test]
    fn says_what_is_wrong() {
        #[rustfmt::skip]
        let cases: &[(&str, &str, &str, &[&str])] = &[
            (FALLBACKS, "", "", &[]),
            (FIRST, "", "", &[]),
            (AUTHORITIES, "", "", &[]),
            (FALLBACKS, "type=fallback", "type=authority", &["1:9 expected Keyword, fallback"]),
            (FALLBACKS, "/* timestamp=20260714000000 */\n", "", &["3:21 expected an item \"timestamp\", and there is none"]),
            (FALLBACKS, "\"192.0.2.1", "\"", &["9:26 expected an item \"dir_address\", and there is none"]),
            (FALLBACKS, "\"192.0.2.1 orport=9001", "\"192.0.2.1 orport=0", &["8:19 expected port, a number from 1 to 65535"]),
            (FALLBACKS, "3300E\"", "3300\"", &["8:27 expected fingerprint, 40 hexadecimal digits"]),
            (FALLBACKS, "extrainfo=0", "extrainfo=no", &["11:14 expected bool, 0 or 1"]),
            (FALLBACKS, "[2001:db8::1]", "2001:db8::1", &["9:8 expected address, ADDRESS:PORT"]),
            (FIRST, "weight=10\",", "weight=10\",\nNULL", &["4:1 expected C strings, commas and comments"]),
            (AUTHORITIES, "one orport", "o_n_e orport", &["1:2 expected nickname, 1 to 19 letters and digits"]),
            (AUTHORITIES, "bridge", "ferry", &[]),
            (AUTHORITIES, "192.0.2.2:80 ", "", &["6:53 expected an item \"dir_address\", and there is none", "6:53 expected an item \"fingerprint\", and there is none"]),
            (AUTHORITIES, " 300E", "", &["6:17 expected fingerprint, 40 hexadecimal digits, or 40 hexadecimal digits in groups of four"]),
        ];
        for (text, from, to, expected) in cases {
            let kind = match text.starts_with('/') {
                true => Kind::FallbackList,
                false => Kind::AuthorityList,
            };
            check_kind(kind, text, from, to, expected);
        }
    }
}
