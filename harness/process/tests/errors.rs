//! Each way not to get a tor says what is wrong, leaving nothing behind.
//!
//! No tor is needed: the programs in `fakes` take its place.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use tor_harness_process::{Builder, Error, Executable, NodeSpec, TestNetwork, Tor};
use tor_harness_types::Endpoint;

fn fake(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fakes")
        .join(name)
}

/// Starts what cannot start; the error has to show each text.
#[track_caller]
fn fails(builder: Builder, expected: &[&str]) -> Error {
    let error = builder.start().expect_err("this cannot start");
    let shown = error.to_string();
    for text in expected {
        assert!(shown.contains(text), "expected {text:?} in:\n{shown}");
    }
    if let Some((_, rest)) = shown.split_once("started in ") {
        let folder = rest.lines().next().expect("a path");
        assert!(!Path::new(folder).exists(), "{folder} is left");
    }
    error
}

#[test]
fn an_executable_is_missing() {
    fails(
        Tor::builder().executable("no-such-tor"),
        &["`no-such-tor` in PATH (", "name one by its path"],
    );
    fails(
        Tor::builder().executable("/no/such/tor"),
        &["a tor executable at /no/such/tor, but there is nothing"],
    );
}

#[test]
fn a_file_would_lie_elsewhere() {
    for path in ["", "/data/x", "../x", "data/../../x"] {
        fails(Tor::builder().file(path, ""), &["leaves tor's folder"]);
    }
    // Of `socket` and `file` the guard would remove what they name.
    for path in [
        "torrc",
        "defaults-torrc",
        "resolv.conf",
        "socket",
        "file",
        "keep",
        "command",
    ] {
        fails(Tor::builder().file(path, ""), &["is the harness's"]);
    }
    fails(Tor::builder().file("pid/x", ""), &["is the harness's"]);
}

#[test]
fn a_path_is_no_program() {
    fails(Tor::builder().executable(fake("")), &["is a folder"]);
    fails(
        Tor::builder().executable(fake("plain")),
        &["not executable", "chmod +x"],
    );
    fails(
        Tor::builder().executable(fake("no-interpreter")),
        &["could not run", "fakes/no-interpreter: No such file"],
    );
}

#[test]
fn a_program_is_not_tor() {
    fails(
        Tor::builder().executable(fake("not-tor")),
        &[
            "fakes/not-tor is not tor",
            "`Tor version X.`",
            "I am a teapot",
        ],
    );
    let executable = Executable::named(fake("not-tor")).expect("it is a program");
    assert!(matches!(executable.version(), Err(Error::NotTor { .. })));
}

#[test]
fn a_version_is_told() {
    let executable = Executable::named(fake("dies")).expect("it is a program");
    for _ in 0..2 {
        assert_eq!(executable.version().expect("a version"), "0.4.9.99");
    }
}

#[test]
fn a_tor_dies_while_it_starts() {
    fails(
        Tor::builder().executable(fake("dies")),
        &[
            "fakes/dies ended by itself (exit status: 3) after ",
            "\n    a last word",
            "TOR_HARNESS_KEEP=1",
        ],
    );
}

#[test]
fn a_deadline_is_huge() {
    fails(
        Tor::builder()
            .executable(fake("dies"))
            .deadline(Duration::MAX),
        &["ended by itself (exit status: 3) after "],
    );
}

#[test]
fn a_tor_prints_more_than_a_pipe_holds() {
    fails(
        Tor::builder().executable(fake("chatty")),
        &["exit status: 4"],
    );
}

#[test]
fn a_tor_never_gets_ready() {
    let started = Instant::now();
    fails(
        Tor::builder()
            .executable(fake("hangs"))
            .deadline(Duration::from_millis(300)),
        &[
            "Opened Control listener",
            "waited 3",
            "\n    [notice] started in ",
        ],
    );
    // Its child holds the output open unless the whole group is killed.
    assert!(
        started.elapsed() < Duration::from_secs(1),
        "{:?}",
        started.elapsed()
    );
}

#[test]
fn a_wrapper_is_missing() {
    let relay = NodeSpec::relay("relay0").wrapper(["/no/such/wrapper"]);
    let network = TestNetwork::builder().executable(fake("dies")).node(relay);
    let error = network.launch().expect_err("this cannot start").to_string();
    let expected = "node `relay0`: could not run /no/such/wrapper: No such file";
    assert!(error.starts_with(expected), "{error}");
}

#[test]
fn a_network_never_gets_ready() {
    let network = TestNetwork::builder()
        .executable(fake("hangs"))
        .nodes(["relay0", "relay1", "relay2"].map(NodeSpec::relay))
        .node(NodeSpec::client("client0"))
        .deadline(Duration::from_millis(300));
    let error = network.launch().expect_err("this cannot start").to_string();
    let expected = "node `relay0`: expected the line `Opened OR listener connection";
    assert!(error.starts_with(expected), "{error}");
}

#[test]
fn a_control_port_does_not_answer() {
    fails(
        Tor::builder().executable(fake("mute")),
        &[
            "control port of tor does not answer",
            "Opened Control listener",
        ],
    );
}

#[test]
fn a_torrc_line_is_refused() {
    fails(
        Tor::builder()
            .executable("no-such-tor")
            .torrc("Nickname a\nControlP 9051\n", "their.torrc"),
        &["their.torrc:2:1: `ControlP 9051` sets ControlPort"],
    );
    fails(
        Tor::builder()
            .torrc_line("Nickname a")
            .torrc_line("PidFile ../pid"),
        &["torrc_line (addition 2):1:9: `../pid` leaves"],
    );
}

#[test]
fn an_endpoint_is_refused() {
    let at = |endpoint: &str| {
        let endpoint: Endpoint = endpoint.parse().expect("an endpoint");
        Tor::builder().executable(fake("dies")).listen(endpoint)
    };
    fails(at("0.0.0.0:9051"), &["loopback", "0.0.0.0:9051"]);
    fails(at("[2001:db8::1]:0"), &["loopback", "[2001:db8::1]:0"]);
    fails(
        at(&format!("unix:{}", fake("plain").display())),
        &["fakes/plain exists"],
    );
    let long = format!("/tmp/{}", "x".repeat(103));
    fails(
        at(&format!("unix:{long}")),
        &[&long, "has 108 bytes", "allows 107", "TMPDIR"],
    );
}
