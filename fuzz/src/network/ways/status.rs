//! How a consensus of either flavor can be wrong (dir-spec section 3.4.1).

use data_encoding::BASE64;
use tor_harness_netdoc::{Builder, Flavor, OwnedItem};
use tor_harness_types::Fingerprint;

use super::all::StatusRow;
use super::parts::{no_base64, text, word_is};
use super::signatures::{SIGNATURE, by_strangers, exchanged, signatures_of, strangers};
use crate::network::Given;

fn right(given: &Given, flavor: Flavor) -> Builder {
    given.network.consensus(flavor)
}

/// Of which times it says that it counts, in hours from now.
fn times(given: &Given, flavor: Flavor, hours: [i64; 3]) -> Builder {
    let [after, fresh, until] = hours.map(|hours| given.later(hours * 3600).to_string());
    right(given, flavor)
        .set("valid-after", after)
        .set("fresh-until", fresh)
        .set("valid-until", until)
}

/// The first entry is changed.
fn first(given: &Given, flavor: Flavor, change: impl FnOnce(Builder) -> Builder) -> Builder {
    right(given, flavor).part("r", 0, change)
}

pub(super) const WAYS: &[StatusRow] = &[
    ("version 4", &["network-status-version"], |it, flavor| {
        let flavor_word = text(&right(it, flavor), "network-status-version").replace('3', "4");
        right(it, flavor)
            .set("network-status-version", flavor_word)
            .into()
    }),
    (
        "it says that it is a vote",
        &["vote-status"],
        |it, flavor| right(it, flavor).set("vote-status", "vote").into(),
    ),
    ("no `valid-after`", &["valid-after"], |it, flavor| {
        right(it, flavor).without("valid-after").into()
    }),
    ("no `known-flags`", &["known-flags"], |it, flavor| {
        right(it, flavor).without("known-flags").into()
    }),
    (
        "no authority",
        &["authority section", SIGNATURE],
        |it, flavor| {
            right(it, flavor)
                .without("dir-source")
                .without("contact")
                .without("vote-digest")
                .into()
        },
    ),
    (
        "no `directory-footer`",
        &["bandwidth-weights"],
        |it, flavor| right(it, flavor).without("directory-footer").into(),
    ),
    ("`valid-until` twice", &["valid-until"], |it, flavor| {
        right(it, flavor).repeat("valid-until").into()
    }),
    (
        "`vote-status` before the version",
        &["network-status-version", SIGNATURE],
        |it, flavor| right(it, flavor).move_to("vote-status", 0).into(),
    ),
    (
        "it counts from February 30 on",
        &["valid-after"],
        |it, flavor| {
            right(it, flavor)
                .set("valid-after", "2026-02-30 12:00:00")
                .into()
        },
    ),
    (
        "it is over before it counts",
        &["valid-until", ""],
        |it, flavor| times(it, flavor, [-1, 0, -2]).into(),
    ),
    (
        "there is a newer one before it counts",
        &["fresh-until"],
        |it, flavor| times(it, flavor, [-1, -2, 1]).into(),
    ),
    ("it is over for two days", &[""], |it, flavor| {
        times(it, flavor, [-51, -50, -48]).into()
    }),
    ("it counts from two days on", &[""], |it, flavor| {
        times(it, flavor, [48, 49, 51]).into()
    }),
    (
        "a method that is no number",
        &["consensus-method"],
        |it, flavor| right(it, flavor).set("consensus-method", "new").into(),
    ),
    (
        "a voting delay below zero",
        &["voting-delay"],
        |it, flavor| right(it, flavor).set("voting-delay", "-300 300").into(),
    ),
    (
        "a parameter above all numbers",
        &["params"],
        |it, flavor| {
            right(it, flavor)
                .set("params", "circwindow=2147483648")
                .into()
        },
    ),
    ("parameters out of order", &["params"], |it, flavor| {
        right(it, flavor)
            .set("params", "circwindow=1000 bwauthpid=1")
            .into()
    }),
    (
        "a short random value",
        &["shared-rand-current-value"],
        |it, flavor| {
            right(it, flavor)
                .set("shared-rand-current-value", "3 AAAA")
                .into()
        },
    ),
    (
        "an authority with a short identity",
        &["dir-source", SIGNATURE],
        |it, flavor| word_is(right(it, flavor), "dir-source", 1, "ABCD").into(),
    ),
    (
        "a short digest of a vote",
        &["vote-digest"],
        |it, flavor| right(it, flavor).set("vote-digest", "ABCD").into(),
    ),
    (
        "an entry with an ORPort above 65535",
        &["r"],
        |it, flavor| {
            let port = match flavor {
                Flavor::Ns => 6,
                Flavor::Microdesc => 5,
            };
            first(it, flavor, |entry| word_is(entry, "r", port, "65536")).into()
        },
    ),
    (
        "an entry with an identity that is not base64",
        &["r"],
        |it, flavor| first(it, flavor, |entry| word_is(entry, "r", 1, "*")).into(),
    ),
    ("an entry without flags", &["s"], |it, flavor| {
        first(it, flavor, |entry| entry.without("s")).into()
    }),
    ("an entry with flags twice", &["s"], |it, flavor| {
        first(it, flavor, |entry| entry.repeat("s")).into()
    }),
    (
        "an entry with a flag that is not known",
        &["s"],
        |it, flavor| {
            first(it, flavor, |entry| {
                entry.set("s", "Fast Named Running Valid")
            })
            .into()
        },
    ),
    (
        "an entry with a bandwidth below zero",
        &["w"],
        |it, flavor| first(it, flavor, |entry| entry.set("w", "Bandwidth=-1")).into(),
    ),
    (
        "an entry with a bandwidth that is no number",
        &["w"],
        |it, flavor| first(it, flavor, |entry| entry.set("w", "Bandwidth=many")).into(),
    ),
    ("an entry with a short digest", &["r", "m"], |it, flavor| {
        first(it, flavor, |entry| match flavor {
            Flavor::Ns => word_is(entry, "r", 2, "AAAA"),
            Flavor::Microdesc => entry.set("m", "AAAA"),
        })
        .into()
    }),
    ("entries out of order", &["r"], |it, flavor| {
        let last = BASE64.encode(&[0xff; 20]);
        first(it, flavor, |entry| {
            word_is(entry, "r", 1, last.trim_end_matches('='))
        })
        .into()
    }),
    ("an entry twice", &["r"], |it, flavor| {
        first(it, flavor, |entry| entry.clone().append(entry)).into()
    }),
    (
        "a weight that is none",
        &["bandwidth-weights"],
        |it, flavor| {
            right(it, flavor)
                .set("bandwidth-weights", "Wbd=many")
                .into()
        },
    ),
    ("no signature", &["signature", SIGNATURE], |it, flavor| {
        right(it, flavor).without(SIGNATURE).into()
    }),
    ("one signature of three", &[SIGNATURE], |it, flavor| {
        signatures_of(right(it, flavor), 0..1).into()
    }),
    (
        "one authority's signature twice",
        &[SIGNATURE],
        |it, flavor| signatures_of(right(it, flavor), [0, 0]).into(),
    ),
    (
        "signatures of authorities that are not trusted",
        &[SIGNATURE],
        |it, flavor| {
            let mut network = it.network.clone();
            network.authorities = strangers(it);
            network.consensus(flavor).into()
        },
    ),
    (
        "a signature of nobody who took part",
        &[SIGNATURE],
        |it, flavor| {
            let nobody = Fingerprint::new([0; 20]).to_string();
            let right = right(it, flavor).sealed();
            let at = text(&right, SIGNATURE).split(' ').count() - 2;
            word_is(right, SIGNATURE, at, &nobody).into()
        },
    ),
    (
        "signatures by keys without a certificate",
        &[SIGNATURE],
        |it, flavor| by_strangers(it, flavor).into(),
    ),
    (
        "signatures by each other's keys",
        &[SIGNATURE],
        |it, flavor| exchanged(it, flavor).into(),
    ),
    ("a signature of 100 bytes", &[SIGNATURE], |it, flavor| {
        right(it, flavor)
            .sealed()
            .set_object(SIGNATURE, "SIGNATURE", &[7; 100])
            .into()
    }),
    (
        "a signature that is not base64",
        &[SIGNATURE],
        |it, flavor| no_base64(right(it, flavor).sealed(), SIGNATURE, "SIGNATURE").into(),
    ),
    ("changed after it was signed", &[SIGNATURE], |it, flavor| {
        right(it, flavor)
            .sealed()
            .part("r", 0, |entry| entry.set("w", "Bandwidth=1"))
            .into()
    }),
    (
        "an item behind the signatures",
        &[SIGNATURE],
        |it, flavor| right(it, flavor).push(OwnedItem::new("of-tomorrow")).into(),
    ),
];
