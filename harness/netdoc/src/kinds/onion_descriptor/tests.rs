//! Tests of the layers, on documents written by the specification.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

use data_encoding::BASE64;

use super::*;
use crate::forms::LinkSpecifier;
use crate::rules::Rules;
use crate::structure::Document;
use crate::testing::check_text;

/// A test certificate of this type, as an object: a key of `K`, signed with one of `S`.
fn cert(cert_type: u8) -> String {
    let mut bytes = Vec::from([1, cert_type, 0, 7, 0x9c, 0x43, 1]);
    bytes.extend_from_slice(&[b'K'; 32]);
    bytes.extend_from_slice(&[1, 0, 32, 4, 0]);
    bytes.extend_from_slice(&[b'S'; 32]);
    bytes.extend_from_slice(&[0; 64]);
    let digits = BASE64.encode(&bytes);
    let lines: Vec<_> = digits.as_bytes().chunks(64).collect();
    let lines = String::from_utf8(lines.join(&b'\n')).unwrap();
    alloc::format!("-----BEGIN ED25519 CERT-----\n{lines}\n-----END ED25519 CERT-----\n")
}

const MESSAGE: &str = "-----BEGIN MESSAGE-----\nAAEC\n-----END MESSAGE-----\n";

pub(super) fn outer() -> String {
    let cert = cert(8);
    let signature = "A".repeat(86);
    alloc::format!(
        "hs-descriptor 3\ndescriptor-lifetime 180\ndescriptor-signing-key-cert\n{cert}\
         revision-counter 18446744073709551615\nsuperencrypted\n{MESSAGE}signature {signature}\n"
    )
}

pub(super) fn middle() -> String {
    alloc::format!(
        "desc-auth-type x25519\n\
         desc-auth-ephemeral-key AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n\
         auth-client AAECAwQFBgc AAECAwQFBgcICQoLDA0ODw EBESExQVFhcYGRobHB0eHw\n\
         encrypted\n{MESSAGE}"
    )
}

pub(super) fn inner() -> String {
    let [auth, enc] = [9, 11].map(cert);
    let point = alloc::format!(
        "onion-key ntor AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\nauth-key\n{auth}\
         enc-key ntor ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=\nenc-key-cert\n{enc}"
    );
    alloc::format!(
        "create2-formats 2\nintro-auth-required ed25519\nsingle-onion-service\n\
         pow-params v1 AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8 0 2026-11-22T05:00:00\n\
         pow-params v9 and what it has\nflow-control 1-2 31\n\
         introduction-point AQAGfwAAASMp\nonion-key kyber1024 x\n{point}\
         introduction-point AA==\n{point}"
    )
}

#[test]
fn reads_the_fields() {
    let [outer, middle, inner] = [outer(), middle() + "\0\0\0", inner()];
    let outer = OnionDescriptor::read(Document::new(outer.as_bytes()));
    assert_eq!(outer.lifetime(), Ok(180));
    assert_eq!(outer.revision_counter(), Ok(u64::MAX));
    assert_eq!(outer.blinded_key(), Ok([b'S'; 32]));
    assert_eq!(outer.superencrypted(), Ok([0, 1, 2].into()));
    assert_eq!(outer.signature(), Ok([0; 64]));

    let middle = OnionDescriptorMiddle::read(Document::new(middle.as_bytes()));
    assert_eq!(middle.ephemeral_key().unwrap()[31], 31);
    let clients: Vec<_> = middle.auth_clients().map(Result::unwrap).collect();
    assert_eq!((clients.len(), clients[0].client_id[7]), (1, 7));
    assert_eq!(
        (clients[0].iv[15], clients[0].encrypted_cookie[15]),
        (15, 31)
    );
    assert_eq!(middle.encrypted(), Ok([0, 1, 2].into()));

    let inner = OnionDescriptorInner::read(Document::new(inner.as_bytes()));
    assert_eq!(inner.create2_formats(), Ok([2].into()));
    assert!(inner.is_single_onion_service());
    let (versions, increment) = inner.flow_control().unwrap().unwrap();
    assert_eq!((versions.len(), versions[0].last, increment), (1, 2, 31));
    let points: Vec<_> = inner.introduction_points().collect();
    let sockets = [LinkSpecifier::Socket(([127, 0, 0, 1], 9001).into())];
    assert_eq!(points[0].link_specifiers(), Ok(sockets.into()));
    assert_eq!(points[1].link_specifiers(), Ok([].into()));
    for point in points {
        assert_eq!(point.onion_key().unwrap().unwrap()[31], 31);
        assert_eq!(point.enc_key().unwrap().unwrap()[31], 63);
        for cert in [point.auth_key(), point.enc_key_cert()] {
            assert!(crate::Ed25519Certificate::parse(&cert.unwrap()).is_ok());
        }
    }
}

#[test]
fn padding_is_no_problem() {
    let padded = middle().trim_end().to_owned() + "\0\0\0";
    let document = Document::new(padded.as_bytes());
    assert_eq!(crate::Kind::OnionDescriptorMiddle.check(&document), []);
    assert!(!OnionDescriptorMiddle::RULES.check(&document).is_empty());
}

/// A document, its rules, and what is wrong when the second text stands for the first.
type Cases<'a> = (
    String,
    &'static Rules,
    &'a [(&'a str, &'a str, &'a [&'a str])],
);

#[test]
fn says_what_is_wrong() {
    #[rustfmt::skip]
    let cases: &[Cases<'_>] = &[
        (outer(), OnionDescriptor::RULES, &[
            ("", "", &[]),
            ("descriptor 3", "descriptor 2", &["1:15 expected version-number, 3"]),
            ("lifetime 180", "lifetime 29", &["2:21 expected LifetimeMinutes, a number from 30 to 720"]),
            ("AQgAB5xD", "AQkAB5xD", &["4:1 expected base64 of an ed25519 certificate of type 8 with the key that signed it"]),
            ("18446744073709551615", "18446744073709551616", &["9:18 expected Integer, a number"]),
            ("MESSAGE", "SIGNATURE", &["11:1 expected an object, -----BEGIN MESSAGE-----", "13:1 expected lines of base64, then -----END with the label of -----BEGIN"]),
            ("signature A", "signature ", &["14:11 expected signature, 64 bytes in base64 without padding"]),
            ("signature", "later\nsignature", &[]),
            ("superencrypted\n", "superencrypted now\n", &[]),
        ]),
        (middle(), OnionDescriptorMiddle::RULES, &[
            ("", "", &[]),
            ("x25519", "x448", &["1:16 expected type, x25519"]),
            ("Hh8=", "Hh8", &[]),
            ("AAECAwQFBgc A", "AAECAwQFBg A", &["3:13 expected client-id, 8 bytes in base64 without padding"]),
            ("auth-client", "auth-clients", &["8:1 expected an item \"auth-client\", and there is none"]),
            ("\nencrypted", "\nencrypted\nencrypted", &["4:1 expected an object, -----BEGIN MESSAGE-----", "5:1 expected one item \"encrypted\", and here is more"]),
        ]),
        (inner(), OnionDescriptorInner::RULES, &[
            ("", "", &[]),
            ("formats 2", "formats", &["1:16 expected formats, a number from 0 to 65535"]),
            ("formats 2", "formats 65536", &["1:17 expected formats, a number from 0 to 65535"]),
            ("Hh8 0 ", "Hh8 ", &["4:12 expected scheme, a type; behind v1, 32 bytes in base64 without padding, a number from 0 to 4294967295, a time since 1970: YYYY-MM-DDTHH:MM:SS"]),
            ("1-2 31", "2-1 31", &["6:14 expected version-range, values with commas between, each a number up to 63, or FROM-TO"]),
            ("AQAGfwAAASMp", "AQAGfwAAASM=", &["7:20 expected link-specifiers, link specifiers in base64"]),
            ("onion-key ntor A", "onion-key ntor ", &["9:11 expected KeyType, a type; behind ntor, 32 bytes in base64"]),
            ("enc-key ntor", "enc-kay ntor", &["23:1 expected an item \"enc-key\", and there is none"]),
            ("introduction-point AA==", "legacy-key\nintroduction-point AA==", &["23:1 expected an object, -----BEGIN RSA PUBLIC KEY-----", "24:1 expected an item \"legacy-key-cert\" where \"legacy-key\" is, and there is none"]),
            ("introduction-point AA==", "flow-control 1 1\nintroduction-point AA==", &["23:1 expected the item \"flow-control\" only in the inner layer"]),
        ]),
    ];
    for (text, rules, cases) in cases {
        for (from, to, expected) in *cases {
            check_text(text, rules, from, to, expected);
        }
    }
}
