//! The microdescriptor.

use alloc::collections::BTreeSet;
use core::net::SocketAddr;

use super::accessors::accessors;
use super::arguments::PROTOCOLS;
use super::port_policy::{PORT_POLICY, PortPolicy};
use crate::forms::Form;
use crate::rules::{
    Argument, Content, Fields, Law, ParseError, Place, Report, Rule, Rules, Section, Since, Times,
    Values,
};
use crate::structure::{Document, Object, Sha256, sha256};

/// What clients need to know of a relay (section 3.3).
///
/// To read it decodes nothing and cannot fail; each field is decoded when it is
/// asked for. Of an item that is there again, the first counts. Every item,
/// known or not, is in [`Microdescriptor::document`].
#[derive(Clone, Copy, Debug)]
pub struct Microdescriptor<'a> {
    fields: Fields<'a>,
}

/// Authorities leave out `p` and `p6` where nothing is let through. Only those
/// of relays before tor 0.2.4 have no `ntor-onion-key`, and none with
/// `id ed25519` is that old.
#[rustfmt::skip] // One line a rule: the table is to be read beside the specification.
static RULES: Rules = Rules::new(&[Section::new("microdescriptor", Times::Exactly, &[
    Rule::exactly_once("onion-key").at(Place::First).no_extra().optional_object("RSA PUBLIC KEY", Content::RSA_1024),
    Rule::exactly_once("ntor-onion-key").since(Since::Items(&["id ed25519"])).takes(&[Argument::one("base-64-encoded-key", Form::Base64(32))]),
    Rule::any_number("a").takes(&[Argument::one("address", Form::Socket)]),
    Rule::at_most_once("family").takes(&[Argument::any("name", Form::Word)]),
    Rule::at_most_once("family-ids").takes(&[Argument::any("id", Form::Word)]),
    Rule::at_most_once("p").takes(PORT_POLICY),
    Rule::at_most_once("p6").takes(PORT_POLICY),
    Rule::at_most_once("pr").takes(PROTOCOLS),
    Rule::any_number("id").takes(&[Argument::one("identity", Form::Typed("ed25519", &[Form::Base64(32)]))]),
])]).laws(LAWS);

/// What the table cannot say.
const LAWS: &[Law] = &[Law::new(
    "dir-spec 3.3",
    "one identity of each type",
    identity_again,
)];

/// Where there is another identity of a type.
fn identity_again(document: &Document<'_>, report: Report<'_>) {
    let items = document.items().filter(|item| item.keyword() == "id");
    let mut types = BTreeSet::new();
    for name in items.filter_map(|item| item.arguments().next()) {
        if !types.insert(name) {
            report(name);
        }
    }
}

impl<'a> Microdescriptor<'a> {
    /// What a microdescriptor has to be like.
    pub const RULES: &'static Rules = &RULES;

    /// Finds the items. [`Kind::check`](crate::Kind::check) says all that is wrong.
    #[must_use]
    pub fn read(document: Document<'a>) -> Self {
        Self {
            fields: Fields::read(document, &RULES.sections[0]),
        }
    }

    /// What a consensus names it by: the SHA-256 of all but the annotations.
    #[must_use]
    pub fn digest(&self) -> Sha256 {
        sha256(self.document().without_annotations().as_bytes())
    }

    /// The key for TAP in base64, which relays no longer have to have.
    #[must_use]
    pub fn onion_key(&self) -> Option<Object<'a>> {
        self.fields.item("onion-key")?.object()
    }

    /// Each `a`: further addresses for other relays.
    pub fn addresses(&self) -> impl Iterator<Item = Result<SocketAddr, ParseError>> {
        self.fields.each("a", Values::one)
    }

    /// `family`: nicknames, and fingerprints behind `$`.
    pub fn family(&self) -> impl Iterator<Item = &'a [u8]> + use<'a> {
        self.words("family")
    }

    /// `family-ids`: the families that the relay has proved to be in, as `ed25519:...`.
    pub fn family_ids(&self) -> impl Iterator<Item = &'a [u8]> + use<'a> {
        self.words("family-ids")
    }

    /// `p`: where streams may go.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn policy(&self) -> Result<Option<PortPolicy>, ParseError> {
        self.fields.optional("p", PortPolicy::read)
    }

    /// `p6`: the same for IPv6.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn ipv6_policy(&self) -> Result<Option<PortPolicy>, ParseError> {
        self.fields.optional("p6", PortPolicy::read)
    }

    /// `id ed25519`: the relay's identity.
    ///
    /// # Errors
    /// If an `id` before it cannot be read.
    pub fn ed25519_identity(&self) -> Result<Option<[u8; 32]>, ParseError> {
        self.fields.typed("id", "ed25519")
    }

    fn words(&self, keyword: &'static str) -> impl Iterator<Item = &'a [u8]> + use<'a> {
        let item = self.fields.item(keyword);
        item.into_iter().flat_map(|item| item.arguments())
    }
}

accessors! { impl Microdescriptor {
    /// `ntor-onion-key`: the key for ntor.
    one ntor_onion_key: [u8; 32] = "ntor-onion-key";
}}

#[cfg(test)]
mod tests {
    use alloc::vec;
    use alloc::vec::Vec;

    use super::*;
    use crate::forms::base64;
    use crate::testing::{problems, recorded};

    const GOOD: &str = "@last-listed 2026-11-21 23:00:00\n\
        onion-key\n\
        ntor-onion-key mvpLHdG88ZDpipxbPyrIcfhYpbowd6rWuQYU7hoQYgM\n\
        a [2001:db8::1]:9001\n\
        family $2171A44D9B34A730EE66771D831E29B1382C014C nobody\n\
        family-ids ed25519:dqwQ1Lnkn6/lFZWeyBxViav70+loqJfBCGGAbxNalzE\n\
        p accept 80,443-444\n\
        p6 reject 25\n\
        id ed25519 dqwQ1Lnkn6/lFZWeyBxViav70+loqJfBCGGAbxNalzE\n";

    #[test]
    fn reads_the_fields() {
        let read = Microdescriptor::read(Document::new(GOOD.as_bytes()));
        assert!(read.onion_key().is_none());
        assert_eq!(read.ntor_onion_key().unwrap()[..2], [0x9a, 0xfa]);
        let addresses: Result<Vec<_>, _> = read.addresses().collect();
        assert_eq!(addresses, Ok(vec!["[2001:db8::1]:9001".parse().unwrap()]));
        assert_eq!(read.family().last(), Some(&b"nobody"[..]));
        assert_eq!(read.family_ids().count(), 1);
        let policy = read.policy().unwrap().unwrap();
        assert!(policy.accepts(443) && !policy.accepts(445));
        let policy = read.ipv6_policy().unwrap().unwrap();
        assert!(policy.accepts(443) && !policy.accepts(25));
        let identity = read.ed25519_identity().unwrap().unwrap();
        assert_eq!(identity[..2], [0x76, 0xac]);
        let (_, bare) = GOOD.split_once('\n').unwrap();
        assert_eq!(read.digest(), sha256(bare.as_bytes()));
    }

    /// As stem 1.8.2 says them.
    #[test]
    fn has_a_digest() {
        for (method, digest) in [
            ("8", "ILUlLD/Tu+1h2K/dqUSA2bZbh613eYYw2lK4R9YKVEk"),
            (
                "30-annotated",
                "d2nppqQy9bUvlbX03MrSWhcuxkmzOpcKfH+RUm5PcQ4",
            ),
        ] {
            let path = alloc::format!("netdoc/microdescriptor/method-{method}");
            let read = Microdescriptor::read(Document::new(recorded(&path)));
            assert_eq!(base64(digest.as_bytes()), Some(read.digest()), "{method}");
        }
    }

    #[test]
    fn is_named_by_its_digest() {
        let consensus = Document::new(recorded("netdoc/consensus-microdesc/current"));
        let named: Vec<_> = consensus
            .items()
            .filter(|item| item.keyword() == "m")
            .map(|item| base64(item.text().unwrap()).unwrap())
            .collect();
        for relay in ["authority", "exit", "relay"] {
            let path = alloc::format!("netdoc/microdescriptor/{relay}");
            let read = Microdescriptor::read(Document::new(recorded(&path)));
            assert!(named.contains(&read.digest()), "{relay}");
        }
    }

    #[test]
    fn says_what_is_wrong() {
        const NTOR: &str = "ntor-onion-key mvpLHdG88ZDpipxbPyrIcfhYpbowd6rWuQYU7hoQYgM\n";
        #[rustfmt::skip]
        let cases: &[(&str, &str, &[&str])] = &[
            ("", "", &[]),
            ("onion-key\n", "onion-key x\n", &["2:11 expected the end of the line"]),
            ("onion-key\n", "onion-key\n-----BEGIN RSA PUBLIC KEY-----\nAA==\n-----END RSA PUBLIC KEY-----\n",
                &["3:1 expected base64 of an RSA public key of 1024 bits"]),
            (NTOR, "", &["9:1 expected an item \"ntor-onion-key\", and there is none"]),
            ("YgM\n", "YgM=\n", &[]),
            ("YgM\n", "Yg\n", &["3:16 expected base-64-encoded-key, 32 bytes in base64 without padding"]),
            ("[2001:db8::1]:9001", "2001:db8::1:9001", &["4:3 expected address, ADDRESS:PORT"]),
            ("p accept", "p allow", &["7:3 expected policy, one of accept, reject"]),
            ("443-444", "444-443", &["7:10 expected PortList, values with commas between, each a number up to 65535, or FROM-TO"]),
            ("p6 reject", "p reject", &["8:1 expected one item \"p\", and here is more"]),
            ("id ed25519", "id ed25519 ?", &["9:4 expected identity, a type; behind ed25519, 32 bytes in base64 without padding"]),
            ("id ed25519 dq", "id ed25519 ", &["9:4 expected identity, a type; behind ed25519, 32 bytes in base64 without padding"]),
            ("id ed25519", "new line\nid rsa1024 AAAA\nid x ? y\nid ed25519", &[]),
            ("id ed25519", "id x\nid rsa1024 AAAA\nid x y\nid ed25519", &["11:4 expected one identity of each type"]),
        ];
        for (from, to, expected) in cases {
            assert!(GOOD.contains(from), "{from}");
            let text = GOOD.replacen(from, to, 1);
            assert_eq!(problems(&RULES, text.as_bytes()), *expected, "{text}");
        }
        // Authorities wrote such ones before there was ntor.
        let old = "onion-key\nfamily a\nid rsa1024 AAAA\n";
        assert!(problems(&RULES, old.as_bytes()).is_empty());
    }
}
