//! What verifying in bulk says.

use std::num::NonZero;

use tor_harness_archive::{Archive, Evidence, Mapped, Proved, Verdict};
use tor_harness_netdoc::Timeliness;
use tor_harness_testnet::{Relay, Seed};
use tor_harness_types::UtcSeconds;

use crate::tools::{archive, tar};

fn fixture(path: &str) -> &'static [u8] {
    tor_fixtures::find(path).unwrap().bytes
}

/// What verifying says of the documents, each as `LINE holds`, `LINE:COLUMN failure` for each
/// failure, or `LINE? what is lacking`.
fn said(archive: Archive, evidence: &Evidence) -> Vec<String> {
    let documents: Mapped<Vec<String>> =
        archive.map_verified(evidence.clone(), |found, verdict| {
            let line = found.place.line;
            match verdict {
                Verdict::Holds(_) => vec![format!("{line} holds")],
                Verdict::Lacks(lacking) => vec![format!("{line}? {lacking}")],
                Verdict::Fails(failures) => {
                    let failures = failures.iter().map(|wrong| {
                        let place = wrong.span.place(found.document.as_bytes());
                        let line = line as usize + place.line - 1;
                        format!("{line}:{} {}", place.column, wrong.problem)
                    });
                    failures.collect()
                }
            }
        });
    documents.flat_map(Result::unwrap).collect()
}

/// By the authorities of the recorded network, its consensuses and server descriptors.
fn evidence() -> Evidence {
    let mut evidence = trusting("data-directory/client/cached-certs");
    for path in ["consensus-microdesc/current", "server-descriptor/relay"] {
        let bytes = fixture(&format!("netdoc/{path}"));
        evidence.add(archive(bytes)).unwrap();
    }
    evidence
}

fn trusting(path: &str) -> Evidence {
    let mut evidence = Evidence::default();
    evidence.trust(archive(fixture(path))).unwrap();
    evidence
}

#[test]
fn each_kind_by_what_it_needs() {
    const AUTHORITIES: &str = "1? expected authorities to verify it by";
    const CONSENSUS: &str = "1? expected a consensus that names it, to verify it by";
    const DESCRIPTOR: &str = "1? expected a server descriptor that names it, to verify it by";
    const KIND: &str = "1? expected a document of a type that can be verified";
    const HOLDS: &str = "1 holds";
    let (alone, by_all) = (Evidence::default(), evidence());
    for (path, without, with) in [
        ("server-descriptor/exit", HOLDS, HOLDS),
        ("key-certificate/authority-0", HOLDS, HOLDS),
        ("onion-descriptor/restricted", HOLDS, HOLDS),
        ("consensus/current", AUTHORITIES, HOLDS),
        ("consensus-microdesc/first", AUTHORITIES, HOLDS),
        ("vote/authority-1", AUTHORITIES, HOLDS),
        ("detached-signatures/next", AUTHORITIES, HOLDS),
        ("microdescriptor/relay", CONSENSUS, HOLDS),
        ("extra-info/relay", DESCRIPTOR, HOLDS),
        ("extra-info/exit", DESCRIPTOR, DESCRIPTOR),
        ("bandwidth-file/next", KIND, KIND),
        ("consensus-diff/ns", KIND, KIND),
        ("router-status/relay", KIND, KIND),
        ("bridge-network-status/bridge-authority", KIND, KIND),
    ] {
        let bytes = fixture(&format!("netdoc/{path}"));
        assert_eq!(said(archive(bytes), &alone), [without], "{path}");
        assert_eq!(said(archive(bytes), &by_all), [with], "{path}");
    }
    assert_eq!(said(archive(b"leaves\n"), &by_all), [KIND]);
}

/// A document in whose text `to` stands for the first `from`.
fn changed(path: &str, from: &str, to: &str) -> Vec<u8> {
    let text = std::str::from_utf8(fixture(path)).unwrap();
    assert!(text.contains(from), "{path} has no {from:?}");
    text.replacen(from, to, 1).into_bytes()
}

/// Of many descriptors in any slice the one that does not hold, and no other.
#[test]
fn one_of_many_does_not_hold() {
    let good = fixture("netdoc/server-descriptor/relay");
    let lines = good.iter().filter(|byte| **byte == b'\n').count();
    let bad = changed(
        "netdoc/server-descriptor/relay",
        "\nbandwidth 1",
        "\nbandwidth 2",
    );
    for (before, behind) in [(0, 0), (0, 1), (63, 1), (64, 70), (140, 0)] {
        let text = [good.repeat(before), bad.clone(), good.repeat(behind)].concat();
        let said = said(archive(&text), &Evidence::default());
        let mut expected: Vec<_> = (0..before + 1 + behind)
            .map(|number| vec![format!("{} holds", 1 + number * lines)])
            .collect();
        let line = |line: &str| {
            let text = std::str::from_utf8(good).unwrap();
            before * lines + text.lines().position(|own| own.starts_with(line)).unwrap() + 1
        };
        expected[before] = vec![
            format!(
                "{}:1 expected a signature of these bytes by the ed25519 signing key",
                line("router-sig-ed25519")
            ),
            format!(
                "{}:1 expected a signature of these bytes by the RSA identity key",
                line("router-signature")
            ),
        ];
        assert_eq!(said, expected.concat(), "{before} {behind}");
    }
}

#[test]
fn order_is_kept_by_any_number_of_threads() {
    let good = fixture("netdoc/server-descriptor/relay");
    let extra_info = fixture("netdoc/extra-info/relay");
    let text = [good, extra_info].concat().repeat(300);
    let expected = said(archive(&text), &evidence());
    assert_eq!(expected.len(), 600);
    assert!(expected.iter().all(|said| said.ends_with(" holds")));
    for threads in 1..=3 {
        let archive = archive(&text).threads(NonZero::new(threads).unwrap());
        assert_eq!(said(archive, &evidence()), expected, "{threads}");
    }
}

/// Whether a consensus of three authorities holds by what is in these files.
#[test]
fn authorities_are_those_of_files() {
    let [first, second] =
        [0, 1].map(|number| fixture(&format!("netdoc/key-certificate/authority-{number}")));
    let lines = first.split(|byte| *byte == b'\n');
    let crlf = lines.collect::<Vec<_>>().join(&b"\r\n"[..]);
    let path = "netdoc/key-certificate/authority-0";
    let strange = changed(path, "dir-key-published 2", "dir-key-published 1");
    let list = |identity: &str| {
        format!(
            "\"a orport=9101 \"\n\"v3ident={identity} \"\n\"127.0.0.1:9131 1A25 C635 8DB9 1342 AA51 720A 5038 B727 4273 2498\",\n"
        )
    };
    let listed = list("9A3624B93F5264EBFD8DB17811FFE4BA75B3B70C");
    let [listed, other] = [&listed, &list("F533C81CEF0BC0267857C99B2F471ADF249FA232")];
    const NOTHING: &str = "expected key certificates, as in cached-certs, or tor's list of authorities, and there is none";
    type Case<'a> = (&'a [&'a [u8]], Result<bool, &'a str>);
    let cases: &[Case<'_>] = &[
        (&[first, second], Ok(true)),
        // As tor writes them on Windows.
        (&[&crlf, second], Ok(true)),
        // Who is in the list counts alone.
        (&[listed.as_bytes(), first, second], Ok(true)),
        (&[listed.as_bytes()], Ok(false)),
        (&[first, other.as_bytes(), second], Ok(false)),
        (
            &[first, &strange],
            Err("a/b:36:1: expected a signature of these bytes by the dir-identity-key"),
        ),
        (&[fixture("netdoc/vote/authority-0")], Err(NOTHING)),
        (&[], Err(NOTHING)),
    ];
    for (files, expected) in cases {
        let files: Vec<_> = ["a", "b", "c"]
            .into_iter()
            .zip(files.iter().copied())
            .collect();
        let mut evidence = Evidence::default();
        let holds = evidence
            .trust(archive(&tar(&files)))
            .map(|()| said(archive(fixture("netdoc/consensus/current")), &evidence) == ["1 holds"]);
        let holds = holds.map_err(|error| error.to_string());
        assert_eq!(holds, expected.map_err(Into::into));
    }
}

#[test]
fn evidence_has_to_hold() {
    let bad = changed(
        "netdoc/server-descriptor/relay",
        "\nbandwidth 1",
        "\nbandwidth 2",
    );
    let mut evidence = Evidence::default();
    for (bytes, expected) in [
        (&bad[..], "expected a signature of these bytes by "),
        (
            fixture("netdoc/consensus-microdesc/current"),
            "a:1:1: expected authorities to verify it by",
        ),
        (
            fixture("netdoc/vote/authority-0"),
            "expected a server descriptor, or a consensus",
        ),
    ] {
        let error = evidence.add(archive(bytes)).unwrap_err().to_string();
        assert!(error.contains(expected), "{error}");
    }
}

/// A certificate by itself holds if it is all that there is.
#[test]
fn nothing_may_be_beside_a_certificate() {
    let now = "2026-11-22 12:00:00".parse().unwrap();
    let descriptor = Relay::new(Seed::new(1), 0, now)
        .server_descriptor()
        .encode();
    let text = String::from_utf8(descriptor).unwrap();
    let (_, text) = text.split_once("identity-ed25519\n").unwrap();
    let (good, _) = text.split_once("master-key-ed25519").unwrap();
    for (text, expected) in [
        (good.to_owned(), "1 holds"),
        (good.to_owned() + "\n", "1 holds"),
        (
            good.to_owned() + "more\n",
            "6:1 expected nothing behind the certificate",
        ),
        (
            good.replace("END ED", "END RD"),
            "5:1 expected lines of base64, then -----END with the label of -----BEGIN",
        ),
    ] {
        let said = said(archive(text.as_bytes()), &Evidence::default());
        assert_eq!(said, [expected], "{text}");
    }
}

/// Whoever else names an extra-info, its own relay's descriptor is what it is verified by.
#[test]
fn a_stranger_names_an_extra_info_in_vain() {
    let now = "2026-11-22 12:00:00".parse().unwrap();
    let [relay, stranger] = [0, 1].map(|number| Relay::new(Seed::new(1), number, now));
    let extra_info = relay.extra_info().encode();
    let own = relay.server_descriptor().encode();
    let strange = stranger.server_descriptor_naming(&extra_info).encode();
    for descriptors in [[&own[..], &strange], [&strange, &own]] {
        let mut evidence = Evidence::default();
        evidence.add(archive(&descriptors.concat())).unwrap();
        assert_eq!(said(archive(&extra_info), &evidence), ["1 holds"]);
    }
}

/// What documents are at some time.
#[test]
fn time_is_an_argument() {
    use Timeliness::{Expired, Fresh, NotYetValid, Valid};
    type Case<'a> = (&'a str, &'a [(&'a str, Option<Timeliness>)]);
    #[rustfmt::skip]
    let cases: &[Case<'_>] = &[
        ("consensus/current", &[("2026-11-22 05:00:00", Some(NotYetValid)), ("2036-11-22 05:00:00", Some(Expired))]),
        ("key-certificate/authority-0", &[("2026-11-22 05:53:09", Some(NotYetValid)), ("2026-11-22 05:53:10", Some(Fresh)), ("2027-11-22 05:53:11", Some(Expired))]),
        ("server-descriptor/relay", &[("2026-11-22 05:00:00", Some(Valid)), ("2036-11-22 05:00:00", Some(Expired))]),
        ("microdescriptor/relay", &[("2036-11-22 05:00:00", None)]),
    ];
    for (path, times) in cases {
        for (time, expected) in *times {
            let now: UtcSeconds = time.parse().unwrap();
            let documents = archive(fixture(&format!("netdoc/{path}")));
            let at = documents.map_verified(evidence(), move |_, verdict| match verdict {
                Verdict::Holds(proved) => proved.at(now),
                other => panic!("{other:?}"),
            });
            let at: Vec<_> = at.flatten().collect();
            assert_eq!(at, [*expected], "{path} {time}");
        }
    }
}

/// A verified document is of its type.
#[test]
fn what_holds_is_verified() {
    let documents = archive(fixture("netdoc/server-descriptor/relay"));
    let names = documents.map_verified(Evidence::default(), |_, verdict| match verdict {
        Verdict::Holds(proved) => match *proved {
            Proved::ServerDescriptor(verified) => verified.router().map(|router| router.nickname),
            other => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    });
    let names: Vec<_> = names.flatten().flatten().collect();
    assert_eq!(
        names.iter().map(ToString::to_string).collect::<Vec<_>>(),
        ["relay0"]
    );
}
