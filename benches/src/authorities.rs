//! Nine made-up authorities, as many as the public network has.

use std::sync::LazyLock;

use tor_harness_netdoc::{Builder, Document, Kind, OwnedItem, Seal};
use tor_harness_testnet::{Authority, Seed};

const NUMBER: u64 = 9;

static ALL: LazyLock<Vec<Authority>> = LazyLock::new(|| {
    let now = "2026-11-22 12:00:00".parse().expect("a time");
    let authority = |number| Authority::new(Seed::new(1), number, now);
    (0..NUMBER).map(authority).collect()
});

/// Their certificates, each a document.
pub(crate) fn certificates() -> Vec<Vec<u8>> {
    let certificates = ALL.iter().map(Authority::key_certificate);
    certificates.map(|one| one.encode()).collect()
}

/// The consensus by all of them, in place of those that it has.
pub(crate) fn sign(consensus: &str) -> Vec<u8> {
    const SIGNATURE: &str = "directory-signature";
    let is_ns = !consensus.starts_with("network-status-version 3 microdesc");
    let end = consensus.find(SIGNATURE).expect("a consensus is signed");
    let mut authorities: Vec<&Authority> = ALL.iter().collect();
    authorities.sort_by_key(|authority| authority.identity());

    let document = Document::new(&consensus.as_bytes()[..end]);
    let mut items: Vec<_> = document.items().map(OwnedItem::from).collect();
    let is_of_authority =
        |item: &OwnedItem| matches!(&*item.keyword, "dir-source" | "contact" | "vote-digest");
    let first = items.iter().position(is_of_authority);
    items.retain(|item| !is_of_authority(item));
    let first = first.expect("a consensus has authorities");
    items.splice(first..first, authorities.iter().flat_map(|one| source(one)));

    let unsigned = items
        .into_iter()
        .fold(Builder::new(Kind::Consensus), Builder::push);
    let signed = authorities.iter().fold(unsigned, |document, authority| {
        let key = authority.signing_key().clone();
        let names = format!("{} {}", authority.identity(), key.fingerprint());
        let (names, seal) = match is_ns {
            true => (names, Seal::DirectorySha1(key)),
            false => (format!("sha256 {names}"), Seal::DirectorySha256(key)),
        };
        document.push_sealed(OwnedItem::new(SIGNATURE).text(names), seal)
    });
    signed.encode()
}

/// What a consensus says of one that took part.
fn source(authority: &Authority) -> [OwnedItem; 3] {
    let identity = authority.identity();
    [
        (
            "dir-source",
            format!("auth {identity} 127.0.0.1 127.0.0.1 2 1"),
        ),
        ("contact", "nobody".to_owned()),
        ("vote-digest", identity.to_string()),
    ]
    .map(|(keyword, text)| OwnedItem::new(keyword).text(text))
}
