//! How an extra-info document can be wrong (dir-spec section 2.1.2).

use tor_harness_netdoc::{Builder, OwnedItem};

use super::all::Row;
use super::parts::{no_base64, rsa_by, word_is};
use super::relay::{ED25519, IDENTITY, RSA, certified, draft, signed_by_other};
use crate::network::{Given, Made};

fn right(given: &Given) -> Builder {
    given.relay().extra_info()
}

pub(super) const WAYS: &[Row] = &[
    ("no `published`", &["published"], |it| {
        right(it).without("published").into()
    }),
    ("no RSA signature", &[ED25519, RSA], |it| {
        right(it).without(RSA).into()
    }),
    ("`published` twice", &["published"], |it| {
        right(it).repeat("published").into()
    }),
    (
        "`extra-info` behind others",
        &["extra-info", IDENTITY, ED25519, RSA],
        |it| right(it).move_to("extra-info", 3).into(),
    ),
    ("an item behind the signature", &[ED25519, RSA], |it| {
        right(it)
            .push(OwnedItem::new("geoip-client-origins").text("??=8"))
            .into()
    }),
    ("another relay's fingerprint", &["extra-info"], |it| {
        word_is(
            right(it),
            "extra-info",
            1,
            &it.other().fingerprint().to_string(),
        )
        .into()
    }),
    ("a short fingerprint", &["extra-info"], |it| {
        word_is(right(it), "extra-info", 1, "ABCD").into()
    }),
    ("published at 24 o'clock", &["published"], |it| {
        right(it).set("published", "2026-11-22 24:00:00").into()
    }),
    (
        "published at another time than the descriptor",
        &["published"],
        |it| right(it).set("published", it.later(-30).to_string()).into(),
    ),
    ("a history that is no number", &["write-history"], |it| {
        let published = it.relay().published;
        right(it)
            .set("write-history", format!("{published} (86400 s) many"))
            .into()
    }),
    (
        "another document than the descriptor names",
        &["extra-info"],
        |it| {
            let other = right(it).set("geoip-db-digest", "0".repeat(40));
            Made::from(other).in_place_of(&right(it))
        },
    ),
    ("changed after it was signed", &[ED25519, RSA], |it| {
        right(it)
            .sealed()
            .set("geoip-db-digest", "0".repeat(40))
            .into()
    }),
    ("another relay's RSA key signed", &[RSA], |it| {
        rsa_by(right(it), RSA, it.other().keys().identity()).into()
    }),
    ("another relay's ed25519 key signed", &[ED25519], |it| {
        signed_by_other(it, right(it)).into()
    }),
    (
        "another certificate than the descriptor's",
        &[IDENTITY],
        |it| certified(right(it), &draft(it), it.relay().keys().master()).into(),
    ),
    ("a signature that is not base64", &[RSA], |it| {
        no_base64(right(it).sealed(), RSA, "SIGNATURE").into()
    }),
];
