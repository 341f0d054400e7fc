//! `tor-harness record`, and `mock --replay` of what it wrote.

mod harness;

use std::fs;
use std::path::Path;
use std::time::Duration;

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use tor_harness::client::{Client, Credentials};

use harness::Harness;

/// Starts the command, lets a client talk to it, and ends it with the client
/// still connected: its exit status and what it complained of.
fn talk(words: &[&str], also: Option<&str>) -> (Option<i32>, String) {
    let harness = Harness::new();
    let (announcement, mut child) =
        harness.start(&[words, &["--auth", "cookie", "--auth", "password=pw"]].concat());
    let endpoint = announcement["control"].as_str().unwrap().parse().unwrap();
    let connect = || Client::connect(&endpoint, Duration::from_secs(20)).unwrap();

    let mut client = connect();
    let cookie = announcement["cookie_file"].as_str().unwrap();
    let credentials = Credentials::SafeCookie(cookie.into());
    client.authenticate(&credentials).unwrap();
    for command in [
        "GETINFO version process/pid uptime config-file",
        "ADD_ONION NEW:BEST Port=80",
        "GETINFO onions/current",
        "SETEVENTS BW CONF_CHANGED",
        "SETCONF Nickname=a",
        "BLARG",
    ]
    .into_iter()
    .chain(also)
    {
        client.ask_line(command).unwrap();
    }
    let mut other = connect();
    assert!(
        other
            .authenticate(&Credentials::Password("no".into()))
            .is_err()
    );

    kill(Pid::from_raw(child.id().cast_signed()), Signal::SIGTERM).unwrap();
    let status = child.wait().unwrap().code();
    let complaints = std::io::read_to_string(child.stderr.take().unwrap()).unwrap();
    harness.assert_clean();
    (status, complaints)
}

#[test]
fn the_same_client_gives_the_same_recording_and_hears_it_again() {
    if tor_harness::process::find_tor().is_err() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let [one, other] = ["one", "other"].map(|name| folder.path().join(name));
    for to in [&one, &other] {
        assert_eq!(
            talk(&["record", "--to", to.to_str().unwrap()], None),
            (Some(0), String::new())
        );
    }
    let text = fs::read_to_string(&one).unwrap();
    assert_eq!(fs::read_to_string(&other).unwrap(), text);
    for line in [
        "> AUTHENTICATE {proof}\n< 250 OK\n",
        "< 250-process/pid={pid}\n",
        "< 250-ServiceID={onion1}\n",
        "< 250-onions/current={onion1}\n",
        "< 250-config-file={folder}/torrc\n",
        "! 650-CONF_CHANGED\n! 650-Nickname=a\n! 650 OK\n",
        "== connection 2\n",
    ] {
        assert!(text.contains(line), "{line} is not in {text}");
    }
    assert!(text.ends_with("- closed\n"), "{text}");

    for mode in ["strict", "connections", "rules"] {
        let words = [
            "mock",
            "--replay",
            one.to_str().unwrap(),
            "--replay-mode",
            mode,
        ];
        let (status, complaints) = talk(&words, None);
        assert_eq!(status, Some(0), "{mode}: {complaints}");
        let (status, complaints) = talk(&words, Some("GETINFO version"));
        let expected = if mode == "rules" { 0 } else { 3 };
        assert_eq!(status, Some(expected), "{mode}: {complaints}");
        assert_eq!(
            complaints.contains("the recording was not followed"),
            expected == 3,
            "{mode}: {complaints}"
        );
    }
}

#[test]
fn nothing_else_than_a_recording_is_replaced_or_played() {
    let inputs = tempfile::tempdir().unwrap();
    let letter = inputs.path().join("letter");
    fs::write(&letter, "Dear reader").unwrap();
    for (command, option, file) in [
        ("record", "--to", letter.as_path()),
        ("record", "--to", inputs.path()),
        ("record", "--to", Path::new("/nowhere/to")),
        ("mock", "--replay", &letter),
        ("mock", "--replay", Path::new("/nowhere/from")),
    ] {
        let harness = Harness::new();
        let output = harness.run(&[command, option, file.to_str().unwrap(), "--", "true"]);
        let complaint = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{complaint}");
        assert!(complaint.contains(&*file.to_string_lossy()), "{complaint}");
        harness.assert_clean();
    }
    assert_eq!(fs::read_to_string(&letter).unwrap(), "Dear reader");
}
