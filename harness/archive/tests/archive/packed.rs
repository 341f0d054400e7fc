//! What is packed, in whatever way, is found.

use std::fs;

use tor_harness_archive::Archive;

use crate::tools::{Endless, PACKINGS, TEXT, archive, expected, list, listed, tar};

#[test]
fn every_packing_is_known_by_what_it_holds() {
    let text = TEXT.as_bytes();
    assert_eq!(listed(text), expected(&["a"]));
    let tarred = tar(&[("one", text), ("empty", b""), ("d/two", text)]);
    assert_eq!(listed(&tarred), expected(&["a/one", "a/d/two"]));
    for (name, pack) in PACKINGS {
        let once = pack(text);
        assert_eq!(listed(&once), expected(&["a"]), "{name}");
        assert_eq!(listed(&pack(&once)), expected(&["a"]), "{name} twice");
        assert_eq!(
            listed(&pack(&tarred)),
            expected(&["a/one", "a/d/two"]),
            "tar.{name}"
        );
        let inside = tar(&[("x", &once), ("y", &pack(&tarred))]);
        assert_eq!(
            listed(&inside),
            expected(&["a/x", "a/y/one", "a/y/d/two"]),
            "{name} in tar"
        );
        // As `cat` makes them: one text.
        let halves = text.split_at(100);
        let joined = [pack(halves.0), pack(halves.1)].concat();
        assert_eq!(listed(&joined), expected(&["a"]), "{name} joined");
    }
}

#[test]
fn names_of_members_are_whole() {
    let long = "folder/".repeat(40) + "file";
    let tarred = tar(&[(&long, TEXT.as_bytes())]);
    assert_eq!(listed(&tarred), expected(&[&format!("a/{long}")]));
    let mut builder = tar::Builder::new(Vec::new());
    let pax = [("path", "named by pax".as_bytes())];
    builder.append_pax_extensions(pax).unwrap();
    let mut header = tar::Header::new_ustar();
    header.set_size(TEXT.len() as u64);
    builder
        .append_data(&mut header, "short", TEXT.as_bytes())
        .unwrap();
    let tarred = builder.into_inner().unwrap();
    assert_eq!(listed(&tarred), expected(&["a/named by pax"]));
}

#[test]
fn nothing_is_in_what_is_empty() {
    for (name, pack) in PACKINGS {
        assert_eq!(listed(&pack(b"")), [""; 0], "{name}");
    }
    assert_eq!(listed(b""), [""; 0]);
    // Zeros are more likely what was lost in a crash than an archive without members.
    assert_eq!(listed(&tar(&[])), ["a 1 0 none 1024"]);
    assert_eq!(listed(&tar(&[("empty", b"")])), [""; 0]);
}

#[test]
fn folders_are_read_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    fs::create_dir_all(path("b/empty")).unwrap();
    for name in ["c", "b/z", "b/a", "a"] {
        fs::write(path(name), TEXT).unwrap();
    }
    std::os::unix::fs::symlink(folder.path(), path("b/loop")).unwrap();
    std::os::unix::fs::symlink("nowhere", path("d")).unwrap();
    let names = ["a", "b/a", "b/z", "c"].map(|name| path(name).display().to_string());
    let mut expected = expected(&names.each_ref().map(String::as_str));
    expected.push(format!(
        "{}: No such file or directory (os error 2)",
        path("d").display()
    ));
    assert_eq!(list(Archive::path(folder.path()).documents()), expected);
}

#[test]
fn sizes_and_counts_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a");
    fs::write(&path, TEXT).unwrap();
    let archive = Archive::path(&path).and(Archive::path(&path));
    assert_eq!(archive.size(), Some(2 * TEXT.len() as u64));
    assert_eq!(Archive::path(folder.path()).size(), None);
    let mut documents = archive.documents();
    assert_eq!(documents.by_ref().count(), 4);
    let counts = documents.progress().counts();
    assert_eq!(
        (counts.read, counts.text),
        (2 * TEXT.len() as u64, 2 * TEXT.len() as u64)
    );
    assert_eq!(counts.documents, 4);
}

#[test]
fn an_endless_stream_is_read_as_far_as_it_is_wanted() {
    let endless = Endless {
        first: Default::default(),
        again: b"router a 127.0.0.1 9001 0 0\n",
        left: usize::MAX,
    };
    let mut documents = Archive::reader("endless", endless).documents();
    assert_eq!(documents.by_ref().take(20_000).flatten().count(), 20_000);
    // What is on its way and not taken: far less than this.
    let read = documents.progress().counts().text;
    assert!(read < 64 << 20, "{read} bytes were read ahead");
}

#[test]
fn order_is_kept_over_all_threads() {
    let endless = Endless {
        first: Default::default(),
        again: b"router a 127.0.0.1 9001 0 0\n",
        left: 50_000,
    };
    let offsets = Archive::reader("a", endless)
        .threads(8.try_into().unwrap())
        .map(|found| found.place.offset);
    for (index, offset) in offsets.enumerate() {
        assert_eq!(offset.unwrap(), 28 * index as u64);
    }
}

#[test]
#[should_panic(expected = "in a thread")]
fn a_panic_goes_on_where_results_are_taken() {
    let _ = archive(TEXT.as_bytes())
        .map(|_| panic!("in a thread"))
        .count();
}
