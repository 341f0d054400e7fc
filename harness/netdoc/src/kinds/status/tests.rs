//! Documents of directory authorities, good and wrong.

use alloc::string::ToString;
use alloc::vec::Vec;

use super::*;
use crate::kinds::{ConsensusDiff, DetachedSignatures, Kind, stretches};
use crate::rules::Fields;
use crate::structure::{Document, Item, sha1};
use crate::testing::{check_path, good_documents, placed, recorded};

const C1: &str = "netdoc/consensus/method-1";
const C5: &str = "netdoc/consensus/method-5";
const C12: &str = "netdoc/consensus/method-12";
const C28: &str = "netdoc/consensus/method-28";
const M8: &str = "netdoc/consensus-microdesc/method-8";
const M33: &str = "netdoc/consensus-microdesc/method-33";
const V20: &str = "netdoc/vote/tor-0.2.0";
const V24: &str = "netdoc/vote/tor-0.2.4";
const V46: &str = "netdoc/vote/tor-0.4.6";
const K20: &str = "netdoc/key-certificate/tor-0.2.0";
const K21: &str = "netdoc/key-certificate/tor-0.2.1";
const D: &str = "netdoc/detached-signatures/two-flavors";
const B: &str = "netdoc/bridge-network-status/version-1.2";
const O: &str = "netdoc/network-status-2/tor-0.1.1";

/// The good documents of directory authorities.
fn documents() -> impl Iterator<Item = (&'static str, Kind, Document<'static>)> {
    good_documents().filter(|(_, kind, _)| {
        matches!(
            kind,
            Kind::Consensus
                | Kind::ConsensusMicrodesc
                | Kind::Vote
                | Kind::RouterStatus
                | Kind::BridgeNetworkStatus
                | Kind::NetworkStatus2
                | Kind::KeyCertificate
                | Kind::DetachedSignatures
                | Kind::ConsensusDiff
        )
    })
}

#[test]
fn finds_nothing_wrong() {
    let mut kinds = Vec::new();
    for (path, kind, document) in documents() {
        let problems = placed(&kind.check(&document), document.as_bytes());
        assert!(problems.is_empty(), "{path}: {problems:?}");
        let found: Vec<_> = stretches(document.as_bytes()).collect();
        // Each entry without a preamble before it is a document of its own.
        if kind != Kind::RouterStatus {
            assert_eq!(found.len(), 1, "{path}");
        }
        assert_eq!(found[0].kind, Some(kind), "{path}");
        kinds.push(kind);
    }
    for kind in [
        Kind::Consensus,
        Kind::ConsensusMicrodesc,
        Kind::Vote,
        Kind::NetworkStatus2,
    ] {
        assert!(kinds.contains(&kind), "no {kind}");
    }
}

#[test]
fn decodes_entries_as_the_table_does() {
    let mut count = 0;
    for (path, kind, document) in documents() {
        let (routers, section) = match kind {
            Kind::Consensus => (
                Consensus::read(document).routers(),
                &Consensus::RULES.sections[2],
            ),
            Kind::ConsensusMicrodesc => {
                let rules = Consensus::MICRODESC_RULES;
                (Consensus::read(document).routers(), &rules.sections[2])
            }
            Kind::Vote => (Vote::read(document).routers(), &Vote::RULES.sections[3]),
            Kind::BridgeNetworkStatus => (
                BridgeNetworkStatus::read(document).routers(),
                &BridgeNetworkStatus::RULES.sections[1],
            ),
            Kind::NetworkStatus2 => (
                NetworkStatus2::read(document).routers(),
                &NetworkStatus2::RULES.sections[1],
            ),
            Kind::RouterStatus => (
                Routers::new(document, Flavor::Ns),
                &RouterStatus::RULES.sections[0],
            ),
            _ => continue,
        };
        for router in routers {
            let router = router.unwrap();
            let fields = Fields::read(router.document(), section);
            let read = fields.required("r", |values| {
                let nickname = values.one()?;
                let identity: [u8; 20] = values.one()?;
                let digest = match values.expected() {
                    5 => Some(values.one()?),
                    _ => None,
                };
                let published = values.one()?;
                let (address, or_port) = (values.one()?, values.one()?);
                Ok((
                    nickname,
                    identity,
                    digest,
                    published,
                    address,
                    or_port,
                    values.one()?,
                ))
            });
            let fast = (
                router.nickname,
                *router.identity.as_bytes(),
                router.digest,
                router.published,
                router.address,
                router.or_port,
                router.dir_port,
            );
            assert_eq!(read, Ok(fast), "{path}");
            assert_eq!(fields.maybe("a"), Ok(router.or_address), "{path}");
            assert_eq!(fields.text("v"), router.version, "{path}");
            assert_eq!(fields.text("pr"), router.protocols, "{path}");
            assert_eq!(fields.text("p"), router.policy, "{path}");
            let bandwidth = fields.optional("w", |values| values.one::<(&[u8], u32)>());
            let bandwidth = bandwidth.unwrap().map(|(_, bandwidth)| bandwidth);
            assert_eq!(
                bandwidth,
                router.weight.map(|weight| weight.bandwidth),
                "{path}"
            );
            let flags = fields.item("s").map(|item| item.arguments());
            assert!(
                flags.into_iter().flatten().eq(router.flags.names()),
                "{path}"
            );
            if kind == Kind::ConsensusMicrodesc {
                assert_eq!(fields.maybe("m"), Ok(router.microdescriptor), "{path}");
            }
            count += 1;
        }
    }
    assert!(count > 80, "{count}");
}

#[test]
fn names_documents_by_their_digests() {
    let current = Consensus::read(Document::new(recorded("netdoc/consensus/current")));
    let votes: Vec<_> = documents()
        .filter(|(_, kind, _)| *kind == Kind::Vote)
        .map(|(_, _, vote)| Vote::read(vote).signed_part().unwrap().sha1())
        .collect();
    assert_eq!(current.authorities().count(), 3);
    for authority in current.authorities() {
        let digest = authority.vote_digest().unwrap().unwrap();
        assert!(votes.contains(&digest), "{:?}", authority.document());
    }
    let next = Consensus::read(Document::new(recorded("netdoc/consensus/next")));
    let detached = Document::new(recorded("netdoc/detached-signatures/next"));
    let detached = DetachedSignatures::read(detached);
    let digest = next.signed_part().map(|signed| signed.sha1());
    assert_eq!(detached.consensus_digest().unwrap(), digest);
}

#[test]
fn applies_recorded_diffs() {
    for (diff, [first, current]) in [
        ("ns", ["netdoc/consensus/first", "netdoc/consensus/current"]),
        (
            "microdesc",
            [
                "netdoc/consensus-microdesc/first",
                "netdoc/consensus-microdesc/current",
            ],
        ),
    ] {
        let diff = recorded(&alloc::format!("netdoc/consensus-diff/{diff}"));
        let outcome = ConsensusDiff::read(Document::new(diff)).apply(recorded(first));
        assert_eq!(outcome.as_deref(), Ok(recorded(current)));
    }
}

#[test]
fn reads_a_vote() {
    let vote = Vote::read(Document::new(recorded(V46)));
    let preamble = vote.preamble();
    assert_eq!(
        preamble.consensus_methods(),
        Ok(Vec::from([28, 29, 30, 31, 32]))
    );
    assert_eq!(preamble.consensus_method(), Ok(1));
    assert_eq!(
        preamble.published().unwrap().to_string(),
        "2021-12-01 11:50:00"
    );
    assert_eq!(preamble.params(), Ok(Vec::new()));
    let authority = vote.authority().unwrap();
    let source = authority.source().unwrap();
    assert_eq!(
        (source.nickname, source.host),
        (&b"alpha"[..], &b"one.example.com"[..])
    );
    assert_eq!((source.dir_port, source.or_port), (80, 443));
    assert_eq!(authority.contact(), Some(&b"alpha"[..]));
    assert!(authority.participates());
    let commits: Vec<_> = authority.commits().map(Result::unwrap).collect();
    assert_eq!(commits[0].identity, source.identity);
    let reveals: Vec<_> = commits
        .iter()
        .map(|commit| commit.reveal.is_some())
        .collect();
    assert_eq!(reveals, [true, false]);
    assert_eq!(
        authority.shared_random_current().unwrap().unwrap().reveals,
        9
    );
    let certificate = vote.key_certificate().unwrap();
    assert_eq!(certificate.fingerprint(), Ok(source.identity));
    assert_eq!(
        sha1(&certificate.identity_key().unwrap()),
        *source.identity.as_bytes()
    );
    let signature = vote.signatures().next().unwrap().unwrap();
    assert_eq!(
        (signature.algorithm, signature.identity),
        (&b"sha256"[..], source.identity)
    );
    let signing_key = sha1(&certificate.signing_key().unwrap());
    assert_eq!(signing_key, *signature.signing_key_digest.as_bytes());
    assert_eq!(vote.routers().count(), 4);

    // A host's name that is not there.
    let vote = Vote::read(Document::new(recorded(V24)));
    let source = vote.authority().unwrap().source().unwrap();
    assert_eq!((source.host, source.dir_port), (&b""[..], 80));
    assert!(
        vote.authority()
            .unwrap()
            .legacy_dir_key()
            .unwrap()
            .is_some()
    );
    let weights: Vec<_> = vote
        .routers()
        .map(|router| router.unwrap().weight.unwrap())
        .collect();
    assert_eq!((weights[0].measured, weights[1].measured), (None, Some(77)));
}

#[test]
fn reads_a_consensus() {
    let consensus = Consensus::read(Document::new(recorded(C28)));
    assert_eq!(consensus.flavor(), Flavor::Ns);
    let preamble = consensus.preamble();
    assert_eq!(preamble.consensus_method(), Ok(28));
    assert_eq!(
        preamble.client_versions().unwrap(),
        [&b"0.3.5.8"[..], b"0.4.0.5"]
    );
    assert_eq!(
        preamble.voting_delay(),
        Ok(VotingDelay {
            vote: 300,
            dist: 300
        })
    );
    assert_eq!(preamble.known_flags().unwrap().len(), 7);
    assert_eq!(
        preamble.shared_random_previous().unwrap().unwrap().reveals,
        2
    );
    let weights = consensus.footer().bandwidth_weights().unwrap();
    assert_eq!(weights, [(&b"Wbd"[..], 0), (b"Wgg", -1)]);
    let routers: Vec<_> = consensus.routers().map(Result::unwrap).collect();
    assert_eq!(
        routers[1].or_address,
        Some("[2001:db8::1]:9001".parse().unwrap())
    );
    assert_eq!(routers[1].version, Some(&b"Better protocol 7"[..]));
    assert!(routers[2].weight.unwrap().is_unmeasured);
    let unknown = |item: &Item<'_>| item.keyword_bytes() == b"new-item";
    assert!(routers[3].document().items().any(|item| unknown(&item)));

    let first = Consensus::read(Document::new(recorded(C1)));
    assert_eq!(first.preamble().consensus_method(), Ok(1));
    let algorithms: Vec<_> = first
        .signatures()
        .map(|one| one.unwrap().algorithm)
        .collect();
    assert_eq!(algorithms, [b"sha1", b"sha1"]);
    let legacy = Consensus::read(Document::new(recorded(C5)));
    assert_eq!(
        legacy
            .authorities()
            .filter(|one| one.contact().is_none())
            .count(),
        1
    );
}

#[test]
fn reads_what_is_good_behind_what_is_wrong() {
    let bytes = b"r a b\ns Fast\nr c AAAAAAAAAAAAAAAAAAAAAAAAAAA AAAAAAAAAAAAAAAAAAAAAAAAAAA 2026-01-01 00:00:00 192.0.2.1 1 2\nw x\n\
        r d AAAAAAAAAAAAAAAAAAAAAAAAAAA AAAAAAAAAAAAAAAAAAAAAAAAAAA= 2026-01-01  00:00:00\t192.0.2.1 1 2\n\
        r d  AAAAAAAAAAAAAAAAAAAAAAAAAAA=\tAAAAAAAAAAAAAAAAAAAAAAAAAAA 2026-01-01 00:00:00 192.0.2.1 1 2 more\n";
    let routers = Routers::new(Document::new(bytes), Flavor::Ns);
    let found: Vec<_> = routers
        .map(|router| match router {
            Ok(router) => router.nickname.as_str().into(),
            Err(problem) => placed(&[problem], bytes).remove(0),
        })
        .collect();
    assert_eq!(
        found,
        [
            "1:5 expected identity, 20 bytes in base64 without padding",
            "4:3 expected bandwidth, Bandwidth=VALUE with a number from 0 to 4294967295",
            "5:62 expected publication, a time since 1970: YYYY-MM-DD HH:MM:SS",
            "d",
        ]
    );
}

#[test]
fn reads_a_document_that_breaks_off() {
    for path in [C12, V46] {
        let bytes = recorded(path);
        for end in 0..bytes.len() {
            let document = Document::new(&bytes[..end]);
            let whole = |part: Document<'_>| part.span().end <= end;
            let consensus = Consensus::read(document);
            let mut routers = consensus.routers().flatten();
            assert!(routers.all(|router| whole(router.document())), "{end}");
            let mut authorities = consensus.authorities();
            assert!(
                authorities.all(|authority| whole(authority.document())),
                "{end}"
            );
        }
    }
}

#[test]
fn says_what_is_wrong() {
    #[rustfmt::skip]
    let cases: &[(&str, &str, &str, &[&str])] = &[
        // Consensuses.
        (C12, "version 3\n", "version 4\n", &["1:24 expected version, 3"]),
        (C12, "vote-status consensus\n", "", &["11:1 expected an item \"vote-status\", and there is none"]),
        (C12, "consensus-method 12\n", "consensus-method 12 x\n", &["3:21 expected the end of the line"]),
        (C12, "consensus-method 12", "consensus-method twelve", &["3:18 expected Integer, a number from 0 to 4294967295"]),
        (C12, "valid-after 2012-05-01 12:00:00\n", "", &["11:1 expected an item \"valid-after\", and there is none"]),
        (C12, "fresh-until 2012-05-01 13", "fresh-until 2012-05-01 12", &["5:1 expected valid-after before fresh-until before valid-until"]),
        (C12, "valid-until 2012-05-01 15:00:00", "valid-until 2012-05-01 12:30:00", &["6:1 expected valid-after before fresh-until before valid-until"]),
        (C12, "valid-until 2012-05-01 15:00:00", "valid-until 2012-05-32 15:00:00", &["6:13 expected time, a time since 1970: YYYY-MM-DD HH:MM:SS"]),
        (C12, "voting-delay 300 300", "voting-delay 300", &["7:17 expected DistSeconds, a number from 0 to 4294967295"]),
        (C12, "voting-delay", "published 2012-05-01 11:00:00\nvoting-delay", &["7:1 expected nothing that occurs in votes only"]),
        (C12, "voting-delay", "flag-thresholds\nvoting-delay", &["7:1 expected nothing that occurs in votes only"]),
        (C12, "known-flags BadExit Exit", "known-flags Exit BadExit", &["10:18 expected the flags in the order of their names, each once"]),
        (C12, "known-flags BadExit", "known-flags", &["19:3 expected a flag that is among the known-flags"]),
        (C12, "known-flags", "known-flag", &["12:1 expected an item \"known-flags\", and there is none"]),
        (C12, " Running Valid", " Run", &["19:21 expected a flag that is among the known-flags; 3 more follow", "19:29 expected a flag that is among the known-flags; 3 more follow"]),
        (C12, " Exit Fast", " Fa\u{fc}st", &["10:21 expected flag, a word"]),
        (C12, "known-flags BadExit Exit", "known-flags BadExit Exit Exit", &["10:26 expected the flags in the order of their names, each once"]),
        (C12, "voting-delay ", "voting-delay 4294967296 ", &["7:14 expected VoteSeconds, a number from 0 to 4294967295"]),
        (C12, "\nconsensus-method ", "\nconsensus-method 4294967296\nx ", &["3:18 expected Integer, a number from 0 to 4294967295"]),
        (V24, "\nconsensus-methods ", "\nconsensus-methods 4294967296 ", &["3:19 expected Integer, a number from 0 to 4294967295"]),
        (C12, "bwauthpid=1", "bwauthpid=2147483648", &["11:42 expected parameter, KEY=VALUE with a number of 32 bits, also below zero"]),
        (C12, "bwauthpid=1", "bwauthpid", &["11:42 expected parameter, KEY=VALUE with a number of 32 bits, also below zero"]),
        (C12, "bwauthpid=1", "bwauthpid=", &["11:42 expected parameter, KEY=VALUE with a number of 32 bits, also below zero"]),
        (C12, "bwauthpid=1", "bwauthpid=+1", &["11:42 expected parameter, KEY=VALUE with a number of 32 bits, also below zero"]),
        (C12, "bwauthpid=1 cbt", "Bwauthpid=1 cbt", &["11:42 expected the parameters in the order of their names, each once"]),
        (C12, "bwauthpid=1 cbt", "bwauthpid=1 bwauthpid=2 cbt", &["11:54 expected the parameters in the order of their names, each once"]),
        (C12, "x-min=-2147483648", "x-min=-2147483649", &["11:108 expected parameter, KEY=VALUE with a number of 32 bits, also below zero"]),
        (C12, "params", "params x=1\nparams", &["12:1 expected one item \"params\", and here is more"]),
        (C28, "package tor ", "package tor-zoo ", &["11:1 expected the packages in the order of their names and versions, each once"]),
        (C28, "package tor 0.4.0.5 https", "package tor https", &["10:92 expected digest, KEY=VALUE with a word"]),
        (C28, "recommended-client-protocols Cons=1-2", "recommended-client-protocols Cons=2-1", &["13:30 expected entry, KEY=VALUE with values with commas between, each a number up to 63, or FROM-TO"]),
        (C28, "recommended-client-protocols Cons=1-2", "recommended-client-protocols Cons", &["13:30 expected entry, KEY=VALUE with values with commas between, each a number up to 63, or FROM-TO"]),
        (C28, "version 3 ns", "version 3 new", &["1:26 expected flavor, ns"]),
        (C12, "dir-source alpha", "dir-source al-pha", &["12:12 expected an authority's nickname: 1 to 19 letters and digits, -legacy behind it for a legacy key"]),
        (C12, "dir-source alpha", "dir-source alpha-legacy", &[]),
        (C12, "dir-source alpha", "dir-source -legacy", &["12:12 expected an authority's nickname: 1 to 19 letters and digits, -legacy behind it for a legacy key"]),
        (C12, "contact 0 ", "contract 0 ", &["12:1 expected a contact and a vote-digest of each authority that is no -legacy"]),
        (C12, "192.0.2.100 80 443", "192.0.2.100 80", &["12:89 expected orport, a number from 0 to 65535"]),
        (C5, "-legacy", "", &["17:1 expected a contact and a vote-digest of each authority that is no -legacy"]),
        (C12, "\nr first J", "\nr first /", &["23:1 expected the entries in the order of their identities, each once"]),
        (C12, "dir-source alpha 1", "dir-source alpha F", &["15:1 expected the authorities in the order of their identities, each once"]),
        (C12, "\nr first ", "\nr fir_st ", &["18:3 expected nickname, 1 to 19 letters and digits"]),
        (C12, " 192.0.2.1 ", " 192.0.2.256 ", &["18:85 expected IP, an IPv4 address"]),
        (C12, "9001 80", "9001", &["18:99 expected DirPort, a number from 0 to 65535"]),
        (C12, "9001 80", "90010 80", &["18:95 expected ORPort, a number from 0 to 65535"]),
        (C12, "08:00:00 192", "08:00 192", &["18:65 expected publication, a time since 1970: YYYY-MM-DD HH:MM:SS"]),
        (C12, "\ns BadExit Exit", "\ns Exit BadExit", &["19:8 expected a relay's flags in the order of their names, each once"]),
        (C12, "\ns BadExit", "\ns BadDirectory BadExit", &["19:3 expected a flag that is among the known-flags"]),
        (C12, "\ns BadExit Exit Fast Running Valid", "", &["22:1 expected an item \"s\", and there is none"]),
        (C12, "\ns BadExit", "\ns\ns BadExit", &["20:1 expected one item \"s\", and here is more"]),
        (C12, "w Bandwidth=0", "w", &["21:2 expected bandwidth, Bandwidth=VALUE with a number from 0 to 4294967295"]),
        (C12, "w Bandwidth=0", "w Measured=1 Bandwidth=0", &["21:3 expected bandwidth, Bandwidth=VALUE with a number from 0 to 4294967295"]),
        (C12, "w Bandwidth=0", "w Bandwidth=4294967296", &["21:3 expected bandwidth, Bandwidth=VALUE with a number from 0 to 4294967295"]),
        (C12, "Measured=20", "Measured=x Unmeasured=2 New", &["26:17 expected Measured=0 to 4294967295, Unmeasured=1", "26:28 expected Measured=0 to 4294967295, Unmeasured=1"]),
        (C12, "p reject 1-65535", "p reject 0-65536", &["22:10 expected PortList, values with commas between, each a number up to 65535, or FROM-TO"]),
        (C12, "p reject 1-65535", "p refuse 1-65535", &["22:3 expected policy, one of accept, reject"]),
        (C12, "p reject 1-65535", "m sha256=x", &["22:1 expected nothing that occurs in votes only"]),
        (C12, "p reject 1-65535", "id ed25519 none", &["22:1 expected nothing that occurs in votes only"]),
        (C12, "directory-footer\n", "", &["38:1 expected the item \"bandwidth-weights\" only in the footer", "38:1 expected directory-footer, since consensus method 9"]),
        (C12, "Wbd=0 Wbe=0", "Wbe=0 Wbd=0", &["39:25 expected the weights in the order of their names, each once"]),
        (C12, "Wbd=0", "Wbd=zero", &["39:19 expected weight, KEY=VALUE with a number of 32 bits, also below zero"]),
        (C12, "directory-footer\n", "directory-footer\nr first\n", &["39:1 the router status entry again, or behind what has to follow it", "39:8 expected identity, 20 bytes in base64 without padding", "40:1 expected the item \"bandwidth-weights\" only in the footer", "40:1 expected directory-footer, since consensus method 9", "41:1 expected an item \"s\", and there is none"]),
        (C12, "directory-signature ", "directory-signature sha256 ", &["40:21 expected signatures of an ns consensus by sha1 only"]),
        (C12, "-----END SIGNATURE", "-----END OTHER", &["45:1 expected lines of base64, then -----END with the label of -----BEGIN"]),
        (C1, "\ndirectory-signature", "\nx", &[]),
        // Of the flavor microdesc.
        (M33, "\nm ", "\nn ", &["23:1 expected an item \"m\", and there is none"]),
        (M8, "\nm ", "\nn ", &[]),
        (M33, "version 3 microdesc", "version 3 ns", &["1:26 expected flavor, microdesc", "18:1 expected nothing that occurs in votes only", "24:1 expected nothing that occurs in votes only", "32:1 expected nothing that occurs in votes only", "38:1 expected nothing that occurs in votes only", "45:21 expected signatures of an ns consensus by sha1 only", "51:21 expected signatures of an ns consensus by sha1 only"]),
        (M33, "a [2001:db8:0:0:1::2]:443", "a [2001:db8:0:0:1::2]", &["30:3 expected address, ADDRESS:PORT"]),
        (M33, "a [2001:db8:0:0:1::2]:443", "a [fe80::1%3]:443", &["30:3 expected address, ADDRESS:PORT"]),
        (M33, "2038-01-01 00:00:00 ", "", &["17:37 expected publication, a time since 1970: YYYY-MM-DD HH:MM:SS"]),
        // Votes.
        (V24, "vote-status vote", "vote-status opinion", &[]),
        (V24, "vote-status vote", "vote-status consensus", &["2:13 expected type, one of vote, opinion"]),
        (V24, "consensus-methods 1 2", "consensus-methods one 2", &["3:19 expected Integer, a number from 0 to 4294967295"]),
        (V24, "published 2012-12-01 11:50:00\n", "", &["13:1 expected an item \"published\", and there is none"]),
        (V24, "voting-delay", "consensus-method 14\nvoting-delay", &["8:1 expected nothing that occurs in consensuses only"]),
        (V24, "guard-wfu=94.669%", "guard-wfu=%", &["12:74 expected threshold, KEY=VALUE with a number with % behind it, or a number, also with decimals"]),
        (V24, "\nlegacy-dir-key ", "\nlegacy-dir-key x", &["16:16 expected fingerprint, 40 hexadecimal digits"]),
        (V24, "to-use=1 guard-n-primary-guards=3", "to-use=1 guard-n-aaa=3", &["13:74 expected the parameters in the order of their names, each once"]),
        (V24, "contact \n", "", &["16:1 expected an item \"contact\", and there is none"]),
        (V24, "  192.0.2.100", " 192.0.2.100", &["14:71 expected IP, an IPv4 address"]),
        (V24, "dir-key-certificate-version 3\n", "", &["17:1 expected the item \"dir-address\" only in the key certificate", "18:1 expected the item \"fingerprint\" only in the key certificate", "19:1 expected the item \"dir-key-published\" only in the key certificate", "20:1 expected the item \"dir-key-expires\" only in the key certificate", "21:1 expected the item \"dir-identity-key\" only in the key certificate", "27:1 expected the item \"dir-signing-key\" only in the key certificate", "33:1 expected the item \"dir-key-crosscert\" only in the key certificate", "39:1 expected the item \"dir-key-certification\" only in the key certificate", "73:1 expected the key certificate, and there is none"]),
        (V24, "\nm 8,9,10,11,12 sha256=", "\nm 8,9,x sha256=", &["51:3 expected methods, values with commas between, each a number"]),
        (V24, "\nm 13,14 sha256=", "\nm 13,14 ", &["52:9 expected digest, KEY=VALUE with bytes in base64 without padding"]),
        (V24, "directory-footer\n", "directory-footer\nbandwidth-weights Wbd=0\n", &["68:1 expected nothing that occurs in consensuses only"]),
        (V46, "id ed25519 none", "id ed25519 nobody", &["63:12 expected identity, none, or 32 bytes in base64 without padding"]),
        (V46, "stats wfu=0.000000", "stats wfu=x", &["64:7 expected stat, KEY=VALUE with a number, also with decimals"]),
        (V46, "shared-rand-commit 1 ", "shared-rand-commit one ", &["24:20 expected Version, a number"]),
        (V46, "shared-rand-previous-value 9 ", "shared-rand-previous-value 9 A", &["26:30 expected Value, 32 bytes in base64"]),
        (V46, "bandwidth-file-headers ", "bandwidth-file-headers a b=c", &["19:24 expected header, KEY=VALUE with a word"]),
        (V46, "bandwidth-file-digest sha256=", "bandwidth-file-digest sha256=!", &["20:23 expected digest, KEY=VALUE with bytes in base64 without padding"]),
        (V20, "known-flags", "vote-digest x\nknown-flags", &["8:1 expected nothing that occurs in consensuses only"]),
        // Key certificates, detached signatures, statuses of bridges and of version 2.
        (K20, "version 3", "version 2", &["1:29 expected version, 3"]),
        (K20, "2009-01-01", "2007-01-01", &["4:1 expected dir-key-published before dir-key-expires"]),
        (K20, "2008-01-01", "2019-01-01", &["3:1 expected dir-key-crosscert, which the certificates of 2008 have not", "4:1 expected dir-key-published before dir-key-expires"]),
        (K21, "dir-address 192.0.2.100:80", "dir-address 192.0.2.100", &["2:13 expected IPPort, ADDRESS:PORT"]),
        (K21, "BEGIN SIGNATURE", "BEGIN OTHER", &["22:1 expected an object, -----BEGIN ID SIGNATURE-----", "26:1 expected lines of base64, then -----END with the label of -----BEGIN"]),
        (K21, "dir-key-expires 2010", "dir-key-expired 2010", &["36:1 expected an item \"dir-key-expires\", and there is none"]),
        (K20, "dir-key-published 2008", "dir-key-certification\ndir-key-published 2008", &["3:1 expected an object, -----BEGIN SIGNATURE-----", "3:1 expected the item \"dir-key-certification\" at the end", "18:1 expected one item \"dir-key-certification\", and here is more"]),
        (D, "fresh-until 2012-05-01 13", "fresh-until 2012-05-01 12", &["3:1 expected valid-after before fresh-until before valid-until"]),
        (D, "additional-digest microdesc sha256 ", "additional-digest microdesc sha256 x", &["5:36 expected digest, bytes in hexadecimal"]),
        (D, "directory-signature sha1 ", "directory-signature sha1 x ", &["25:26 expected identity, 40 hexadecimal digits"]),
        (D, "valid-until 2012-05-01 15:00:00\n", "", &["30:1 expected an item \"valid-until\", and there is none"]),
        (D, "additional-signature microdesc sha256 ", "additional-signature microdesc ", &["7:113 expected signing-key-digest, 40 hexadecimal digits"]),
        (B, "published 2018-01-01 08:30:00\n", "", &[]),
        (B, "published 2018", "published 18", &["2:11 expected time, a time since 1970: YYYY-MM-DD HH:MM:SS"]),
        (B, "guard-wfu=0.000%", "guard-wfu", &["3:35 expected threshold, KEY=VALUE with a number with % behind it, or a number, also with decimals"]),
        (B, "\ns Fast", "\nt Fast", &["10:1 expected an item \"s\", and there is none"]),
        (O, "version 2", "version 1", &["1:24 expected version, 2"]),
        (O, "server-versions 0.1.0.17,0.1.1.13-alpha\n", "", &["6:1 expected client-versions and server-versions where dir-options has Versions"]),
        (O, "dir-options Names Versions\n", "dir-options Names\n", &[]),
        (O, "contact alpha <alpha AT example dot com>\n", "", &["14:1 expected an item \"contact\", and there is none"]),
        (O, "directory-signature alpha", "directory-signature al-pha", &["21:21 expected nickname, 1 to 19 letters and digits"]),
    ];
    for (path, from, to, expected) in cases {
        check_path(path, from, to, expected);
    }
}
