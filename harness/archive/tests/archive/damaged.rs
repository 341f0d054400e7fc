//! What is damaged is said once, with its place, and what is whole is found.

use std::error::Error as _;
use std::io::{Cursor, Write as _};

use tor_harness_archive::Archive;

use crate::tools::{Endless, LISTED, PACKINGS, TEXT, archive, expected, list, listed, tar, zst};

/// A text of many documents that no compression makes very small.
fn long() -> String {
    let mut text = String::new();
    let mut state = 1_u64;
    for _ in 0..20_000 {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        text += &format!("router a{state:016x} 127.0.0.1 9001 0 0\n");
    }
    text
}

/// The lines that say what is wrong.
fn complaints(listed: &[String]) -> Vec<&String> {
    let is_wrong = |line: &&String| line.contains(": expected ");
    listed.iter().filter(is_wrong).collect()
}

/// One line says that data packed so is not whole, the others are documents.
fn is_said_once(name: &str, listed: &[String]) {
    let complaints = complaints(listed);
    let [complaint] = complaints[..] else {
        panic!("{name}: {complaints:?}");
    };
    let expected = format!("expected {name} data that is whole: ");
    assert!(complaint.contains(&expected), "{complaint}");
}

#[test]
fn what_is_cut_short_is_read_to_there() {
    let text = long();
    for (name, pack) in PACKINGS {
        let packed = pack(text.as_bytes());
        let listed = listed(&packed[..packed.len() * 3 / 4]);
        assert!(listed.len() > 1000, "{name}: {}", listed.len());
        let complaints = complaints(&listed);
        let [complaint] = complaints[..] else {
            panic!("{name}: {complaints:?}");
        };
        assert_eq!(Some(complaint), listed.last());
        let (place, problem) = complaint.split_once(" of its text: ").unwrap();
        assert!(place.starts_with("a: behind byte "), "{complaint}");
        assert!(
            problem.starts_with(&format!("expected {name} data that is whole: ")),
            "{complaint}"
        );
    }
}

#[test]
fn what_is_damaged_is_read_to_there() {
    let text = long();
    for (name, pack) in PACKINGS {
        let mut packed = pack(text.as_bytes());
        let middle = packed.len() / 2;
        packed[middle..middle + 64].fill(0xa5);
        let listed = listed(&tar(&[("x", &packed), ("y", TEXT.as_bytes())]));
        let last = listed.len() - 2;
        assert_eq!(listed[last..], expected(&["a/y"]), "{name}");
        // Behind the damage a decoder may find anything before it sees it.
        let complaint = &listed[last - 1];
        assert!(
            complaint.contains(&format!("expected {name} data that is whole: ")),
            "{complaint}"
        );
    }
}

#[test]
fn damaged_tar_is_read_to_there() {
    let text = TEXT.as_bytes();
    let good = tar(&[("x", text), ("y", text)]);
    let mut bad_header = good.clone();
    bad_header[1024] ^= 1;
    let mut bad_first = good.clone();
    bad_first[0] ^= 1;
    let long = long();
    let cut_short = &tar(&[("x", text), ("y", long.as_bytes())])[..2000];
    let then_more = [good.as_slice(), &good].concat();
    let x = || expected(&["a/x"]);
    let both = || expected(&["a/x", "a/y"]);
    for (name, bytes, before, offset, complaint) in [
        (
            "bad header",
            &bad_header[..],
            x(),
            1536,
            "archive header checksum mismatch",
        ),
        (
            "bad first header",
            &bad_first,
            Vec::new(),
            512,
            "archive header checksum mismatch",
        ),
        (
            "cut in a header",
            &good[..1200],
            x(),
            1200,
            "failed to read entire block",
        ),
        (
            "cut in a member",
            cut_short,
            x(),
            2000,
            "unexpected EOF during skip",
        ),
        (
            "cut behind a member",
            &good[..1024],
            x(),
            1024,
            "it ends without the zeros behind its last member",
        ),
        (
            "cut behind the last member",
            &good[..2048],
            both(),
            2048,
            "it ends without the zeros behind its last member",
        ),
        (
            "another archive behind it",
            &then_more,
            both(),
            3584,
            "there is more behind its end, which is left out",
        ),
    ] {
        let mut listed = listed(bytes);
        let complaint = format!(
            "a: behind byte {offset} of its text: expected a tar archive that is whole: {complaint}"
        );
        assert_eq!(listed.pop(), Some(complaint), "{name}");
        listed.retain(|line| !(line.starts_with("a/y ") && name == "cut in a member"));
        assert_eq!(listed, before, "{name}");
    }
    // One block of zeros is enough.
    assert_eq!(listed(&good[..2560]), both());
    // The layer that is damaged is the one that is named, and once.
    for (name, pack) in PACKINGS {
        let packed = pack(&tar(&[("x", text), ("y", long.as_bytes())]));
        let listed = listed(&packed[..packed.len() / 2]);
        is_said_once(name, &listed);
    }
    // Wherever it is: in a header, in a file, behind one.
    let stored = flate2::Compression::none();
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), stored);
    encoder.write_all(&good).unwrap();
    let packed = encoder.finish().unwrap();
    for end in (600..packed.len()).step_by(37) {
        is_said_once("gz", &listed(&packed[..end]));
    }
}

#[test]
fn odd_members_are_said() {
    let mut builder = tar::Builder::new(Vec::new());
    let mut header = tar::Header::new_gnu();
    header.set_entry_type(tar::EntryType::GNUSparse);
    header.set_size(0);
    builder
        .append_data(&mut header, "sparse", &b""[..])
        .unwrap();
    // A name of a gigabyte: nothing of that is kept.
    let mut tarred = builder.into_inner().unwrap();
    tarred.truncate(512);
    let mut header = tar::Header::new_gnu();
    header.set_entry_type(tar::EntryType::GNULongName);
    header.set_size(1 << 30);
    header.set_cksum();
    tarred.extend_from_slice(header.as_bytes());
    let endless = Endless {
        first: Cursor::new(tarred),
        again: &[b'x'; 4096],
        left: 100,
    };
    assert_eq!(
        list(Archive::reader("a", endless).documents()),
        [
            "a/sparse: expected a file that is stored as it is, and this member of the tar archive is sparse",
            "a: behind byte 66561 of its text: expected a tar archive that is whole: a member's name takes more than 65536 bytes",
        ]
    );
}

/// As many members as fit on a disk may have names of 64 KiB each.
#[test]
fn long_names_are_read_as_far_as_they_are_wanted() {
    let mut member = Vec::new();
    let name = [b'x'; 60_000];
    for (kind, content) in [
        (tar::EntryType::GNULongName, &name[..]),
        (tar::EntryType::GNUSparse, b""),
    ] {
        let mut header = tar::Header::new_gnu();
        header.set_entry_type(kind);
        header.set_size(content.len() as u64);
        header.set_cksum();
        member.extend_from_slice(header.as_bytes());
        member.extend_from_slice(content);
        member.resize(member.len().next_multiple_of(512), 0);
    }
    let endless = Endless {
        first: Cursor::new(Vec::new()),
        again: member.leak(),
        left: 3000,
    };
    let mut documents = Archive::reader("a", endless).documents();
    assert!(documents.next().unwrap().is_err());
    let read = documents.progress().counts().read;
    assert!(read < 64 << 20, "{read} bytes were read ahead");
}

#[test]
fn a_document_may_be_of_any_length() {
    let found = list(archive(TEXT.as_bytes()).longest(usize::MAX).documents());
    assert_eq!(found, expected(&["a"]));
}

#[test]
fn bombs_are_one_error() {
    // 16 MB of one line, and of blanks inside a document.
    let line = zst(&vec![b'x'; 16 << 20]);
    let blank = zst(&[TEXT.as_bytes(), &vec![b'\n'; 16 << 20], TEXT.as_bytes()].concat());
    let small = |bytes: &[u8]| list(archive(bytes).longest(1 << 20).documents());
    let too_long =
        "expected a document of at most 1048576 bytes, and here is a longer one, which is left out";
    assert_eq!(
        small(&line),
        [format!("a: behind byte 0 of its text: {too_long}")]
    );
    let mut found = small(&blank);
    let last = found.split_off(2);
    assert_eq!(
        found,
        [
            format!("a {}", LISTED[0]),
            format!("a: behind byte 58 of its text: {too_long}")
        ]
    );
    assert_eq!(last.len(), 2, "{last:?}");

    let mut nested = TEXT.as_bytes().to_vec();
    for _ in 0..9 {
        nested = zst(&nested);
    }
    assert_eq!(
        listed(&nested),
        ["a: expected at most 8 layers of compression and tar inside one another"]
    );
}

#[test]
fn what_cannot_be_opened_is_said_in_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("not-there");
    let archive = archive(TEXT.as_bytes())
        .and(Archive::path(&path))
        .and(archive(TEXT.as_bytes()));
    let missing = format!("{}: No such file or directory (os error 2)", path.display());
    assert_eq!(
        list(archive.documents()),
        [expected(&["a"]), vec![missing], expected(&["a"])].concat()
    );
}

#[test]
fn the_cause_of_an_error_is_kept() {
    let cut_short = archive(&PACKINGS[0].1(TEXT.as_bytes())[..30]);
    let not_there = Archive::path("not-there");
    for (archive, expected) in [
        (not_there, std::io::ErrorKind::NotFound),
        (cut_short, std::io::ErrorKind::UnexpectedEof),
    ] {
        let error = archive.documents().find_map(Result::err).unwrap();
        let chain = std::iter::successors(error.source(), |&error| error.source());
        let cause: &std::io::Error = chain.last().unwrap().downcast_ref().unwrap();
        assert_eq!(cause.kind(), expected, "{error}");
    }
}

/// A link to itself is an error, a link to a folder is not followed, what is no
/// file is said, and a name that is no UTF-8 is shown as far as it is.
#[cfg(unix)]
#[test]
fn odd_things_in_folders_end_nothing() {
    use std::ffi::OsStr;
    use std::os::unix::{ffi::OsStrExt as _, fs::symlink, net::UnixListener};

    let folder = tempfile::tempdir().unwrap();
    let at = |name: &[u8]| folder.path().join(OsStr::from_bytes(name));
    symlink("a-loop", at(b"a-loop")).unwrap();
    symlink(".", at(b"b-folder")).unwrap();
    let _socket = UnixListener::bind(at(b"c-socket")).unwrap();
    std::fs::write(at(b"d-\xff"), TEXT).unwrap();
    let paths: Vec<_> = Archive::path(folder.path())
        .map(|found| found.place.path.to_string())
        .map(|found| found.unwrap_or_else(|error| error.to_string()))
        .collect();
    let [first, second, rest @ ..] = &paths[..] else {
        panic!("{paths:?}");
    };
    assert!(first.contains("a-loop: Too many levels of symbolic links"));
    assert!(second.ends_with(
        "/c-socket: expected a file or a folder, and this is neither, which is left out"
    ));
    assert!(
        !rest.is_empty() && rest.iter().all(|path| path.ends_with("/d-\u{fffd}")),
        "{rest:?}"
    );
}
