//! How a microdescriptor can be wrong (dir-spec section 3.3).

use tor_harness_netdoc::Builder;

use super::all::Row;
use super::parts::{no_base64, word};
use crate::network::{Given, Made};

fn right(given: &Given) -> Builder {
    given.relay().microdescriptor()
}

pub(super) const WAYS: &[Row] = &[
    ("no `onion-key`", &["onion-key"], |it| {
        right(it).without("onion-key").into()
    }),
    ("no `ntor-onion-key`", &["ntor-onion-key"], |it| {
        right(it).without("ntor-onion-key").into()
    }),
    ("`ntor-onion-key` twice", &["ntor-onion-key"], |it| {
        right(it).repeat("ntor-onion-key").into()
    }),
    ("`onion-key` behind others", &["onion-key"], |it| {
        right(it).move_to("onion-key", 1).into()
    }),
    (
        "an `ntor-onion-key` of 31 bytes",
        &["ntor-onion-key"],
        |it| {
            let short = word(&it.relay().keys().ntor_public()[..31]);
            right(it).set("ntor-onion-key", short).into()
        },
    ),
    ("an `onion-key` that is not base64", &["onion-key"], |it| {
        no_base64(right(it), "onion-key", "RSA PUBLIC KEY").into()
    }),
    ("an address without a port", &["a"], |it| {
        right(it).set("a", "[2001:db8::1]").into()
    }),
    ("a policy with a port above 65535", &["p"], |it| {
        right(it).set("p", "accept 65536").into()
    }),
    ("a policy that neither accepts nor rejects", &["p"], |it| {
        right(it).set("p", "maybe 80").into()
    }),
    ("a short identity", &["id"], |it| {
        right(it).set("id", "ed25519 AAAA").into()
    }),
    ("the identity twice", &["id"], |it| {
        right(it).repeat("id").into()
    }),
    ("another than the consensus names", &["onion-key"], |it| {
        let other = right(it).set("p", "accept 25");
        Made::from(other).in_place_of(&right(it).set("p", "accept 80"))
    }),
];
