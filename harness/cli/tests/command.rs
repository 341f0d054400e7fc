//! The command `tor-harness` as people run it.

mod harness;

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use crate::harness::Harness;

fn tor_is_there() -> bool {
    tor_harness::process::find_tor().is_ok()
}

/// The fixtures that can be started here.
fn fixtures() -> &'static [&'static str] {
    if tor_is_there() {
        &["mock", "tor", "network"]
    } else {
        &["mock"]
    }
}

#[test]
fn a_command_finds_the_fixture_and_its_status_is_passed_on() {
    for fixture in fixtures() {
        for (options, script, said, status) in [
            (
                &[][..],
                "echo $TOR_CONTROL_HOST:{control_port} ${TOR_SOCKS_PORT-none}",
                "127.0.0.1:",
                0,
            ),
            (
                &["--auth", "password=a b"],
                "echo $TOR_CONTROL_PASSWD",
                "a b\n",
                0,
            ),
            (
                &["--auth", "cookie"],
                "wc -c < $TOR_CONTROL_COOKIE_AUTH_FILE; wc -c < {cookie_file}",
                "32\n32\n",
                0,
            ),
            (&[], "exit 5", "", 5),
            (&[], "kill -9 $$", "", 128 + 9),
        ] {
            let harness = Harness::new();
            let mut words = vec![*fixture];
            words.extend(options);
            words.extend(["--", "sh", "-c", script]);
            let output = harness.run(&words);
            let out = String::from_utf8_lossy(&output.stdout);
            assert!(
                out.starts_with(said),
                "{words:?} said {out:?}, {:?}",
                String::from_utf8_lossy(&output.stderr)
            );
            assert_eq!(output.status.code(), Some(status), "{words:?}");
            harness.assert_clean();
        }
    }
}

#[test]
fn bad_input_gives_one_clear_error_and_leaves_nothing() {
    let harness = Harness::new();
    let inputs = tempfile::tempdir().unwrap();
    let file = |name: &str, content: &[u8]| {
        let path = inputs.path().join(name);
        fs::write(&path, content).unwrap();
        path.display().to_string()
    };
    let folder = inputs.path().display().to_string();
    let typo = file(
        "typo.toml",
        b"[[on]]\ncommand = \"GETINFO version\"\nreplay = \"250 OK\"\n",
    );
    let bytes = file("bytes.toml", b"strict = true\n# \xc3\xa9 \xff\n");
    let nowhere = file(
        "nowhere.toml",
        b"[[on]]\ncommand = \"QUIT\"\nstate = \"asleep\"\n",
    );
    let unmet = file(
        "unmet.toml",
        b"[[on]]\ncommand = \"QUIT\"\nreply = \"250 OK\"\ntimes = 1\n",
    );
    let network = file("network", b"SocksPort 0\nDisableNetwork 0\n");
    let inputs_taken = file("taken", b"");
    let taken = format!("unix:{inputs_taken}");
    for (words, status, complaint) in [
        (
            &["mock", "--auth", "safecookie"][..],
            2,
            "--auth: safecookie: tor offers it only together with cookie".to_owned(),
        ),
        (
            &["mock", "--auth", "nonsense"],
            2,
            "expected null, cookie, safecookie or password=PW".into(),
        ),
        (
            &["mock", "--listen", "nonsense"],
            2,
            "expected ADDRESS:PORT".into(),
        ),
        (&["mock", "--listen", "192.0.2.1:0"], 2, "loopback".into()),
        (
            &["mock", "--steer", "192.0.2.1:0"],
            2,
            "--steer: expected a loopback address".into(),
        ),
        (
            &["mock", "--steer", &taken],
            2,
            format!("--steer: expected a free path for the Unix socket, but {inputs_taken} exists"),
        ),
        (
            &["mock", "--script", &unmet, "--steer", "/nowhere/x"],
            2,
            "expected ADDRESS:PORT".into(),
        ),
        (
            &["mock", "--script", &unmet, "--steer", "unix:/nowhere/x"],
            2,
            "--steer: cannot listen on unix:/nowhere/x".into(),
        ),
        (&["mock", "--max-worlds", "5"], 2, "--steer".into()),
        (&["mock", "--time", "virtual"], 2, "--steer".into()),
        (&["mock", "--", "echo", "{steer}"], 2, "{steer}".into()),
        (
            &["mock", "--script", "/nowhere/x.toml"],
            2,
            "/nowhere/x.toml".into(),
        ),
        (&["mock", "--script", &folder], 2, folder.clone()),
        (&["mock", "--script", &typo], 2, format!("{typo}:3:1")),
        (
            &["mock", "--script", &bytes],
            2,
            format!("{bytes}:2:6: expected UTF-8, got the byte 0xff"),
        ),
        (
            &["mock", "--script", &nowhere],
            2,
            format!(
                "{nowhere}:3:9: expected \"start\", or a state that a rule becomes, got \"asleep\""
            ),
        ),
        (
            &["mock", "--script", &unmet, "--port-file", "/nowhere/port"],
            2,
            "--port-file /nowhere/port".into(),
        ),
        (
            &["mock", "--port-file", "/nowhere/port"],
            2,
            "--port-file /nowhere/port".into(),
        ),
        (
            &["mock", "--", "/nowhere/program"],
            127,
            "/nowhere/program".into(),
        ),
        (&["mock", "--", &folder], 126, folder.clone()),
        (
            &["mock", "--", "echo", "{cookie_file}"],
            2,
            "{cookie_file}".into(),
        ),
        (&["tor", "--tor", &folder], 2, folder.clone()),
        (&["tor", "--tor", "/nowhere/tor"], 2, "/nowhere/tor".into()),
        (&["tor", "--tor", "/bin/true"], 2, "/bin/true".into()),
        (&["tor", "--torrc", &network], 2, format!("{network}:2:1")),
        (
            &["network", "--tor", "/nowhere/tor"],
            2,
            "/nowhere/tor".into(),
        ),
        (
            &["network", "--listen", "192.0.2.1:0"],
            2,
            "192.0.2.1".into(),
        ),
        (
            &["network", "--relays", "0", "--exits", "0"],
            2,
            "expected at least one relay".into(),
        ),
        (
            &["network", "--voting", "--imaginary", "1"],
            2,
            "--imaginary".into(),
        ),
        (&["network", "--onion", "0"], 2, "--onion".into()),
        (&["network", "--preset", "basic-max"], 2, "basic-min".into()),
        (
            &["network", "--preset", "basic-min", "--relays", "3"],
            2,
            "--relays".into(),
        ),
        (&["network", "--", "echo", "{onion}"], 2, "{onion}".into()),
        (&["nonsense"], 2, "nonsense".into()),
    ] {
        if (words.contains(&"--torrc") || words[0] == "network") && !tor_is_there() {
            continue;
        }
        let output = harness.run(words);
        let complaints = String::from_utf8_lossy(&output.stderr);
        assert_eq!(
            output.status.code(),
            Some(status),
            "{words:?}: {complaints}"
        );
        assert!(
            complaints.contains(&complaint),
            "{words:?}: expected {complaint:?} in {complaints}"
        );
        assert_eq!(output.stdout, b"", "{words:?}");
    }
    harness.assert_clean();
}

#[test]
fn announces_itself_and_ends_when_told() {
    for fixture in fixtures() {
        for signal in [Signal::SIGTERM, Signal::SIGINT] {
            let harness = Harness::new();
            let port_file = harness.folder.path().join("port");
            let words = [
                fixture,
                "--auth",
                "cookie",
                "--auth",
                "password=pw",
                "--port-file",
                port_file.to_str().unwrap(),
            ];
            let (announcement, mut child) = harness.start(&words);
            assert_eq!(announcement["event"], "ready");
            assert_eq!(announcement["fixture"], *fixture);
            assert_eq!(announcement["password"], "pw");
            assert!(Path::new(announcement["cookie_file"].as_str().unwrap()).is_file());
            let port = announcement["control"].as_str().unwrap();
            assert_eq!(
                fs::read_to_string(&port_file).unwrap(),
                format!("PORT={port}\n")
            );

            kill(Pid::from_raw(child.id().cast_signed()), signal).unwrap();
            assert_eq!(child.wait().unwrap().code(), Some(0), "{fixture} {signal}");
            harness.assert_clean();
        }
    }
}

#[test]
fn ends_when_a_controller_ends_it() {
    for fixture in fixtures() {
        let harness = Harness::new();
        let (announcement, mut child) = harness.start(&[fixture]);
        let endpoint = announcement["control"].as_str().unwrap().parse().unwrap();
        let mut client =
            tor_harness::client::Client::connect(&endpoint, Duration::from_secs(20)).unwrap();
        client
            .authenticate(&tor_harness::client::Credentials::Null)
            .unwrap();
        client.ask_line("SIGNAL HALT").unwrap();
        assert_eq!(child.wait().unwrap().code(), Some(0), "{fixture}");
        harness.assert_clean();
    }
}

#[test]
fn nothing_outlives_a_killed_harness() {
    for fixture in fixtures() {
        let harness = Harness::new();
        let port_file = harness.folder.path().join("port file");
        let words = [
            fixture,
            "--auth",
            "cookie",
            "--port-file",
            port_file.to_str().unwrap(),
        ];
        let (_, mut child) = harness.start(&words);
        child.kill().unwrap();
        assert_eq!(child.wait().unwrap().signal(), Some(9));
        harness.assert_clean();
    }
}

#[test]
fn another_port_file_outlives_a_killed_harness() {
    let (harness, other) = (Harness::new(), Harness::new());
    let port_file = other.folder.path().join("port");
    let words = ["mock", "--port-file", port_file.to_str().unwrap()];
    let (_, mut child) = harness.start(&words);
    let (announcement, mut heir) = other.start(&words);
    child.kill().unwrap();
    child.wait().unwrap();
    harness.assert_clean();
    let port = announcement["control"].as_str().unwrap();
    let said = fs::read_to_string(&port_file).unwrap();
    assert_eq!(said, format!("PORT={port}\n"));
    heir.kill().unwrap();
    heir.wait().unwrap();
    other.assert_clean();
}

#[test]
fn no_command_outlives_a_killed_harness() {
    for fixture in fixtures() {
        let harness = Harness::new();
        let script = "(sleep 20; echo outlived) & echo started; wait";
        let mut child = harness
            .command(&[fixture, "--", "sh", "-c", script])
            .spawn()
            .unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut said = String::new();
        out.read_line(&mut said).unwrap();
        child.kill().unwrap();
        assert_eq!(child.wait().unwrap().signal(), Some(9));
        // Whoever goes on holds the other end.
        out.read_to_string(&mut said).unwrap();
        assert_eq!(said, "started\n");
        harness.assert_clean();
    }
}

#[test]
fn ends_with_its_parent() {
    let harness = Harness::new();
    let mut shell = Command::new("sh");
    let script = format!(
        "{} mock --with-parent & read line",
        env!("CARGO_BIN_EXE_tor-harness")
    );
    shell
        .args(["-c", &script])
        .env("TMPDIR", harness.folder.path());
    let mut shell = shell
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut out = BufReader::new(shell.stdout.take().unwrap());
    let mut line = String::new();
    out.read_line(&mut line).unwrap();
    assert!(line.contains("\"ready\""), "{line}");
    shell.kill().unwrap();
    shell.wait().unwrap();
    // The mock holds the other end: it is closed when the mock is gone.
    assert_eq!(out.read_line(&mut line).unwrap(), 0);
    harness.assert_clean();
}

#[test]
fn an_unmet_expectation_is_status_3() {
    let harness = Harness::new();
    let inputs = tempfile::tempdir().unwrap();
    let script = inputs.path().join("script.toml");
    fs::write(&script, "[[on]]\ncommand = \"GETINFO version\"\nreply = [\"250-version=9\", \"250 OK\"]\ntimes = 1\n").unwrap();
    let script = script.to_str().unwrap();
    for (command, status) in [("true", 3), ("exit 5", 5)] {
        let output = harness.run(&["mock", "--script", script, "--", "sh", "-c", command]);
        let complaints = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(status), "{complaints}");
        assert!(
            complaints.contains("GETINFO version") && complaints.contains(script),
            "{complaints}"
        );
    }
    harness.assert_clean();
}

/// What a client does that the script does not say: told in any case, and
/// passed on as the exit status where it is asked for.
#[test]
fn strictness() {
    for (options, line, status, told) in [
        (&[][..], "BLARG\r\n", 0, "BLARG on #1"),
        (&["--strict"], "BLARG\r\n", 3, "BLARG on #1"),
        (&["--strict-client"], "BLARG\r\n", 0, "BLARG on #1"),
        (&[], "USEFEATURE\n", 0, "#1 line 2: line-end"),
        (&["--strict"], "USEFEATURE\n", 0, "#1 line 2: line-end"),
        (
            &["--strict-client"],
            "USEFEATURE\n",
            3,
            "#1 line 2: line-end",
        ),
    ] {
        let harness = Harness::new();
        let (announcement, mut child) = harness.start(&[&["mock"], options].concat());
        let mut stream = TcpStream::connect(announcement["control"].as_str().unwrap()).unwrap();
        write!(stream, "AUTHENTICATE\r\n{line}QUIT\r\n").unwrap();
        stream.read_to_end(&mut Vec::new()).unwrap();
        kill(Pid::from_raw(child.id().cast_signed()), Signal::SIGTERM).unwrap();
        let mut complaints = String::new();
        let mut stderr = child.stderr.take().unwrap();
        stderr.read_to_string(&mut complaints).unwrap();
        let code = child.wait().unwrap().code();
        assert_eq!(code, Some(status), "{options:?}: {complaints}");
        assert!(complaints.contains(told), "{options:?}: {complaints}");
        harness.assert_clean();
    }
}

#[test]
fn the_schema_is_json_and_nothing_else() {
    let output = Harness::new().run(&["mock", "--schema"]);
    let schema: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert!(schema["properties"]["on"].is_object(), "{schema}");
    assert_eq!(output.status.code(), Some(0));
}
