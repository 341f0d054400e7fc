//! Mocks in memory.

use std::io::{ErrorKind, Read as _, Write as _};
use std::time::Duration;

use tor_harness_mock::{AuthConfig, Fault, MemoryConnection, Mock, Script};

fn read(connection: &mut MemoryConnection) -> String {
    let mut came = Vec::new();
    let mut buffer = [0; 7];
    loop {
        match connection.read(&mut buffer) {
            Ok(0) => return String::from_utf8(came).unwrap() + "<closed>",
            Ok(length) => came.extend_from_slice(&buffer[..length]),
            Err(error) => {
                assert_eq!(error.kind(), ErrorKind::WouldBlock);
                return String::from_utf8(came).unwrap();
            }
        }
    }
}

#[test]
fn reads_writes_and_closes() {
    let mock = Mock::builder()
        .auth(AuthConfig::null().and_cookie())
        .in_memory()
        .unwrap();
    let mut connection = mock.connect();
    assert_eq!(read(&mut connection), "");
    connection.write_all(b"PROTOCOLINFO x\r\n").unwrap();
    assert_eq!(
        read(&mut connection),
        "513 No such version \"x\"\r\n<closed>"
    );
    assert_eq!(
        connection.write(b"x").unwrap_err().kind(),
        ErrorKind::BrokenPipe
    );

    let cookie = std::fs::read(mock.cookie_file().unwrap()).unwrap();
    let cookie: String = cookie.iter().map(|byte| format!("{byte:02x}")).collect();
    let mut connection = mock.connect();
    connection
        .write_all(format!("AUTHENTICATE {cookie}\r\nSETEVENTS BW NOTICE\r\n").as_bytes())
        .unwrap();
    assert_eq!(read(&mut connection), "250 OK\r\n250 OK\r\n650 BW 0 0\r\n");
    mock.emit("NOTICE hello").unwrap();
    mock.advance(Duration::from_secs(2));
    assert_eq!(
        read(&mut connection),
        "650 NOTICE hello\r\n650 BW 0 0\r\n650 BW 0 0\r\n"
    );
}

#[test]
fn a_connection_that_is_dropped_is_closed() {
    let mock = Mock::builder().in_memory().unwrap();
    let mut other = mock.connect();
    let mut owner = mock.connect();
    owner
        .write_all(b"AUTHENTICATE\r\nTAKEOWNERSHIP\r\n")
        .unwrap();
    drop(owner);
    assert_eq!(read(&mut other), "<closed>");
    assert_eq!(read(&mut mock.connect()), "<closed>");
}

#[test]
fn a_reset_is_an_error() {
    let script = Script::new().every_connection([Fault::ResetPeer {
        timeout: Duration::from_secs(1),
    }]);
    let mock = Mock::builder().script(script).in_memory().unwrap();
    let mut connection = mock.connect();
    connection.write_all(b"AUTHENTICATE\r\n").unwrap();
    assert_eq!(read(&mut connection), "");
    mock.advance(Duration::from_secs(1));
    let error = connection.read(&mut [0]).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ConnectionReset);
}
