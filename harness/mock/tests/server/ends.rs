//! How a mock ends, or a connection.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use tor_harness_mock::Mock;

use crate::wire::{address, ask, authenticated};

/// Waits until nobody can connect any more.
#[track_caller]
fn expect_refusal(mock: &Mock) {
    let deadline = Instant::now() + Duration::from_secs(10);
    while TcpStream::connect(address(mock)).is_ok() {
        assert!(
            Instant::now() < deadline,
            "still open\n{}",
            mock.transcript()
        );
        std::thread::yield_now();
    }
}

#[test]
fn with_the_mock_all_connections_end() {
    let mock = Mock::builder().start().unwrap();
    let mut streams: Vec<_> = (0..10).map(|_| authenticated(&mock)).collect();
    drop(mock);
    for stream in &mut streams {
        let mut rest = Vec::new();
        // Closed in peace, or reset.
        if stream.read_to_end(&mut rest).is_ok() {
            assert_eq!(rest, b"");
        }
    }
}

#[test]
fn halt_ends_the_port() {
    let mock = Mock::builder().start().unwrap();
    let mut other = authenticated(&mock);
    let mut stream = authenticated(&mock);
    assert!(!mock.has_ended());
    ask(&mut stream, "SIGNAL HALT", "250 OK\r\n");
    for stream in [&mut stream, &mut other] {
        let mut rest = Vec::new();
        stream.read_to_end(&mut rest).unwrap();
        assert_eq!(rest, b"");
    }
    assert!(mock.has_ended());
    expect_refusal(&mock);
}

#[test]
fn an_owner_that_is_lost_ends_the_port() {
    let mock = Mock::builder().start().unwrap();
    let mut other = authenticated(&mock);
    let mut owner = authenticated(&mock);
    ask(&mut owner, "TAKEOWNERSHIP", "250 OK\r\n");
    drop(owner);
    let mut rest = Vec::new();
    other.read_to_end(&mut rest).unwrap();
    expect_refusal(&mock);
}

#[test]
fn the_last_reply_arrives_though_more_was_sent() {
    for _ in 0..50 {
        let mock = Mock::builder().start().unwrap();
        let mut stream = crate::wire::connect(&mock);
        let flood = "GETINFO version\r\n".repeat(1000);
        stream.write_all(flood.as_bytes()).unwrap();
        let mut came = String::new();
        // What the mock has not read may reset the connection, but not before
        // the reply.
        let _ = stream.read_to_string(&mut came);
        assert_eq!(came, "514 Authentication required.\r\n");
    }
}
