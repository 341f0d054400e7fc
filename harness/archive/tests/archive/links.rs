//! What documents refer to is there.

use data_encoding::{BASE64_NOPAD, HEXUPPER};
use tor_harness_archive::{Archive, Links, digests};
use tor_harness_netdoc::{Document, Kind};

use crate::tools::archive;

fn recorded(path: &str) -> &'static [u8] {
    tor_fixtures::find(path).unwrap().bytes
}

/// What is wrong with documents, each a file of its own named by its number.
fn check(documents: &[&[u8]]) -> Vec<String> {
    let mut all = archive(b"");
    for (number, document) in documents.iter().enumerate() {
        let document = std::io::Cursor::new(document.to_vec());
        all = all.and(Archive::reader(number.to_string(), document));
    }
    let (report, errors) = Links::check(all);
    assert!(errors.is_empty(), "{errors:?}");
    let missing = report
        .missing
        .iter()
        .map(|link| format!("{} -> {}", link.from.path, link.to));
    let unreferred = report
        .unreferred
        .iter()
        .map(|place| format!("{} by nobody", place.path));
    missing.chain(unreferred).collect()
}

#[test]
fn recorded_documents_refer_to_one_another() {
    let server = recorded("netdoc/server-descriptor/lone-relay");
    let extra = recorded("netdoc/extra-info/lone-relay");
    assert_eq!(check(&[server, extra]), ["0 by nobody"]);

    let sha1 = digests(Kind::ServerDescriptor, Document::new(server))
        .sha1
        .unwrap();
    let microdescriptor = b"@last-listed 2020-01-01 00:00:00\nonion-key\nntor-onion-key x\n";
    let sha256 = digests(Kind::Microdescriptor, Document::new(microdescriptor))
        .sha256
        .unwrap();
    let ns = format!(
        "network-status-version 3\nr a {0:A<27} {1} 2020-01-01 00:00:00 127.0.0.1 1 0\nm x\n",
        "",
        BASE64_NOPAD.encode(&sha1)
    );
    let md = format!(
        "network-status-version 3 microdesc\nr a {0:A<27} 2020-01-01 00:00:00 127.0.0.1 1 0\nm {1}\n",
        "",
        BASE64_NOPAD.encode(&sha256)
    );
    assert_eq!(
        check(&[server, extra, microdescriptor, ns.as_bytes(), md.as_bytes()]),
        [""; 0]
    );
    assert_eq!(
        check(&[ns.as_bytes(), md.as_bytes(), extra, microdescriptor]),
        [
            format!("0 -> server descriptor {}", HEXUPPER.encode(&sha1)),
            "2 by nobody".into()
        ]
    );
    assert_eq!(
        check(&[md.as_bytes()]),
        [format!(
            "0 -> microdescriptor {}",
            BASE64_NOPAD.encode(&sha256)
        )]
    );
}

#[test]
fn both_digests_of_an_extra_info_count() {
    let server = recorded("netdoc/server-descriptor/lone-relay");
    let extra = recorded("netdoc/extra-info/lone-relay");
    let digests = digests(Kind::ExtraInfo, Document::new(extra));
    // Behind what is signed.
    let mut changed = extra.to_vec();
    let end = changed.len() - "\n-----END SIGNATURE-----\n".len() - 20;
    changed[end] = if changed[end] == b'A' { b'B' } else { b'A' };
    assert_eq!(
        check(&[server, &changed]),
        [
            format!("0 -> extra-info {}", digests.sha256_text().unwrap()),
            "0 by nobody".into()
        ]
    );
    // A sanitised one says its digest.
    let sanitised = format!(
        "extra-info a {}\nrouter-digest {}\n",
        "A".repeat(40),
        digests.sha1_text().unwrap()
    );
    let missing = check(&[server, sanitised.as_bytes()]);
    assert_eq!(missing.len(), 2, "{missing:?}");
    assert!(missing[0].ends_with(&digests.sha256_text().unwrap()));
}

#[test]
fn a_recorded_network_refers_to_what_was_recorded_of_it() {
    let paths = [
        "consensus/current",
        "consensus-microdesc/current",
        "server-descriptor/authority",
        "server-descriptor/relay",
        "server-descriptor/exit",
        "extra-info/authority",
        "extra-info/relay",
        "extra-info/exit",
        "microdescriptor/authority",
        "microdescriptor/relay",
        "microdescriptor/exit",
        "vote/authority-0",
        "vote/authority-1",
        "vote/authority-2",
        "consensus-diff/ns",
        "consensus-diff/microdesc",
        "detached-signatures/next",
        "consensus/first",
        "consensus-microdesc/first",
    ];
    let documents = paths.map(|path| recorded(&format!("netdoc/{path}")));
    let said = check(&documents);
    // One of each sort of relay was recorded, of all that the consensuses and
    // votes name, and no votes for the first consensuses.
    let (missing, others): (Vec<_>, Vec<_>) = said.iter().partition(|line| {
        let is_of_relay =
            line.contains(" -> server descriptor ") || line.contains(" -> microdescriptor ");
        is_of_relay || line.starts_with("17 -> vote ") || line.starts_with("18 -> vote ")
    });
    assert!(others.is_empty(), "{others:?}");
    assert!(!missing.is_empty());
}
