//! The same seed gives the same bytes, on every machine and in every version.
//!
//! Where one of these sums differs, a network that somebody keeps as a seed is another: that is a
//! change to be named in the changelog.

use tor_harness_netdoc::sha256;
use tor_harness_testnet::{Bridge, Network, Seed};

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
    let valid_after = network.status.valid_after;
    network.bridges = (0..10)
        .map(|number| Bridge::new(Seed::new(1), number, valid_after))
        .collect();
    let all = network.documents();
    let found = [
        ("server descriptors", sum(&all.server_descriptors.concat())),
        ("extra-info documents", sum(&all.extra_infos.concat())),
        ("microdescriptors", sum(&all.microdescriptors.concat())),
        ("key certificates", sum(&all.key_certificates.concat())),
        ("votes", sum(&all.votes.concat())),
        ("ns consensus", sum(&all.consensus)),
        ("microdesc consensus", sum(&all.microdesc_consensus)),
        ("detached signatures", sum(&all.detached_signatures)),
        ("bandwidth file", sum(&all.bandwidth_file)),
        (
            "bridges' server descriptors",
            sum(&all.bridge_server_descriptors.concat()),
        ),
        (
            "bridges' extra-info documents",
            sum(&all.bridge_extra_infos.concat()),
        ),
        ("bridge network status", sum(&all.bridge_network_status)),
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
            "0c1e05245c3acbd22c1357e515b2df6774e27814b2478c786e25abe92354969c",
        ),
        (
            "ns consensus",
            "de0ccfd5015e55a7fb9e8c2196be19921cfb45220f9b37b05b9527e683091bd1",
        ),
        (
            "microdesc consensus",
            "21137e740478d17baa83cd07a324967cb0386425233badbb68e87925949bcf23",
        ),
        (
            "detached signatures",
            "965a3b05dfe8227e918e03037975dfe0d8ddbed362d651f85fb8bf159c9f00b3",
        ),
        (
            "bandwidth file",
            "81f35bd12876b403876bd8e8558f58637e273b9a1e55ceec31079fc4720794a3",
        ),
        (
            "bridges' server descriptors",
            "5df3e8f8666f03d12c7189cef77e323164974eeb9b53ba0ba65ccbaed9cadb37",
        ),
        (
            "bridges' extra-info documents",
            "b80888adbbba3b37d294dcac930b8ab478e880fe4c35297f8b397f729501b1d8",
        ),
        (
            "bridge network status",
            "d51b8f9f25ee2ad10e983f81172f164cab2ee0da652d907a567e7c7e266f4a9d",
        ),
    ];
    assert_eq!(
        found.each_ref().map(|(name, sum)| (*name, sum.as_str())),
        expected
    );
}
