//! The bandwidth file.

use alloc::collections::BTreeSet;
use alloc::vec::Vec;

use tor_harness_types::{Fingerprint, Span, UtcSeconds};

use super::bandwidth_keys::RULES;
use super::entry::{Entry, Pair};
use crate::rules::{ParseError, Problem, Problems, Rules, find_crlf};
use crate::structure::{Document, cut_line};

/// How fast relays were measured to be (bandwidth-file-spec, 1.0.0 to 1.9.0).
#[derive(Clone, Debug)]
pub struct BandwidthFile<'a> {
    document: Document<'a>,
    header: Entry<'a>,
    /// What follows the header.
    relays: &'a [u8],
}

impl<'a> BandwidthFile<'a> {
    /// What the keys of the header and those of the relays' lines have to be like.
    pub const RULES: &'static Rules = &RULES;

    /// Reads the header; annotations before it are left out.
    #[must_use]
    pub fn read(document: Document<'a>) -> Self {
        let source = document.source();
        let mut rest = document.without_annotations().as_bytes();
        let mut pairs = Vec::new();
        let mut end = &document.as_bytes()[..0];
        while !rest.is_empty() {
            let (line, after) = cut_line(rest);
            let is_over = is_terminator(line);
            if !pairs.is_empty() && is_relay(line) {
                break;
            }
            match line {
                [] => {}
                line if pairs.is_empty() => pairs.push(Pair::bare("timestamp", line)),
                line if is_over => pairs.push(Pair::bare("terminator", line)),
                line => pairs.push(Pair::read(line)),
            }
            rest = after;
            end = &line[line.len()..];
            if is_over {
                break;
            }
        }
        let start = Span::of(pairs.first().map_or(end, |pair| pair.value), source).start;
        let bytes = &source[start..Span::of(end, source).end];
        Self {
            document,
            header: Entry::new(&RULES.sections[0], source, bytes, pairs),
            relays: rest,
        }
    }

    /// The first line, the lines of keys, and the one that ends them.
    #[must_use]
    pub fn header(&self) -> &Entry<'a> {
        &self.header
    }

    /// The first line: when the newest measurement was made.
    ///
    /// # Errors
    /// If it is not there, or no number.
    pub fn timestamp(&self) -> Result<u64, ParseError> {
        self.header.one("timestamp")
    }

    /// `version` of the format; files of version 1.0.0 do not name it.
    #[must_use]
    pub fn version(&self) -> &'a [u8] {
        self.header.value("version").unwrap_or(b"1.0.0")
    }

    /// The relays' lines in order.
    pub fn relays(&self) -> impl Iterator<Item = Entry<'a>> + use<'a> {
        let source = self.document.source();
        let mut rest = self.relays;
        core::iter::from_fn(move || {
            while !rest.is_empty() {
                let (line, after) = cut_line(rest);
                rest = after;
                let words = line
                    .split(|byte| *byte == b' ')
                    .filter(|word| !word.is_empty());
                let pairs: Vec<_> = words.map(Pair::read).collect();
                if !pairs.is_empty() {
                    return Some(Entry::new(&RULES.sections[1], source, line, pairs));
                }
            }
            None
        })
    }

    /// Adds all problems.
    pub(in super::super) fn find_problems(&self, problems: &mut Problems) {
        find_crlf(&self.document, problems);
        self.header.check(problems);
        let latest = self.header.maybe::<UtcSeconds>("latest_bandwidth");
        if let (Ok(seconds), Ok(Some(latest))) = (self.timestamp(), latest)
            && i64::try_from(seconds) != Ok(latest.as_unix())
        {
            let problem = Problem::Expected("the time of the first line");
            let place = self.header.value("latest_bandwidth").unwrap_or_default();
            problems.push(self.header.of(problem, place));
        }
        let mut relays = BTreeSet::new();
        for relay in self.relays() {
            relay.check(problems);
            let relay_id = relay.maybe::<Fingerprint>("node_id").ok().flatten();
            if relay_id.is_some_and(|relay_id| !relays.insert(relay_id)) {
                problems.push(relay.of(Problem::Expected("each relay once"), relay.as_bytes()));
            }
        }
    }

    /// Writes the file from its values.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut out = Vec::new();
        self.header.write(b'\n', &mut out);
        out.push(b'\n');
        for relay in self.relays() {
            relay.write(b' ', &mut out);
            out.push(b'\n');
        }
        out
    }
}

/// Whether a line ends the header. sbws 0.1.0 to 1.0.2 had one `=` less.
fn is_terminator(line: &[u8]) -> bool {
    line.len() >= 4 && line.iter().all(|byte| *byte == b'=')
}

/// Whether a line is a relay's: before version 1.1.0 nothing else ends the header.
fn is_relay(line: &[u8]) -> bool {
    line.split(|byte| *byte == b' ')
        .any(|word| word.starts_with(b"node_id=") || word.starts_with(b"bw="))
}

#[cfg(test)]
mod tests {
    use alloc::string::String;

    use super::*;
    use crate::kinds::Kind;
    use crate::testing::{check_kind, recorded};

    /// Written by the specification: of version 1.0.0, and with a header.
    const TORFLOW: &str = "1784000000\n\
        node_id=$0011BD2485AD45D984EC4159C88FC066E5E3300E bw=760 nick=One measured_at=1783999000 pid_error=4.5 circ_fail=0.2 scanner=/path\n\
        node_id=$FFF1BD2485AD45D984EC4159C88FC066E5E3300E bw=1 nick=Two\n";
    const SBWS: &str = "1784000000\nversion=1.9.0\nsoftware=sbws\nlatest_bandwidth=2026-07-14T03:33:20\n\
        destinations_countries=DE,ZZ\nnumber_eligible_relays=2\ndirauth_nickname=test\nnew_key=new=value\n=====\n\
        bw=38000 bw_mean=1127824 consensus_bandwidth_is_unmeasured=False master_key_ed25519=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8 \
        nick=One node_id=$0011BD2485AD45D984EC4159C88FC066E5E3300E r_strm=1.5 time=2026-07-13T16:13:26 vote=1 xoff_sent=0 new=x\n\
        bw=1 nick=Two node_id=$FFF1BD2485AD45D984EC4159C88FC066E5E3300E unmeasured=1 vote=0\n";

    fn read(text: &str) -> BandwidthFile<'_> {
        BandwidthFile::read(Document::new(text.as_bytes()))
    }

    #[test]
    fn reads_the_values() {
        for (text, version, keys) in [(TORFLOW, "1.0.0", 1), (SBWS, "1.9.0", 9)] {
            let annotated = String::from("@type bandwidth-file 1.0\n") + text;
            let file = read(&annotated);
            assert_eq!(file.timestamp(), Ok(1_784_000_000));
            assert_eq!(file.version(), version.as_bytes());
            assert_eq!(file.header().pairs().len(), keys);
            let relays: Vec<_> = file.relays().collect();
            assert_eq!(relays.len(), 2);
            assert_eq!(relays[1].one::<u64>("bw"), Ok(1));
            assert_eq!(relays[1].value("nick"), Some(&b"Two"[..]));
            let relay: Fingerprint = relays[0].one("node_id").unwrap();
            assert_eq!(relay.as_bytes()[1], 0x11);
            assert_eq!(String::from_utf8(file.encode()).unwrap(), text);
        }
    }

    #[test]
    fn says_what_is_wrong() {
        #[rustfmt::skip]
        let cases: &[(&str, &str, &str, &[&str])] = &[
            (TORFLOW, "", "", &[]),
            (TORFLOW, "$", "", &[]),
            (TORFLOW, "1784000000\n", "1784000000\r\n", &["1:11 expected LF alone at the end of a line, as the specification has it"]),
            (TORFLOW, "1784000000\n", "", &["1:1 expected Timestamp, a number"]),
            (TORFLOW, "bw=760 ", "", &["2:124 expected an item \"bw\", and there is none"]),
            (TORFLOW, "bw=760", "bw", &["2:51 expected KEY=VALUE", "2:127 expected an item \"bw\", and there is none"]),
            (TORFLOW, "pid_error=4.5", "pid_error=-6.58e-05", &[]),
            (TORFLOW, "pid_error=4.5", "pid_error=6.58e", &["2:100 expected ratio, a number, also with decimals or an exponent"]),
            (TORFLOW, "FFF1", "0011", &["3:1 expected each relay once"]),
            (SBWS, "", "", &[]),
            (SBWS, "=====", "====", &[]),
            (SBWS, "=====", "======", &["9:1 expected Terminator, one of =====, ===="]),
            (SBWS, "=====\n", "", &["8:18 expected an item \"terminator\" where \"version\" is, and there is none"]),
            (SBWS, "software=sbws", "malformed line", &["3:1 expected KEY=VALUE"]),
            (SBWS, "version=1.9.0\nsoftware=sbws", "software=sbws\nversion=1.9.0", &["3:9 expected the item \"version\" right behind the first item"]),
            (SBWS, "software=sbws", "software=sbws\nsoftware=sbws", &["4:10 expected one item \"software\", and here is more"]),
            (SBWS, "new_key=new", "new_key=1\nnew_key=new", &["9:9 expected each key once"]),
            (SBWS, "03:33:20", "03:33:21", &["4:18 expected the time of the first line"]),
            (SBWS, "relays=2", "relays=-2", &["6:24 expected Int, a number"]),
            (SBWS, "vote=0", "vote=yes", &["11:83 expected bool, 0 or 1"]),
            (SBWS, "vote=0", "vote=0 vote=0", &["11:90 expected one item \"vote\", and here is more"]),
        ];
        for (text, from, to, expected) in cases {
            check_kind(Kind::BandwidthFile, text, from, to, expected);
        }
    }

    #[test]
    fn reads_what_tor_serves() {
        let recorded = recorded("netdoc/bandwidth-file/next");
        let file = BandwidthFile::read(Document::new(recorded));
        assert_eq!(Kind::BandwidthFile.check(&Document::new(recorded)), []);
        assert_eq!(file.header().value("software"), Some(&b"tor-harness"[..]));
        assert!(file.relays().count() > 1);
        assert_eq!(file.encode(), recorded);
    }

    #[test]
    fn takes_any_bytes() {
        for text in [
            "",
            "\n\n",
            "@\n",
            "@a\n@b",
            "=====",
            "1\n=====",
            "\u{0}\u{ff}\n= =\n",
        ] {
            let file = read(text);
            let problems = Kind::BandwidthFile.check(&Document::new(text.as_bytes()));
            let _ = (problems, file.encode());
        }
    }
}
