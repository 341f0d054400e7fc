//! How a vote can be wrong (dir-spec section 3.4.1).

use tor_harness_netdoc::{Builder, OwnedItem, Seal};

use super::all::Row;
use super::parts::{text, word_is};
use super::signatures::{SIGNATURE, signatures_of, strangers};
use crate::network::Given;

fn right(given: &Given) -> Builder {
    given.vote(given.authority())
}

/// The items of a key certificate.
const CERTIFICATE: [&str; 8] = [
    "dir-key-certificate-version",
    "fingerprint",
    "dir-key-published",
    "dir-key-expires",
    "dir-identity-key",
    "dir-signing-key",
    "dir-key-crosscert",
    "dir-key-certification",
];

/// The vote with another authority's certificate in it.
fn with_certificate(given: &Given, certificate: Builder) -> Builder {
    let right = right(given);
    let certificate = certificate.sealed();
    let is_own = |item: &&OwnedItem| item.keyword == CERTIFICATE[0];
    let at = right
        .items()
        .position(|item| is_own(&item))
        .unwrap_or_default();
    let without = CERTIFICATE
        .iter()
        .fold(right.without("dir-address"), |all, keyword| {
            all.without(keyword)
        });
    let items = certificate.items().cloned().enumerate();
    items.fold(without, |all, (index, item)| all.insert(at + index, item))
}

pub(super) const WAYS: &[Row] = &[
    ("no `published`", &["published"], |it| {
        right(it).without("published").into()
    }),
    (
        "no `dir-source`",
        &["authority section", "dir-key-certificate-version"],
        |it| right(it).without("dir-source").without("contact").into(),
    ),
    ("`published` twice", &["published"], |it| {
        right(it).repeat("published").into()
    }),
    ("it says that it is a consensus", &["vote-status"], |it| {
        right(it).set("vote-status", "consensus").into()
    }),
    ("published at 24 o'clock", &["published"], |it| {
        right(it).set("published", "2026-11-22 24:00:00").into()
    }),
    (
        "methods that are no numbers",
        &["consensus-methods"],
        |it| right(it).set("consensus-methods", "all").into(),
    ),
    ("flags out of order", &["known-flags"], |it| {
        let flags = text(&right(it), "known-flags");
        let flags: Vec<_> = flags.split(' ').rev().collect();
        right(it).set("known-flags", flags.join(" ")).into()
    }),
    ("a flag that is not known", &["s"], |it| {
        right(it)
            .part("r", 0, |one| one.set("s", "Fast Named Valid"))
            .into()
    }),
    ("an entry without flags", &["s"], |it| {
        right(it).part("r", 0, |one| one.without("s")).into()
    }),
    ("an entry with a short digest", &["r"], |it| {
        right(it)
            .part("r", 0, |one| word_is(one, "r", 2, "AAAA"))
            .into()
    }),
    ("an entry with a short identity", &["id"], |it| {
        right(it)
            .part("r", 0, |one| one.set("id", "ed25519 AAAA"))
            .into()
    }),
    ("an entry twice", &["r"], |it| {
        right(it).part("r", 0, |one| one.clone().append(one)).into()
    }),
    (
        "another authority's identity",
        &["dir-source", SIGNATURE],
        |it| {
            let other = it.other_authority().identity().to_string();
            word_is(right(it), "dir-source", 1, &other).into()
        },
    ),
    ("an authority that is not trusted", &["dir-source"], |it| {
        it.vote(&strangers(it)[0]).into()
    }),
    (
        "no certificate",
        &["key certificate", "dir-key-certificate-version"],
        |it| {
            let all = right(it).without("dir-address");
            CERTIFICATE
                .iter()
                .fold(all, |all, keyword| all.without(keyword))
                .into()
        },
    ),
    (
        "another authority's certificate",
        &["dir-source", SIGNATURE],
        |it| with_certificate(it, it.other_authority().key_certificate()).into(),
    ),
    (
        "a certificate that was changed after it was signed",
        &["dir-key-certification"],
        |it| {
            right(it)
                .set("dir-key-expires", it.later(700 * 24 * 3600).to_string())
                .into()
        },
    ),
    ("a certificate that is over", &[""], |it| {
        let days = |days: i64| it.later(days * 24 * 3600).to_string();
        let certificate = it.authority().key_certificate();
        let certificate = certificate
            .set("dir-key-published", days(-60))
            .set("dir-key-expires", days(-30));
        with_certificate(it, certificate).into()
    }),
    ("another authority signed it", &[SIGNATURE], |it| {
        let key = it.other_authority().signing_key().clone();
        let item = OwnedItem::new(SIGNATURE).text(text(&right(it), SIGNATURE));
        right(it)
            .without(SIGNATURE)
            .push_sealed(item, Seal::DirectorySha1(key))
            .into()
    }),
    ("signed by its SHA-256", &[], |it| {
        let names = text(&right(it), SIGNATURE);
        let item = OwnedItem::new(SIGNATURE).text(format!("sha256 {names}"));
        let key = it.authority().signing_key().clone();
        right(it)
            .without(SIGNATURE)
            .push_sealed(item, Seal::DirectorySha256(key))
            .into()
    }),
    ("a signature that names another key", &[SIGNATURE], |it| {
        let digest = it.other_authority().signing_key().fingerprint().to_string();
        let right = right(it).sealed();
        let at = text(&right, SIGNATURE).split(' ').count() - 1;
        word_is(right, SIGNATURE, at, &digest).into()
    }),
    ("no signature", &["signature", SIGNATURE], |it| {
        right(it).without(SIGNATURE).into()
    }),
    ("two signatures", &[SIGNATURE], |it| {
        signatures_of(right(it), [0, 0]).into()
    }),
    ("changed after it was signed", &[SIGNATURE], |it| {
        right(it)
            .sealed()
            .part("r", 0, |one| one.set("w", "Bandwidth=1"))
            .into()
    }),
];
