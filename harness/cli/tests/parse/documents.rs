//! What is printed of server descriptors.

use std::fs;
use std::io::{Read as _, Write as _};
use std::process::Stdio;

use serde_json::{Value, json};

use crate::tools::{command, complaint, lines, recorded, run};

#[test]
fn a_document_is_a_line() {
    let bad = recorded()
        .replacen("\nuptime 0", "\nuptime 0\nuptime 7 more\nnew thing\nnew", 1)
        .replacen("\nproto ", "\nproto Link=9 ", 1)
        .replacen("9001 0 0", "9001 0 x", 1);
    let file = format!("@type server-descriptor 1.0\n{}{bad}", recorded());
    let output = run(&[("file", &file)], &["file"]);
    assert_eq!(output.status.code(), Some(1), "{}", complaint(&output));
    let [good, bad] = &lines(&output)[..] else {
        panic!("{output:?}");
    };
    let second = 2 + recorded().lines().count();
    for (document, pointer, expected) in [
        (good, "/v", json!(1)),
        (good, "/path", json!("file")),
        (good, "/type", json!("server-descriptor")),
        (
            good,
            "/annotations",
            json!({"@type": [{"line": 1, "words": ["server-descriptor", "1.0"]}]}),
        ),
        (
            good,
            "/digests/sha1",
            json!("E4B0C484EDC1835F32952E349C66BC963D25DAFE"),
        ),
        (
            good,
            "/fields/router",
            json!({"nickname": "harness", "address": "127.0.0.1", "ORPort": 9001, "SOCKSPort": 0, "DirPort": 0}),
        ),
        (good, "/fields/published/time", json!("2026-11-21 23:56:39")),
        (
            good,
            "/fields/fingerprint/fingerprint",
            json!("2171 A44D 9B34 A730 EE66 771D 831E 29B1 382C 014C"),
        ),
        (good, "/fields/proto/entry/Link", json!(["3-5"])),
        (good, "/fields/ntor-onion-key-crosscert/sign", json!(false)),
        (
            good,
            "/fields/router-signature/object/label",
            json!("SIGNATURE"),
        ),
        (
            good,
            "/fields/accept",
            json!([{"line": 44, "exitpattern": "127.0.0.0/8:*"}]),
        ),
        (good, "/problems", json!([])),
        (bad, "/line", json!(second)),
        (
            bad,
            "/offset",
            json!("@type server-descriptor 1.0\n".len() + recorded().len()),
        ),
        (
            bad,
            "/fields/router/words",
            json!(["harness", "127.0.0.1", "9001", "0", "x"]),
        ),
        (
            bad,
            "/fields/uptime",
            json!({"number": 0, "again": [{"line": second + 13, "number": 7, "extra": ["more"]}]}),
        ),
        (
            bad,
            "/fields/new",
            json!([{"line": second + 14, "words": ["thing"]}, {"line": second + 15, "words": []}]),
        ),
        (bad, "/fields/proto/entry/Link", json!(["9"])),
        (bad, "/fields/proto/extra", json!(["Link=3-5"])),
        (bad, "/problems/0/line", json!(second)),
        (bad, "/problems/0/column", json!(33)),
        (
            bad,
            "/problems/0/problem",
            json!("expected DirPort, a number from 0 to 65535"),
        ),
    ] {
        assert_eq!(document.pointer(pointer), Some(&expected), "{pointer}");
    }
}

#[test]
fn what_is_no_text_is_not_lost() {
    let folder = tempfile::tempdir().unwrap();
    let mut file = recorded()
        .replacen("contact the", "contact #the", 1)
        .into_bytes();
    let at = file.iter().position(|byte| *byte == b'#').unwrap();
    file[at] = 0xff;
    fs::write(folder.path().join("file"), file).unwrap();
    let output = command(&folder, &["file"]).output().unwrap();
    let contact = &lines(&output)[0]["fields"]["contact"];
    assert!(
        contact["info"]
            .as_str()
            .unwrap()
            .starts_with("\u{fffd}the harness")
    );
    assert!(contact["hex"].as_str().unwrap().starts_with("FF746865"));
}

#[test]
fn statuses_say_what_was_read() {
    let good = ("good", recorded());
    let unknown = ("unknown", "@type tea 1.0\nleaves\n");
    let bare = ("bare", "uptime 0\n");
    let files = [good, unknown, bare, ("empty", "")];
    for (words, status, count, said) in [
        (&["good"][..], 0, 1, ""),
        (&["good", "unknown", "good"], 1, 3, ""),
        (&["unknown"], 1, 1, ""),
        (&["."], 1, 3, ""),
        (
            &["good", "not-there", "good"],
            2,
            2,
            "tor-harness: not-there: No such file or directory",
        ),
        (
            &["--type", "server-descriptor", "good", "unknown"],
            0,
            1,
            "",
        ),
        (&["--type", "server-descriptor", "bare"], 1, 1, ""),
        (
            &["--type", "tea", "good"],
            2,
            0,
            "expected a kind of document, or CollecTor's name of one:\n  server-descriptor, ",
        ),
        (&["--relay", "harness", "."], 0, 1, ""),
        (
            &["--relay", "nobody", "."],
            0,
            0,
            "tor-harness: of 3 documents none is what --type, --relay, --since and --until ask for\n",
        ),
        (&["empty"], 0, 0, "tor-harness: there are no documents\n"),
        (
            &["--relay", "no body", "."],
            2,
            0,
            "expected a relay: a nickname",
        ),
        (
            &["--until", "2026-11-21 23:56:38", "good"],
            0,
            0,
            "tor-harness: of 1 documents none is ",
        ),
        (&["--since", "2026-11-21 23:56:39", "good"], 0, 1, ""),
        (
            &["--since", "yesterday", "good"],
            2,
            0,
            "expected a time: YYYY-MM-DD HH:MM:SS",
        ),
        (&[], 2, 0, "<FILE>"),
    ] {
        let output = run(&files, words);
        assert_eq!(
            output.status.code(),
            Some(status),
            "{words:?} {}",
            complaint(&output)
        );
        assert_eq!(lines(&output).len(), count, "{words:?}");
        assert!(
            complaint(&output).contains(said),
            "{words:?}: {}",
            complaint(&output)
        );
        assert_eq!(complaint(&output).is_empty(), said.is_empty(), "{words:?}");
    }
    let output = run(&files, &["unknown"]);
    let line = &lines(&output)[0];
    assert_eq!(line["type"], Value::Null);
    assert_eq!(line["fields"]["leaves"], json!([{"line": 2, "words": []}]));
    assert!(
        line["problems"][0]["problem"]
            .as_str()
            .unwrap()
            .starts_with("expected a document of a known type: ")
    );
}

#[test]
fn problems_are_drawn() {
    let bad =
        recorded()
            .replacen(" 9001 0 0", " 99999 0 0", 1)
            .replacen("uptime 0", "uptime soon", 1);
    let output = run(&[("a", recorded()), ("b", &bad)], &["--problems", "a", "b"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(
        String::from_utf8_lossy(&output.stdout),
        "b:1:26: expected ORPort, a number from 0 to 65535\n  router harness 127.0.0.1 99999 0 0\n                           ^^^^^\n\
         b:13:8: expected number, a number, also below zero\n  uptime soon\n         ^^^^\n"
    );
}

/// What cannot be seen, or would change how the rest is seen.
#[test]
fn a_terminal_is_safe() {
    let name = "a\n\u{1b}[31m\u{202e}";
    let shown = "a\\n\\u{1b}[31m\\u{202e}";
    let mark = "\u{feff}router a\n";
    let output = run(&[(name, mark)], &["--problems", name, "\u{1b}"]);
    let said = String::from_utf8_lossy(&output.stdout);
    let problem = "expected no byte order mark, as these three bytes are";
    let expected = format!("{shown}:1:1: {problem}\n  ?router a\n  ^\n");
    assert!(said.starts_with(&expected), "{said}");
    let nowhere = "tor-harness: \\u{1b}: No such file or directory";
    assert!(complaint(&output).starts_with(nowhere), "{output:?}");
}

#[test]
fn standard_input_and_output_are_those_of_a_pipe() {
    let folder = tempfile::tempdir().unwrap();
    let mut child = command(&folder, &["-"])
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(recorded().as_bytes()).unwrap();
    drop(stdin);
    let output = child.wait_with_output().unwrap();
    assert_eq!(lines(&output)[0]["path"], json!("-"));
    assert_eq!(output.status.code(), Some(0));

    // As `head` does: the first byte, and no more is read.
    fs::write(folder.path().join("many"), recorded().repeat(1000)).unwrap();
    let mut child = command(&folder, &["many"]).spawn().unwrap();
    let mut stdout = child.stdout.take().unwrap();
    stdout.read_exact(&mut [0]).unwrap();
    drop(stdout);
    let output = child.wait_with_output().unwrap();
    assert_eq!(
        (output.status.code(), complaint(&output)),
        (Some(0), String::new())
    );
}

/// What is printed of a document may be many times as long.
#[test]
fn much_is_printed_whole() {
    let count = 40_000;
    let many = format!("{}{}", recorded(), "x\n".repeat(count));
    let output = run(&[("a", recorded()), ("b", &many)], &["b", "a"]);
    assert!(output.stdout.len() > 10 * many.len());
    let [many, good] = &lines(&output)[..] else {
        panic!("{output:?}");
    };
    assert_eq!(many["fields"]["x"].as_array().unwrap().len(), count);
    assert_eq!(good["problems"], json!([]));
    assert_eq!(output.status.code(), Some(1));
}
