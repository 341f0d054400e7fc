//! The descriptor of a version 2 onion service.

use alloc::vec::Vec;

use tor_harness_types::UtcSeconds;

use super::arguments::{PORT, TIME};
use super::parts::parts;
use crate::forms::{Form, List};
use crate::rules::{Argument, Content, Fields, ParseError, Place, Rule, Rules, Section, Times};
use crate::structure::Document;

/// What a version 2 onion service gave to directories, up to tor 0.4.5
/// (rend-spec-v2 section 1.3).
#[derive(Clone, Copy, Debug)]
pub struct OnionDescriptor2<'a> {
    fields: Fields<'a>,
}

#[rustfmt::skip] // One line a rule: the table is to be read beside the specification.
static RULES: Rules = Rules::new(&[Section::new("onion descriptor", Times::Exactly, &[
    Rule::exactly_once("rendezvous-service-descriptor").at(Place::First).takes(&[Argument::one("descriptor-id", Form::Base32(20))]).no_extra(),
    Rule::exactly_once("version").takes(&[Argument::one("version-number", Form::Number)]).no_extra(),
    Rule::exactly_once("permanent-key").no_extra().object("RSA PUBLIC KEY", Content::RSA_1024),
    Rule::exactly_once("secret-id-part").takes(&[Argument::one("secret-id-part", Form::Base32(20))]).no_extra(),
    Rule::exactly_once("publication-time").takes(TIME),
    Rule::exactly_once("protocol-versions").takes(&[Argument::one("version-string", Form::List(&Form::Number))]).no_extra(),
    // Of a service that wants no visitors nothing is in it.
    Rule::at_most_once("introduction-points").no_extra().object("MESSAGE", Content::Any),
    Rule::exactly_once("signature").at(Place::Last).no_extra().object("SIGNATURE", Content::RSA_1024_SIGNATURE),
])]);

#[rustfmt::skip] // One line a rule: the table is to be read beside the specification.
static POINT_RULES: Rules = Rules::new(&[Section::new("introduction point", Times::Exactly, &[
    Rule::exactly_once("introduction-point").at(Place::First).takes(&[Argument::one("identifier", Form::Base32(20))]).no_extra(),
    Rule::exactly_once("ip-address").takes(&[Argument::one("ip4", Form::Ipv4)]).no_extra(),
    Rule::exactly_once("onion-port").takes(&[Argument::one("port", PORT)]).no_extra(),
    Rule::exactly_once("onion-key").no_extra().object("RSA PUBLIC KEY", Content::RSA_1024),
    Rule::exactly_once("service-key").no_extra().object("RSA PUBLIC KEY", Content::RSA_1024),
    Rule::any_number("intro-authentication").takes(&[Argument::one("auth-type", Form::Word), Argument::any("auth-data", Form::Word)]),
])]);

impl<'a> OnionDescriptor2<'a> {
    /// What it has to be like.
    pub const RULES: &'static Rules = &RULES;
    /// What each introduction point has to be like.
    pub const POINT_RULES: &'static Rules = &POINT_RULES;

    /// Finds the items.
    #[must_use]
    pub fn read(document: Document<'a>) -> Self {
        Self {
            fields: Fields::read(document, &RULES.sections[0]),
        }
    }

    /// Where the items are.
    #[must_use]
    pub fn fields(&self) -> &Fields<'a> {
        &self.fields
    }

    /// `rendezvous-service-descriptor`: what it was asked for by.
    ///
    /// # Errors
    /// If it is not there, or cannot be read.
    pub fn descriptor_id(&self) -> Result<[u8; 20], ParseError> {
        self.fields.one("rendezvous-service-descriptor")
    }

    /// `publication-time`.
    ///
    /// # Errors
    /// If it is not there, or cannot be read.
    pub fn publication_time(&self) -> Result<UtcSeconds, ParseError> {
        self.fields.one("publication-time")
    }

    /// `protocol-versions` that the service knows.
    ///
    /// # Errors
    /// If it is not there, or cannot be read.
    pub fn protocol_versions(&self) -> Result<Vec<u64>, ParseError> {
        self.fields
            .one("protocol-versions")
            .map(|List(versions)| versions)
    }

    /// The introduction points: text of which [`OnionDescriptor2::points`] makes
    /// documents. `None` where they are encrypted, which needs a client's cookie.
    ///
    /// # Errors
    /// If what they are in is no base64.
    pub fn introduction_points(&self) -> Result<Option<Vec<u8>>, ParseError> {
        if self.fields.item("introduction-points").is_none() {
            return Ok(Some(Vec::new()));
        }
        let text = self.fields.object("introduction-points")?;
        let is_plain = text.is_empty() || text.starts_with(b"introduction-point ");
        Ok(is_plain.then_some(text))
    }

    /// The introduction points in such a text, a document each.
    pub fn points(text: &[u8]) -> impl Iterator<Item = Document<'_>> {
        parts(Document::new(text), "introduction-point")
    }
}

#[cfg(test)]
mod tests {
    use alloc::string::String;

    use data_encoding::BASE64;

    use super::*;
    use crate::testing::{check_text, problems};

    /// A test key of 1024 bits, of nobody: its modulus is all ones.
    fn key() -> String {
        let mut der = Vec::from([0x30, 0x81, 0x89, 0x02, 0x81, 0x81, 0]);
        der.extend_from_slice(&[0xff; 128]);
        der.extend_from_slice(&[2, 3, 1, 0, 1]);
        object("RSA PUBLIC KEY", &der)
    }

    fn object(label: &str, bytes: &[u8]) -> String {
        let digits = BASE64.encode(bytes);
        let lines: Vec<_> = digits.as_bytes().chunks(64).map(<[u8]>::to_vec).collect();
        let body = String::from_utf8(lines.join(&b'\n')).unwrap();
        alloc::format!("-----BEGIN {label}-----\n{body}\n-----END {label}-----\n")
    }

    fn point(port: u16) -> String {
        let key = key();
        alloc::format!(
            "introduction-point abcdefghijklmnopqrstuvwxyz234567\nip-address 192.0.2.1\n\
             onion-port {port}\nonion-key\n{key}service-key\n{key}"
        )
    }

    fn descriptor(points: &[u8]) -> String {
        let [key, message] = [key(), object("MESSAGE", points)];
        let signature = object("SIGNATURE", &[0; 128]);
        alloc::format!(
            "rendezvous-service-descriptor abcdefghijklmnopqrstuvwxyz234567\nversion 2\n\
             permanent-key\n{key}secret-id-part 765432zyxwvutsrqponmlkjihgfedcba\n\
             publication-time 2013-10-02 10:00:00\nprotocol-versions 2,3\n\
             introduction-points\n{message}signature\n{signature}"
        )
    }

    #[test]
    fn reads_the_fields() {
        let points = point(9001) + &point(443);
        let text = descriptor(points.as_bytes());
        let read = OnionDescriptor2::read(Document::new(text.as_bytes()));
        assert_eq!(read.descriptor_id().unwrap()[..2], [0, 0x44]);
        assert_eq!(read.publication_time().unwrap().as_unix(), 1_380_708_000);
        assert_eq!(read.protocol_versions(), Ok([2, 3].into()));
        let plain = read.introduction_points().unwrap().unwrap();
        let points: Vec<_> = OnionDescriptor2::points(&plain).collect();
        assert_eq!(points.len(), 2);
        for point in points {
            assert_eq!(OnionDescriptor2::POINT_RULES.check(&point), []);
        }
        // Encrypted; of a service without introduction points.
        for (points, expected) in [(&[7; 32][..], None), (b"", Some(Vec::new()))] {
            let text = descriptor(points).replace("\n\n", "\n");
            assert!(problems(OnionDescriptor2::RULES, text.as_bytes()).is_empty());
            let read = OnionDescriptor2::read(Document::new(text.as_bytes()));
            assert_eq!(read.introduction_points(), Ok(expected));
        }
    }

    #[test]
    fn says_what_is_wrong() {
        #[rustfmt::skip]
        let cases: &[(&str, &str, &[&str])] = &[
            ("", "", &[]),
            ("descriptor abc", "descriptor ABC", &["1:31 expected descriptor-id, 20 bytes in base32"]),
            ("version 2", "version two", &["2:9 expected version-number, a number"]),
            ("version 2", "version 2 3", &["2:11 expected the end of the line"]),
            ("secret-id-part 7", "secret-id-part 1", &["9:16 expected secret-id-part, 20 bytes in base32"]),
            ("2013-10-02", "2013-13-02", &["10:18 expected time, a time since 1970: YYYY-MM-DD HH:MM:SS"]),
            ("2,3", "2,,3", &["11:19 expected version-string, values with commas between, each a number"]),
            ("signature\n", "signature\nversion 2\n", &["16:1 expected an object, -----BEGIN SIGNATURE-----", "16:1 expected the item \"signature\" at the end", "17:1 expected one item \"version\", and here is more", "18:1 an object where none belongs"]),
        ];
        let text = descriptor(b"introduction-point x\n");
        for (from, to, expected) in cases {
            check_text(&text, OnionDescriptor2::RULES, from, to, expected);
        }
        let point = point(9001);
        for (from, to, expected) in [
            (
                "192.0.2.1",
                "::1",
                &["2:12 expected ip4, an IPv4 address"][..],
            ),
            (
                "9001",
                "90010",
                &["3:12 expected port, a number from 0 to 65535"],
            ),
        ] {
            check_text(&point, OnionDescriptor2::POINT_RULES, from, to, expected);
        }
    }
}
