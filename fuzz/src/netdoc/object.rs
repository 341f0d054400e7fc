//! Objects of each content.

use data_encoding::BASE64;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use tor_harness_netdoc::{Content, OwnedObject};

/// An object with this label that holds what it has to.
///
/// It does not shrink. Keys and certificates are read as such, and are nobody's: no number is prime, no signature
/// holds.
pub fn object(label: &'static str, content: Content) -> BoxedStrategy<OwnedObject> {
    self::content(content)
        .prop_map(move |bytes| OwnedObject {
            label: label.into(),
            body: body(&bytes),
        })
        .no_shrink()
        .boxed()
}

/// A certificate that is a document by itself, of known types.
pub(super) fn certificate() -> impl Strategy<Value = Vec<u8>> {
    let types = select(&[4, 5, 6, 8, 9, 10, 11, 12_u8][..]);
    let key_types = 1..=3_u8;
    let certificate = ed25519_certificate(types, option::of(any::<[u8; 32]>()));
    (certificate, key_types).prop_map(|(mut bytes, key_type)| {
        bytes[6] = key_type;
        let [begin, end] = ["BEGIN", "END"].map(|side| format!("-----{side} ED25519 CERT-----\n"));
        [begin.as_bytes(), &body(&bytes), end.as_bytes()].concat()
    })
}

/// Base64 in lines of 64.
fn body(bytes: &[u8]) -> Vec<u8> {
    let mut body = Vec::new();
    for line in BASE64.encode(bytes).as_bytes().chunks(64) {
        body.extend_from_slice(line);
        body.push(b'\n');
    }
    body
}

/// The bytes that the base64 says.
fn content(content: Content) -> BoxedStrategy<Vec<u8>> {
    match content {
        Content::Any => vec(any::<u8>(), 0..100).boxed(),
        Content::Bytes => vec(any::<u8>(), 1..100).boxed(),
        Content::Length(length) => vec(any::<u8>(), length).boxed(),
        Content::RsaPublicKey { least, most } => select(vec![least, most])
            .prop_flat_map(|bits| {
                vec(any::<u8>(), usize::from(bits).div_ceil(8))
                    .prop_map(move |modulus| rsa_public_key(bits, modulus))
            })
            .boxed(),
        Content::Ed25519Certificate => {
            ed25519_certificate(any::<u8>(), option::of(any::<[u8; 32]>())).boxed()
        }
        Content::CertificateOfType(cert_type) => {
            ed25519_certificate(Just(cert_type), any::<[u8; 32]>().prop_map(Some)).boxed()
        }
    }
}

/// PKCS#1 in DER of a modulus of so many bits, with the exponent that tor takes.
fn rsa_public_key(bits: u16, mut modulus: Vec<u8>) -> Vec<u8> {
    if let Some(first) = modulus.first_mut() {
        let top = 7 - (8 - bits % 8) % 8;
        *first = *first & ((1 << top) - 1) | 1 << top;
    }
    if modulus.first().is_some_and(|first| *first & 0x80 != 0) {
        modulus.insert(0, 0);
    }
    let numbers = [der(0x02, &modulus), der(0x02, &[1, 0, 1])].concat();
    der(0x30, &numbers)
}

/// A value in DER.
fn der(tag: u8, content: &[u8]) -> Vec<u8> {
    let length = content.len();
    let mut out = vec![tag];
    match length {
        0..=0x7f => out.push(length as u8),
        0x80..=0xff => out.extend([0x81, length as u8]),
        _ => out.extend([0x82, (length >> 8) as u8, length as u8]),
    }
    out.extend_from_slice(content);
    out
}

/// Version 1 of any type, with the key that signed or without, with an unknown extension or
/// without (cert-spec section 2.1). It is over before the year 8000.
fn ed25519_certificate(
    cert_type: impl Strategy<Value = u8>,
    signer: impl Strategy<Value = Option<[u8; 32]>>,
) -> impl Strategy<Value = Vec<u8>> {
    let bytes = || any::<[u8; 32]>();
    let head = (cert_type, 0..52_000_000u32, any::<u8>(), bytes());
    let extensions = (signer, option::of(vec(any::<u8>(), 0..10)));
    (head, extensions, [bytes(), bytes()]).prop_map(
        |((cert_type, hours, key_type, key), (signer, unknown), signature)| {
            let signer = signer.map(|key| (4, key.to_vec()));
            let unknown = unknown.map(|data| (77, data));
            let extensions: Vec<(u8, Vec<u8>)> = signer.into_iter().chain(unknown).collect();
            let mut out = vec![1, cert_type];
            out.extend(hours.to_be_bytes());
            out.push(key_type);
            out.extend(key);
            out.push(extensions.len() as u8);
            for (extension_type, data) in extensions {
                out.extend((data.len() as u16).to_be_bytes());
                out.extend([extension_type, 0]);
                out.extend(data);
            }
            out.extend(signature.concat());
            out
        },
    )
}
