//! How detached signatures can be wrong (dir-spec section 3.10).

use tor_harness_netdoc::{Builder, Flavor};

use super::all::Row;
use super::parts::no_base64;
use super::signatures::{SIGNATURE, by_strangers, exchanged};
use crate::network::Given;

const ADDITIONAL: &str = "additional-signature";

fn right(given: &Given) -> Builder {
    given.network.detached_signatures()
}

/// Those of an ns consensus that is signed otherwise.
fn signed(given: &Given, ns: &Builder) -> Builder {
    let microdesc = given.network.consensus(Flavor::Microdesc);
    given
        .network
        .detached_signatures_of(&ns.encode(), &microdesc.encode())
}

pub(super) const WAYS: &[Row] = &[
    (
        "no `consensus-digest`",
        &["consensus-digest", "valid-after", SIGNATURE],
        |it| right(it).without("consensus-digest").into(),
    ),
    ("no `valid-after`", &["valid-after"], |it| {
        right(it).without("valid-after").into()
    }),
    ("`valid-until` twice", &["valid-until"], |it| {
        right(it).repeat("valid-until").into()
    }),
    ("it counts from February 30 on", &["valid-after"], |it| {
        right(it).set("valid-after", "2026-02-30 12:00:00").into()
    }),
    (
        "it counts at another time than the consensus",
        &["valid-after"],
        |it| {
            right(it)
                .set("valid-after", it.later(30).to_string())
                .into()
        },
    ),
    ("a short digest", &["consensus-digest"], |it| {
        right(it).set("consensus-digest", "ABCD").into()
    }),
    (
        "another consensus's digest",
        &["consensus-digest", SIGNATURE],
        |it| right(it).set("consensus-digest", "0".repeat(40)).into(),
    ),
    (
        "the digest of another microdesc consensus",
        &["consensus-digest", "additional-digest", ADDITIONAL],
        |it| {
            let text = format!("microdesc sha256 {}", "0".repeat(64));
            right(it).set("additional-digest", text).into()
        },
    ),
    ("no signature", &[SIGNATURE], |it| {
        right(it).without(SIGNATURE).without(ADDITIONAL).into()
    }),
    ("a signature that is not base64", &[SIGNATURE], |it| {
        no_base64(right(it), SIGNATURE, "SIGNATURE").into()
    }),
    (
        "signatures by keys without a certificate",
        &[SIGNATURE],
        |it| signed(it, &by_strangers(it, Flavor::Ns)).into(),
    ),
    ("signatures by each other's keys", &[SIGNATURE], |it| {
        signed(it, &exchanged(it, Flavor::Ns)).into()
    }),
];
