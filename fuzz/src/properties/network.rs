//! The laws of networks that are made up.

use std::collections::HashMap;

use proptest::prelude::*;
use tor_harness_netdoc::{Document, Kind};
use tor_harness_types::UtcSeconds;

use crate::network::{self, Changed, Column, Given, Said, Step, Table, Way, Wrong, said};

fn now() -> UtcSeconds {
    "2026-11-22 12:00:00".parse().expect("a time")
}

#[test]
fn what_is_made_is_right() {
    check_right(&Given::small(now()));
}

/// Each way is found, in the fields that it names and no others, and as the table says.
#[test]
fn ways_are_found() {
    let given = Given::small(now());
    let mut wrong = Vec::new();
    let mut answers = HashMap::new();
    for way in Way::all() {
        let all = said(&given, way.kind, &way.make(&given));
        wrong.extend(misplaced(&way, &all));
        answers.insert(way.to_string(), answer(&all));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let held = Table::hold(Column::Ours, |way| answers.get(&way.to_string()).cloned());
    held.unwrap_or_else(|error| panic!("{error}"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    /// With any settings all documents are right.
    #[test]
    fn any_settings_are_right(given in network::given(now())) {
        check_right(&given);
    }

    /// A way shows in every network as it shows in one.
    #[test]
    fn ways_are_found_in_every_network(wrong in network::wrong(now())) {
        let Wrong { given, way, made } = wrong;
        let all = said(&given, way.kind, &made);
        prop_assert_eq!(misplaced(&way, &all), None);
        let small = Given::small(now());
        let expected = answer(&said(&small, way.kind, &way.make(&small)));
        prop_assert_eq!(answer(&all), expected, "{}", way);
    }

    /// Of a line that is another nothing is said, or that it is wrong, by whoever finds something.
    #[test]
    fn one_line_is_one_field(changed in network::changed(now())) {
        let Changed { given, kind, keyword, made } = changed;
        for one in said(&given, kind, &made) {
            prop_assert!(is_of(kind, &keyword, &one), "{kind} {keyword}: {one}");
        }
    }
}

fn check_right(given: &Given) {
    for kind in Kind::all() {
        if let Some(right) = given.document(kind) {
            let said = said(given, kind, &right.into());
            assert_eq!(said, [], "{kind}");
        }
    }
    let network = given.network();
    for authority in &network.authorities {
        let vote = network.vote(authority).into();
        assert_eq!(said(given, Kind::Vote, &vote), []);
    }
    let bridges = network.bridges.iter().map(|bridge| &bridge.relay);
    for relay in network.all_relays().into_iter().chain(bridges) {
        for (kind, right) in [
            (Kind::ServerDescriptor, relay.server_descriptor()),
            (Kind::ExtraInfo, relay.extra_info()),
            (Kind::Microdescriptor, relay.microdescriptor()),
        ] {
            let bytes = right.encode();
            assert_eq!(kind.check(&Document::new(&bytes)), [], "{kind}");
        }
    }
}

/// What is said of a way beside its fields, or that nothing is said that should be.
fn misplaced(way: &Way, all: &[Said]) -> Option<String> {
    let is_elsewhere = |one: &&Said| !way.fields.contains(&one.field.as_str());
    let elsewhere = all.iter().filter(is_elsewhere).cloned().collect::<Vec<_>>();
    match all.is_empty() == way.fields.is_empty() && elsewhere.is_empty() {
        true => None,
        false => Some(format!(
            "{way}: {} beside {:?}",
            answer(&elsewhere),
            way.fields
        )),
    }
}

/// What ours says, in one line.
fn answer(all: &[Said]) -> String {
    match all {
        [] => "takes it".to_owned(),
        all => all
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join("; "),
    }
}

/// Where else it shows that a line is another.
const TIED: &[(&str, &[&str])] = &[
    ("contact", &["dir-source"]),
    (
        "descriptor-signing-key-cert",
        &["signature", "superencrypted", "auth-key", "enc-key-cert"],
    ),
    (
        "dir-identity-key",
        &[
            "fingerprint",
            "dir-key-certification",
            "dir-key-crosscert",
            "dir-source",
            "directory-signature",
        ],
    ),
    ("dir-key-crosscert", &["dir-key-published"]),
    ("dir-key-published", &["dir-key-expires"]),
    (
        "dir-signing-key",
        &["dir-key-crosscert", "directory-signature"],
    ),
    ("dir-source", &["directory-signature"]),
    ("fresh-until", &["valid-until"]),
    (
        "identity-ed25519",
        &[
            "extra-info",
            "family-cert",
            "master-key-ed25519",
            "ntor-onion-key-crosscert",
            "onion-key-crosscert",
            "router-sig-ed25519",
        ],
    ),
    ("known-flags", &["s"]),
    ("network-status-version", &["directory-signature", "m"]),
    ("ntor-onion-key", &["ntor-onion-key-crosscert"]),
    ("onion-key", &["onion-key-crosscert"]),
    ("published", &["extra-info"]),
    ("reject", &["accept"]),
    ("revision-counter", &["superencrypted"]),
    ("router-signature", &["router-sig-ed25519"]),
    (
        "signing-key",
        &["fingerprint", "onion-key-crosscert", "router-signature"],
    ),
    ("valid-after", &["fresh-until", "valid-until"]),
    ("vote-digest", &["dir-source"]),
];

/// The lines that say when something counts, themselves or in a certificate.
const TIMES: &[(Kind, &[&str])] = &[
    (
        Kind::ServerDescriptor,
        &[
            "identity-ed25519",
            "ntor-onion-key-crosscert",
            "family-cert",
        ],
    ),
    (Kind::ExtraInfo, &["identity-ed25519"]),
    (
        Kind::KeyCertificate,
        &["dir-key-published", "dir-key-expires"],
    ),
    (Kind::Consensus, &["valid-after", "valid-until"]),
    (Kind::ConsensusMicrodesc, &["valid-after", "valid-until"]),
    (Kind::Vote, &["dir-key-published", "dir-key-expires"]),
    (Kind::OnionDescriptor, &["descriptor-signing-key-cert"]),
];

/// The lines of the certificate in a vote. Its signature is not made anew.
const CERTIFIED: &[&str] = &[
    "dir-key-certificate-version",
    "dir-address",
    "fingerprint",
    "dir-key-published",
    "dir-key-expires",
    "dir-identity-key",
    "dir-signing-key",
    "dir-key-crosscert",
];

fn is_of(kind: Kind, keyword: &str, said: &Said) -> bool {
    if said.step == Step::Time {
        let of_kind = TIMES.iter().find(|(one, _)| *one == kind);
        return of_kind.is_some_and(|(_, keywords)| keywords.contains(&keyword));
    }
    let tied = TIED.iter().find(|(one, _)| *one == keyword);
    let tied = tied.map_or(&[][..], |(_, tied)| tied);
    let is_certified = kind == Kind::Vote && CERTIFIED.contains(&keyword);
    let field = said.field.as_str();
    field == keyword || tied.contains(&field) || (is_certified && field == "dir-key-certification")
}
