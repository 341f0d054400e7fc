//! How the key certificate of an authority can be wrong (dir-spec section 3.1).

use tor_harness_netdoc::{Builder, OwnedItem};

use super::all::Row;
use super::parts::{no_base64, rsa_by, rsa_key};
use crate::network::Given;

const LAST: &str = "dir-key-certification";

fn right(given: &Given) -> Builder {
    given.authority().key_certificate()
}

/// Days from now.
fn days(given: &Given, days: i64) -> String {
    given.later(days * 24 * 3600).to_string()
}

pub(super) const WAYS: &[Row] = &[
    ("version 4", &["dir-key-certificate-version"], |it| {
        right(it).set("dir-key-certificate-version", "4").into()
    }),
    ("no `dir-key-expires`", &["dir-key-expires"], |it| {
        right(it).without("dir-key-expires").into()
    }),
    ("no `dir-identity-key`", &["dir-identity-key"], |it| {
        right(it).without("dir-identity-key").into()
    }),
    ("no `dir-signing-key`", &["dir-signing-key"], |it| {
        right(it).without("dir-signing-key").into()
    }),
    ("no `dir-key-crosscert`", &["dir-key-published"], |it| {
        right(it).without("dir-key-crosscert").into()
    }),
    ("`fingerprint` twice", &["fingerprint"], |it| {
        right(it).repeat("fingerprint").into()
    }),
    (
        "`fingerprint` before the version",
        &["dir-key-certificate-version", LAST],
        |it| right(it).move_to("fingerprint", 0).into(),
    ),
    ("an item behind the signature", &[LAST], |it| {
        right(it)
            .without("dir-address")
            .push(OwnedItem::new("dir-address").text("192.0.2.1:80"))
            .into()
    }),
    ("a short fingerprint", &["fingerprint"], |it| {
        right(it).set("fingerprint", "ABCD").into()
    }),
    ("another authority's fingerprint", &["fingerprint"], |it| {
        right(it)
            .set("fingerprint", it.other_authority().identity().to_string())
            .into()
    }),
    ("an address that is none", &["dir-address"], |it| {
        right(it).set("dir-address", "198.18.0.256:80").into()
    }),
    ("it expires in month 13", &["dir-key-expires"], |it| {
        right(it)
            .set("dir-key-expires", "2027-13-01 00:00:00")
            .into()
    }),
    (
        "it expires before it is published",
        &["dir-key-expires", ""],
        |it| {
            right(it)
                .set("dir-key-published", days(it, 60))
                .set("dir-key-expires", days(it, 30))
                .into()
        },
    ),
    ("it is over", &[""], |it| {
        right(it)
            .set("dir-key-published", days(it, -60))
            .set("dir-key-expires", days(it, -30))
            .into()
    }),
    ("it is published a month from now", &[""], |it| {
        right(it).set("dir-key-published", days(it, 30)).into()
    }),
    (
        "another authority's `dir-identity-key`",
        &["fingerprint", "dir-key-crosscert", LAST],
        |it| {
            rsa_key(
                right(it),
                "dir-identity-key",
                it.other_authority().identity_key(),
            )
            .into()
        },
    ),
    (
        "another authority's `dir-signing-key`",
        &["dir-key-crosscert"],
        |it| {
            rsa_key(
                right(it),
                "dir-signing-key",
                it.other_authority().signing_key(),
            )
            .into()
        },
    ),
    (
        "a `dir-signing-key` that is not base64",
        &["dir-signing-key"],
        |it| no_base64(right(it), "dir-signing-key", "RSA PUBLIC KEY").into(),
    ),
    (
        "another authority signed `dir-key-crosscert`",
        &["dir-key-crosscert"],
        |it| {
            let identity = it.authority().identity();
            let signature = it.other_authority().signing_key().sign(identity.as_bytes());
            right(it)
                .set_object(
                    "dir-key-crosscert",
                    "ID SIGNATURE",
                    &signature.unwrap_or_default(),
                )
                .into()
        },
    ),
    ("another authority signed it", &[LAST], |it| {
        rsa_by(right(it), LAST, it.other_authority().identity_key()).into()
    }),
    ("its own signing key signed it", &[LAST], |it| {
        rsa_by(right(it), LAST, it.authority().signing_key()).into()
    }),
    ("changed after it was signed", &[LAST], |it| {
        right(it)
            .sealed()
            .set("dir-key-expires", days(it, 700))
            .into()
    }),
    ("a signature that is not base64", &[LAST], |it| {
        no_base64(right(it).sealed(), LAST, "SIGNATURE").into()
    }),
];
