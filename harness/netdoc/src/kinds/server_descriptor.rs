//! The server descriptor.

use core::fmt;
use core::net::{Ipv4Addr, SocketAddr};

use tor_harness_types::{Fingerprint, Nickname, UtcSeconds};

use crate::forms::Form;
use crate::rules::{
    Argument, Content, ParseError, Place, Rule, Rules, Section, Since, Times, Values,
};
use crate::structure::{Document, Fields, Item};

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

const RSA_1024: Content = Content::RsaPublicKey {
    least: 1024,
    most: 1024,
};
/// Since when the items for ed25519 and ntor, and `proto`, have to be there.
const TODAY: Since = Since::Tor("0.4.5.1-alpha");
const PORT: Form = Form::Within(0, 65_535);

#[rustfmt::skip] // One line a rule: the table is to be read beside the specification.
static RULES: Rules = Rules::new(&[Section::new("server descriptor", Times::Exactly, &[
    Rule::exactly_once("router").at(Place::First).takes(&[
        Argument::one("nickname", Form::Nickname), Argument::one("address", Form::Ipv4), Argument::one("ORPort", PORT),
        Argument::one("SOCKSPort", PORT), Argument::one("DirPort", PORT)]),
    Rule::exactly_once("identity-ed25519").since(TODAY).at(Place::Second).no_extra().object("ED25519 CERT", Content::Ed25519Certificate),
    Rule::exactly_once("master-key-ed25519").since(TODAY).takes(&[Argument::one("MasterKey", Form::Base64(32))]),
    Rule::exactly_once("bandwidth").takes(&[Argument::one("bandwidth-avg", Form::Number),
        Argument::one("bandwidth-burst", Form::Number), Argument::one("bandwidth-observed", Form::Number)]),
    Rule::at_most_once("platform").takes(&[Argument::one("string", Form::Text)]),
    Rule::exactly_once("published").takes(&[Argument::one("time", Form::Time)]),
    Rule::at_most_once("fingerprint").takes(&[Argument::one("fingerprint", Form::SpacedFingerprint)]),
    Rule::at_most_once("hibernating").takes(&[Argument::one("bool", Form::Flag)]),
    Rule::at_most_once("uptime").takes(&[Argument::one("number", Form::Signed)]),
    Rule::at_most_once("onion-key").no_extra().object("RSA PUBLIC KEY", RSA_1024).needs(&["onion-key-crosscert"]),
    Rule::at_most_once("onion-key-crosscert").no_extra().object("CROSSCERT", Content::Length(128)).needs(&["onion-key"]),
    Rule::exactly_once("ntor-onion-key").since(TODAY).takes(&[Argument::one("base-64-encoded-key", Form::Base64(32))]),
    Rule::exactly_once("ntor-onion-key-crosscert").since(TODAY).takes(&[Argument::one("sign", Form::Flag)]).no_extra().object("ED25519 CERT", Content::Ed25519Certificate),
    Rule::exactly_once("signing-key").no_extra().object("RSA PUBLIC KEY", RSA_1024),
    Rule::any_number("accept").takes(&[Argument::one("exitpattern", Form::ExitPattern)]),
    Rule::any_number("reject").takes(&[Argument::one("exitpattern", Form::ExitPattern)]),
    Rule::at_most_once("ipv6-policy").takes(&[Argument::one("policy", Form::OneOf(&["accept", "reject"])),
        Argument::one("PortList", Form::List(&Form::Range(65_535)))]),
    Rule::at_most_once("overload-general").takes(&[Argument::one("version", Form::Number), Argument::one("time", Form::Time)]),
    Rule::at_most_once("contact").takes(&[Argument::one("info", Form::Text)]),
    Rule::at_most_once("bridge-distribution-request").takes(&[Argument::one("method", Form::Word)]),
    Rule::at_most_once("family").takes(&[Argument::any("name", Form::Word)]),
    Rule::any_number("family-cert").no_extra().object("FAMILY CERT", Content::Ed25519Certificate),
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
    Rule::exactly_once("proto").since(TODAY).takes(&[Argument::any("entry", Form::Pair(&Form::List(&Form::Range(63))))]),
    Rule::exactly_once("router-sig-ed25519").since(TODAY).at(Place::NextToLast).takes(&[Argument::one("Signature", Form::Base64(64))]),
    Rule::exactly_once("router-signature").at(Place::Last).no_extra().object("SIGNATURE", Content::Length(128)),
])]);

/// What a history line takes, in server descriptors before tor 0.2.0 and in extra-infos.
const HISTORY: &[Argument] = &[
    Argument::one("time", Form::Time),
    Argument::one("interval", Form::Interval),
    Argument::optional("bytes", Form::List(&Form::Number)),
];

impl<'a> ServerDescriptor<'a> {
    /// What a server descriptor has to be like.
    pub const RULES: &'static Rules = &RULES;

    /// Finds the items. [`Document::check`] with [`Self::RULES`] says all that is wrong.
    #[must_use]
    pub fn read(document: Document<'a>) -> Self {
        Self {
            fields: Fields::read(document, &RULES.sections[0]),
        }
    }

    /// The items.
    #[must_use]
    pub fn document(&self) -> Document<'a> {
        self.fields.document()
    }

    /// Where the items are.
    #[must_use]
    pub fn fields(&self) -> &Fields<'a> {
        &self.fields
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

    /// `published`: when it was made.
    ///
    /// # Errors
    /// If it is not there, or cannot be read.
    pub fn published(&self) -> Result<UtcSeconds, ParseError> {
        self.fields.one("published")
    }

    /// `fingerprint` of the identity key.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn fingerprint(&self) -> Result<Option<Fingerprint>, ParseError> {
        self.fields.maybe("fingerprint")
    }

    /// `uptime`, in seconds. Before tor 0.1.2.7 it could be negative.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn uptime(&self) -> Result<Option<i64>, ParseError> {
        self.fields.maybe("uptime")
    }

    /// `platform`: tor's version, the operating system.
    #[must_use]
    pub fn platform(&self) -> Option<&'a [u8]> {
        self.fields.text("platform")
    }

    /// `contact`: how to reach the operator; any bytes.
    #[must_use]
    pub fn contact(&self) -> Option<&'a [u8]> {
        self.fields.text("contact")
    }

    /// `proto`: the subprotocols with their versions, not looked into.
    #[must_use]
    pub fn proto(&self) -> Option<&'a [u8]> {
        self.fields.text("proto")
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

    /// Each `accept` or `reject` line in order, not looked into.
    pub fn exit_policy(&self) -> impl Iterator<Item = Item<'a>> + use<'a> {
        self.document()
            .items()
            .filter(|item| matches!(item.keyword_bytes(), b"accept" | b"reject"))
    }
}

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
        assert_eq!(document.check(ServerDescriptor::RULES), []);
    }

    #[test]
    fn says_what_is_wrong() {
        #[rustfmt::skip]
        let cases: &[(&str, &str, &[&str])] = &[
            ("", "", &[]),
            ("router harness", "router har-ness", &["1:8 expected nickname, 1 to 19 letters and digits"]),
            ("127.0.0.1 9001", "127.0.0.1 65536", &["1:26 expected ORPort, a number from 0 to 65535"]),
            (" 9001 0 0\n", " 9001 0\n", &["1:32 expected DirPort, a number from 0 to 65535"]),
            ("uptime 0", "uptime -1", &[]),
            ("uptime 0", "uptime soon", &["13:8 expected number, a number, also below zero"]),
            ("73741824 0\n", "73741824\n", &["14:32 expected bandwidth-observed, a number"]),
            ("\nuptime", "\nor-address [2001:db8::1]\nuptime", &["13:12 expected address, ADDRESS:PORT"]),
            ("\nuptime", "\nhibernating 2\nuptime", &["13:13 expected bool, 0 or 1"]),
            ("\nproto ", "\nprotocols ", &["54:1 expected an item \"proto\", and there is none"]),
            ("0.4.9.11 on Linux\nproto ", "0.2.4.1-alpha on Linux\nprotocols ", &[]),
            ("\nuptime 0", "\nuptime 0\nuptime 0", &["14:1 expected one item \"uptime\", and here is more"]),
            ("\nrouter-signature", "\nfamily\nrouter-signature", &["46:1 expected the item \"router-sig-ed25519\" right before the last item"]),
        ];
        for (from, to, expected) in cases {
            check(PATH, ServerDescriptor::RULES, from, to, expected);
        }
    }
}
