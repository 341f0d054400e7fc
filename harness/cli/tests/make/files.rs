//! What is written into files.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _};
use std::os::unix::fs::PermissionsExt as _;
use std::process::Stdio;

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

/// What cannot be written, what is said of it; nothing changes.
#[test]
fn what_is_there_stays() {
    let place = Place::new();
    place.good("mkdir -p full clash/torrc && echo mine | tee file full/file > clash/file && ln -s file link && ln -s none lost");
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
            "relay -o link",
            "link: it is there already; --force replaces it",
        ),
        (
            "relay -o lost --force",
            "lost: expected the name of a file, and this is a link to none",
        ),
        (
            "relay -o nowhere/file",
            "cannot write nowhere/file: No such file or directory (os error 2)\n",
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
            "cannot write nowhere/network: No such file or directory (os error 2)\n",
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

/// What is no file of its own is written into, and stays what it is.
#[test]
fn what_is_no_file_is_written_into() {
    let place = Place::new();
    place.good("mkfifo pipe && touch file && ln -s file link");
    let relay = place.good("tor-harness make relay");
    for line in [
        "tor-harness make relay -o -",
        "tor-harness make relay -o /dev/stdout",
        "tor-harness make relay -o /dev/stdout | cat",
        "cat pipe & tor-harness make relay -o pipe; wait",
        "tor-harness make relay -o link --force; cat file",
    ] {
        assert_eq!(place.good(line), relay, "{line}");
    }
    assert_eq!(place.good("tor-harness make relay -o /dev/null"), "");
    assert_eq!(place.all(), ["file", "link", "pipe"]);
    assert_eq!(place.good("readlink link"), "file\n");
    let output = place.run("tor-harness make relay -o /dev/full");
    assert_eq!(
        String::from_utf8_lossy(&output.stderr),
        "tor-harness: cannot write /dev/full: No space left on device (os error 28)\n"
    );
}

#[test]
fn secret_keys_are_for_this_user_alone() {
    let place = Place::new();
    place.good("touch old");
    for (words, mode) in [
        ("relay -o relay", 0o644),
        ("relay --what keys -o keys", 0o600),
        ("bridge --what keys -o old --force", 0o600),
    ] {
        place.good(&format!("umask 022; tor-harness make {words}"));
        let name = words.split("-o ").nth(1).unwrap().split(' ').next();
        let there = fs::metadata(place.path(name.unwrap())).unwrap();
        let found = there.permissions().mode() & 0o777;
        assert_eq!(found, mode, "{words}: {found:o}");
    }
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
