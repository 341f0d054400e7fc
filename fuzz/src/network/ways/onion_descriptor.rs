//! How the descriptor of an onion service can be wrong (rend-spec-v3 section 2.4).

use std::sync::Arc;

use tor_harness_netdoc::{
    Builder, Document, Ed25519Certificate, Ed25519CertificateDraft, Ed25519SecretKey,
    OnionDescriptor, OwnedItem, Seal, TimePeriod,
};
use tor_harness_testnet::Publication;

use super::all::Row;
use super::parts::{no_base64, sealed_by};
use super::relay::expires;
use crate::network::{Given, Made};

const CERTIFICATE: &str = "descriptor-signing-key-cert";

fn right(given: &Given) -> Builder {
    given.service.descriptor(&given.publication)
}

/// A key of nobody, for tests alone.
fn stranger() -> Arc<Ed25519SecretKey> {
    Arc::new(Ed25519SecretKey::from_seed([9; 32]))
}

/// The certificate of its signing key is another, by its blinded key or another one.
fn certified(
    given: &Given,
    change: impl FnOnce(&mut Ed25519CertificateDraft),
    by: Option<&Ed25519SecretKey>,
) -> Builder {
    let own = given.service.identity().blinded(given.publication.period);
    let bytes = right(given).encode();
    let certificate = OnionDescriptor::read(Document::new(&bytes)).signing_key_cert();
    let certificate = certificate.unwrap_or_default();
    let key = Ed25519Certificate::parse(&certificate).map_or([0; 32], |read| read.key);
    let mut draft = Ed25519CertificateDraft::new(8, key, expires(given)).naming(&own);
    change(&mut draft);
    right(given).set_object(CERTIFICATE, "ED25519 CERT", &draft.sign(by.unwrap_or(&own)))
}

/// Around a middle layer that was changed.
fn middle(given: &Given, change: impl FnOnce(Builder) -> Builder) -> Made {
    let inner = given.service.inner(&given.publication).encode();
    let middle = change(given.service.middle(&given.publication, &inner)).encode();
    given.service.outer(&given.publication, &middle).into()
}

/// Around an inner layer that was changed.
fn inner(given: &Given, change: impl FnOnce(Builder) -> Builder) -> Made {
    let inner = change(given.service.inner(&given.publication)).encode();
    let middle = given.service.middle(&given.publication, &inner).encode();
    given.service.outer(&given.publication, &middle).into()
}

/// The same of a certificate of the introduction point, which another key signed.
fn certificate_by_stranger(given: &Given, keyword: &str, cert_type: u8) -> Made {
    inner(given, |all| {
        let key = stranger();
        let draft = Ed25519CertificateDraft::new(cert_type, key.public(), expires(given));
        all.set_object(keyword, "ED25519 CERT", &draft.naming(&key).sign(&key))
    })
}

pub(super) const WAYS: &[Row] = &[
    ("version 4", &["hs-descriptor"], |it| {
        right(it).set("hs-descriptor", "4").into()
    }),
    ("no lifetime", &["descriptor-lifetime"], |it| {
        right(it).without("descriptor-lifetime").into()
    }),
    ("a lifetime twice", &["descriptor-lifetime"], |it| {
        right(it).repeat("descriptor-lifetime").into()
    }),
    ("a lifetime of 29 minutes", &["descriptor-lifetime"], |it| {
        right(it).set("descriptor-lifetime", "29").into()
    }),
    (
        "a lifetime of 721 minutes",
        &["descriptor-lifetime"],
        |it| right(it).set("descriptor-lifetime", "721").into(),
    ),
    ("no revision", &["revision-counter"], |it| {
        right(it).without("revision-counter").into()
    }),
    (
        "a revision that is no number",
        &["revision-counter"],
        |it| right(it).set("revision-counter", "-1").into(),
    ),
    (
        "another revision than it was sealed for",
        &["superencrypted"],
        |it| right(it).set("revision-counter", "43").into(),
    ),
    ("no certificate", &[CERTIFICATE], |it| {
        right(it).without(CERTIFICATE).into()
    }),
    ("nothing sealed", &["superencrypted"], |it| {
        right(it).without("superencrypted").into()
    }),
    ("what is sealed is not base64", &["superencrypted"], |it| {
        no_base64(right(it), "superencrypted", "MESSAGE").into()
    }),
    ("an item behind the signature", &["signature"], |it| {
        right(it).push(OwnedItem::new("of-tomorrow")).into()
    }),
    ("a certificate that is over", &[""], |it| {
        let over = Ed25519CertificateDraft::new(8, [0; 32], it.later(-7200)).expires_hours;
        certified(it, |draft| draft.expires_hours = over, None).into()
    }),
    ("a certificate of another type", &[CERTIFICATE], |it| {
        certified(it, |draft| draft.cert_type = 9, None).into()
    }),
    (
        "a certificate by another key than it names",
        &[CERTIFICATE],
        |it| certified(it, |_| (), Some(&stranger())).into(),
    ),
    (
        "a certificate without the key that signed it",
        &[CERTIFICATE],
        |it| certified(it, |draft| draft.extensions.clear(), None).into(),
    ),
    (
        "the blinded key of another time period",
        &[CERTIFICATE],
        |it| {
            let period = it.publication.period;
            let period = TimePeriod {
                number: period.number + 1,
                ..period
            };
            it.service
                .descriptor(&Publication {
                    period,
                    ..it.publication
                })
                .into()
        },
    ),
    ("another key signed", &["signature"], |it| {
        sealed_by(right(it), "signature", Seal::Onion(stranger())).into()
    }),
    ("changed after it was signed", &["signature"], |it| {
        right(it).sealed().set("descriptor-lifetime", "60").into()
    }),
    (
        "the middle layer sealed with another key",
        &["superencrypted"],
        |it| {
            right(it)
                .set_object("superencrypted", "MESSAGE", &[7; 10_064])
                .into()
        },
    ),
    (
        "a middle layer without its type",
        &["desc-auth-type"],
        |it| middle(it, |all| all.without("desc-auth-type")),
    ),
    (
        "a middle layer with a short key",
        &["desc-auth-ephemeral-key"],
        |it| middle(it, |all| all.set("desc-auth-ephemeral-key", "AAAA")),
    ),
    (
        "an inner layer without its formats",
        &["create2-formats"],
        |it| inner(it, |all| all.without("create2-formats")),
    ),
    (
        "an introduction point at no place",
        &["introduction-point"],
        |it| inner(it, |all| all.set("introduction-point", "AQA=")),
    ),
    (
        "an introduction point without `onion-key`",
        &["onion-key"],
        |it| inner(it, |all| all.without("onion-key")),
    ),
    (
        "an introduction point with a short `enc-key`",
        &["enc-key"],
        |it| inner(it, |all| all.set("enc-key", "ntor AAAA")),
    ),
    ("another key certified `auth-key`", &["auth-key"], |it| {
        certificate_by_stranger(it, "auth-key", 9)
    }),
    ("another key certified `enc-key`", &["enc-key-cert"], |it| {
        certificate_by_stranger(it, "enc-key-cert", 11)
    }),
    (
        "`auth-key` is a certificate of another type",
        &["auth-key"],
        |it| certificate_by_stranger(it, "auth-key", 8),
    ),
];
