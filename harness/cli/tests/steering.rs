//! `tor-harness mock --steer` as programs in any language use it.

mod harness;

use std::fs;
use std::io::{BufRead, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::os::fd::OwnedFd;
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::net::UnixStream;
use std::os::unix::process::ExitStatusExt as _;
use std::process::{Child, Command};
use std::time::Duration;

use nix::sys::resource::{Resource, getrlimit, setrlimit};
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use serde_json::{Value, json};

use crate::harness::Harness;

/// A mock that is steered, and where.
struct Steered {
    harness: Harness,
    child: Child,
    announcement: Value,
    socket: String,
}

impl Steered {
    fn start(options: &[&str]) -> Self {
        let harness = Harness::new();
        let socket = harness.folder.path().join("steer").display().to_string();
        let at = format!("unix:{socket}");
        let (announcement, child) = harness.start(&[&["mock", "--steer", &at], options].concat());
        assert_eq!(announcement["steer"], at);
        Self {
            harness,
            child,
            announcement,
            socket,
        }
    }

    fn connect(&self) -> Steering {
        let stream = UnixStream::connect(&self.socket).unwrap();
        let patience = Some(Duration::from_secs(20));
        stream.set_read_timeout(patience).unwrap();
        stream.set_write_timeout(patience).unwrap();
        Steering(BufReader::new(stream))
    }

    /// Ends it: its exit status, and what it complains of.
    fn end(mut self) -> (Option<i32>, String) {
        kill(
            Pid::from_raw(self.child.id().cast_signed()),
            Signal::SIGTERM,
        )
        .unwrap();
        let mut complaints = String::new();
        let mut stderr = self.child.stderr.take().unwrap();
        stderr.read_to_string(&mut complaints).unwrap();
        let status = self.child.wait().unwrap().code();
        self.harness.assert_clean();
        (status, complaints)
    }
}

/// A program that steers.
struct Steering(BufReader<UnixStream>);

impl Steering {
    fn send(&mut self, bytes: &[u8]) {
        self.0.get_mut().write_all(bytes).unwrap();
    }

    fn answer(&mut self) -> Value {
        let mut line = String::new();
        self.0.read_line(&mut line).unwrap();
        serde_json::from_str(&line).unwrap_or_else(|error| panic!("{line:?}: {error}"))
    }

    fn ask(&mut self, request: &Value) -> Value {
        self.send(format!("{request}\n").as_bytes());
        self.answer()
    }

    /// Makes a world: where it listens.
    fn world(&mut self, request: &Value) -> String {
        let answer = self.ask(request);
        assert_eq!(answer["ok"], true, "{answer}");
        answer["control"].as_str().unwrap().to_owned()
    }
}

/// A controller that is let in.
fn controller(address: &str) -> TcpStream {
    let mut stream = TcpStream::connect(address).unwrap();
    stream
        .set_read_timeout(Some(Duration::from_secs(20)))
        .unwrap();
    ask(&mut stream, "AUTHENTICATE", "250 OK\r\n");
    stream
}

#[track_caller]
fn ask(stream: &mut TcpStream, line: &str, expected: &str) {
    stream.write_all(format!("{line}\r\n").as_bytes()).unwrap();
    let mut came = vec![0; expected.len()];
    stream.read_exact(&mut came).unwrap();
    assert_eq!(String::from_utf8_lossy(&came), expected);
}

#[test]
fn two_programs_steer_at_once() {
    let steered = Steered::start(&["--max-worlds", "3"]);
    let mode = fs::metadata(&steered.socket).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);

    let (mut one, mut two) = (steered.connect(), steered.connect());
    let first = one.world(&json!({"do": "world", "name": "first", "time": "virtual"}));
    let second = two.world(&json!({"do": "world", "with_connection": true}));
    let full = one.ask(&json!({"do": "world"}));
    assert!(
        full["error"]
            .as_str()
            .unwrap()
            .contains("there are 3 worlds"),
        "{full}"
    );

    let mut controller_of_first = controller(&first);
    ask(
        &mut controller_of_first,
        "SETEVENTS BW",
        "250 OK\r\n650 BW 0 0\r\n",
    );
    assert_eq!(
        two.ask(&json!({"do": "advance", "world": "first", "seconds": 1})),
        json!({"ok": true})
    );
    let mut tick = [0; 12];
    controller_of_first.read_exact(&mut tick).unwrap();
    assert_eq!(&tick, b"650 BW 0 0\r\n");

    // The main world is steered as well, and its end is not the command's.
    let mut main = controller(steered.announcement["control"].as_str().unwrap());
    let emitted = one.ask(&json!({"do": "emit", "event": "NOTICE hello"}));
    assert_eq!(emitted, json!({"ok": true}));
    ask(&mut main, "SIGNAL HALT", "250 OK\r\n");

    let mut controller_of_second = controller(&second);
    drop(two);
    let mut rest = Vec::new();
    // Closed in peace, or reset.
    let _ = controller_of_second.read_to_end(&mut rest);
    assert_eq!(rest, b"");
    one.world(&json!({"do": "world"}));
    assert_eq!(steered.end(), (Some(0), String::new()));
}

#[test]
fn what_is_wrong_is_said_and_harms_nobody() {
    let steered = Steered::start(&[]);
    let mut good = steered.connect();
    // It never reads, and asks all the time.
    let mut deaf = steered.connect();
    deaf.0
        .get_ref()
        .set_write_timeout(Some(Duration::from_millis(300)))
        .unwrap();
    let request = b"{\"do\":\"nonsense\"}\n".repeat(1000);
    let mut asked = 0;
    while let Ok(length) = deaf.0.get_mut().write(&request) {
        asked += length;
        assert!(asked < 1 << 30, "everything was read");
    }
    // One that sends a byte of a request, and one that sends no line.
    let mut slow = steered.connect();
    slow.send(b"{");
    let mut endless = steered.connect();
    let piece = vec![b'x'; 1 << 16];
    let mut sent = 0;
    while endless.0.get_mut().write_all(&piece).is_ok() {
        sent += piece.len();
        assert!(sent < 100 << 20, "everything was read");
    }
    let mut bad = steered.connect();
    bad.send(b"\x00\xff\xfe{]\n");
    assert_eq!(bad.answer()["ok"], false);
    bad.send(b"GET / HTTP/1.1\nHost: here\n\n{\"do\":\"close\"}\n");
    let error = bad.answer()["error"].to_string();
    assert!(error.contains("got HTTP"), "{error}");
    let mut rest = Vec::new();
    let _ = bad.0.read_to_end(&mut rest);
    assert_eq!(rest, b"");

    for _ in 0..100 {
        assert_eq!(
            good.ask(&json!({"do": "verify"})),
            json!({"ok": true, "met": true})
        );
    }
    slow.send(b"\"do\":\"verify\"}\n");
    assert_eq!(slow.answer(), json!({"ok": true, "met": true}));
    assert_eq!(steered.end(), (Some(0), String::new()));
}

/// As many connections as the system lets a test have, and 10,000 at most.
fn connections() -> usize {
    let (_, most) = getrlimit(Resource::RLIMIT_NOFILE).unwrap();
    setrlimit(Resource::RLIMIT_NOFILE, most, most).unwrap();
    usize::try_from(most)
        .unwrap()
        .saturating_sub(200)
        .min(10_000)
}

#[test]
fn ten_thousand_connections_leave_room_for_others() {
    let steered = Steered::start(&[]);
    let main = steered.announcement["control"].as_str().unwrap();
    let mut greedy: Vec<_> = (0..connections())
        .map(|_| TcpStream::connect(main).unwrap())
        .collect();
    for (n, stream) in greedy.iter_mut().enumerate() {
        let bytes = [
            b"AUTHENTICATE\r\nSETEVENTS NOTICE\r\n",
            &b"GET"[..],
            b"\xff\x00",
        ][n % 3];
        stream.write_all(bytes).unwrap();
    }
    let mut steering = steered.connect();
    let other = steering.world(&json!({"do": "world"}));
    ask(
        &mut controller(&other),
        "GETINFO dormant",
        "250-dormant=0\r\n250 OK\r\n",
    );
    ask(
        &mut greedy[0],
        "GETINFO dormant",
        "250 OK\r\n250 OK\r\n250-dormant=0\r\n250 OK\r\n",
    );
    assert_eq!(
        steering.ask(&json!({"do": "emit", "event": "NOTICE all"})),
        json!({"ok": true})
    );
    ask(
        &mut greedy[0],
        "GETINFO dormant",
        "650 NOTICE all\r\n250-dormant=0\r\n250 OK\r\n",
    );
    drop(greedy);
    assert_eq!(steered.end(), (Some(0), String::new()));
}

#[test]
fn who_never_reads_costs_no_memory_without_bound() {
    let steered = Steered::start(&[]);
    let main = steered.announcement["control"].as_str().unwrap();
    let mut deaf: Vec<_> = (0..8).map(|_| controller(main)).collect();
    for stream in &mut deaf {
        ask(stream, "SETEVENTS NOTICE", "250 OK\r\n");
    }
    let mut steering = steered.connect();
    let event = json!({"do": "emit", "event": format!("NOTICE {}", "x".repeat(100_000))});
    // 42 MB for each: less than one may have, and more than all may.
    for _ in 0..420 {
        assert_eq!(steering.ask(&event), json!({"ok": true}));
    }
    let status = fs::read_to_string(format!("/proc/{}/status", steered.child.id())).unwrap();
    let peak = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))
        .unwrap();
    let peak: u64 = peak.trim().trim_end_matches(" kB").parse().unwrap();
    // As much as may wait, and what is copied on its way.
    assert!(peak < 300 << 10, "{peak} KiB");
    assert_eq!(steered.end(), (Some(0), String::new()));
}

#[test]
fn a_world_that_expected_in_vain_is_status_3() {
    let script = "[[on]]\ncommand = 'QUIT'\ntimes = 1";
    for (with_connection, verified, closed, status) in [
        (false, false, false, 3),
        (false, true, false, 3),
        (true, false, false, 3),
        (false, false, true, 0),
    ] {
        let steered = Steered::start(&[]);
        let mut steering = steered.connect();
        let request = json!({"do": "world", "name": "a", "script": script, "with_connection": with_connection});
        steering.world(&request);
        if verified {
            let verdict = steering.ask(&json!({"do": "verify", "world": "a"}));
            assert_eq!(verdict["met"], false);
        }
        if closed {
            let verdict = steering.ask(&json!({"do": "close", "world": "a"}));
            assert_eq!(verdict["met"], false);
        }
        drop(steering);
        let (came, complaints) = steered.end();
        assert_eq!(came, Some(status), "{complaints}");
        let report = "in the world \"a\": the expectations were not met";
        assert_eq!(complaints.contains(report), status == 3, "{complaints}");
    }
}

#[test]
fn a_killed_mock_leaves_neither_sockets_nor_folders() {
    let mut steered = Steered::start(&[]);
    let mut steering = steered.connect();
    for _ in 0..20 {
        steering.world(&json!({"do": "world", "auth": ["cookie"]}));
    }
    steered.child.kill().unwrap();
    assert_eq!(steered.child.wait().unwrap().signal(), Some(9));
    steered.harness.assert_clean();
}

#[test]
fn a_killed_test_leaves_no_world() {
    let steered = Steered::start(&[]);
    let mut steering = steered.connect();
    let control = steering.world(&json!({"do": "world", "name": "a", "with_connection": true}));
    let mut stream = controller(&control);
    // From here on the connection is another process's alone.
    let mut test = Command::new("sleep")
        .arg("60")
        .stdin(OwnedFd::from(steering.0.into_inner()))
        .spawn()
        .unwrap();
    ask(
        &mut stream,
        "GETINFO dormant",
        "250-dormant=0\r\n250 OK\r\n",
    );
    test.kill().unwrap();
    test.wait().unwrap();
    let mut rest = Vec::new();
    // Closed in peace, or reset.
    let _ = stream.read_to_end(&mut rest);
    assert_eq!(rest, b"");
    // Its name is free again.
    steered
        .connect()
        .world(&json!({"do": "world", "name": "a"}));
    assert_eq!(steered.end(), (Some(0), String::new()));
}

#[test]
fn the_time_of_the_first_world_may_be_virtual() {
    let steered = Steered::start(&["--time", "virtual"]);
    let mut main = controller(steered.announcement["control"].as_str().unwrap());
    let mut listener = controller(steered.announcement["control"].as_str().unwrap());
    ask(&mut listener, "SETEVENTS BW", "250 OK\r\n");
    // So much happens in these that it is not done at once.
    let hours = json!({"do": "advance", "seconds": 36000});
    assert_eq!(steered.connect().ask(&hours), json!({"ok": true}));
    ask(
        &mut main,
        "GETINFO uptime",
        "250-uptime=36000\r\n250 OK\r\n",
    );
    assert_eq!(steered.end(), (Some(0), String::new()));
}

#[test]
fn a_command_finds_the_socket() {
    let harness = Harness::new();
    let at = format!("unix:{}", harness.folder.path().join("steer").display());
    let words = [
        "mock",
        "--steer",
        &at,
        "--",
        "sh",
        "-c",
        "echo $TOR_HARNESS_STEER {steer}",
    ];
    let output = harness.run(&words);
    assert_eq!(
        String::from_utf8_lossy(&output.stdout),
        format!("{at} {at}\n")
    );
    harness.assert_clean();
}
