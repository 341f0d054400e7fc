//! Every recorded exchange that a fresh tor answered, asked again.

use std::time::Duration;

use tor_fixtures::{Fixture, Kind};
use tor_harness_mock::{AuthConfig, ControlPort, Persona, Random, Script};

/// The password of the recorded tors, a test password.
const PASSWORD: &str = "secret";

/// How many had connected to the recorded tor before: streams are numbered
/// with them.
const BEFORE: usize = 2;

/// Exchanges that begin before authentication, by what their names start with;
/// so do all of tors that have a cookie or a password.
const EARLY: &[&str] = &["authchallenge-", "authenticate", "before-", "protocolinfo-"];

/// What is made up each time: the rest of these lines has another content, of
/// the same length.
const MADE_UP: &[&str] = &[
    "250-ServiceID=",
    "250-PrivateKey=ED25519-V3:",
    "250-onions/current=",
];

#[test]
fn are_answered_with_the_same_bytes() {
    let mut count = 0;
    for fixture in tor_fixtures::all() {
        let name = fixture
            .path
            .strip_prefix("control/reply/")
            .or_else(|| fixture.path.strip_prefix("control/error/"));
        if let Some(name) = name.filter(|_| fixture.kind == Kind::Reply) {
            count += 1;
            let early =
                fixture.setup != "null" || EARLY.iter().any(|start| name.starts_with(start));
            let mut came = normalized(&ask(fixture, early));
            came.retain(|line| !line.starts_with("650 "));
            let expected = normalized(fixture.bytes);
            // The answers to the commands before are not recorded with it, nor events.
            assert!(
                came.ends_with(&expected),
                "{}: {}\nexpected {expected:#?}\ncame {came:#?}",
                fixture.path,
                fixture.command
            );
        }
    }
    assert!(count > 100, "{count}");
}

/// What a mock that is set up alike answers to the same.
fn ask(fixture: &Fixture, early: bool) -> Vec<u8> {
    let mut auth = AuthConfig::null();
    if fixture.setup.contains("cookie") {
        auth = auth.and_cookie();
    }
    if fixture.setup.contains("password") {
        auth = auth.and_password(PASSWORD);
    }
    let mut persona = Persona::default();
    persona.folder = "/tor".into();
    persona.control_port = "unix:/tor/control".into();
    let port = ControlPort::new(persona, &auth, Random::Seed(1), &Script::new());
    let mut port = port.unwrap();
    for _ in 0..BEFORE {
        port.open();
    }
    let id = port.open();
    let commands = fixture.command.replace('\n', "\r\n") + "\r\n";
    let commands = if early {
        commands
    } else {
        format!("AUTHENTICATE\r\n{commands}")
    };
    port.receive(id, commands.as_bytes(), Duration::ZERO);
    port.take_output(id)
}

/// The lines, without what is made up; tor's order of mappings is by chance.
fn normalized(bytes: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(bytes);
    let mut lines: Vec<_> = text.split("\r\n").map(normalized_line).collect();
    for mappings in lines.split_mut(|line| !line.ends_with(" NEVER")) {
        mappings.sort();
    }
    lines
}

fn normalized_line(line: &str) -> String {
    if let Some(start) = MADE_UP.iter().find(|start| line.starts_with(**start)) {
        return format!("{start}({} bytes)", line.len() - start.len());
    }
    match line.split_once('=') {
        Some((from, to)) if from.starts_with("250-127.") || from.ends_with(".virtual") => {
            format!("(virtual)={to}")
        }
        _ => line.to_owned(),
    }
}
