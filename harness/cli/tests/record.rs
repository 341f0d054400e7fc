//! `tor-harness record` as people run it.

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use tempfile::TempDir;
use tor_harness::client::{Client, Credentials};
use tor_harness::mock::recording::Recording;

/// A recording to be, in a folder that has nothing else in the end.
struct Record {
    folder: TempDir,
    child: Child,
    announcement: serde_json::Value,
}

impl Record {
    /// Nothing where there is no tor.
    fn start(options: &[&str]) -> Option<Self> {
        tor_harness::process::find_tor().ok()?;
        let folder = tempfile::tempdir().unwrap();
        let mut child = command(folder.path(), &folder.path().join("to"), options)
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().unwrap())
            .read_line(&mut line)
            .unwrap();
        let announcement = serde_json::from_str(&line).unwrap();
        Some(Self {
            folder,
            child,
            announcement,
        })
    }

    fn client(&self) -> Client {
        let endpoint = self.announcement["control"].as_str().unwrap();
        Client::connect(&endpoint.parse().unwrap(), Duration::from_secs(20)).unwrap()
    }

    /// Ends it with a client still connected: the recording's text.
    fn finish(mut self) -> String {
        kill(
            Pid::from_raw(self.child.id().cast_signed()),
            Signal::SIGTERM,
        )
        .unwrap();
        assert_eq!(self.child.wait().unwrap().code(), Some(0));
        fs::read_to_string(self.folder.path().join("to")).unwrap()
    }
}

fn command(folder: &Path, to: &Path, options: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tor-harness"));
    command
        .args(["record", "--to", to.to_str().unwrap()])
        .args(options)
        .env("TMPDIR", folder)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

#[test]
fn the_same_client_gives_the_same_recording() {
    let talk = || -> Option<String> {
        let record = Record::start(&["--auth", "cookie", "--auth", "password=pw"])?;
        let mut client = record.client();
        let cookie = record.announcement["cookie_file"].as_str().unwrap();
        client
            .authenticate(&Credentials::SafeCookie(cookie.into()))
            .unwrap();
        for command in [
            "GETINFO version process/pid uptime config-file",
            "ADD_ONION NEW:BEST Port=80",
            "GETINFO onions/current",
            "SETEVENTS BW CONF_CHANGED",
            "SETCONF Nickname=a",
            "BLARG",
        ] {
            client.ask_line(command).unwrap();
        }
        let mut other = record.client();
        assert!(
            other
                .authenticate(&Credentials::Password("no".into()))
                .is_err()
        );
        Some(record.finish())
    };
    let Some(text) = talk() else { return };
    assert_eq!(talk().unwrap(), text);
    let recording = Recording::parse(&text, "to").unwrap();
    for line in [
        "> AUTHENTICATE {proof}\n< 250 OK\n",
        "< 250-process/pid={pid}\n",
        "< 250-ServiceID={onion1}\n",
        "< 250-onions/current={onion1}\n",
        "< 250-config-file={folder}/torrc\n",
        "! 650-CONF_CHANGED\n! 650-Nickname=a\n! 650 OK\n",
        "== connection 2\n",
    ] {
        assert!(text.contains(line), "{line} is not in {text}");
    }
    assert!(recording.exchanges.last().unwrap().closed, "{text}");
}

#[test]
fn nothing_else_than_a_recording_is_replaced() {
    let inputs = tempfile::tempdir().unwrap();
    let letter = inputs.path().join("letter");
    fs::write(&letter, "Dear reader").unwrap();
    for to in [&letter, inputs.path(), Path::new("/nowhere/to")] {
        let folder = tempfile::tempdir().unwrap();
        let mut child = command(folder.path(), to, &["--", "true"]).spawn().unwrap();
        assert_eq!(child.wait().unwrap().code(), Some(2));
        let mut complaint = String::new();
        let mut stderr = child.stderr.take().unwrap();
        stderr.read_to_string(&mut complaint).unwrap();
        assert!(
            complaint.contains(&format!("--to {}", to.display())),
            "{complaint}"
        );
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 0);
    }
    assert_eq!(fs::read_to_string(&letter).unwrap(), "Dear reader");
}
