//! The same seed gives the same bytes, on every machine and in every version.
//!
//! Where one of these sums differs, a network that somebody keeps as a seed is another: that is a
//! change to be named in the changelog.

use tor_harness_netdoc::sha256;
use tor_harness_testnet::{Network, Seed};

fn sum(bytes: &[u8]) -> String {
    sha256(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

#[test]
fn the_same_seed_gives_the_same_bytes() {
    let mut network = Network::new(Seed::new(1), 3, 100, "2026-11-22 12:00:00".parse().unwrap());
    network.status.with_votes = true;
    let all = network.documents();
    let found = [
        ("server descriptors", sum(&all.server_descriptors.concat())),
        ("extra-info documents", sum(&all.extra_infos.concat())),
        ("microdescriptors", sum(&all.microdescriptors.concat())),
        ("key certificates", sum(&all.key_certificates.concat())),
        ("votes", sum(&all.votes.concat())),
        ("ns consensus", sum(&all.consensus)),
        ("microdesc consensus", sum(&all.microdesc_consensus)),
    ];
    let expected = [
        (
            "server descriptors",
            "eb0485dcbb36d3bce58a368dc35b7f1be00bf2ec59ac87ec5905d4c2ecfcf235",
        ),
        (
            "extra-info documents",
            "c3e03f3b7b9327e6b027528b9ce8cb44082f5fe80f29b31460f56752d0bc3b64",
        ),
        (
            "microdescriptors",
            "0f4e697daf2869648488f5fa38df800f1df1ed3d22a4f86fd3e0fa9d565f448b",
        ),
        (
            "key certificates",
            "26875e170a0435c26feef0cdfa0903d6cf33ffe15b13283b4bc0212b221585ce",
        ),
        (
            "votes",
            "01e7f679689534f1d31f69d687fbb87c14e1d5a1852073821756ef7628f1da39",
        ),
        (
            "ns consensus",
            "75ebbde890d58e80e05bd892eae4925567e603a951585cde9be5a5ca3b625d6e",
        ),
        (
            "microdesc consensus",
            "e134d1ec578f57c5fe75abf35eff123ac947b47651140542a59214b95941ffc6",
        ),
    ];
    assert_eq!(
        found.each_ref().map(|(name, sum)| (*name, sum.as_str())),
        expected
    );
}
