//! What a mock makes where it starts.

use std::fs;
use std::ops::RangeInclusive;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::time::Duration;

use tor_harness_mock::{AuthConfig, Emit, Endpoint, Listen, Mock, MockError, On, Script};

use crate::wire::{ask, authenticated};

#[test]
fn the_cookie_file_is_a_secret_and_goes() {
    let mock = Mock::builder()
        .auth(AuthConfig::null().and_cookie())
        .start()
        .unwrap();
    let path = mock.cookie_file().unwrap().to_path_buf();
    let folder = path.parent().and_then(Path::parent).unwrap().to_path_buf();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(fs::read(&path).unwrap().len(), 32);
    assert_eq!((mode(&path), mode(&folder)), (0o600, 0o700));
    drop(mock);
    assert!(!folder.exists());

    let mock = Mock::builder().start().unwrap();
    assert_eq!(mock.cookie_file(), None);
}

#[test]
fn no_two_cookies_are_the_same() {
    let cookie = || {
        let mock = Mock::builder()
            .auth(AuthConfig::null().and_cookie())
            .start()
            .unwrap();
        fs::read(mock.cookie_file().unwrap()).unwrap()
    };
    assert_ne!(cookie(), cookie());
}

#[test]
fn its_files_are_those_it_names() {
    let mock = Mock::builder()
        .auth(AuthConfig::null().and_password("x"))
        .start()
        .unwrap();
    let mut stream = crate::wire::connect(&mock);
    ask(&mut stream, "AUTHENTICATE \"x\"", "250 OK\r\n");
    let Endpoint::Tcp(address) = mock.endpoint() else {
        panic!()
    };
    ask(
        &mut stream,
        "GETINFO net/listeners/control",
        &format!("250-net/listeners/control=\"{address}\"\r\n250 OK\r\n"),
    );
    ask(
        &mut stream,
        "GETCONF ControlPort",
        "250 ControlPort=127.0.0.1:auto\r\n",
    );
    ask(
        &mut stream,
        "GETINFO process/pid",
        &format!("250-process/pid={}\r\n250 OK\r\n", std::process::id()),
    );
}

#[test]
fn at_a_place_of_ones_own() {
    let here = std::env::current_dir().unwrap();
    let folder = tempfile::tempdir_in(&here).unwrap();
    let path = folder.path().join("port");
    let relative = path.strip_prefix(&here).unwrap();
    for asked in [&path, relative] {
        let mock = start_at(asked).unwrap();
        assert_eq!(
            mock.endpoint(),
            &Endpoint::Unix(path.to_str().unwrap().into())
        );
        drop(mock);
        assert!(!path.exists());
    }
}

#[test]
fn says_why_it_cannot_listen() {
    let folder = tempfile::tempdir().unwrap();
    let taken = folder.path().join("taken");
    fs::write(&taken, "").unwrap();
    let long = Path::new("/").join("x".repeat(107));
    let nowhere = folder.path().join("nowhere/port");
    for (path, said) in [
        (
            &taken,
            format!(
                "expected a free path for the Unix socket, but {} exists",
                taken.display()
            ),
        ),
        (
            &long,
            format!(
                "the Unix socket's path {} has 108 bytes, the system allows 107; take a shorter one, or set \
                 TMPDIR to one",
                long.display()
            ),
        ),
        (
            &nowhere,
            format!(
                "cannot listen on unix:{}: No such file or directory (os error 2)",
                nowhere.display()
            ),
        ),
    ] {
        let error = start_at(path).unwrap_err();
        assert_eq!(error.to_string(), said);
    }
    assert!(taken.exists());
}

fn start_at(path: &Path) -> Result<Mock, MockError> {
    let endpoint = Endpoint::Unix(path.to_str().unwrap().into());
    Mock::builder().listen(Listen::At(endpoint)).start()
}

#[test]
fn refuses_what_others_could_reach() {
    for address in ["0.0.0.0:0", "192.0.2.1:9051", "[::]:0"] {
        let listen = Listen::At(address.parse().unwrap());
        let error = Mock::builder().listen(listen).start().unwrap_err();
        assert_eq!(
            error.to_string(),
            format!(
                "expected a loopback address (as 127.0.0.1:0), got {address}: a mock is for this machine alone"
            )
        );
    }
}

#[test]
fn refuses_a_wrong_script() {
    let line = line!();
    let backwards = RangeInclusive::new(3, 1);
    for (line, script, problem) in [
        (
            line + 5,
            Script::new().on(On::command("GETINFO").reply(["250-x"])),
            "its last line is missing, which has a space behind its code",
        ),
        (
            line + 10,
            Script::new().on(On::command("GETINFO").times(backwards)),
            "expected a number of times (as 2, \"1..\" or \"1..3\"), got \"3..1\"",
        ),
    ] {
        let error = Mock::builder()
            .script(script)
            .start()
            .unwrap_err()
            .to_string();
        let start = format!("{}:{line}:", file!());
        assert!(error.starts_with(&start), "{error}");
        assert!(error.ends_with(problem), "{error}");
    }
}

#[test]
fn emits_what_a_test_says() {
    let mock = Mock::builder().start().unwrap();
    let mut stream = authenticated(&mock);
    ask(&mut stream, "SETEVENTS CONF_CHANGED", "250 OK\r\n");
    mock.emit("GUARD ENTRY x NEW").unwrap();
    mock.emit("CONF_CHANGED\nNickname=x\nOK").unwrap();
    crate::wire::expect(
        &mut stream,
        "650-CONF_CHANGED\r\n650-Nickname=x\r\n650 OK\r\n",
    );
    assert_eq!(
        mock.emit("NONSENSE").unwrap_err().to_string(),
        "expected an event that tor has (as \"BW 1 2\", without 650), got \"NONSENSE\""
    );
}

#[test]
fn time_passes_by_itself() {
    let emit = Emit::every(Duration::from_millis(5), "NOTICE tick");
    let mock = Mock::builder()
        .script(Script::new().emit(emit))
        .start()
        .unwrap();
    let mut stream = authenticated(&mock);
    let expected = "250 OK\r\n650 NOTICE tick\r\n650 NOTICE tick\r\n";
    ask(&mut stream, "SETEVENTS NOTICE", expected);
}

#[test]
fn the_transcript_has_every_line() {
    let mock = Mock::builder().start().unwrap();
    let mut stream = authenticated(&mock);
    ask(
        &mut stream,
        "GETINFO \x7f\\'",
        "552 Unrecognized key \"\x7f\\'\"\r\n",
    );
    let transcript = mock.transcript();
    let lines: Vec<_> = transcript
        .lines()
        .map(|line| line.get(10..).unwrap())
        .collect();
    assert_eq!(
        lines,
        [
            "#1 - opened",
            "#1 > AUTHENTICATE",
            "#1 < 250 OK",
            "#1 > GETINFO \\x7f\\'",
            "#1 < 552 Unrecognized key \"\\x7f\\'\"",
        ]
    );
}
