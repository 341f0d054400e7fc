//! The same seed gives the same bytes, on every machine and in every version.
//!
//! Where one of these sums differs, a network that somebody keeps as a seed is another: that is a
//! change to be named in the changelog.

use tor_harness_netdoc::{Kind, sha256};
use tor_harness_testnet::{Bridge, Network, Seed, sample};

/// The sums of all samples.
#[rustfmt::skip] // One line a kind.
const SAMPLES: &[(Kind, &str)] = &[
    (Kind::ServerDescriptor, "6d4d8073b106f355f3faf6d7d4ab2452b43960dcb68144945cfd4fbe43204eb9"),
    (Kind::ExtraInfo, "d28cd74df8ad2750978d32381ae120774904c862900d6da639d92223da87a324"),
    (Kind::Microdescriptor, "963a088bca08d796adfe0aa62ea4722b4ec3c3a7c0287133125c1799d526bac6"),
    (Kind::BridgeServerDescriptor, "13f986bb1fdbfd730e61e2e90706e08739e7b5ab8666474beec0dcc1983fd5f2"),
    (Kind::BridgeExtraInfo, "404e724377b375379aa409b70bbfae0759da17b7929228353498a2a5585b27f2"),
    (Kind::Consensus, "ae2ec7d7067bbd282cbc49f0a01069980ef45bf255fb14958bb5d74c66b38cce"),
    (Kind::ConsensusMicrodesc, "3958d02816986cb52701302f05e40b6025553c0e99f4eb2735cd4de306549901"),
    (Kind::Vote, "4c7cbe879b09ce4a7853e5e3bbe5be720e7cc4b278aca341811b5d169aa0c56c"),
    (Kind::RouterStatus, "3de4eb915e581daf93b2be4f8e8ef47d37d54b4ab3c33609646eec31a8971976"),
    (Kind::BridgeNetworkStatus, "96e555a03e3e13f493a1342fbcbe26e1b0b46bcb88031f38862ce8a16ae28281"),
    (Kind::NetworkStatus2, "4ad33a5016a90e2a9e67253c7d6e3725b8bcd2ff3a1588bb43b1ca549d0e2343"),
    (Kind::KeyCertificate, "ec572a4b152c9d3eeea456916e086d19af925b564ab7f8d64a2f7ed7515c4b17"),
    (Kind::DetachedSignatures, "7242235503cce8d2b8233f21ac93cb6ac0886b4fff454bbbd5512093c00250a9"),
    (Kind::ConsensusDiff, "608980faedd8d5410d061a939bc7d841b5a1bc51c755c1f1eaefef273ce42b0c"),
    (Kind::OnionDescriptor, "02eff85c9254d90e398ea2ead99f15e63e89d4154a877714270952fbe18940e6"),
    (Kind::OnionDescriptorMiddle, "5faf06c7c6689cb709a72b2a4f67265dcfb446c4f0cad208a4d7bdd03b8557a6"),
    (Kind::OnionDescriptorInner, "ed11e9ee0923b083c23fd315c59c321c6e148cba689b7ce5d49b6c256f20c629"),
    (Kind::OnionDescriptor2, "9b124344427394aee6c888b59807cab8ad515c7851dda81160335d4f5a7a4acb"),
    (Kind::OnionDescriptor2Point, "1663a454e856e8dd1ae2e2295b15a800d323ad6564fc4da718b350fb5f8aa9f7"),
    (Kind::ExitList, "87c913da5980871ae5c10e754f6662a91f901cb36a1b3cb7dee955bf7acc7e31"),
    (Kind::Ed25519Certificate, "6e8b9f73db792e44cf1c82e464e89171ebfb25eb4ead863b24cf56b4d99be231"),
    (Kind::BandwidthFile, "20bd795d894c9c0f5ff7d5023034b8783e022ebaa6642c084c2e8aa672ea6d7b"),
    (Kind::FallbackList, "7b5f996883f54317027ac0cd1ae03db8246e97ee1aee8daf019cc5453d951ffe"),
    (Kind::AuthorityList, "85e7b4fca13ba4e86cbf0fca1360ffd4de12c54b456cc481630a2f5b4b26fb93"),
    (Kind::SharedRandomState, "403c228948b8a1473415485bf613d9a54beda817de2329bfe72f59c66184b436"),
    (Kind::State, "bbf4a9927e39b44fac1b1a8d4d94ed84689e1ad6b7ec262a495a144cb767548b"),
];

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
            "e40d3c4d8dfd2835c589e03f0ec97324c19b6508f4ae117f1d1c16543053b80e",
        ),
        (
            "ns consensus",
            "32c00ecb3dc7ca35de124f5484ec340b3b1a03d950eac2565c282af6a5f7000e",
        ),
        (
            "microdesc consensus",
            "0113c67d7e6b3cca8359cac8106fb3b4a7d565d0179564c7d0c3490440d2400e",
        ),
        (
            "detached signatures",
            "5f66f244df76b9abc1896abfe914981ecbaf8ee538e136e19c2bd7841438e219",
        ),
        (
            "bandwidth file",
            "81f35bd12876b403876bd8e8558f58637e273b9a1e55ceec31079fc4720794a3",
        ),
        (
            "bridges' server descriptors",
            "72860e7aae7ad384b7f17c3619fba775ee584bbe0ecbcb7201c412bc9fbb7af6",
        ),
        (
            "bridges' extra-info documents",
            "a11d06f8876a1149777852cb6d6a84273243ae3787eff1799f4c8cca90b149ae",
        ),
        (
            "bridge network status",
            "694c0802b004bb5932f7c135285c9af57df455a5e1335c6751ff0b6f65ed048b",
        ),
    ];
    assert_eq!(
        found.each_ref().map(|(name, sum)| (*name, sum.as_str())),
        expected
    );
}

#[test]
fn samples_are_the_same_bytes() {
    let found: Vec<_> = Kind::all()
        .map(|kind| (kind, sum(&sample(kind).encode())))
        .collect();
    let found: Vec<_> = found.iter().map(|(kind, sum)| (*kind, &**sum)).collect();
    assert_eq!(found, SAMPLES);
}
