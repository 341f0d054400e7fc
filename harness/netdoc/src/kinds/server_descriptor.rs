//! The server descriptor.

use core::fmt;
use core::net::{Ipv4Addr, SocketAddr};

use tor_harness_types::{Fingerprint, Nickname, UtcSeconds};

use super::accessors::accessors;
use super::arguments::{PORT, PROTOCOLS, TIME};
use super::port_policy::{PORT_POLICY, PortPolicy};
use super::statistics::{HISTORY, History};
use crate::forms::{Form, Value};
use crate::rules::{
    Argument, Content, Fields, Law, ParseError, Place, Report, Rule, Rules, Section, Since, Times,
    Values, joined,
};
use crate::structure::{Document, Item, Sha1, Sha256, sha1, sha256, signed_part};

/// What a relay says of itself (section 2.1.1).
///
/// To read it decodes nothing and cannot fail; each field is decoded when it is
/// asked for. Of an item that is there again, the first counts. Every item,
/// known or not, is in [`ServerDescriptor::document`].
#[derive(Clone, Copy, Debug)]
pub struct ServerDescriptor<'a> {
    fields: Fields<'a>,
}

/// The first line of a server descriptor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Router {
    /// The relay's nickname.
    pub nickname: Nickname,
    /// Its address.
    pub address: Ipv4Addr,
    /// The port for other relays; 0 for none.
    pub or_port: u16,
    /// Always 0 since there is a control port.
    pub socks_port: u16,
    /// The port for directory requests; 0 for none.
    pub dir_port: u16,
}

/// How much a relay can carry, in bytes a second.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Bandwidth {
    /// What it is willing to carry over a long time.
    pub average: u64,
    /// What it is willing to carry for a short time.
    pub burst: u64,
    /// What it has been seen to carry.
    pub observed: u64,
}

/// Since when the items for ed25519 and ntor, and `proto`, have to be there.
const TODAY: Since = Since::Tor("0.4.5.1-alpha", "2020-11-01");

/// What tor counts bytes a second up to; it refuses a descriptor that says more.
const INT_MAX: u64 = i32::MAX as u64;

#[rustfmt::skip] // One line a rule: the table is to be read beside the specification.
static RULES: Rules = Rules::new(&[Section::new("server descriptor", Times::Exactly,
    &joined::<{ SHARED.len() + OWN.len() }>(&[SHARED, OWN]))]).laws(LAWS);

/// What the table cannot say.
const LAWS: &[Law] = &[Law::new(
    "dir-spec 2.1.1",
    "an uptime that is not below zero",
    negative_uptime,
)];

/// What sanitising leaves in a bridge's descriptor.
#[rustfmt::skip]
pub(super) const SHARED: &[Rule] = &[
    Rule::exactly_once("router").at(Place::First).takes(&[
        Argument::one("nickname", Form::Nickname), Argument::one("address", Form::Ipv4), Argument::one("ORPort", PORT),
        Argument::one("SOCKSPort", PORT), Argument::one("DirPort", PORT)]).needs_one_of(&["accept", "reject", "accept6", "reject6"]),
    Rule::exactly_once("bandwidth").takes(&[Argument::one("bandwidth-avg", Form::Within(1, INT_MAX)),
        Argument::one("bandwidth-burst", Form::Within(0, INT_MAX)), Argument::one("bandwidth-observed", Form::Within(0, INT_MAX))]),
    Rule::at_most_once("platform").takes(&[Argument::one("string", Form::Text)]),
    Rule::exactly_once("published").takes(TIME).no_extra(),
    Rule::at_most_once("fingerprint").takes(&[Argument::one("fingerprint", Form::SpacedFingerprint)]),
    Rule::at_most_once("hibernating").takes(&[Argument::one("bool", Form::Flag)]),
    Rule::at_most_once("uptime").takes(&[Argument::one("number", Form::Signed)]),
    Rule::any_number("accept").takes(&[Argument::one("exitpattern", Form::ExitPattern4)]),
    Rule::any_number("reject").takes(&[Argument::one("exitpattern", Form::ExitPattern4)]),
    Rule::any_number("accept6").takes(&[Argument::one("exitpattern", Form::ExitPattern)]),
    Rule::any_number("reject6").takes(&[Argument::one("exitpattern", Form::ExitPattern)]),
    Rule::at_most_once("ipv6-policy").takes(PORT_POLICY),
    Rule::at_most_once("overload-general").takes(&[Argument::one("version", Form::Number), Argument::one("time", Form::Time)]),
    Rule::at_most_once("contact").takes(&[Argument::one("info", Form::Text)]),
    Rule::at_most_once("bridge-distribution-request").takes(&[Argument::one("method", Form::Word)]),
    Rule::at_most_once("family").takes(&[Argument::any("name", Form::FamilyMember)]),
    Rule::at_most_once("read-history").takes(HISTORY),
    Rule::at_most_once("write-history").takes(HISTORY),
    Rule::at_most_once("eventdns").takes(&[Argument::one("bool", Form::Flag)]),
    Rule::at_most_once("caches-extra-info").no_extra(),
    Rule::at_most_once("extra-info-digest").takes(&[Argument::one("sha1-digest", Form::Hex(20)), Argument::optional("sha256-digest", Form::Base64(32))]),
    Rule::at_most_once("hidden-service-dir").takes(&[Argument::any("version", Form::Number)]),
    Rule::at_most_once("protocols").takes(&[Argument::one("versions", Form::Text)]),
    Rule::at_most_once("allow-single-hop-exits").no_extra(),
    Rule::any_number("or-address").takes(&[Argument::one("address", Form::Socket)]),
    Rule::at_most_once("tunnelled-dir-server").no_extra(),
    Rule::exactly_once("proto").since(TODAY).takes(PROTOCOLS),
];

/// The keys, certificates, signatures. A relay with ed25519 needs no TAP key,
/// `onion-key`, any more; one that has no ed25519 is too old not to have one.
#[rustfmt::skip]
const OWN: &[Rule] = &[
    Rule::exactly_once("identity-ed25519").since(TODAY).at(Place::Second).no_extra().object("ED25519 CERT", Content::CertificateOfType(4))
        .needs(&["ntor-onion-key-crosscert", "router-sig-ed25519"]),
    Rule::exactly_once("master-key-ed25519").since(TODAY).takes(&[Argument::one("MasterKey", Form::Base64(32))]),
    Rule::exactly_once("onion-key").since(Since::TorBefore("0.2.7.2-alpha", "2015-07-27")).no_extra().object("RSA PUBLIC KEY", Content::RSA_1024),
    Rule::exactly_once("onion-key-crosscert").since(Since::Items(&["identity-ed25519", "onion-key"])).no_extra()
        .object("CROSSCERT", Content::RSA_1024_SIGNATURE).needs(&["onion-key"]),
    Rule::exactly_once("ntor-onion-key").since(TODAY).takes(&[Argument::one("base-64-encoded-key", Form::Base64(32))]),
    Rule::exactly_once("ntor-onion-key-crosscert").since(TODAY).takes(&[Argument::one("sign", Form::Flag)]).no_extra().object("ED25519 CERT", Content::Ed25519Certificate),
    Rule::exactly_once("signing-key").no_extra().object("RSA PUBLIC KEY", Content::RSA_1024),
    Rule::any_number("family-cert").no_extra().object("FAMILY CERT", Content::CertificateOfType(12)),
    Rule::exactly_once("router-sig-ed25519").since(TODAY).at(Place::NextToLast).takes(&[Argument::one("Signature", Form::Base64(64))]),
    Rule::exactly_once("router-signature").at(Place::Last).no_extra().object("SIGNATURE", Content::RSA_1024_SIGNATURE),
];

/// Where the uptime is below zero, which no tor writes or takes since 0.1.2.7.
fn negative_uptime(document: &Document<'_>, report: Report<'_>) {
    const NEVER_NEGATIVE: Since = Since::Tor("0.1.2.7-alpha", "2007-02-06");
    let uptime = document.item("uptime");
    let uptime = uptime.and_then(|item| item.arguments().next());
    let is_negative = |words: &&[u8]| matches!(Form::Signed.read(words), Some(Value::Negative(_)));
    if let Some(uptime) = uptime.filter(is_negative)
        && NEVER_NEGATIVE.is_met_by(document)
    {
        report(uptime);
    }
}

impl<'a> ServerDescriptor<'a> {
    /// What a server descriptor has to be like.
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

    /// What a consensus names it by: the SHA-1 of what the RSA signature is over.
    /// None if the first or the last item is not there.
    #[must_use]
    pub fn digest(&self) -> Option<Sha1> {
        self.signed_part().map(sha1)
    }

    /// The SHA-256 of the same. None if the first or the last item is not there.
    #[must_use]
    pub fn digest_sha256(&self) -> Option<Sha256> {
        self.signed_part().map(sha256)
    }

    fn signed_part(&self) -> Option<&'a [u8]> {
        let first = self.fields.item("router")?;
        signed_part(first, self.fields.item("router-signature")?)
    }

    /// `router`: name, address, ports.
    ///
    /// # Errors
    /// If it is not there, or cannot be read.
    pub fn router(&self) -> Result<Router, ParseError> {
        self.fields.required("router", |values| {
            Ok(Router {
                nickname: values.one()?,
                address: values.one()?,
                or_port: values.one()?,
                socks_port: values.one()?,
                dir_port: values.one()?,
            })
        })
    }

    /// `bandwidth`: what it can carry.
    ///
    /// # Errors
    /// If it is not there, or cannot be read.
    pub fn bandwidth(&self) -> Result<Bandwidth, ParseError> {
        self.fields.required("bandwidth", |values| {
            Ok(Bandwidth {
                average: values.one()?,
                burst: values.one()?,
                observed: values.one()?,
            })
        })
    }

    /// `hibernating`: whether it did not take part when this was made.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn hibernating(&self) -> Result<bool, ParseError> {
        Ok(self.fields.maybe("hibernating")?.unwrap_or(false))
    }

    /// Each `or-address`: further addresses for other relays.
    pub fn or_addresses(&self) -> impl Iterator<Item = Result<SocketAddr, ParseError>> {
        self.fields.each("or-address", Values::one)
    }

    /// Each `accept` or `reject` line in order, those that end in `6` included, not looked into.
    pub fn exit_policy(&self) -> impl Iterator<Item = Item<'a>> + use<'a> {
        let items = self.document().items();
        items.filter(|item| {
            let keyword = item.keyword_bytes();
            let word = keyword.strip_suffix(b"6").unwrap_or(keyword);
            matches!(word, b"accept" | b"reject")
        })
    }

    /// `ipv6-policy`: where streams over IPv6 may go.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn ipv6_policy(&self) -> Result<Option<PortPolicy>, ParseError> {
        self.fields.optional("ipv6-policy", PortPolicy::read)
    }

    /// `family`: nicknames, and fingerprints behind `$`, with `=` or `~` and a nickname or without.
    pub fn family(&self) -> impl Iterator<Item = &'a [u8]> + use<'a> {
        let item = self.fields.item("family");
        item.into_iter().flat_map(|item| item.arguments())
    }

    /// `extra-info-digest`: [`ExtraInfo::digest`](super::ExtraInfo::digest) of the
    /// document with it, and since tor 0.2.7.2 its SHA-256.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn extra_info_digest(&self) -> Result<Option<(Sha1, Option<Sha256>)>, ParseError> {
        self.fields.optional("extra-info-digest", |values| {
            Ok((values.one()?, values.optional()?))
        })
    }

    /// `read-history` or `write-history`, which stood here before tor 0.2.0.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn history(&self, keyword: &'static str) -> Result<Option<History>, ParseError> {
        self.fields.optional(keyword, History::read)
    }
}

accessors! { impl ServerDescriptor {
    /// `published`: when it was made.
    one published: UtcSeconds = "published";
    /// `fingerprint` of the identity key.
    maybe fingerprint: Fingerprint = "fingerprint";
    /// `uptime`, in seconds. Before tor 0.1.2.7 it could be negative.
    maybe uptime: i64 = "uptime";
    /// `platform`: tor's version, the operating system.
    text platform = "platform";
    /// `contact`: how to reach the operator; any bytes.
    text contact = "contact";
    /// `proto`: the subprotocols with their versions, not looked into.
    text proto = "proto";
    /// `ntor-onion-key`: the key for ntor.
    maybe ntor_onion_key: [u8; 32] = "ntor-onion-key";
    /// `master-key-ed25519`: the relay's identity.
    maybe master_key_ed25519: [u8; 32] = "master-key-ed25519";
}}

/// The arguments of the line.
impl fmt::Display for Router {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            nickname,
            address,
            or_port,
            socks_port,
            dir_port,
        } = self;
        write!(f, "{nickname} {address} {or_port} {socks_port} {dir_port}")
    }
}

/// The arguments of the line.
impl fmt::Display for Bandwidth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}", self.average, self.burst, self.observed)
    }
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;
    use alloc::vec::Vec;

    use super::*;
    use crate::forms::hex;
    use crate::testing::{check, recorded};

    const PATH: &str = "netdoc/server-descriptor/lone-relay";

    #[test]
    fn reads_the_fields() {
        let document = Document::new(recorded(PATH));
        let read = ServerDescriptor::read(document);
        let router = read.router().unwrap();
        assert_eq!(router.to_string(), "harness 127.0.0.1 9001 0 0");
        let bandwidth = read.bandwidth().unwrap();
        assert_eq!(bandwidth.to_string(), "1073741824 1073741824 0");
        assert_eq!(read.published().unwrap().to_string().len(), 19);
        assert!(read.fingerprint().unwrap().is_some());
        assert_eq!(read.uptime(), Ok(Some(0)));
        assert_eq!(read.platform(), Some(&b"Tor 0.4.9.11 on Linux"[..]));
        assert!(read.contact().unwrap().starts_with(b"the harness"));
        assert!(read.proto().unwrap().starts_with(b"Conflux=1 "));
        assert_eq!(read.hibernating(), Ok(false));
        assert_eq!(read.or_addresses().count(), 0);
        let policy: Vec<_> = read.exit_policy().map(|item| item.line()).collect();
        assert_eq!(policy, [&b"accept 127.0.0.0/8:*"[..], b"reject *:*"]);
        assert_eq!(ServerDescriptor::RULES.check(&document), []);
    }

    #[test]
    fn reads_what_tors_wrote_before() {
        let of = |tor| recorded(&alloc::format!("netdoc/server-descriptor/{tor}"));
        let read = |tor| ServerDescriptor::read(Document::new(of(tor)));
        assert_eq!(read("tor-0.0.9").router().unwrap().socks_port, 9050);
        assert_eq!(read("tor-0.1.0").uptime(), Ok(Some(-3540)));
        assert!(
            read("tor-0.1.0")
                .contact()
                .unwrap()
                .starts_with(b"J\xfcrgen, ")
        );
        let history = read("tor-0.1.0").history("write-history").unwrap().unwrap();
        assert_eq!((history.last.seconds, history.bytes.len()), (900, 4));
        assert_eq!(read("tor-0.1.2").hibernating(), Ok(true));
        assert!(
            read("tor-0.2.0")
                .family()
                .nth(1)
                .unwrap()
                .ends_with(b"~Unnamed")
        );
        assert!(read("tor-0.2.2").contact().unwrap().contains(&b'\r'));
        assert_eq!(read("tor-0.2.4").or_addresses().flatten().count(), 1);
        assert!(read("tor-0.2.4").ntor_onion_key().unwrap().is_some());
        let policy = read("tor-0.2.4").ipv6_policy().unwrap().unwrap();
        assert_eq!(policy.to_string(), "accept 80,443,6660-6669");
        let (_, sha256) = read("tor-0.2.7").extra_info_digest().unwrap().unwrap();
        assert!(sha256.is_some());
        assert!(read("tor-0.2.7").master_key_ed25519().unwrap().is_some());
        assert!(
            read("tor-0.4.9-no-tap")
                .fields()
                .item("onion-key")
                .is_none()
        );
    }

    /// As stem 1.8.2 says them.
    #[test]
    fn has_a_digest() {
        for (tor, digest) in [
            ("tor-0.1.0", "27EF9ABB298320B0DB07DF834FB0EC538A5825ED"),
            ("tor-0.2.2", "B4C4E4079D4CA1BB49FEE52B64F499DAAC140FA0"),
            ("tor-0.4.7", "41B8BD4B89F8128E1EEE4560BCB4486A09AE2111"),
        ] {
            let path = alloc::format!("netdoc/server-descriptor/{tor}");
            let read = ServerDescriptor::read(Document::new(recorded(&path)));
            assert_eq!(read.digest(), hex(digest.as_bytes()), "{tor}");
        }
    }

    #[test]
    fn says_what_is_wrong() {
        #[rustfmt::skip]
        let cases: &[(&str, &str, &[&str])] = &[
            ("", "", &[]),
            ("router harness", "router har-ness", &["1:8 expected nickname, 1 to 19 letters and digits"]),
            ("127.0.0.1 9001", "127.0.0.1 65536", &["1:26 expected ORPort, a number from 0 to 65535"]),
            (" 9001 0 0\n", " 9001 0\n", &["1:32 expected DirPort, a number from 0 to 65535"]),
            ("uptime 0", "uptime -1", &["13:8 expected an uptime that is not below zero"]),
            ("uptime 0", "uptime -0", &[]),
            ("uptime 0", "uptime 9223372036854775808", &["13:8 expected number, a number, also below zero"]),
            ("uptime 0", "uptime soon", &["13:8 expected number, a number, also below zero"]),
            ("73741824 0\n", "73741824\n", &["14:32 expected bandwidth-observed, a number from 0 to 2147483647"]),
            ("bandwidth 1073741824 ", "bandwidth 0 ", &["14:11 expected bandwidth-avg, a number from 1 to 2147483647"]),
            ("bandwidth 1073741824 1073741824 0", "bandwidth 2147483647 2147483647 2147483647", &[]),
            ("bandwidth 1073741824 ", "bandwidth 2147483648 ", &["14:11 expected bandwidth-avg, a number from 1 to 2147483647"]),
            ("73741824 0\n", "73741824 99999999999\n", &["14:33 expected bandwidth-observed, a number from 0 to 2147483647"]),
            ("23:56:39\n", "23:56:39 UTC\n", &["11:31 expected the end of the line"]),
            ("\nuptime", "\nfamily a $AA !!\nuptime", &["13:10 expected name, a nickname, or $ with 40 hexadecimal digits"]),
            ("\nuptime", "\nfamily\nuptime", &[]),
            ("\nuptime", "\nfamily $0123456789abcdef0123456789ABCDEF01234567~a $0123456789abcdef0123456789ABCDEF01234567=b c\nuptime", &[]),
            ("\nuptime", "\nfamily 0123456789abcdef0123456789ABCDEF01234567\nuptime", &["13:8 expected name, a nickname, or $ with 40 hexadecimal digits"]),
            ("\nuptime", "\nfamily $0123456789abcdef0123456789ABCDEF01234567~\nuptime", &["13:8 expected name, a nickname, or $ with 40 hexadecimal digits"]),
            ("accept 127.0.0.0/8:*", "accept [::1]:80", &["43:8 expected exitpattern, ADDRESS[/MASK]:PORTS without an IPv6 address"]),
            ("accept 127.0.0.0/8:*", "accept6 [::1]:80", &[]),
            // Connections to it are never permitted, but it is to be read (section 2.1.3).
            ("accept 127.0.0.0/8:*", "accept *:0", &[]),
            // No tor takes it, but the specification has it for a port that is not there.
            ("9001 0 0\n", "0 0 0\n", &[]),
            ("\nuptime", "\nor-address [2001:db8::1]\nuptime", &["13:12 expected address, ADDRESS:PORT"]),
            ("\nuptime", "\nhibernating 2\nuptime", &["13:13 expected bool, 0 or 1"]),
            ("\nproto ", "\nprotocols ", &["54:1 expected an item \"proto\", and there is none"]),
            ("ED25519 CERT-----\nAQQ", "ED25519 CERT-----\nAQU", &["3:1 expected base64 of an ed25519 certificate of type 4 with the key that signed it"]),
            ("0.4.9.11 on Linux\nproto ", "0.2.4.1-alpha on Linux\nprotocols ", &[]),
            ("Tor 0.4.9.11 on Linux\nproto ", "onion-pie 0.1 on Linux\nprotocols ", &["54:1 expected an item \"proto\", and there is none"]),
            ("\naccept 127.0.0.0/8:*\nreject *:*", "", &["52:1 expected one item of accept, reject, accept6, reject6 where \"router\" is, and there is none"]),
            ("\nidentity-ed25519\n", "\nx\n", &["54:1 expected an item \"identity-ed25519\", and there is none"]),
            ("\nonion-key\n", "\nx\n", &["54:1 expected an item \"onion-key\" where \"onion-key-crosscert\" is, and there is none"]),
            ("\nonion-key-crosscert\n", "\nx\n", &["54:1 expected an item \"onion-key-crosscert\", and there is none"]),
            ("\nonion-key-crosscert\n", "\nonion-key\n", &["28:1 expected one item \"onion-key\", and here is more",
                "29:1 expected an object, -----BEGIN RSA PUBLIC KEY-----", "54:1 expected an item \"onion-key-crosscert\", and there is none"]),
            ("\nuptime 0", "\nuptime 0\nuptime 0", &["14:1 expected one item \"uptime\", and here is more"]),
            ("\nrouter-signature", "\nfamily\nrouter-signature", &["46:1 expected the item \"router-sig-ed25519\" right before the last item"]),
        ];
        for (from, to, expected) in cases {
            check(PATH, ServerDescriptor::RULES, from, to, expected);
        }
        #[rustfmt::skip]
        let cases: &[(&str, &str, &str, &[&str])] = &[
            // What older tors could leave out, but not by itself.
            ("tor-0.2.7", "\nrouter-sig-ed25519 ", "\nx ", &["54:1 expected an item \"router-sig-ed25519\" where \"identity-ed25519\" is, and there is none"]),
            ("tor-0.4.7", "\nrouter-sig-ed25519 ", "\nx ", &["61:1 expected an item \"router-sig-ed25519\", and there is none"]),
            ("tor-0.2.7", "\nntor-onion-key ", "\nx ", &[]),
            // Another program's, of 2013.
            ("tor-0.2.4", "platform Tor 0.2.4", "platform onion-pie 0.2.4", &[]),
            ("tor-0.2.4", "\nonion-key\n", "\nx\n", &["37:1 expected an item \"onion-key\", and there is none"]),
            ("tor-0.1.0", "platform Tor 0.1.0.16", "platform Tor 0.1.2.7-alpha", &["5:8 expected an uptime that is not below zero"]),
            ("tor-0.1.0", "10.0.0.0/255.0.0.0", "10.0.0.0/256.0.0.0", &["24:8 expected exitpattern, ADDRESS[/MASK]:PORTS without an IPv6 address"]),
            ("tor-0.1.0", "\nopt write-history 2005", "\nopt write-history 205", &["20:19 expected time, a time since 1970: YYYY-MM-DD HH:MM:SS"]),
        ];
        for (tor, from, to, expected) in cases {
            let path = alloc::format!("netdoc/server-descriptor/{tor}");
            check(&path, ServerDescriptor::RULES, from, to, expected);
        }
    }
}
