//! Mocks that are steered while they run.

use std::io::Read as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use tor_harness_mock::{AuthConfig, Mock, MockError, On, Script};

use crate::wire::{address, ask, authenticated, connect, expect};

#[test]
fn virtual_time_passes_at_once() {
    let mock = Mock::builder().virtual_time().start().unwrap();
    let mut stream = authenticated(&mock);
    ask(&mut stream, "SETEVENTS BW", "250 OK\r\n650 BW 0 0\r\n");
    mock.advance(Duration::from_secs(10_000));
    expect(&mut stream, &"650 BW 0 0\r\n".repeat(10_000));
    ask(
        &mut stream,
        "GETINFO uptime",
        "250-uptime=10000\r\n250 OK\r\n",
    );
    let at: Vec<_> = mock
        .received()
        .iter()
        .map(|command| command.at.as_secs())
        .collect();
    assert_eq!(at, [0, 0, 10_000]);
}

#[test]
fn real_time_cannot_be_advanced() {
    let mock = Mock::builder().start().unwrap();
    let advance = AssertUnwindSafe(|| mock.advance(Duration::from_secs(1)));
    let panic = catch_unwind(advance).unwrap_err();
    let message = panic.downcast_ref::<&str>().unwrap();
    assert!(message.contains("`virtual_time()`"), "{message}");
}

#[test]
fn a_connection_is_closed_or_all_are() {
    let mock = Mock::builder().start().unwrap();
    let mut streams = [
        authenticated(&mock),
        authenticated(&mock),
        authenticated(&mock),
    ];
    let second = mock.received()[1].connection;
    assert!(mock.disconnect(second));
    assert!(!mock.disconnect(second));
    let rest = |stream: &mut std::net::TcpStream| {
        let mut rest = Vec::new();
        stream.read_to_end(&mut rest).map(|_| rest).unwrap()
    };
    assert_eq!(rest(&mut streams[1]), b"");
    ask(
        &mut streams[0],
        "GETINFO dormant",
        "250-dormant=0\r\n250 OK\r\n",
    );
    assert_eq!(mock.disconnect_all(), 2);
    assert_eq!(rest(&mut streams[0]), b"");
    assert_eq!(rest(&mut streams[2]), b"");
    // It takes others.
    authenticated(&mock);
}

#[test]
fn an_owner_that_is_disconnected_ends_the_port() {
    let mock = Mock::builder().start().unwrap();
    let mut owner = authenticated(&mock);
    ask(&mut owner, "TAKEOWNERSHIP", "250 OK\r\n");
    assert_eq!(mock.disconnect_all(), 1);
    assert!(mock.has_ended());
    assert!(matches!(mock.reset(), Err(MockError::Ended)));
}

#[test]
fn starts_again_with_the_same_cookie() {
    let mock = Mock::builder()
        .auth(AuthConfig::null().and_cookie())
        .start()
        .unwrap();
    let file = mock.cookie_file().unwrap();
    let cookie = std::fs::read(file).unwrap();
    std::fs::write(file, "spoilt").unwrap();
    let mut stream = connect(&mock);
    ask(&mut stream, "PROTOCOLINFO 1", "250-PROTOCOLINFO 1\r\n");
    mock.reset().unwrap();
    let mut rest = Vec::new();
    stream.read_to_end(&mut rest).unwrap();
    assert_eq!(mock.received(), []);
    assert_eq!(std::fs::read(file).unwrap(), cookie);
    let cookie: String = cookie.iter().map(|byte| format!("{byte:02x}")).collect();
    ask(
        &mut connect(&mock),
        &format!("AUTHENTICATE {cookie}"),
        "250 OK\r\n",
    );
}

#[test]
fn in_the_end_it_says_what_it_expected_and_its_port_is_free() {
    let script = Script::new().on(On::command("QUIT").times(1));
    let mock = Mock::builder().script(script).start().unwrap();
    let mut stream = authenticated(&mock);
    let address = address(&mock);
    let report = mock.close().unwrap_err().to_string();
    assert!(report.contains("QUIT: expected 1 time, came 0"), "{report}");
    let _ = stream.read_to_end(&mut Vec::new());
    let listen = tor_harness_mock::Endpoint::Tcp(address);
    Mock::builder().listen(listen).start().unwrap();
}

#[test]
fn a_panic_ends_it_once_and_frees_its_port() {
    let script = Script::new().on(On::command("QUIT").times(1));
    let mock = Mock::builder().script(script).start().unwrap();
    let address = address(&mock);
    let clients: Vec<_> = (0..10).map(|_| authenticated(&mock)).collect();
    let panic = catch_unwind(AssertUnwindSafe(move || {
        let _mock = mock;
        panic!("{}", "the test's own".to_owned());
    }));
    assert_eq!(
        *panic.unwrap_err().downcast::<String>().unwrap(),
        "the test's own"
    );
    drop(clients);
    let listen = tor_harness_mock::Endpoint::Tcp(address);
    Mock::builder().listen(listen).start().unwrap();
}

#[test]
fn connects_without_a_socket_where_others_have_one() {
    use std::io::Write as _;
    let mock = Mock::builder().start().unwrap();
    let mut stream = authenticated(&mock);
    ask(&mut stream, "SETEVENTS CONF_CHANGED", "250 OK\r\n");
    let mut connection = mock.connect();
    connection
        .write_all(b"AUTHENTICATE\r\nSETCONF Nickname=a\r\n")
        .unwrap();
    let mut came = [0; 16];
    connection.read_exact(&mut came).unwrap();
    assert_eq!(&came, b"250 OK\r\n250 OK\r\n");
    expect(
        &mut stream,
        "650-CONF_CHANGED\r\n650-Nickname=a\r\n650 OK\r\n",
    );
}
