//! Recordings that are played again.

use std::io::{Read as _, Write as _};

use tor_harness_mock::recording::{Recording, ReplayMode};
use tor_harness_mock::{MemoryConnection, Mock, Script};

/// What was recorded in all that follows.
const RECORDING: &str = "\
# tor-harness recording 1 of tor 0.4.9.11
== connection 1
> AUTHENTICATE {proof}
< 250 OK
> GETINFO version
< 250-version=0.0.0.1
< 250 OK
> SETEVENTS SIGNAL
< 250 OK
> SIGNAL NEWNYM
< 250 OK
! 650 SIGNAL NEWNYM
== connection 2
> AUTHENTICATE
< 250 OK
> ADD_ONION NEW:BEST Port=80
< 250-ServiceID={onion1}
< 250-PrivateKey=ED25519-V3:{key1}
< 250 OK
> GETINFO version
< 250-version=0.0.0.2
< 250 OK
> DEL_ONION {onion1}
< 250 OK
> ADD_ONION ED25519-V3:{key1} Flags=DiscardPK Port=80
< 250-ServiceID={onion1}
< 250 OK
> QUIT
< 250 closing connection
- closed
";

/// Plays what a mode makes of commands: each line is sent on the connection whose
/// number stands before it; what comes is compared, and then the report's
/// differences. `{...}` in a command is what came for it before.
#[track_caller]
fn check(mode: ReplayMode, talk: &[(usize, &str, &str)], differences: &[&str]) {
    let recording = Recording::parse(RECORDING, "recording").unwrap();
    let script = Script::new().replay(recording, mode);
    let mock = Mock::builder().script(script).in_memory().unwrap();
    let mut connections: Vec<_> = (0..2).map(|_| mock.connect()).collect();
    let (mut onion, mut key) = (String::new(), String::new());
    for (number, command, expected) in talk {
        let connection = &mut connections[number - 1];
        let command = command.replace("{onion}", &onion).replace("{key}", &key);
        write!(connection, "{command}\r\n").unwrap();
        let mut came = read(connection);
        for line in came.clone().lines() {
            if let Some(address) = line.strip_prefix("250-ServiceID=") {
                onion = address.to_owned();
            } else if let Some(secret) = line.strip_prefix("250-PrivateKey=") {
                key = secret.to_owned();
            }
        }
        if !onion.is_empty() {
            came = came.replace(&onion, "{onion}");
        }
        if !key.is_empty() {
            came = came.replace(&key, "{key}");
        }
        assert_eq!(came, expected.replace('\n', "\r\n"), "{command}");
    }
    let report = mock.report().to_string();
    assert_eq!(mock.verify().is_ok(), differences.is_empty(), "{report}");
    for difference in differences {
        assert!(report.contains(difference), "{difference}: {report}");
    }
}

fn read(connection: &mut MemoryConnection) -> String {
    let mut bytes = Vec::new();
    // What would block has come whole.
    let _ = connection.read_to_end(&mut bytes);
    String::from_utf8(bytes).unwrap()
}

const OK: &str = "250 OK\n";
const FIRST: &str = "250-version=0.0.0.1\n250 OK\n";
const SECOND: &str = "250-version=0.0.0.2\n250 OK\n";
const MADE: &str = "250-ServiceID={onion}\n250-PrivateKey={key}\n250 OK\n";
const MADE_AGAIN: &str = "250-ServiceID={onion}\n250 OK\n";

#[test]
fn whoever_keeps_to_it_hears_it_again() {
    let talk = [
        (1, "AUTHENTICATE", OK),
        (1, "GETINFO version", FIRST),
        (1, "SETEVENTS SIGNAL", OK),
        (1, "SIGNAL NEWNYM", "250 OK\n650 SIGNAL NEWNYM\n"),
        (2, "AUTHENTICATE \"x\"", OK),
        (2, "ADD_ONION NEW:BEST Port=80", MADE),
        (2, "GETINFO version", SECOND),
        (2, "DEL_ONION {onion}", OK),
        (2, "ADD_ONION {key} Flags=DiscardPK Port=80", MADE_AGAIN),
        (2, "QUIT", "250 closing connection\n"),
    ];
    for mode in ReplayMode::ALL {
        check(mode, &talk, &[]);
    }
}

#[test]
fn only_strictly_does_the_order_of_connections_count() {
    let talk = [
        (2, "AUTHENTICATE", OK),
        (2, "ADD_ONION NEW:BEST Port=80", MADE),
        (1, "AUTHENTICATE", OK),
        (1, "GETINFO version", FIRST),
    ];
    check(
        ReplayMode::Connections,
        &talk,
        &[
            "expected SETEVENTS SIGNAL on #1, which never came, nor the 1 behind it",
            "expected GETINFO version on #2, which never came, nor the 3 behind it",
        ],
    );
    let refused =
        "551 Not as recorded: expected AUTHENTICATE {proof} on #1, got AUTHENTICATE on #2\n";
    check(
        ReplayMode::Strict,
        &[(2, "AUTHENTICATE", refused)],
        &[
            "the recording was not followed:\n  expected AUTHENTICATE {proof} on #1, got AUTHENTICATE on #2",
            "expected AUTHENTICATE {proof} on #1, which never came, nor the 9 behind it",
        ],
    );
}

#[test]
fn as_rules_they_come_in_turn_and_the_world_has_the_rest() {
    check(
        ReplayMode::Rules,
        &[
            (1, "AUTHENTICATE", OK),
            (1, "GETINFO version", FIRST),
            (1, "GETINFO version", SECOND),
            (1, "GETINFO version", SECOND),
            (1, "GETCONF Nickname", "250 Nickname\n"),
        ],
        &[],
    );
}

#[test]
fn what_goes_beyond_it_is_refused() {
    let more = "551 Not as recorded: expected nothing more, got GETINFO version on #1\n";
    let other = "551 Not as recorded: expected GETINFO version on #1, got GETINFO uptime on #1\n";
    check(
        ReplayMode::Connections,
        &[
            (1, "AUTHENTICATE", OK),
            (1, "GETINFO uptime", other),
            (1, "getinfo version", FIRST),
            (1, "SETEVENTS SIGNAL", OK),
            (1, "SIGNAL NEWNYM", "250 OK\n650 SIGNAL NEWNYM\n"),
            (1, "GETINFO version", more),
        ],
        &["got GETINFO uptime on #1", "expected nothing more"],
    );
}

#[test]
fn every_stand_in_has_a_value_of_its_own() {
    let mut text = "# tor-harness recording 1 of tor 0.4.9.11\n== connection 1\n".to_owned();
    for number in 1..=300 {
        text += &format!(
            "> GETINFO {number}\n< 250 {{onion{number}}} {{key{number}}} {{virtual{number}}} \
             {{virtual_ip_six{number}}} {{virtual_host{number}}}\n"
        );
    }
    let recording = Recording::parse(&text, "recording").unwrap();
    let script = Script::new().replay(recording, ReplayMode::Rules);
    let mock = Mock::builder().script(script).in_memory().unwrap();
    let mut connection = mock.connect();
    write!(connection, "AUTHENTICATE\r\n").unwrap();
    for number in 1..=300 {
        write!(connection, "GETINFO {number}\r\n").unwrap();
    }
    let came = read(&mut connection);
    let values: std::collections::BTreeSet<_> = came.split_ascii_whitespace().skip(2).collect();
    assert_eq!(values.len(), 5 * 300 + 1, "with 250");
    assert!(!came.contains('{'), "{came}");
}
