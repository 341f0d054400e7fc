//! What is written into files.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _};
use std::os::unix::fs::PermissionsExt as _;
use std::process::Stdio;
use std::thread;
use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use crate::tools::Place;

#[test]
fn a_reader_who_goes_is_no_failure() {
    let place = Place::new();
    let mut command = place.shell("exec tor-harness make relay --count 100");
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut line = String::new();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    out.read_line(&mut line).unwrap();
    drop(out);
    assert!(line.starts_with("router relay0 "), "{line}");
    let mut complaint = String::new();
    let mut stderr = child.stderr.take().unwrap();
    stderr.read_to_string(&mut complaint).unwrap();
    let status = child.wait().unwrap().code();
    assert_eq!((status, complaint.as_str()), (Some(0), ""));
}

/// As on a full disk: no file may be as long as the consensus.
#[test]
fn what_cannot_be_written_whole_is_not_written() {
    let place = Place::new();
    let short = "trap '' XFSZ; ulimit -f 4; exec tor-harness make";
    for (line, expected) in [
        (
            "exec tor-harness make relay > /dev/full".to_owned(),
            "writing to standard output: No space left on device (os error 28)",
        ),
        (
            format!("{short} consensus --relays 100 -o consensus"),
            "cannot write consensus: File too large (os error 27)",
        ),
        (
            format!("{short} network network --relays 100"),
            "cannot write network/client/cached-certs: File too large (os error 27)",
        ),
    ] {
        let output = place.run(&line);
        let complaint = String::from_utf8_lossy(&output.stderr);
        assert_eq!(complaint, format!("tor-harness: {expected}\n"), "{line}");
        assert_eq!(output.status.code(), Some(2), "{line}");
        assert_eq!(place.all(), [""; 0], "{line}");
    }
}

/// An interrupt comes while files are written, or once too late.
#[test]
fn what_is_interrupted_is_not_there() {
    let place = Place::new();
    let was_interrupted = |count: u32| {
        let name = format!("network{count}");
        let line = format!("exec tor-harness make network {name} --relays 1000 --keys");
        let child = place.shell(&line).stderr(Stdio::piped()).spawn().unwrap();
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
        let status = if is_there { 0 } else { 2 };
        assert_eq!(output.status.code(), Some(status), "{complaint}");
        if is_there {
            fs::remove_dir_all(place.path(&name)).unwrap();
        }
        !is_there
    };
    assert!((0..10).any(was_interrupted), "it was too quick ten times");
    assert_eq!(place.all(), [""; 0]);
}

/// What cannot be written, what is said of it; nothing changes.
#[test]
fn what_is_there_stays() {
    let place = Place::new();
    place.good("mkdir -p full clash/torrc && echo mine | tee file full/file > clash/file && ln -s file link");
    let before = place.all();
    for (words, expected) in [
        (
            "relay -o file",
            "file: it is there already; --force replaces it",
        ),
        (
            "relay -o full --force",
            "full: expected the name of a file, and this is none",
        ),
        (
            "relay -o link --force",
            "link: expected the name of a file, and this is none",
        ),
        (
            "relay -o nowhere/file",
            "cannot write nowhere/file: No such file or directory",
        ),
        (
            "relay --dir full",
            "full: expected a new or an empty folder; --force replaces files of the same name in this one",
        ),
        (
            "onion --dir full",
            "full: expected a new or an empty folder",
        ),
        ("network full", "full: expected a new or an empty folder"),
        ("network file", "cannot write file: Not a directory"),
        (
            "network nowhere/network",
            "cannot write nowhere/network: No such file or directory",
        ),
        (
            "network clash --force",
            "clash/torrc: expected the name of a file, and this is a folder",
        ),
    ] {
        let output = place.run(&format!("tor-harness make {words}"));
        let complaint = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{words}: {complaint}");
        let expected = format!("tor-harness: {expected}");
        assert!(complaint.starts_with(&expected), "{words}: {complaint}");
        assert_eq!(complaint.lines().count(), 1, "{complaint}");
        assert_eq!(place.all(), before, "{words}");
    }
    assert_eq!(
        place.good("cat file full/* clash/file"),
        "mine\nmine\nmine\n"
    );
}

#[test]
fn force_replaces_files_and_leaves_others() {
    let place = Place::new();
    place.good(
        "mkdir network && tor-harness make network network && tor-harness make relay -o relay",
    );
    place.good("echo mine > network/mine");
    let before = place.all();
    let [torrc, relay] = ["network/torrc", "relay"].map(|name| fs::read(place.path(name)).unwrap());
    place.good("tor-harness make network network --force --seed 2");
    place.good("tor-harness make relay -o relay --force --seed 2");
    assert_eq!(place.all(), before);
    assert_ne!(fs::read(place.path("network/torrc")).unwrap(), torrc);
    assert_ne!(fs::read(place.path("relay")).unwrap(), relay);
    assert_eq!(place.good("cat network/mine"), "mine\n");
}

/// tor refuses keys that others may read.
#[test]
fn folders_are_for_this_user_alone() {
    let place = Place::new();
    place.good("tor-harness make onion --clients 1 --dir onion");
    for path in place.all() {
        let there = fs::metadata(place.path(&path)).unwrap();
        let mode = there.permissions().mode();
        assert_eq!(mode & 0o077, 0, "{path}: {mode:o}");
    }
    assert_eq!(place.all().len(), 10);
}

/// The same arguments give the same files, and commands of the same seed agree.
#[test]
fn files_agree() {
    let place = Place::new();
    let changes = "--entry relay3 --set w=Bandwidth=1";
    for name in ["one", "two"] {
        place.good(&format!(
            "tor-harness make network {name} --keys --bridges 2 {changes}"
        ));
    }
    place.good("diff -r one two");
    place.good("tor-harness make relay --number 4 --dir relay && diff -r relay one/relays/relay4");
    place.good(
        "tor-harness make bridge --number 1 --dir bridge && diff -r bridge one/bridges/bridge1",
    );
    place.good("tor-harness make bridge --count 2 --what lines | grep 'Bridge 1' > lines; grep '^Bridge' one/torrc-bridges | diff lines -");
    place.good(&format!("tor-harness make consensus --flavor microdesc {changes} | diff - one/client/cached-microdesc-consensus"));
    place.good("tor-harness make certificate | sort > certs && sort one/client/cached-certs | diff certs -");
    let files = place.all();
    let count = files
        .iter()
        .filter(|path| path.starts_with("one/") && !path.ends_with('/'))
        .count();
    // 5 of the network, 9 of each relay, 2 more of each authority and of each bridge.
    assert_eq!(count, 5 + 9 * (10 + 3 + 2) + 2 * (3 + 2));
}
