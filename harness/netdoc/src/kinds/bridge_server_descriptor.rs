//! The sanitised server descriptor of a bridge.

use super::sanitised::{DIGEST, DIGEST_SHA256, MASTER_KEY, sanitised};
use super::server_descriptor::{SHARED, ServerDescriptor};
use crate::forms::Form;
use crate::rules::{Argument, Content, Rule, Rules, Section, Times, joined};
use crate::structure::Document;

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
    MASTER_KEY,
    Rule::at_most_once("ntor-onion-key").takes(&[Argument::one("base-64-encoded-key", Form::Base64(32))]),
    DIGEST_SHA256, DIGEST,
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
}

sanitised! { impl BridgeServerDescriptor in descriptor }

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
