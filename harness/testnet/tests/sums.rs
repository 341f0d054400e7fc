//! The same seed gives the same bytes, on every machine and in every version.
//!
//! Where one of these sums differs, a network that somebody keeps as a seed is another: that is a
//! change to be named in the changelog.

use tor_harness_netdoc::{Flavor, Kind, TimePeriod, sha256};
use tor_harness_testnet::{
    BandwidthWeights, Bridge, ExitPolicy, File, Network, OnionService, Publication, Relay, Seed,
    sample,
};

/// The sums of all samples.
#[rustfmt::skip] // One line a kind.
const SAMPLES: &[(Kind, &str)] = &[
    (Kind::ServerDescriptor, "f255fdce846582f77947d10121b9831da42955d244bdb70684c4e54b0447561a"),
    (Kind::ExtraInfo, "610fd52cdf5baa7105a78d5b97c3d11d56c61dcb16604b39b9aa44723da33aa7"),
    (Kind::Microdescriptor, "963a088bca08d796adfe0aa62ea4722b4ec3c3a7c0287133125c1799d526bac6"),
    (Kind::BridgeServerDescriptor, "5170416e1b1719496152aae969029f618cee2a66ab64b2c0051ded55c78c15ad"),
    (Kind::BridgeExtraInfo, "8847876cc506128b2b2d3bf2c609d03ad63537a108491217818cf70df65bade4"),
    (Kind::Consensus, "b0df23c20ef1d76080e52a93d05f00576930d698ef1ae0e98a557e6796d87526"),
    (Kind::ConsensusMicrodesc, "24ba8986c50a987f1e8d8e30166fcd254c1ca06420fd031e4cebecd6f621a70d"),
    (Kind::Vote, "c434510b57474f1b93782ebbad57a5340d72cd97ccdc01b7fc4f6b7123b64ac1"),
    (Kind::RouterStatus, "93e953635c3b953dcc133068461608be6f69a3a6013066928a3e329e41125ccd"),
    (Kind::BridgeNetworkStatus, "1f1562fd026a61e76460f1f11d5655c233fe2c10235c8fb1cbcc06be64932872"),
    (Kind::NetworkStatus2, "1deb3ca3b7ac9bb713308c5105170163abea8fd46da8b6d98f68c8149357fd97"),
    (Kind::KeyCertificate, "ec572a4b152c9d3eeea456916e086d19af925b564ab7f8d64a2f7ed7515c4b17"),
    (Kind::DetachedSignatures, "13258ae72c1f246b7f5fae69604571d5329ddf830e0f9d1925e989d96de74629"),
    (Kind::ConsensusDiff, "8c560e3cca0437db338e9845a7b4ec699f7a8aa4124cdd460c0d4741925f9922"),
    (Kind::OnionDescriptor, "02eff85c9254d90e398ea2ead99f15e63e89d4154a877714270952fbe18940e6"),
    (Kind::OnionDescriptorMiddle, "5faf06c7c6689cb709a72b2a4f67265dcfb446c4f0cad208a4d7bdd03b8557a6"),
    (Kind::OnionDescriptorInner, "ed11e9ee0923b083c23fd315c59c321c6e148cba689b7ce5d49b6c256f20c629"),
    (Kind::OnionDescriptor2, "9b124344427394aee6c888b59807cab8ad515c7851dda81160335d4f5a7a4acb"),
    (Kind::OnionDescriptor2Point, "1663a454e856e8dd1ae2e2295b15a800d323ad6564fc4da718b350fb5f8aa9f7"),
    (Kind::ExitList, "53905cf18a97f55033fa6a12ed8aa8c9be35b0d44147e4ea9621ba664857e214"),
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
            "a0b8f9aab77d57165532e6c2341fa8dcdf27cfde0429ec2d69367cbdef9f827a",
        ),
        (
            "extra-info documents",
            "df05c4673734a62aac486b6ac36df09a421a0331ec007d5f391cd7e77aea11e4",
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
            "98bd246c60fc98f673f41e67acf852c68b0dda59bc51f61198b229f0b9381081",
        ),
        (
            "ns consensus",
            "4af8f4ba61bae119dd2fcb2069405a60b179168bbbbb7c5eafdc87763b15d602",
        ),
        (
            "microdesc consensus",
            "27af1365384673454b422dfea85fdce838bdd44bfa0240607a9a35058bde6381",
        ),
        (
            "detached signatures",
            "977d024586448e8ecba8c93d4743ca90e486a16ff5c1b870e17ddf5f903037b0",
        ),
        (
            "bandwidth file",
            "81f35bd12876b403876bd8e8558f58637e273b9a1e55ceec31079fc4720794a3",
        ),
        (
            "bridges' server descriptors",
            "3d2c7718cb3f6f86e88560d8a8061e7fde41b0cf5b14a5d7bc43ad602670c128",
        ),
        (
            "bridges' extra-info documents",
            "da466662ce91dc106df211ab7c7e7cad609081b0dd9e47dd9cd96b3e1bd20ef7",
        ),
        (
            "bridge network status",
            "73667862a58dd70a6f57f67cf71c9c9ecb8e437096fdce572e638c9f08d3bde4",
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
        .map(|kind| (kind, sum(&sample::of(kind).encode())))
        .collect();
    let found: Vec<_> = found.iter().map(|(kind, sum)| (*kind, &**sum)).collect();
    assert_eq!(found, SAMPLES);
}

/// The sums of what a network of any settings has besides.
#[rustfmt::skip] // One line a document.
const OF_SETTINGS: &[(&str, &str)] = &[
    ("server descriptors", "f8c5e4877d15e151bc9c8021be4db38758113b659290871652065783abbaf7b1"),
    ("microdescriptors", "c29fba51a95f06186371e417d83cc93e75ee49d0e62413a00c72b7f149b01b88"),
    ("votes", "b4feddc0062d09d607eff92a92dba5deca6802b57455af0cf467396d8a256920"),
    ("ns consensus", "dff48a660ea60f513a3a806099737eae8f3a8514c4d763b56fd3943d67cca109"),
    ("microdesc consensus", "de3e3429c319ff74d7f927989bbcc265ae00eee5aab7fd77556dbe54451526ae"),
    ("diff of an hour", "6f93b13ebb2e3f14cf247594fb0c908dc8e736eafb5bdf53def6d79a289701a3"),
    ("onion descriptor", "dbf93e995c8791af7505db69f89d025a1a61635fa8a96efe41edee979959ff0a"),
    ("files of a service", "17bc2958a9aa0c5b9de0c84fe50994e1a4591144b8eab51123f1b20beb704ba6"),
    ("files of a relay", "47c87d3e77126bcf3679ee236e0f764fb6bbff9392cafacc2d54b91410b7c68b"),
    ("files of an authority", "a334329a3e7975f580ff9c0736b53a684ada25b6f9093751fc10629ce4c97730"),
    ("files of a bridge", "f7b50d7f0e3dbe8ef6f43a8ae51e6d2aafc4f4be72f1b30d0f76d4143ab33dd8"),
    ("files of a client", "154b91f8c46633d0b86423b661a833d170abc1515c5df3d7bd184503b8ac0683"),
    ("files of CollecTor", "49830eb34177d8317477a31cfcb2de9cb35f8bc761cf3a5b719ad2bf63da7470"),
];

/// Hours have passed; one relay is in a family, one has IPv6, one no key for TAP, one exits to some
/// ports alone; the weights are computed, and the votes differ.
fn with_settings() -> Network {
    let valid_after = "2026-11-22 12:00:00".parse().unwrap();
    let mut young = Network::new(Seed::new(2), 4, 40, valid_after);
    young.bridges = vec![Bridge::new(Seed::new(2), 0, valid_after)];
    let mut network = young.after(30);
    let family: Vec<_> = network.relays[..2].iter().map(Relay::fingerprint).collect();
    let key = network.authorities[0].relay.keys().master().clone();
    network.relays[0].family = family;
    network.relays[0].family_keys = vec![key];
    network.relays[1].ipv6 = Some("[2001:db8::1]:9001".parse().unwrap());
    network.relays[1].policy_v6 = ExitPolicy::ports([443..=443]);
    network.relays[2].has_tap_key = false;
    network.relays[3].policy =
        ExitPolicy::ports([80..=80, 8000..=8999]).rejecting("192.0.2.0/24:*");
    network.status.bandwidth_weights = BandwidthWeights::Computed;
    network.status.client_versions = vec!["0.4.8.16".into(), "0.4.9.11".into()];
    network.status.with_votes = true;
    network.disagree(100);
    network
}

#[test]
fn settings_give_the_same_bytes() {
    let network = with_settings();
    let all = network.documents();
    let mut service = OnionService::new(Seed::new(2), 0);
    service.introduction_points = network.relays[..2].to_vec();
    service.add_client(Seed::new(2));
    let time = network.status.valid_after;
    let publication = Publication {
        period: TimePeriod::at(time, 1440, 3600).unwrap(),
        revision: 7,
        time,
    };
    let diff = network.consensus_diff(Flavor::Microdesc, &network.after(1));
    let found = [
        ("server descriptors", sum(&all.server_descriptors.concat())),
        ("microdescriptors", sum(&all.microdescriptors.concat())),
        ("votes", sum(&all.votes.concat())),
        ("ns consensus", sum(&all.consensus)),
        ("microdesc consensus", sum(&all.microdesc_consensus)),
        ("diff of an hour", sum(&diff.unwrap())),
        (
            "onion descriptor",
            sum(&service.descriptor(&publication).encode()),
        ),
        ("files of a service", sum_of(service.files())),
        ("files of a relay", sum_of(network.relays[0].files())),
        (
            "files of an authority",
            sum_of(network.authorities[0].files()),
        ),
        ("files of a bridge", sum_of(network.bridges[0].files())),
        ("files of a client", sum_of(network.client_files())),
        ("files of CollecTor", sum_of(network.archive_files(&all))),
    ];
    let found: Vec<_> = found.iter().map(|(name, sum)| (*name, &**sum)).collect();
    assert_eq!(found, OF_SETTINGS);
}

/// The sum of all paths and bytes.
fn sum_of(files: Vec<File>) -> String {
    let parts = files
        .iter()
        .map(|file| [file.path.as_bytes(), &file.bytes].concat());
    sum(&parts.collect::<Vec<_>>().concat())
}
