//! Many connections, slow ones, such as do not read.

use std::io::{ErrorKind, Read as _, Write as _};
use std::time::{Duration, Instant};

use tor_harness_mock::Mock;

use crate::wire::{ask, authenticated, connect, expect};

#[test]
fn a_thousand_connections_cost_one_thread() {
    let mock = Mock::builder().start().unwrap();
    let mut first = authenticated(&mock);
    let mut streams = Vec::new();
    for _ in 0..10 {
        streams.extend((0..100).map(|_| connect(&mock)));
        // The system keeps a hundred or so waiting; once there is an answer, none do.
        ask(&mut first, "GETINFO dormant", "250-dormant=0\r\n250 OK\r\n");
    }
    for byte in b"AUTHENTICATE\r\nGETINFO dormant\r\n" {
        for stream in &mut streams {
            stream.write_all(&[*byte]).unwrap();
        }
    }
    for stream in &mut streams {
        expect(stream, "250 OK\r\n250-dormant=0\r\n250 OK\r\n");
    }
    let threads = std::fs::read_dir("/proc/self/task").unwrap();
    let mocks = threads
        .filter_map(|task| std::fs::read_to_string(task.unwrap().path().join("comm")).ok())
        .filter(|name| name.trim() == "tor-mock")
        .count();
    // Others of this process may run at the same time.
    assert!(mocks < 100, "{mocks} threads");
}

#[test]
fn who_does_not_read_events_is_dropped() {
    let mock = Mock::builder().max_output(100_000).start().unwrap();
    let mut deaf = authenticated(&mock);
    ask(&mut deaf, "SETEVENTS NOTICE", "250 OK\r\n");
    let mut other = authenticated(&mock);
    let event = format!("NOTICE {}", "x".repeat(10_000));
    let deadline = Instant::now() + Duration::from_secs(20);
    while !mock.transcript().contains("#1 - dropped: it does not read") {
        assert!(Instant::now() < deadline, "{}", mock.transcript());
        mock.emit(&event).unwrap();
    }
    ask(&mut other, "GETINFO dormant", "250-dormant=0\r\n250 OK\r\n");
    let mut rest = vec![0; 1 << 16];
    loop {
        match deaf.read(&mut rest) {
            Ok(0) => break,
            Ok(_) => {}
            Err(error) if error.kind() == ErrorKind::ConnectionReset => break,
            Err(error) => panic!("{error}"),
        }
    }
}

#[test]
fn who_does_not_read_replies_is_not_read() {
    let mock = Mock::builder().start().unwrap();
    let mut stream = authenticated(&mock);
    stream
        .set_write_timeout(Some(Duration::from_millis(500)))
        .unwrap();
    // Each asks for ten thousand times its own length; without a limit the
    // replies would fill the memory.
    let question = b"GETINFO config/defaults\r\n";
    let mut asked = 0;
    while let Ok(length) = stream.write(question) {
        if length < question.len() {
            break;
        }
        asked += 1;
        assert!(asked < 10_000_000, "everything was read");
    }
    // Others are served meanwhile, and it still is when it reads.
    let mut other = authenticated(&mock);
    ask(&mut other, "GETINFO dormant", "250-dormant=0\r\n250 OK\r\n");
    expect(&mut stream, "250+config/defaults=\r\n");
}

#[test]
fn many_questions_at_once_are_all_answered() {
    let mock = Mock::builder().start().unwrap();
    let mut stream = authenticated(&mock);
    let times = 20_000;
    let mut writer = stream.try_clone().unwrap();
    let sender = std::thread::spawn(move || {
        writer
            .write_all("GETINFO dormant\r\n".repeat(times).as_bytes())
            .unwrap();
    });
    expect(&mut stream, &"250-dormant=0\r\n250 OK\r\n".repeat(times));
    sender.join().unwrap();
}
