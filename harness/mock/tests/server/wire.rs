//! A client that does not think.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use tor_harness_mock::{Endpoint, Mock};

/// The address of a mock on TCP.
pub(crate) fn address(mock: &Mock) -> SocketAddr {
    match mock.endpoint() {
        Endpoint::Tcp(address) => *address,
        Endpoint::Unix(path) => panic!("not on TCP, but {path}"),
    }
}

/// A connection that waits ten seconds at most.
pub(crate) fn connect(mock: &Mock) -> TcpStream {
    let stream = TcpStream::connect(address(mock)).unwrap();
    stream.set_nodelay(true).unwrap();
    stream
        .set_read_timeout(Some(Duration::from_secs(10)))
        .unwrap();
    stream
        .set_write_timeout(Some(Duration::from_secs(10)))
        .unwrap();
    stream
}

/// A connection that has been let in.
pub(crate) fn authenticated(mock: &Mock) -> TcpStream {
    let mut stream = connect(mock);
    ask(&mut stream, "AUTHENTICATE", "250 OK\r\n");
    stream
}

/// Sends a line, and expects what comes.
#[track_caller]
pub(crate) fn ask(stream: &mut TcpStream, line: &str, expected: &str) {
    stream.write_all(format!("{line}\r\n").as_bytes()).unwrap();
    expect(stream, expected);
}

/// Expects what comes.
#[track_caller]
pub(crate) fn expect(stream: &mut TcpStream, expected: &str) {
    let mut came = vec![0; expected.len()];
    stream.read_exact(&mut came).unwrap();
    assert_eq!(String::from_utf8_lossy(&came), expected);
}
