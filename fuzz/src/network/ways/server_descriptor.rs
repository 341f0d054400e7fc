//! How a server descriptor can be wrong (dir-spec section 2.1.1).

use tor_harness_netdoc::{Ed25519CertificateDraft, OwnedItem};

use super::all::Row;
use super::parts::{no_base64, rsa_by, rsa_key, word, word_is};
use super::relay::{ED25519, IDENTITY, RSA, certified, draft, expires, signed_by_other};
use crate::network::Given;

fn right(given: &Given) -> tor_harness_netdoc::Builder {
    given.relay().server_descriptor()
}

pub(super) const WAYS: &[Row] = &[
    ("no `published`", &["published"], |it| {
        right(it).without("published").into()
    }),
    ("no `signing-key`", &["signing-key"], |it| {
        right(it).without("signing-key").into()
    }),
    ("no `ntor-onion-key`", &["ntor-onion-key"], |it| {
        right(it).without("ntor-onion-key").into()
    }),
    ("no exit policy", &["accept"], |it| {
        right(it).without("accept").without("reject").into()
    }),
    ("no signature by ed25519", &[ED25519], |it| {
        right(it).without(ED25519).into()
    }),
    ("`bandwidth` twice", &["bandwidth"], |it| {
        right(it).repeat("bandwidth").into()
    }),
    (
        "`router` behind others",
        &["router", IDENTITY, ED25519, RSA],
        |it| right(it).move_to("router", 4).into(),
    ),
    ("an item behind the signature", &[ED25519, RSA], |it| {
        right(it)
            .without("contact")
            .push(OwnedItem::new("contact").text("behind"))
            .into()
    }),
    ("a nickname of 20 letters", &["router"], |it| {
        word_is(right(it), "router", 0, "abcdefghijklmnopqrst").into()
    }),
    ("an address that is none", &["router"], |it| {
        word_is(right(it), "router", 1, "198.18.0.256").into()
    }),
    ("an ORPort above 65535", &["router"], |it| {
        word_is(right(it), "router", 2, "65536").into()
    }),
    ("published on February 30", &["published"], |it| {
        right(it).set("published", "2026-02-30 12:00:00").into()
    }),
    ("an uptime below zero", &["uptime"], |it| {
        right(it).set("uptime", "-5").into()
    }),
    ("a bandwidth that is no number", &["bandwidth"], |it| {
        word_is(right(it), "bandwidth", 1, "many").into()
    }),
    ("a policy with a port above 65535", &["reject"], |it| {
        right(it).without("accept").set("reject", "*:65536").into()
    }),
    ("a policy without a port", &["reject"], |it| {
        right(it)
            .without("accept")
            .set("reject", "192.0.2.0/24")
            .into()
    }),
    ("a family member that is nobody", &["family"], |it| {
        right(it).set("family", "$not-a-fingerprint").into()
    }),
    ("subprotocols from 5 to 3", &["proto"], |it| {
        right(it).set("proto", "Link=5-3").into()
    }),
    (
        "a short digest of the extra-info",
        &["extra-info-digest"],
        |it| right(it).set("extra-info-digest", "ABCD").into(),
    ),
    ("another relay's fingerprint", &["fingerprint"], |it| {
        let other = it.other().server_descriptor();
        right(it)
            .set("fingerprint", super::parts::text(&other, "fingerprint"))
            .into()
    }),
    (
        "another relay's `signing-key`",
        &["fingerprint", "onion-key-crosscert", RSA],
        |it| rsa_key(right(it), "signing-key", it.other().keys().identity()).into(),
    ),
    ("a `signing-key` of 2048 bits", &["signing-key"], |it| {
        rsa_key(right(it), "signing-key", it.authority().signing_key()).into()
    }),
    (
        "a `signing-key` that is not base64",
        &["signing-key"],
        |it| no_base64(right(it), "signing-key", "RSA PUBLIC KEY").into(),
    ),
    ("another relay's RSA key signed", &[RSA], |it| {
        rsa_by(right(it), RSA, it.other().keys().identity()).into()
    }),
    ("another relay's ed25519 key signed", &[ED25519], |it| {
        signed_by_other(it, right(it)).into()
    }),
    ("changed after it was signed", &[ED25519, RSA], |it| {
        right(it).sealed().set("contact", "somebody else").into()
    }),
    ("the certificate of the signing key over", &[""], |it| {
        let mut draft = draft(it);
        draft.expires_hours =
            Ed25519CertificateDraft::new(4, draft.key, it.later(-7200)).expires_hours;
        certified(right(it), &draft, it.relay().keys().master()).into()
    }),
    ("the certificate of another signing key", &[ED25519], |it| {
        let mut draft = draft(it);
        draft.key = it.other().keys().signing().public();
        certified(right(it), &draft, it.relay().keys().master()).into()
    }),
    (
        "the certificate by another key than it names",
        &[IDENTITY],
        |it| certified(right(it), &draft(it), it.other().keys().master()).into(),
    ),
    ("the certificate of another type", &[IDENTITY], |it| {
        let draft = Ed25519CertificateDraft {
            cert_type: 5,
            ..draft(it)
        };
        certified(right(it), &draft, it.relay().keys().master()).into()
    }),
    (
        "the certificate without the key that signed it",
        &[IDENTITY],
        |it| {
            let draft = Ed25519CertificateDraft {
                extensions: Vec::new(),
                ..draft(it)
            };
            certified(right(it), &draft, it.relay().keys().master()).into()
        },
    ),
    (
        "the certificate with an extension that has to be known",
        &[IDENTITY],
        |it| {
            let mut draft = draft(it);
            draft.extensions.push((9, 1, Vec::new()));
            certified(right(it), &draft, it.relay().keys().master()).into()
        },
    ),
    (
        "another relay's `master-key-ed25519`",
        &["master-key-ed25519"],
        |it| {
            right(it)
                .set(
                    "master-key-ed25519",
                    word(&it.other().keys().master().public()),
                )
                .into()
        },
    ),
    (
        "another key signed `onion-key-crosscert`",
        &["onion-key-crosscert"],
        |it| {
            let signature = it.other().keys().onion().sign(&[7; 52]).unwrap_or_default();
            right(it)
                .set_object("onion-key-crosscert", "CROSSCERT", &signature)
                .into()
        },
    ),
    ("no `onion-key-crosscert`", &["onion-key-crosscert"], |it| {
        right(it).without("onion-key-crosscert").into()
    }),
    (
        "`ntor-onion-key-crosscert` for another relay",
        &["ntor-onion-key-crosscert"],
        |it| {
            let master = it.other().keys().master().public();
            let (ntor, _) = it.relay().keys().ntor_ed25519();
            let certificate = Ed25519CertificateDraft::new(10, master, expires(it)).sign(ntor);
            right(it)
                .set_object("ntor-onion-key-crosscert", "ED25519 CERT", &certificate)
                .into()
        },
    ),
    (
        "the other sign in `ntor-onion-key-crosscert`",
        &["ntor-onion-key-crosscert"],
        |it| {
            let (_, sign) = it.relay().keys().ntor_ed25519();
            right(it)
                .set("ntor-onion-key-crosscert", u8::from(!sign).to_string())
                .into()
        },
    ),
    (
        "another relay's `ntor-onion-key`",
        &["ntor-onion-key-crosscert"],
        |it| {
            right(it)
                .set("ntor-onion-key", word(&it.other().keys().ntor_public()))
                .into()
        },
    ),
    (
        "an `ntor-onion-key` of 31 bytes",
        &["ntor-onion-key"],
        |it| {
            let short = word(&it.relay().keys().ntor_public()[..31]);
            right(it).set("ntor-onion-key", short).into()
        },
    ),
    ("`family-cert` for another relay", &["family-cert"], |it| {
        let (family, other) = (
            it.other().keys().signing(),
            it.other().keys().master().public(),
        );
        let certificate = Ed25519CertificateDraft::new(12, other, expires(it)).naming(family);
        right(it)
            .set_object("family-cert", "FAMILY CERT", &certificate.sign(family))
            .into()
    }),
];
