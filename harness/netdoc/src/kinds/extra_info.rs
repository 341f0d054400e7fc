//! The extra-info document.

use core::net::SocketAddr;

use tor_harness_types::{Fingerprint, Nickname, UtcSeconds};

use super::accessors::accessors;
use super::arguments::TIME;
use super::statistics::{
    COUNTS, Counts, DIRECTIONS, Directions, HISTORY, History, NOISY, NoisyCount, PADDING, PERIOD,
    Period,
};
use crate::forms::{Form, List};
use crate::rules::{
    Argument, Content, Fields, ParseError, Place, Rule, Rules, Section, Times, Values, joined,
};
use crate::structure::{Document, Sha1, Sha256, part, sha1, sha256, signed_part};

/// What a relay says of itself that clients need not know (section 2.1.2).
///
/// To read it decodes nothing and cannot fail; each field is decoded when it is
/// asked for. Of an item that is there again, the first counts. Every item,
/// known or not, is in [`ExtraInfo::document`].
///
/// The documents do not say which tor wrote them: what has to be there since
/// some version, such as `identity-ed25519`, may be missing in any.
#[derive(Clone, Copy, Debug)]
pub struct ExtraInfo<'a> {
    fields: Fields<'a>,
}

/// A pluggable transport: `obfs4 192.0.2.1:4223 iat-mode=0`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Transport<'a> {
    /// Its name.
    pub name: &'a [u8],
    /// Where it listens.
    pub address: SocketAddr,
    /// What a client has to know: `KEY=VALUE` with commas between; empty for nothing.
    pub arguments: &'a [u8],
}

/// How often a relay ran into its own limits: `overload-ratelimits`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct RateLimits {
    /// Of this line: 1.
    pub version: u64,
    /// When this was last so.
    pub time: UtcSeconds,
    /// What it lets through over a long time, in bytes a second.
    pub rate: u64,
    /// What it lets through for a short time, in bytes.
    pub burst: u64,
    /// In how many minutes it could not read.
    pub reads: u64,
    /// In how many minutes it could not write.
    pub writes: u64,
}

const SHARE: &[Argument] = &[Argument::one("share", Form::Percent)];
const DECILES: &[Argument] = &[Argument::one("deciles", Form::List(&Form::Decimal))];
const SHA1: &[Argument] = &[Argument::one("digest", Form::Hex(20))];

#[rustfmt::skip] // One line a rule: the table is to be read beside the specification.
static RULES: Rules = Rules::new(&[Section::new("extra-info document", Times::Exactly,
    &joined::<{ SHARED.len() + OWN.len() }>(&[SHARED, OWN]))]);

/// What sanitising leaves in a bridge's document.
#[rustfmt::skip]
pub(super) const SHARED: &[Rule] = &[
    Rule::exactly_once("extra-info").at(Place::First).takes(&[Argument::one("nickname", Form::Nickname), Argument::one("fingerprint", Form::Fingerprint)]),
    Rule::exactly_once("published").takes(TIME),
    Rule::at_most_once("read-history").takes(HISTORY),
    Rule::at_most_once("write-history").takes(HISTORY),
    Rule::at_most_once("ipv6-read-history").takes(HISTORY),
    Rule::at_most_once("ipv6-write-history").takes(HISTORY),
    Rule::at_most_once("geoip-db-digest").takes(SHA1),
    Rule::at_most_once("geoip6-db-digest").takes(SHA1),
    Rule::at_most_once("geoip-start-time").takes(TIME),
    Rule::at_most_once("geoip-client-origins").takes(COUNTS),
    Rule::at_most_once("bridge-stats-end").takes(PERIOD),
    Rule::at_most_once("bridge-ips").takes(COUNTS),
    Rule::at_most_once("bridge-ip-versions").takes(COUNTS),
    Rule::at_most_once("bridge-ip-transports").takes(COUNTS),
    Rule::at_most_once("dirreq-stats-end").takes(PERIOD),
    Rule::at_most_once("dirreq-v2-ips").takes(COUNTS),
    Rule::at_most_once("dirreq-v3-ips").takes(COUNTS),
    Rule::at_most_once("dirreq-v2-reqs").takes(COUNTS),
    Rule::at_most_once("dirreq-v3-reqs").takes(COUNTS),
    Rule::at_most_once("dirreq-v2-share").takes(SHARE),
    Rule::at_most_once("dirreq-v3-share").takes(SHARE),
    Rule::at_most_once("dirreq-v2-resp").takes(COUNTS),
    Rule::at_most_once("dirreq-v3-resp").takes(COUNTS),
    Rule::at_most_once("dirreq-v2-direct-dl").takes(COUNTS),
    Rule::at_most_once("dirreq-v3-direct-dl").takes(COUNTS),
    Rule::at_most_once("dirreq-v2-tunneled-dl").takes(COUNTS),
    Rule::at_most_once("dirreq-v3-tunneled-dl").takes(COUNTS),
    Rule::at_most_once("dirreq-read-history").takes(HISTORY),
    Rule::at_most_once("dirreq-write-history").takes(HISTORY),
    Rule::at_most_once("entry-stats-end").takes(PERIOD),
    Rule::at_most_once("entry-ips").takes(COUNTS),
    Rule::at_most_once("cell-stats-end").takes(PERIOD),
    Rule::at_most_once("cell-processed-cells").takes(DECILES),
    Rule::at_most_once("cell-queued-cells").takes(DECILES),
    Rule::at_most_once("cell-time-in-queue").takes(DECILES),
    Rule::at_most_once("cell-circuits-per-decile").takes(&[Argument::one("number", Form::Number)]),
    Rule::at_most_once("conn-bi-direct").takes(DIRECTIONS),
    Rule::at_most_once("ipv6-conn-bi-direct").takes(DIRECTIONS),
    Rule::at_most_once("exit-stats-end").takes(PERIOD),
    Rule::at_most_once("exit-kibibytes-written").takes(COUNTS),
    Rule::at_most_once("exit-kibibytes-read").takes(COUNTS),
    Rule::at_most_once("exit-streams-opened").takes(COUNTS),
    Rule::at_most_once("hidserv-stats-end").takes(PERIOD),
    Rule::at_most_once("hidserv-v3-stats-end").takes(PERIOD),
    Rule::at_most_once("hidserv-rend-relayed-cells").takes(NOISY),
    Rule::at_most_once("hidserv-rend-v3-relayed-cells").takes(NOISY),
    Rule::at_most_once("hidserv-dir-onions-seen").takes(NOISY),
    Rule::at_most_once("hidserv-dir-v3-onions-seen").takes(NOISY),
    Rule::at_most_once("padding-counts").takes(PADDING),
    Rule::at_most_once("overload-ratelimits").takes(&[Argument::one("version", Form::Number), Argument::one("time", Form::Time),
        Argument::one("rate-limit", Form::Number), Argument::one("burst-limit", Form::Number),
        Argument::one("read-overload-count", Form::Number), Argument::one("write-overload-count", Form::Number)]),
    Rule::at_most_once("overload-fd-exhausted").takes(&[Argument::one("version", Form::Number), Argument::one("time", Form::Time)]),
];

/// The certificate, the signatures, the transports with where they are.
#[rustfmt::skip]
const OWN: &[Rule] = &[
    Rule::at_most_once("identity-ed25519").at(Place::Second).no_extra().object("ED25519 CERT", Content::CertificateOfType(4)).needs(&["router-sig-ed25519"]),
    Rule::any_number("transport").takes(&[Argument::one("transportname", Form::Word), Argument::one("address:port", Form::Socket),
        Argument::optional("arglist", Form::Word)]),
    Rule::any_number("transport-info").takes(&[Argument::one("info", Form::Text)]),
    Rule::at_most_once("router-sig-ed25519").at(Place::NextToLast).takes(&[Argument::one("Signature", Form::Base64(64))]).needs(&["identity-ed25519"]),
    Rule::exactly_once("router-signature").at(Place::Last).no_extra().object("SIGNATURE", Content::RSA_1024_SIGNATURE),
];

impl<'a> ExtraInfo<'a> {
    /// What an extra-info document has to be like.
    pub const RULES: &'static Rules = &RULES;

    /// Finds the items. [`Kind::check`](crate::Kind::check) says all that is wrong.
    #[must_use]
    pub fn read(document: Document<'a>) -> Self {
        Self::read_by(document, &RULES)
    }

    /// The same for a kind that shares the rules.
    pub(super) fn read_by(document: Document<'a>, rules: &'static Rules) -> Self {
        Self {
            fields: Fields::read(document, &rules.sections[0]),
        }
    }

    /// What a server descriptor names it by: the SHA-1 of what the RSA signature
    /// is over. None if the first or the last item is not there.
    #[must_use]
    pub fn digest(&self) -> Option<Sha1> {
        let first = self.fields.item("extra-info")?;
        let last = self.fields.item("router-signature")?;
        Some(sha1(signed_part(first, last)?))
    }

    /// What a server descriptor names it by, too: the SHA-256 of all, with the
    /// signature (tor's bug 28415). None if the first or the last item is not there.
    #[must_use]
    pub fn digest_sha256(&self) -> Option<Sha256> {
        let first = self.fields.item("extra-info")?;
        let last = self.fields.item("router-signature")?;
        Some(sha256(part(first, last)?))
    }

    /// The nickname and the fingerprint of the relay.
    ///
    /// # Errors
    /// If they are not there, or cannot be read.
    pub fn relay(&self) -> Result<(Nickname, Fingerprint), ParseError> {
        self.fields
            .required("extra-info", |values| Ok((values.one()?, values.one()?)))
    }

    /// `read-history`, or another of the lines that end in `-history`.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn history(&self, keyword: &'static str) -> Result<Option<History>, ParseError> {
        self.fields.optional(keyword, History::read)
    }

    /// `dirreq-stats-end`, or another of the lines that end in `-stats-end`.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn period(&self, keyword: &'static str) -> Result<Option<Period>, ParseError> {
        self.fields.optional(keyword, Period::read)
    }

    /// `bridge-ips`, `dirreq-v3-resp`, `exit-streams-opened`, or another of the
    /// lines that are `KEY=NUMBER` with commas between.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn counts(&self, keyword: &'static str) -> Result<Option<Counts<'a>>, ParseError> {
        self.fields
            .optional(keyword, |values| Ok(values.optional()?.unwrap_or_default()))
    }

    /// `conn-bi-direct`, or the same for IPv6.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn directions(&self, keyword: &'static str) -> Result<Option<Directions>, ParseError> {
        self.fields.optional(keyword, Directions::read)
    }

    /// `hidserv-dir-onions-seen`, or another of the lines that count with noise.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn noisy_count(&self, keyword: &'static str) -> Result<Option<NoisyCount<'a>>, ParseError> {
        self.fields.optional(keyword, NoisyCount::read)
    }

    /// `padding-counts`: cells of padding and of all kinds.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn padding_counts(&self) -> Result<Option<(Period, Counts<'a>)>, ParseError> {
        self.fields.optional("padding-counts", |values| {
            Ok((Period::read(values)?, List(values.all()?)))
        })
    }

    /// `overload-ratelimits`: how often it ran into its own limits.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn rate_limits(&self) -> Result<Option<RateLimits>, ParseError> {
        self.fields.optional("overload-ratelimits", |values| {
            Ok(RateLimits {
                version: values.one()?,
                time: values.one()?,
                rate: values.one()?,
                burst: values.one()?,
                reads: values.one()?,
                writes: values.one()?,
            })
        })
    }

    /// Each `transport`. Those of a sanitised document have no address, which is an error.
    pub fn transports(&self) -> impl Iterator<Item = Result<Transport<'a>, ParseError>> {
        self.fields.each("transport", |values: &mut Values<'a>| {
            Ok(Transport {
                name: values.one()?,
                address: values.one()?,
                arguments: values.optional()?.unwrap_or_default(),
            })
        })
    }
}

accessors! { impl ExtraInfo {
    /// `published`: when it was made; the server descriptor with it has the same.
    one published: UtcSeconds = "published";
}}

#[cfg(test)]
mod tests {
    use alloc::vec;
    use alloc::vec::Vec;

    use super::*;
    use crate::kinds::ServerDescriptor;
    use crate::testing::{check, recorded};

    const PATH: &str = "netdoc/extra-info/lone-relay";

    #[test]
    fn reads_the_fields() {
        let read = ExtraInfo::read(Document::new(recorded(PATH)));
        let (nickname, _) = read.relay().unwrap();
        assert_eq!(nickname.as_str(), "harness");
        assert_eq!(read.history("read-history"), Ok(None));
        let of_server = recorded("netdoc/server-descriptor/lone-relay");
        let of_server = ServerDescriptor::read(Document::new(of_server));
        assert_eq!(read.published(), of_server.published());
        let digests = of_server.extra_info_digest().unwrap().unwrap();
        assert_eq!(
            (read.digest(), read.digest_sha256()),
            (Some(digests.0), digests.1)
        );
    }

    #[test]
    fn reads_what_was_counted() {
        let text = b"write-history 2026-11-21 23:56:39 (900 s) 0,1\n\
            read-history 2026-11-21 23:56:39 (900 s) \n\
            bridge-ips\n\
            bridge-ip-transports <OR>=8,obfs4=16\n\
            dirreq-stats-end 2026-11-21 23:56:39 (86400 s)\n\
            conn-bi-direct 2026-11-21 23:56:39 (86400 s) 1,2,3,4\n\
            hidserv-dir-onions-seen -8 delta_f=8 bin_size=8\n\
            padding-counts 2026-11-21 23:56:39 (86400 s) bin-size=10000 read-pad=0\n\
            overload-ratelimits 1 2026-11-21 23:00:00 1024 2048 3 4\n\
            transport obfs4 [2001:db8::1]:443 cert=a,iat-mode=0\n";
        let read = ExtraInfo::read(Document::new(text));
        let ends = "2026-11-21 23:56:39".parse().unwrap();
        let last = Period { ends, seconds: 900 };
        let day = Period {
            ends,
            seconds: 86_400,
        };
        let history = |bytes| Ok(Some(History { last, bytes }));
        assert_eq!(read.history("write-history"), history(vec![0, 1]));
        assert_eq!(read.history("read-history"), history(vec![]));
        assert_eq!(read.counts("bridge-ips"), Ok(Some(List(vec![]))));
        let transports: Vec<(&[u8], u64)> = vec![(b"<OR>", 8), (b"obfs4", 16)];
        assert_eq!(
            read.counts("bridge-ip-transports"),
            Ok(Some(List(transports)))
        );
        assert_eq!(read.period("dirreq-stats-end"), Ok(Some(day)));
        let directions = read.directions("conn-bi-direct").unwrap().unwrap();
        assert_eq!((directions.below, directions.both), (1, 4));
        let noisy = read
            .noisy_count("hidserv-dir-onions-seen")
            .unwrap()
            .unwrap();
        assert_eq!((noisy.count, noisy.parameters.len()), (-8, 2));
        let (period, padding) = read.padding_counts().unwrap().unwrap();
        assert_eq!((period, padding.0[0]), (day, (&b"bin-size"[..], 10_000)));
        let limits = read.rate_limits().unwrap().unwrap();
        assert_eq!((limits.burst, limits.writes), (2048, 4));
        let transports: Result<Vec<_>, _> = read.transports().collect();
        assert_eq!(transports.unwrap()[0].arguments, b"cert=a,iat-mode=0");
    }

    #[test]
    fn says_what_is_wrong() {
        /// What a line is replaced with, and what is then wrong in column 1 of it or further.
        const LINE: &str = "geoip6-db-digest DA39A3EE5E6B4B0D3255BFEF95601890AFD80709";
        #[rustfmt::skip]
        let cases: &[(&str, &[&str])] = &[
            (LINE, &[]),
            ("geoip-start-time 2009-01-01 00:00:00\ngeoip-client-origins us=8,??=16", &[]),
            ("geoip6-db-digest DA39", &["10:18 expected digest, 20 bytes in hexadecimal"]),
            ("read-history 2026-11-21 23:56:39 (900 s)", &[]),
            ("opt read-history 2026-11-21 23:56:39 (900 s) ", &[]),
            ("read-history 2026-11-21 23:56:39 900 1", &["10:34 expected interval, seconds: (N s)"]),
            ("read-history 2026-11-21 41:19:31 (900 s)", &["10:14 expected time, a time since 1970: YYYY-MM-DD HH:MM:SS"]),
            ("ipv6-write-history 2026-11-21 23:56:39 (900 s) 1,-2", &["10:48 expected bytes, values with commas between, each a number"]),
            ("dirreq-v3-ips ", &[]),
            ("dirreq-v3-reqs us=\u{e9}", &["10:16 expected counts, values with commas between, each KEY=VALUE with a number"]),
            ("dirreq-v3-reqs \u{e9}s=8", &["10:16 expected counts, values with commas between, each KEY=VALUE with a number"]),
            ("dirreq-v2-share 120.50%\ndirreq-v3-share 0.37%", &[]),
            ("dirreq-v3-share nan%", &["10:17 expected share, a number with % behind it"]),
            ("dirreq-v3-resp ok=8,new-one=4\ndirreq-v3-direct-dl complete=0,timeout=0,running=0", &[]),
            ("cell-queued-cells 4.71,-0.04,0.00", &[]),
            ("cell-queued-cells 4.71,inf", &["10:19 expected deciles, values with commas between, each a number, also with decimals"]),
            ("conn-bi-direct 2026-11-21 23:56:39 (86400 s) 1,2,3", &["10:46 expected connections, 4 values with commas between, each a number"]),
            ("exit-streams-opened 80=4,other=8", &[]),
            ("hidserv-v3-stats-end 2026-11-21 23:56:39 (86400 s)\nhidserv-dir-v3-onions-seen -8 delta_f=8 epsilon=0.30", &[]),
            ("hidserv-rend-relayed-cells x", &["10:28 expected count, a number, also below zero"]),
            ("transport obfs3", &["10:16 expected address:port, ADDRESS:PORT"]),
            ("transport a 192.0.2.1:1\ntransport b [::1]:1 a=b\ntransport-info x", &[]),
            ("overload-fd-exhausted 1 2026-11-21 23:00:00\nnew-keyword 1", &[]),
            ("bridge-ips\nbridge-ips", &["11:1 expected one item \"bridge-ips\", and here is more"]),
        ];
        for (to, expected) in cases {
            check(PATH, &RULES, LINE, to, expected);
        }
        #[rustfmt::skip]
        let cases: &[(&str, &str, &[&str])] = &[
            ("extra-info harness", "extra-info", &["1:12 expected nickname, 1 to 19 letters and digits"]),
            ("\nrouter-sig-ed25519", "\nx", &["18:1 expected an item \"router-sig-ed25519\" where \"identity-ed25519\" is, and there is none"]),
            ("\npublished ", "\nx ", &["18:1 expected an item \"published\", and there is none"]),
        ];
        for (from, to, expected) in cases {
            check(PATH, &RULES, from, to, expected);
        }
    }
}
