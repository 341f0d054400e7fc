//! The sanitised extra-info document of a bridge.

use super::extra_info::{ExtraInfo, SHARED};
use super::sanitised::{DIGEST, DIGEST_SHA256, MASTER_KEY, sanitised};
use crate::forms::Form;
use crate::rules::{Argument, Rule, Rules, Section, Times, joined};
use crate::structure::Document;

/// A bridge's extra-info document without what would find the bridge, as
/// CollecTor hands it out ("Tor bridge descriptors", section 5).
#[derive(Clone, Copy, Debug)]
pub struct BridgeExtraInfo<'a> {
    extra_info: ExtraInfo<'a>,
}

#[rustfmt::skip] // One line a rule: the table is to be read beside the specification.
static RULES: Rules = Rules::new(&[Section::new("sanitised extra-info document", Times::Exactly,
    &joined::<{ SHARED.len() + OWN.len() }>(&[SHARED, OWN]))]);

/// What stands in for the keys, the signatures, the transports.
#[rustfmt::skip]
const OWN: &[Rule] = &[
    Rule::any_number("transport").takes(&[Argument::one("transportname", Form::Word)]),
    MASTER_KEY, DIGEST_SHA256, DIGEST,
];

impl<'a> BridgeExtraInfo<'a> {
    /// What a sanitised extra-info document has to be like.
    pub const RULES: &'static Rules = &RULES;

    /// Finds the items. [`Kind::check`](crate::Kind::check) says all that is wrong.
    #[must_use]
    pub fn read(document: Document<'a>) -> Self {
        Self {
            extra_info: ExtraInfo::read_by(document, &RULES),
        }
    }

    /// What it has in common with a relay's. The fingerprint is not that of the bridge.
    #[must_use]
    pub fn extra_info(&self) -> &ExtraInfo<'a> {
        &self.extra_info
    }

    /// Each `transport`: the names alone are left.
    pub fn transports(&self) -> impl Iterator<Item = &'a [u8]> + use<'a> {
        let items = self.extra_info.fields().all("transport");
        items.filter_map(|item| item.arguments().next())
    }
}

sanitised! { impl BridgeExtraInfo in extra_info }

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{problems, recorded};

    #[test]
    fn reads_the_fields() {
        for (version, has_sha256, transports) in [("1.1", false, 2), ("1.3", true, 1)] {
            let path = alloc::format!("netdoc/bridge-extra-info/version-{version}");
            let read = BridgeExtraInfo::read(Document::new(recorded(&path)));
            assert!(read.digest().is_ok());
            assert_eq!(read.digest_sha256().unwrap().is_some(), has_sha256);
            assert_eq!(read.transports().count(), transports);
            assert!(read.extra_info().relay().is_ok());
            assert_eq!(read.extra_info().digest(), None);
            assert_eq!(read.scrubbing_problems(), []);
        }
    }

    #[test]
    fn says_what_is_wrong() {
        let text =
            b"extra-info a 1EC248422B57D9C0BD751892FE787585407479A\ntransport\nrouter-digest AA\n";
        let expected = [
            "1:14 expected fingerprint, 40 hexadecimal digits",
            "2:10 expected transportname, a word",
            "3:15 expected digest, 20 bytes in hexadecimal",
            "4:1 expected an item \"published\", and there is none",
        ];
        assert_eq!(problems(&RULES, text), expected);
    }
}
