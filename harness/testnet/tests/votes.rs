//! Votes that differ, and the consensus that is made of them (dir-spec section 3.8).

use data_encoding::BASE64_NOPAD;
use tor_harness_netdoc::{
    Authorities, BandwidthFile, Consensus, Document, Flavor, KeyCertificate, Kind, Vote, sha256,
};
use tor_harness_testnet::{BandwidthWeights, Network, RelayOpinion, Seed, StatusSettings};

/// Five authorities, a relay that can be all, another one.
fn network() -> Network {
    let mut network = Network::new(Seed::new(9), 5, 2, "2026-11-22 12:00:00".parse().unwrap());
    for relay in &mut network.relays {
        relay.flags = ["Exit", "Fast", "Guard", "Running", "V2Dir", "Valid"]
            .map(String::from)
            .into();
        relay.bandwidth = 100;
    }
    network
}

/// The consensus of the network with this change, right by all rules and laws.
fn consensus(change: impl FnOnce(&mut Network)) -> String {
    let mut network = network();
    change(&mut network);
    for authority in &network.authorities {
        let vote = network.vote(authority).encode();
        assert_eq!(Kind::Vote.check(&Document::new(&vote)), []);
    }
    let bytes = network.consensus(Flavor::Ns).encode();
    assert_eq!(Kind::Consensus.check(&Document::new(&bytes)), []);
    String::from_utf8(bytes).unwrap()
}

/// The opinions of the authorities about the first relay, from the first authority on.
fn think(network: &mut Network, all: impl IntoIterator<Item = RelayOpinion>) {
    let relay = network.relays[0].fingerprint();
    for (authority, opinion) in network.authorities.iter_mut().zip(all) {
        authority.opinion.relays.insert(relay, opinion);
    }
}

/// What the consensus says of the first relay with these opinions: flags, weight.
fn entry(opinions: &[RelayOpinion]) -> Option<[String; 2]> {
    entry_of(|network| think(network, opinions.to_vec()))
}

fn entry_of(change: impl FnOnce(&mut Network)) -> Option<[String; 2]> {
    let text = consensus(change);
    let (_, entry) = text.split_once("r relay0 ")?;
    let line = |start: &str| entry.lines().find_map(|line| line.strip_prefix(start));
    Some([line("s ")?.into(), line("w Bandwidth=")?.into()])
}

fn with_flags(flags: &str) -> RelayOpinion {
    let flags = flags.split(' ').map(String::from);
    RelayOpinion {
        flags: Some(flags.collect()),
        ..RelayOpinion::default()
    }
}

fn same() -> RelayOpinion {
    RelayOpinion::default()
}

fn unknown() -> RelayOpinion {
    RelayOpinion {
        is_unknown: true,
        ..same()
    }
}

#[test]
fn more_than_half_decide_on_flags() {
    let all = "Exit Fast Guard Running V2Dir Valid";
    let fast = || with_flags("Fast Running Valid");
    for (opinions, expected) in [
        (vec![], Some(all)),
        (vec![same(); 5], Some(all)),
        (vec![unknown(); 2], Some(all)),
        (vec![unknown(); 3], None),
        (vec![fast(); 2], Some(all)),
        (vec![fast(); 3], Some("Fast Running Valid")),
        // Those who do not know it give no flags either.
        (
            vec![fast(), unknown(), unknown()],
            Some("Fast Running Valid"),
        ),
        (vec![with_flags("Fast Valid"); 3], None),
        (vec![with_flags("Fast Running"); 3], None),
        (
            vec![with_flags("Exit Fast Guard HSDir MiddleOnly Running V2Dir Valid"); 3],
            Some("BadExit Fast MiddleOnly Running Valid"),
        ),
    ] {
        let found = entry(&opinions);
        let flags = found.as_ref().map(|[flags, _]| flags.as_str());
        assert_eq!(flags, expected, "{opinions:?}");
    }
}

#[test]
fn only_those_who_know_a_flag_decide_on_it() {
    for (know, expected) in [
        (5, "Fast Running V2Dir Valid"),
        (4, "Fast Running V2Dir Valid"),
        (3, "Exit Fast Running V2Dir Valid"),
    ] {
        let found = entry_of(|network| {
            let mut status = network.status.clone();
            status.known_flags.retain(|flag| flag != "Exit");
            for authority in &mut network.authorities[know..] {
                authority.opinion.status = Some(status.clone());
            }
            let without = "Fast Running V2Dir Valid";
            let with = "Exit Fast Running V2Dir Valid";
            think(
                network,
                [with, with, without, without, without].map(with_flags),
            );
        });
        assert_eq!(found.unwrap()[0], expected, "{know}");
    }
}

#[test]
fn weights_are_medians() {
    let hears = |bandwidth| RelayOpinion {
        bandwidth: Some(bandwidth),
        is_unmeasured: true,
        ..same()
    };
    let measures = |measured| RelayOpinion {
        measured: Some(measured),
        ..same()
    };
    let heard = [1, 5, 2, 4, 3].map(hears);
    for (opinions, expected) in [
        // All measure it, and find what they are told.
        (vec![], "100"),
        (
            vec![
                measures(7),
                measures(9),
                measures(8),
                measures(1),
                measures(2),
            ],
            "7",
        ),
        // Of four the second.
        (
            vec![
                measures(7),
                measures(9),
                measures(8),
                measures(1),
                unknown(),
            ],
            "7",
        ),
        (
            vec![measures(7), measures(8), measures(9), hears(1), hears(1)],
            "8",
        ),
        // Three have to measure.
        (
            vec![measures(7), measures(9), hears(15), hears(12), hears(19)],
            "19 Unmeasured=1",
        ),
        (heard.to_vec(), "3 Unmeasured=1"),
        // What is not measured counts for little.
        (
            [100, 500, 200, 400, 300].map(hears).to_vec(),
            "20 Unmeasured=1",
        ),
    ] {
        let found = entry(&opinions).expect("it is listed");
        assert_eq!(found[1], expected, "{opinions:?}");
    }
}

#[test]
fn three_have_to_measure() {
    for (measuring, most, expected) in [
        (5, None, "100"),
        (3, None, "100"),
        (3, Some(50), "100"),
        (2, None, "100 Unmeasured=1"),
        (0, None, "100 Unmeasured=1"),
    ] {
        let found = entry_of(|network| {
            for authority in &mut network.authorities[measuring..] {
                authority.opinion.has_no_bandwidth_file = true;
            }
            let most = most.map(|most| ("maxunmeasuredbw".into(), most));
            network.status.params.extend(most);
        });
        assert_eq!(found.unwrap()[1], expected, "{measuring} measure, {most:?}");
    }
    for (most, expected) in [(50, "50 Unmeasured=1"), (-1, "1 Unmeasured=1")] {
        let found = entry_of(|network| {
            network.status.params.insert("maxunmeasuredbw".into(), most);
            let unmeasured = RelayOpinion {
                is_unmeasured: true,
                ..same()
            };
            think(network, vec![unmeasured; 3]);
        });
        assert_eq!(found.unwrap()[1], expected);
    }
}

#[test]
fn votes_are_by_a_bandwidth_file_of_their_own() {
    let mut network = network();
    let measured = RelayOpinion {
        measured: Some(7),
        ..same()
    };
    let unmeasured = RelayOpinion {
        is_unmeasured: true,
        ..same()
    };
    think(&mut network, [measured, unmeasured]);
    network.authorities[2].opinion.has_no_bandwidth_file = true;
    for (authority, relays, weight) in [
        (0, Some(7), "w Bandwidth=100 Measured=7"),
        (1, Some(6), "w Bandwidth=100"),
        (2, None, "w Bandwidth=100"),
        (3, Some(7), "w Bandwidth=100 Measured=100"),
    ] {
        let authority = &network.authorities[authority];
        let file = network
            .bandwidth_file_by(authority)
            .map(|file| file.encode());
        let vote = String::from_utf8(network.vote(authority).encode()).unwrap();
        let count = file.as_ref().map(|bytes| {
            assert_eq!(Kind::BandwidthFile.check(&Document::new(bytes)), []);
            BandwidthFile::read(Document::new(bytes)).relays().count()
        });
        assert_eq!(count, relays);
        let digest = file.map(|bytes| BASE64_NOPAD.encode(&sha256(&bytes)));
        let digest = digest.map(|digest| format!("\nbandwidth-file-digest sha256={digest}\n"));
        assert!(vote.contains(digest.as_deref().unwrap_or("\nknown-flags ")));
        assert_eq!(vote.contains("bandwidth-file-"), digest.is_some());
        let (_, entry) = vote.split_once("\nr relay0 ").unwrap();
        assert!(
            entry.contains(&format!("\n{weight}\n")),
            "{weight}: {entry}"
        );
    }
}

/// How an authority's status differs.
type Change = fn(&mut StatusSettings);

const SAME_STATUS: Change = |_| {};

/// The lines of the consensus with these keywords, when each authority has such a status.
fn lines(keywords: &[&str], statuses: [Change; 5]) -> String {
    let text = consensus(|network| {
        for (authority, change) in network.authorities.iter_mut().zip(statuses) {
            let mut status = network.status.clone();
            change(&mut status);
            authority.opinion.status = Some(status);
        }
    });
    let is_one = |line: &&str| keywords.contains(&line.split(' ').next().unwrap_or_default());
    let lines: Vec<_> = text.lines().filter(is_one).collect();
    lines.join("\n")
}

#[test]
fn times_are_medians() {
    let keywords = ["valid-after", "fresh-until", "valid-until", "voting-delay"];
    let later: Change = |status| {
        status.valid_until = "2026-11-22 16:00:00".parse().unwrap();
        status.voting_delay = [20, 400];
    };
    let expected = "valid-after 2026-11-22 12:00:00\nfresh-until 2026-11-22 13:00:00\n";
    assert_eq!(
        lines(
            &keywords,
            [SAME_STATUS, SAME_STATUS, SAME_STATUS, later, later]
        ),
        format!("{expected}valid-until 2026-11-22 15:00:00\nvoting-delay 300 300")
    );
    assert_eq!(
        lines(&keywords, [SAME_STATUS, SAME_STATUS, later, later, later]),
        format!("{expected}valid-until 2026-11-22 16:00:00\nvoting-delay 20 400")
    );
}

#[test]
fn methods_have_to_be_known_by_two_thirds() {
    let old: Change = |status| status.methods = vec![33, 34];
    let both: Change = |status| status.methods = vec![34, 35];
    for (statuses, expected) in [
        ([SAME_STATUS; 5], 35),
        ([both, both, both, both, old], 35),
        ([both, both, both, old, old], 34),
        // No method is: the newest.
        ([SAME_STATUS, SAME_STATUS, SAME_STATUS, old, old], 35),
    ] {
        let found = lines(&["consensus-method"], statuses);
        assert_eq!(found, format!("consensus-method {expected}"));
    }
}

#[test]
fn parameters_versions_and_protocols_are_counted() {
    const PROTOCOLS: [&str; 2] = ["recommended-client-protocols", "required-client-protocols"];
    fn set(status: &mut StatusSettings, value: i32, versions: &[&str]) {
        status.params.insert("b".into(), value);
        status.client_versions = versions.iter().map(ToString::to_string).collect();
        let protocols = format!("Cons=1-{value} Link={value}");
        status.protocols = PROTOCOLS
            .map(|keyword| (keyword.into(), protocols.clone()))
            .into();
    }
    let found = lines(
        &["params", "client-versions", PROTOCOLS[0], PROTOCOLS[1]],
        [
            |status| set(status, 2, &["0.4.8.9", "0.4.9.11"]),
            |status| set(status, 4, &["0.4.8.9", "0.4.10.1"]),
            |status| set(status, 3, &["0.4.10.1"]),
            |status| {
                set(status, 3, &[]);
                status.params.insert("a".into(), 1);
            },
            |status| {
                set(status, 3, &[]);
                status.params.insert("a".into(), 1);
            },
        ],
    );
    // Three of five have Link=3: half, less than two thirds.
    assert_eq!(
        found,
        "client-versions 0.4.8.9,0.4.10.1\n\
         recommended-client-protocols Cons=1-3 Link=3\n\
         required-client-protocols Cons=1-3\n\
         params b=3"
    );
}

#[test]
fn all_of_a_status_can_be_set() {
    let mut network = network();
    network.status.client_versions = vec!["0.4.9.11".into()];
    network
        .status
        .flag_thresholds
        .insert("fast-speed".into(), "102400".into());
    network
        .status
        .flag_thresholds
        .insert("guard-wfu".into(), "98.000%".into());
    network.status.methods = vec![34, 35];
    network.status.bandwidth_weights = BandwidthWeights::Computed;
    network.status.params.insert("bwweightscale".into(), 100);
    network.authorities[0].opinion.status = Some(network.status.clone());
    let vote = String::from_utf8(network.vote(&network.authorities[1]).encode()).unwrap();
    for line in [
        "consensus-methods 34 35",
        "client-versions 0.4.9.11",
        "flag-thresholds fast-speed=102400 guard-wfu=98.000%",
    ] {
        assert!(vote.contains(&format!("\n{line}\n")), "{line}: {vote}");
    }
    assert!(vote.contains("\nm 34,35 sha256="));
    assert_eq!(Kind::Vote.check(&Document::new(vote.as_bytes())), []);
    let text = String::from_utf8(network.consensus(Flavor::Ns).encode()).unwrap();
    let weights = text
        .lines()
        .find(|line| line.starts_with("bandwidth-weights "));
    let weights = weights.expect("there are weights");
    // Each exit is a guard, too, but for authorities.
    assert!(
        weights.ends_with(" Wgm=100 Wmb=100 Wmd=11 Wme=48 Wmg=0 Wmm=100"),
        "{weights}"
    );
    let old = network.network_status_2(&network.authorities[0]);
    let bridges = network.bridge_network_status();
    for (document, line) in [
        (&old, "dir-options Names Versions"),
        (&old, "client-versions 0.4.9.11"),
        (&old, "server-versions 0.4.9.11"),
        (
            &bridges,
            "flag-thresholds fast-speed=102400 guard-wfu=98.000%",
        ),
    ] {
        let bytes = document.encode();
        assert_eq!(document.kind().check(&Document::new(&bytes)), [], "{line}");
        let text = String::from_utf8_lossy(&bytes);
        assert!(text.contains(&format!("\n{line}\n")), "{line}: {text}");
    }
    network.status.client_versions.clear();
    network.status.server_versions.clear();
    let old = network.network_status_2(&network.authorities[0]).encode();
    assert_eq!(Kind::NetworkStatus2.check(&Document::new(&old)), []);
    assert!(!String::from_utf8_lossy(&old).contains("-versions"));
}

#[test]
fn flags_that_nobody_knows_are_nobodys() {
    let mut network = network();
    network.status.known_flags.retain(|flag| flag != "Guard");
    let vote = network.vote(&network.authorities[0]).encode();
    let consensus = network.consensus(Flavor::Ns).encode();
    for (kind, bytes) in [(Kind::Vote, vote), (Kind::Consensus, consensus)] {
        let text = String::from_utf8(bytes).unwrap();
        assert_eq!(Kind::check(kind, &Document::new(text.as_bytes())), []);
        assert!(!text.contains("Guard"), "{text}");
        assert!(
            text.contains("\ns Exit Fast Running V2Dir Valid\n"),
            "{text}"
        );
    }
}

#[test]
fn an_opinion_that_is_the_networks_changes_nothing() {
    let mut network = network();
    network.status.client_versions = ["0.4.9.11", "0.4.8.9"].map(String::from).into();
    network.status.known_flags.reverse();
    let protocols = "Link=5 Cons=1,2".into();
    let keyword = "required-client-protocols".into();
    network.status.protocols.insert(keyword, protocols);
    let consensus = network.consensus(Flavor::Ns).encode();
    for authority in &mut network.authorities {
        authority.opinion.status = Some(network.status.clone());
    }
    let same = network.consensus(Flavor::Ns).encode();
    assert_eq!(
        String::from_utf8_lossy(&consensus),
        String::from_utf8_lossy(&same)
    );
}

#[test]
fn half_is_enough_to_recommend_a_protocol() {
    let mut network = network();
    network.authorities.truncate(4);
    for (authority, link) in network.authorities.iter_mut().zip([4, 4, 5, 3]) {
        let mut status = network.status.clone();
        for keyword in ["recommended-relay-protocols", "required-relay-protocols"] {
            let protocols = format!("Cons=2 Link={link}");
            status.protocols.insert(keyword.into(), protocols);
        }
        authority.opinion.status = Some(status);
    }
    let text = String::from_utf8(network.consensus(Flavor::Ns).encode()).unwrap();
    for line in [
        "recommended-relay-protocols Cons=2 Link=4",
        "required-relay-protocols Cons=2",
    ] {
        assert!(text.contains(&format!("\n{line}\n")), "{line}: {text}");
    }
}

#[test]
fn authorities_that_disagree_sign_one_consensus() {
    let mut network = Network::new(Seed::new(9), 5, 40, "2026-11-22 12:00:00".parse().unwrap());
    network.status.with_votes = true;
    network.disagree(100);
    let all = network.documents();
    let mut authorities = Authorities::new(network.authorities.iter().map(|one| one.identity()));
    for bytes in &all.key_certificates {
        let read = KeyCertificate::read(Document::new(bytes));
        authorities.add(&read.verify().unwrap());
    }
    for (number, vote) in all.votes.iter().enumerate() {
        assert_eq!(Kind::Vote.check(&Document::new(vote)), []);
        assert!(Vote::read(Document::new(vote)).verify(&authorities).is_ok());
        let unlike = all.votes[..number].iter().all(|other| other != vote);
        assert!(unlike, "vote {number} is that of another");
    }
    for (kind, bytes) in [
        (Kind::Consensus, &all.consensus),
        (Kind::ConsensusMicrodesc, &all.microdesc_consensus),
    ] {
        assert_eq!(kind.check(&Document::new(bytes)), []);
        let read = Consensus::read(Document::new(bytes));
        assert!(read.verify(&authorities).is_ok());
    }
}
