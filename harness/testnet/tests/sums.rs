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
            "8ab404c850e974932aecf1ce2f8ae3a15a613039ee55954659bbc05790a47dbb",
        ),
        (
            "extra-info documents",
            "c7705e02ca334390af5b214e98cf030e04911386a3264ecee6aa806e36ac10b0",
        ),
        (
            "microdescriptors",
            "98b9346e9033785303b7b64fd1577ef8b77c1fc4abe27ba4779664b82471bbd8",
        ),
        (
            "key certificates",
            "29bd63d376ed3a79a02c2fb19302b2c9597bc5220e91f1e16c7c53332d0bb96a",
        ),
        (
            "votes",
            "7f80beab24f7725dd0ee07dc01341e6f7010b91560010fbae0d7b7b22a933c64",
        ),
        (
            "ns consensus",
            "70f83c35bf0cf378ba8e307c6dde2ebedfd5770c2102d7656ed8e867c007943f",
        ),
        (
            "microdesc consensus",
            "6390c1a84aa67bdb7d0ff22ffa7c9143b3e8980ec3b337b9bc0834372e7512fa",
        ),
    ];
    assert_eq!(
        found.each_ref().map(|(name, sum)| (*name, sum.as_str())),
        expected
    );
}
