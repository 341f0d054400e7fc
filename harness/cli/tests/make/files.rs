//! What is written, and what becomes of what was there.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _};
use std::os::unix::fs::PermissionsExt as _;
use std::process::Stdio;
use std::thread;
use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use crate::tools::{PROGRAM, Place};

#[test]
fn a_reader_who_goes_is_no_failure() {
    let place = Place::new();
    let mut command = place.program(PROGRAM, &["make", "relay", "--count", "100"]);
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut line = String::new();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    out.read_line(&mut line).unwrap();
    drop(out);
    assert!(line.starts_with("router relay0 "), "{line}");
    let mut complaint = String::new();
    child
        .stderr
        .take()
        .unwrap()
        .read_to_string(&mut complaint)
        .unwrap();
    assert_eq!(
        (child.wait().unwrap().code(), complaint.as_str()),
        (Some(0), "")
    );
}

#[test]
fn a_full_disk_is_said() {
    let place = Place::new();
    let full = fs::OpenOptions::new()
        .write(true)
        .open("/dev/full")
        .unwrap();
    let mut command = place.program(PROGRAM, &["make", "relay"]);
    let output = command.stdout(full).output().unwrap();
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(
        complaint,
        "tor-harness: writing to standard output: No space left on device (os error 28)\n"
    );
}

/// As on a full disk: no file may be as long as the consensus.
#[test]
fn what_cannot_be_written_whole_is_not_written() {
    let place = Place::new();
    for make in ["make network network", "make consensus -o consensus"] {
        let script = format!("trap '' XFSZ; ulimit -f 1; exec {PROGRAM} {make} --relays 100");
        let output = place.program("sh", &["-c", &script]).output().unwrap();
        let complaint = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{make}: {complaint}");
        assert!(
            complaint.starts_with("tor-harness: cannot write "),
            "{complaint}"
        );
        assert!(
            complaint.ends_with(": File too large (os error 27)\n"),
            "{complaint}"
        );
        assert_eq!(place.all(), [""; 0], "{make}");
    }
}

/// An interrupt comes while files are written, or once too late.
#[test]
fn what_is_interrupted_is_not_there() {
    let place = Place::new();
    let was_interrupted = |count: u32| {
        let name = format!("network{count}");
        let words = ["make", "network", &name, "--relays", "1000", "--keys"];
        let mut command = place.program(PROGRAM, &words);
        let child = command.stderr(Stdio::piped()).spawn().unwrap();
        let end = Instant::now() + Duration::from_secs(60);
        while !place.all().iter().any(|path| path.contains("/relays/")) {
            assert!(
                Instant::now() < end,
                "nothing is written: {:?}",
                place.all()
            );
            thread::yield_now();
        }
        kill(Pid::from_raw(child.id().cast_signed()), Signal::SIGINT).unwrap();
        let output = child.wait_with_output().unwrap();
        let complaint = String::from_utf8_lossy(&output.stderr);
        let is_there = place.path(&name).exists();
        assert_eq!(
            output.status.code(),
            Some(if is_there { 0 } else { 2 }),
            "{complaint}"
        );
        fs::remove_dir_all(place.path(&name)).map_or(true, |()| false)
    };
    assert!((0..10).any(was_interrupted), "it was too quick ten times");
    assert_eq!(place.all(), [""; 0]);
}

/// What cannot be written: the arguments behind `make`, what is said, and nothing has changed.
#[test]
fn what_is_there_stays() {
    let place = Place::new();
    fs::write(place.path("file"), "mine").unwrap();
    fs::create_dir(place.path("full")).unwrap();
    fs::write(place.path("full/file"), "mine").unwrap();
    fs::create_dir(place.path("clash")).unwrap();
    fs::create_dir_all(place.path("clash/torrc/x")).unwrap();
    std::os::unix::fs::symlink("file", place.path("link")).unwrap();
    let before = place.all();
    for (words, expected) in [
        (
            &["relay", "-o", "file"][..],
            "file: it is there already; --force replaces it",
        ),
        (
            &["relay", "-o", "full", "--force"],
            "full: expected the name of a file, and this is none",
        ),
        (
            &["relay", "-o", "link", "--force"],
            "link: expected the name of a file, and this is none",
        ),
        (
            &["relay", "-o", "nowhere/file"],
            "cannot write nowhere/file: No such file or directory",
        ),
        (
            &["relay", "--dir", "full"],
            "full: expected a new or an empty folder; --force replaces files of the same name in this one",
        ),
        (
            &["onion", "--dir", "full"],
            "full: expected a new or an empty folder",
        ),
        (
            &["network", "full"],
            "full: expected a new or an empty folder",
        ),
        (&["network", "file"], "cannot write file: Not a directory"),
        (
            &["network", "nowhere/network"],
            "cannot write nowhere/network: No such file or directory",
        ),
        (
            &["network", "clash", "--force"],
            "clash/torrc: expected the name of a file, and this is a folder",
        ),
    ] {
        let output = place.run(&[&["make"], words].concat());
        let complaint = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{words:?}: {complaint}");
        assert!(
            complaint.starts_with(&format!("tor-harness: {expected}")),
            "{words:?}: {complaint}"
        );
        assert_eq!(complaint.lines().count(), 1, "{complaint}");
        assert_eq!(place.all(), before, "{words:?}");
    }
    assert_eq!(fs::read(place.path("file")).unwrap(), b"mine");
}

#[test]
fn force_replaces_files_and_leaves_others() {
    let place = Place::new();
    fs::create_dir(place.path("network")).unwrap();
    place.good(&["make", "network", "network"]);
    let torrc = fs::read(place.path("network/torrc")).unwrap();
    fs::write(place.path("network/mine"), "mine").unwrap();
    let before = place.all();
    place.good(&["make", "network", "network", "--force", "--seed", "2"]);
    assert_eq!(place.all(), before);
    assert_ne!(fs::read(place.path("network/torrc")).unwrap(), torrc);
    assert_eq!(fs::read(place.path("network/mine")).unwrap(), b"mine");

    place.good(&["make", "relay", "-o", "relay"]);
    let relay = fs::read(place.path("relay")).unwrap();
    place.good(&["make", "relay", "-o", "relay", "--force", "--seed", "2"]);
    assert_ne!(fs::read(place.path("relay")).unwrap(), relay);
}

/// tor refuses keys that others may read.
#[test]
fn folders_are_for_this_user_alone() {
    let place = Place::new();
    place.good(&["make", "onion", "--clients", "1", "--dir", "onion"]);
    for path in place.all() {
        let mode = fs::metadata(place.path(&path))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o077, 0, "{path}: {mode:o}");
    }
    assert_eq!(place.all().len(), 10);
}

/// The same arguments give the same files, and commands of the same seed agree.
#[test]
fn files_agree() {
    let place = Place::new();
    let network = |name| {
        place.good(&[
            "make",
            "network",
            name,
            "--keys",
            "--bridges",
            "1",
            "--entry",
            "relay3",
            "--set",
            "w=Bandwidth=1",
        ])
    };
    network("one");
    network("two");
    place.good(&["make", "relay", "--number", "4", "--dir", "three"]);
    let consensus = [
        "make",
        "consensus",
        "--flavor",
        "microdesc",
        "--entry",
        "relay3",
        "--set",
        "w=Bandwidth=1",
    ];
    fs::write(place.path("consensus"), place.good(&consensus)).unwrap();
    fs::write(place.path("certs"), place.good(&["make", "certificate"])).unwrap();
    let read = |path: &str| fs::read(place.path(path)).unwrap();
    assert_eq!(
        read("one/client/cached-microdesc-consensus"),
        read("consensus")
    );
    assert_eq!(read("one/client/cached-certs").len(), read("certs").len());
    let mut count = 0;
    for path in place.all().iter().filter(|path| !path.ends_with('/')) {
        if let Some(name) = path.strip_prefix("one/") {
            assert_eq!(read(path), read(&format!("two/{name}")), "{name}");
            count += 1;
        }
        if let Some(name) = path.strip_prefix("three/") {
            assert_eq!(
                read(path),
                read(&format!("one/relays/relay4/{name}")),
                "{name}"
            );
        }
    }
    // 5 of the network, 9 of each relay, 2 more of each authority, 1 more of the bridge.
    assert_eq!(count, 5 + 9 * 14 + 2 * 3 + 1);
}
