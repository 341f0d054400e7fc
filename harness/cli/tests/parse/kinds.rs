//! What is printed of each kind of documents.

use std::collections::BTreeSet;
use std::fs;

use serde_json::{Value, json};
use tor_harness::netdoc::Kind;

use crate::tools::{command, complaint, fixture, lines, run};

const CERTIFICATE: &str = "-----BEGIN ED25519 CERT-----\n\
    AQgAB5xEAchNaF0ofwLAStP1NhfAA4QsjqwdVfCJaA8Yy5Xxck8tAQAgBAAjeQY+\n\
    reL3cO63jjf3J5AFYTVyLZpRTFNRQSHmYMDeJnWf+g/swTpOcFG1o8kd4nMGRLhV\n\
    BYEODEMgTUw4wgSZ1VlQSaB0IFO2tN9Ulkty/sNMufTbralidzAQQ59KUw4=\n\
    -----END ED25519 CERT-----\n";
const MIDDLE: &str = "desc-auth-type x25519\n\
    desc-auth-ephemeral-key AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\
    auth-client AAAAAAAAAAA= AAAAAAAAAAAAAAAAAAAAAA== AAAAAAAAAAAAAAAAAAAAAA==\n\
    encrypted\n-----BEGIN MESSAGE-----\nAAAA\n-----END MESSAGE-----\0\0\0";
const INNER: &str = "create2-formats 2 3\nintroduction-point AQAGwAACASMp\n\
    onion-key ntor AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\
    introduction-point AQUBeA==\n";
const EXITS: &str = "Downloaded 2020-01-01 00:02:03\n\
    ExitNode 40ADD2D03BAAFF9BF68AC1BAD0A448B6290C6B24\nPublished 2020-01-01 00:00:00\n\
    LastStatus 2020-01-01 00:00:01\nExitAddress 192.0.2.1 2020-01-01 00:00:02\n";
const SECOND: &str = "rendezvous-service-descriptor aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\nversion 2\n";
const POINT: &str = "introduction-point aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\nip-address 192.0.2.1\n";
const FALLBACKS: &str = "/* type=fallback */\n/* version=4.0.0 */\n/* timestamp=20210412000000 */\n\
    \"192.0.2.1 orport=9001 id=40ADD2D03BAAFF9BF68AC1BAD0A448B6290C6B24\"\n\
    \" ipv6=[2001:db8::1]:9001\"\n/* nickname=a */\n/* extrainfo=1 */\n/* ===== */\n,\n";
const AUTHORITIES: &str = "\"moria1 orport=9101 \"\n\
    \"v3ident=F533C81CEF0BC0267857C99B2F471ADF249FA232 \"\n\
    \"128.31.0.39:9131 1A25 C635 8DB9 1342 AA51 720A 5038 B727 4273 2498\",\n";

/// A document, and where in what is printed of it are which values.
type Case = (Kind, &'static str, Vec<(&'static str, Value)>);

/// Of each kind a document, and what is printed somewhere of it. What is no
/// fixture may have problems.
#[rustfmt::skip] // One line a value.
fn cases() -> Vec<Case> {
    vec![
        (Kind::ServerDescriptor, fixture("netdoc/server-descriptor/exit"), vec![
            ("/fields/router/nickname", json!("exit0")),
            ("/fields/bandwidth/bandwidth-avg", json!(1_073_741_824)),
        ]),
        (Kind::ExtraInfo, fixture("netdoc/extra-info/tor-0.4.8"), vec![
            ("/digests/sha256", json!("jKWkEexvFDePYKtsZOpHFM69ayeDLgggrWm0soDw+LA")),
            ("/fields/write-history", json!({"time": "2024-01-20 03:12:07", "interval": 86400, "bytes": [7_318_349_824_u64, 8_589_934_592_u64]})),
            ("/fields/dirreq-v3-direct-dl/counts", json!({"complete": 0, "timeout": 0, "running": 0})),
            ("/fields/conn-bi-direct/connections/1", json!(5120)),
        ]),
        (Kind::Microdescriptor, fixture("netdoc/microdescriptor/exit"), vec![
            ("/digests", json!({"sha256": "k8tGpspA1HtLqDEg7Nf44BubHwFIOvPyoAy2CaYp8h4"})),
            ("/fields/p", json!({"policy": "accept", "PortList": ["1-65535"]})),
            ("/fields/id/0/line", json!(9)),
        ]),
        (Kind::BridgeServerDescriptor, fixture("netdoc/bridge-server-descriptor/version-1.2"), vec![
            ("/fields/contact/info", json!("somebody")),
        ]),
        (Kind::BridgeExtraInfo, fixture("netdoc/bridge-extra-info/version-1.3"), vec![
            ("/annotations/@type/0/words", json!(["bridge-extra-info", "1.3"])),
        ]),
        (Kind::Consensus, fixture("netdoc/consensus/current"), vec![
            ("/fields/consensus-method/Integer", json!(35)),
            ("/sections/dir-source/2/dir-source/nickname", json!("auth0")),
            ("/sections/r/0/w", json!({"bandwidth": 700, "weight": []})),
            ("/sections/directory-footer/bandwidth-weights/weight/Wbg", json!(4996)),
            ("/sections/directory-signature/0/directory-signature/signing-key-digest", json!("79954169BCD1402EFBC85A0CBD05D246A6732F79")),
        ]),
        (Kind::ConsensusMicrodesc, fixture("netdoc/consensus-microdesc/current"), vec![
            ("/digests/sha3-256", json!("2D4C8C85DE588C39BF35063290D4B723DD02BBBCA8FB0354C1D9CCC078316F97")),
            ("/sections/r/0/m/digest", json!("k8tGpspA1HtLqDEg7Nf44BubHwFIOvPyoAy2CaYp8h4")),
            ("/sections/directory-signature/0/directory-signature/Algorithm", json!("sha256")),
        ]),
        (Kind::Vote, fixture("netdoc/vote/authority-0"), vec![
            ("/digests/sha1", json!("A37D2C226B31DA53A4A9CC2B66A618FFF0907C4E")),
            ("/fields/flag-thresholds/threshold/guard-wfu", json!("98.000%")),
            ("/sections/dir-source/shared-rand-commit/0/line", json!(21)),
            ("/sections/dir-key-certificate-version/dir-key-expires/time", json!("2027-11-22 05:53:10")),
            ("/sections/r/0/stats/stat/tk", json!(11)),
            ("/sections/r/0/m/0", json!({"line": 78, "methods": [32, 33, 34, 35], "digest": {"sha256": "k8tGpspA1HtLqDEg7Nf44BubHwFIOvPyoAy2CaYp8h4"}})),
            ("/sections/directory-signature/directory-signature/identity", json!("9A3624B93F5264EBFD8DB17811FFE4BA75B3B70C")),
        ]),
        (Kind::RouterStatus, fixture("netdoc/router-status/relay"), vec![
            ("/fields/r/nickname", json!("relay0")),
        ]),
        (Kind::BridgeNetworkStatus, fixture("netdoc/bridge-network-status/version-1.2"), vec![
            ("/sections/r/0/a", json!([{"line": 6, "address": "[fd9f:2e19:3bcf::2:1]:443"}])),
        ]),
        (Kind::NetworkStatus2, fixture("netdoc/network-status-2/tor-0.1.1"), vec![
            ("/sections/r/1/r/ORPort", json!(9002)),
            ("/sections/directory-signature/directory-signature/nickname", json!("alpha")),
        ]),
        (Kind::KeyCertificate, fixture("netdoc/key-certificate/authority-0"), vec![
            ("/fields/dir-address/IPPort", json!("127.15.62.1:44953")),
            ("/fields/dir-signing-key/object/label", json!("RSA PUBLIC KEY")),
        ]),
        (Kind::DetachedSignatures, fixture("netdoc/detached-signatures/next"), vec![
            ("/fields/additional-digest/0/flavor", json!("microdesc")),
        ]),
        (Kind::ConsensusDiff, fixture("netdoc/consensus-diff/ns"), vec![
            ("/fields/network-status-diff-version/version", json!("1")),
            ("/commands/0", json!({"line": 3, "action": "delete", "first": 69, "last": null, "lines": []})),
            ("/commands/1/action", json!("append")),
            ("/commands/1/lines/1", json!("-----BEGIN SIGNATURE-----")),
            ("/commands/2/line", json!(33)),
        ]),
        (Kind::OnionDescriptor, fixture("netdoc/onion-descriptor/open"), vec![
            ("/fields/revision-counter/Integer", json!(10_554_984)),
        ]),
        (Kind::OnionDescriptorMiddle, MIDDLE, vec![
            ("/fields/auth-client/0/client-id", json!("AAAAAAAAAAA")),
            ("/fields/encrypted/object", json!({"label": "MESSAGE", "base64": "AAAA"})),
        ]),
        (Kind::OnionDescriptorInner, INNER, vec![
            ("/fields/create2-formats/formats", json!([2, 3])),
            ("/sections/introduction-point/0/introduction-point/link-specifiers", json!([{"socket": "192.0.2.1:9001"}])),
            ("/sections/introduction-point/1/introduction-point/link-specifiers", json!([{"type": 5, "data": "78"}])),
        ]),
        (Kind::OnionDescriptor2, SECOND, vec![
            ("/fields/version/version-number", json!(2)),
        ]),
        (Kind::OnionDescriptor2Point, POINT, vec![
            ("/fields/ip-address/ip4", json!("192.0.2.1")),
        ]),
        (Kind::ExitList, EXITS, vec![
            ("/fields/Downloaded/time", json!("2020-01-01 00:02:03")),
            ("/sections/ExitNode/0/ExitAddress/0", json!({"line": 5, "address": "192.0.2.1", "time": "2020-01-01 00:00:02"})),
        ]),
        (Kind::Ed25519Certificate, CERTIFICATE, vec![
            ("/fields/cert-type", json!(8)),
            ("/fields/key-is", json!("ed25519 key")),
            ("/fields/extensions/0/type", json!(4)),
        ]),
        (Kind::BandwidthFile, fixture("netdoc/bandwidth-file/next"), vec![
            ("/fields/timestamp", json!(1_795_326_795)),
            ("/fields/terminator", json!("=====")),
            ("/entries/0/line", json!(9)),
            ("/entries/6/fields/bw", json!(700)),
            ("/entries/6/fields/node_id", json!("$3248B27D3BD0EA1302CB619581BB339B9E793869")),
        ]),
        (Kind::FallbackList, FALLBACKS, vec![
            ("/fields/version", json!("4.0.0")),
            ("/entries/0/fields", json!({"dir_address": "192.0.2.1", "orport": 9001, "id": "40ADD2D03BAAFF9BF68AC1BAD0A448B6290C6B24", "ipv6": "[2001:db8::1]:9001", "nickname": "a", "extrainfo": true})),
        ]),
        (Kind::AuthorityList, AUTHORITIES, vec![
            ("/fields", json!({})),
            ("/entries/0/fields/dir_address", json!("128.31.0.39:9131")),
            ("/entries/0/fields/fingerprint", json!("1A25C6358DB91342AA51720A5038B72742732498")),
        ]),
        (Kind::SharedRandomState, fixture("data-directory/authority/sr-state"), vec![
            ("/fields//0/words/0", json!("#")),
            ("/fields/Commit/1/line", json!(6)),
        ]),
        (Kind::State, fixture("data-directory/client/state"), vec![
            ("/fields/CircuitBuildTimeBin/0", json!({"line": 5, "milliseconds": 15, "count": 5})),
            ("/fields/Guard/0/entry/nickname", json!("relay1")),
        ]),
    ]
}

#[test]
fn each_kind_has_its_values() {
    let schema: Value = serde_json::from_slice(&run(&[], &["--schema"]).stdout).unwrap();
    let mut kinds = BTreeSet::new();
    for (kind, text, values) in cases() {
        let output = run(&[("file", text)], &["--type", kind.name(), "file"]);
        let [line] = &lines(&output)[..] else {
            panic!("{kind}: {output:?}");
        };
        assert_eq!(line["type"], json!(kind.name()));
        for (pointer, expected) in values {
            assert_eq!(line.pointer(pointer), Some(&expected), "{kind} {pointer}");
        }
        for key in line.as_object().unwrap().keys() {
            assert!(schema["properties"].get(key).is_some(), "{kind} {key}");
        }
        for key in schema["required"].as_array().unwrap() {
            assert!(line.get(key.as_str().unwrap()).is_some(), "{kind} {key}");
        }
        kinds.insert(kind);
    }
    let without: Vec<_> = Kind::all().filter(|kind| !kinds.contains(kind)).collect();
    assert_eq!(without, []);
}

#[test]
fn fixtures_are_good_or_bad() {
    let folder = tempfile::tempdir().unwrap();
    let recorded = tor_harness::fixtures::all().iter();
    let recorded = recorded.map(|fixture| (fixture.path, fixture.bytes));
    let written = tor_harness::fixtures::written().iter();
    let written = written.map(|written| (written.path, written.bytes));
    for (path, bytes) in recorded.chain(written) {
        if !path.starts_with("netdoc/") {
            continue;
        }
        fs::write(folder.path().join("file"), bytes).unwrap();
        let output = command(&folder, &["--problems", "file"]).output().unwrap();
        let is_bad = path.contains("/bad/");
        let said = String::from_utf8_lossy(&output.stdout);
        assert_eq!(
            output.status.code(),
            Some(i32::from(is_bad)),
            "{path} {said}"
        );
        assert_eq!(said.starts_with("file:"), is_bad, "{path} {said}");
        assert_eq!(complaint(&output), "", "{path}");
    }
}

#[test]
fn nothing_is_lost() {
    let header = "1784000000\nversion=1.4.0\n=====\n";
    let consensus = "network-status-version 3\nvote-status consensus\n";
    for (kind, text, pointer, expected) in [
        (
            "bandwidth-file",
            format!("{header}bw=1 bw=2 x=3 y\n"),
            "/entries/0/fields",
            json!({"bw": [1, 2], "x": "3", "": "y"}),
        ),
        (
            "bandwidth-file",
            format!("{header}bw=-1 mu=0.500 mu=1e5\n"),
            "/entries/0/fields",
            json!({"bw": "-1", "mu": ["0.500", "1e5"]}),
        ),
        (
            "server-descriptor",
            "router a\nnew  b\tc \n".into(),
            "/fields/new",
            json!([{"line": 2, "words": ["b", "c"], "text": " b\tc "}]),
        ),
        (
            "server-descriptor",
            "router a\nuptime  7 \n".into(),
            "/fields/uptime",
            json!({"number": 7, "text": " 7 "}),
        ),
        (
            "server-descriptor",
            "router a\ncontact  b  c\n".into(),
            "/fields/contact",
            json!({"info": " b  c"}),
        ),
        (
            "server-descriptor",
            "router a\nfamily b\n\nopt family c\n".into(),
            "/fields/family",
            json!({"name": ["b"], "again": [{"line": 4, "name": ["c"]}]}),
        ),
        (
            "extra-info",
            "extra-info a\ndirreq-v3-resp ok=1,ok=2\n".into(),
            "/fields/dirreq-v3-resp/counts",
            json!([{"ok": 1}, {"ok": 2}]),
        ),
        (
            "consensus",
            format!("{consensus}what a\ndirectory-footer\nwhat b\ndirectory-footer\n"),
            "/sections/directory-footer",
            json!([{"directory-footer": {}, "what": [{"line": 5, "words": ["b"]}]}, {"directory-footer": {}}]),
        ),
    ] {
        let output = run(&[("file", &text)], &["--type", kind, "file"]);
        let line = &lines(&output)[0];
        assert_eq!(line.pointer(pointer), Some(&expected), "{line}");
    }
}

#[test]
fn types_have_both_names() {
    let consensus = ("file", fixture("netdoc/consensus/current"));
    for (name, count) in [
        ("consensus", 1),
        ("network-status-consensus-3", 1),
        ("network-status-microdesc-consensus-3", 0),
        ("vote", 0),
    ] {
        let output = run(&[consensus], &["--type", name, "file"]);
        assert_eq!(lines(&output).len(), count, "{name}");
        assert_eq!(output.status.code(), Some(0), "{name}");
    }
}
