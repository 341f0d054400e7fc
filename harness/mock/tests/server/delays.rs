//! Pauses of a script where the time is real.

use std::io::{ErrorKind, Read as _, Write as _};

use tor_harness_mock::{Mock, Script};

use crate::wire::{authenticated, connect, expect};

const SCRIPT: &str = r#"
[[on]]
command = "GETINFO uptime"
reply = ["250-uptime=1", "250 OK"]
delay = "20ms"
faults = [{ slicer = { average_size = 3, delay = "1ms" } }]

[[on]]
command = "QUIT"
faults = [{ slow_close = { delay = "20ms" } }]

[[on]]
command = "SIGNAL NEWNYM"
faults = [{ reset_peer = { timeout = "20ms" } }]

[[on]]
command = "GETINFO version"
reply = ["250-version=1", "250 OK"]
release_after = "GETINFO process/pid"
"#;

fn start() -> Mock {
    let script = Script::parse(SCRIPT, "script.toml").unwrap();
    Mock::builder().script(script).start().unwrap()
}

/// Nothing else happens on these connections: the loop has to wake by itself.
#[test]
fn pass_by_themselves() {
    let mock = start();
    let mut stream = authenticated(&mock);
    stream.write_all(b"GETINFO uptime\r\n").unwrap();
    expect(&mut stream, "250-uptime=1\r\n250 OK\r\n");
    stream.write_all(b"QUIT\r\n").unwrap();
    let mut rest = String::new();
    stream.read_to_string(&mut rest).unwrap();
    assert_eq!(rest, "250 closing connection\r\n");

    let mut stream = authenticated(&mock);
    stream.write_all(b"SIGNAL NEWNYM\r\n").unwrap();
    let error = stream.read(&mut [0]).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ConnectionReset);
}

#[test]
fn one_connection_releases_another() {
    let mock = start();
    let mut waits = authenticated(&mock);
    waits
        .write_all(b"GETINFO version\r\nUSEFEATURE\r\n")
        .unwrap();
    // What came first is answered first: the other command came behind.
    let mut other = connect(&mock);
    while !mock.transcript().contains("USEFEATURE") {
        std::thread::yield_now();
    }
    other
        .write_all(b"AUTHENTICATE\r\nGETINFO process/pid\r\n")
        .unwrap();
    expect(&mut other, "250 OK\r\n250-process/pid=");
    expect(&mut waits, "250-version=1\r\n250 OK\r\n250 OK\r\n");
}
