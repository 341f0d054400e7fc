//! The sanitised server descriptor of a bridge.

use alloc::vec::Vec;

use super::scrubbing;
use super::server_descriptor::{SHARED, ServerDescriptor};
use crate::forms::Form;
use crate::rules::{Argument, Content, ParseError, Place, Rule, Rules, Section, Times, joined};
use crate::structure::{Document, Sha1, Sha256};

/// A bridge's server descriptor without what would find the bridge, as CollecTor
/// hands it out ("Tor bridge descriptors", section 4).
#[derive(Clone, Copy, Debug)]
pub struct BridgeServerDescriptor<'a> {
    descriptor: ServerDescriptor<'a>,
}

#[rustfmt::skip] // One line a rule: the table is to be read beside the specification.
static RULES: Rules = Rules::new(&[Section::new("sanitised server descriptor", Times::Exactly,
    &joined::<{ SHARED.len() + OWN.len() }>(&[SHARED, OWN]))]);

/// What stands in for the keys and the signatures. An `onion-key` that was left
/// there begins no microdescriptor: [`BridgeServerDescriptor::scrubbing_problems`]
/// finds it.
#[rustfmt::skip]
const OWN: &[Rule] = &[
    Rule::at_most_once("onion-key").optional_object("RSA PUBLIC KEY", Content::RSA_1024),
    Rule::at_most_once("master-key-ed25519").takes(&[Argument::one("key", Form::Base64(32))]),
    Rule::at_most_once("ntor-onion-key").takes(&[Argument::one("base-64-encoded-key", Form::Base64(32))]),
    Rule::at_most_once("router-digest-sha256").takes(&[Argument::one("digest", Form::Base64(32))]),
    Rule::exactly_once("router-digest").at(Place::Last).takes(&[Argument::one("digest", Form::Hex(20))]),
];

impl<'a> BridgeServerDescriptor<'a> {
    /// What a sanitised server descriptor has to be like.
    pub const RULES: &'static Rules = &RULES;

    /// Finds the items. [`Kind::check`](crate::Kind::check) says all that is wrong.
    #[must_use]
    pub fn read(document: Document<'a>) -> Self {
        Self {
            descriptor: ServerDescriptor::read_by(document, &RULES),
        }
    }

    /// What it has in common with a relay's. The addresses, the contact, the
    /// fingerprints are not those of the bridge.
    #[must_use]
    pub fn descriptor(&self) -> &ServerDescriptor<'a> {
        &self.descriptor
    }

    /// `router-digest`: the SHA-1 of the SHA-1 of what the bridge wrote.
    ///
    /// # Errors
    /// If it is not there, or cannot be read.
    pub fn digest(&self) -> Result<Sha1, ParseError> {
        self.descriptor.fields().one("router-digest")
    }

    /// `router-digest-sha256`: the SHA-256 of the SHA-256 of what the bridge wrote.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn digest_sha256(&self) -> Result<Option<Sha256>, ParseError> {
        self.descriptor.fields().maybe("router-digest-sha256")
    }

    /// What sanitising should have replaced or removed; none for a good document.
    #[must_use]
    pub fn scrubbing_problems(&self) -> Vec<ParseError> {
        scrubbing::problems(&self.descriptor.document())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{problems, recorded};

    #[test]
    fn reads_the_fields() {
        for (version, has_sha256) in [("1.0", false), ("1.2", true)] {
            let path = alloc::format!("netdoc/bridge-server-descriptor/version-{version}");
            let read = BridgeServerDescriptor::read(Document::new(recorded(&path)));
            assert!(read.digest().is_ok());
            assert_eq!(read.digest_sha256().unwrap().is_some(), has_sha256);
            let descriptor = read.descriptor();
            assert_eq!(descriptor.router().unwrap().address.octets()[0], 10);
            assert_eq!(descriptor.contact(), Some(&b"somebody"[..]));
            assert_eq!(descriptor.digest(), None);
            assert_eq!(read.scrubbing_problems(), []);
        }
    }

    #[test]
    fn says_what_is_wrong() {
        let text = b"router a 10.0.0.1 1 0 0\nbandwidth 1 2 3\nreject *:*\nrouter-digest 00\n\
            published 2018-04-02 13:13:13\nrouter-digest-sha256 AA\nplatform Tor 0.2.2\n";
        let expected = [
            "4:1 expected the item \"router-digest\" at the end",
            "4:15 expected digest, 20 bytes in hexadecimal",
            "6:22 expected digest, 32 bytes in base64 without padding",
        ];
        assert_eq!(problems(&RULES, text), expected);
        let missing = "1:24 expected an item \"router-digest\", and there is none";
        assert!(problems(&RULES, b"router a 10.0.0.1 1 0 0").contains(&missing.into()));
    }
}
