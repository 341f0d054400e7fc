//! The texts that say what the files are.

use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

use crate::book::{Book, Recording};
use crate::normalize;

/// The folder of a tor's series: `tor-0.4.9` for tor 0.4.9.11.
pub(crate) fn series(tor_version: &str) -> String {
    let numbers: Vec<_> = tor_version.split('.').take(3).collect();
    format!("tor-{}", numbers.join("."))
}

/// MANIFEST.toml.
pub(crate) fn toml(book: &Book) -> String {
    let mut out = String::from(
        "# What each file is and where it comes from. Made by `cargo xtask record`, as the files are.\n\n\
         made_with = \"cargo xtask record\"\n\n\
         # What was replaced in what tor said; all else is as it came.\n\
         [replaced]\n",
    );
    let folder = format!("the path of tor's own folder is {}", normalize::FOLDER);
    push(&mut out, "folder", &folder);
    for one in normalize::RECORDED {
        let text = format!("in {}: {}", one.under.join(", "), one.replacement);
        push(&mut out, one.name, &text);
    }
    out.push_str(
        "\n# The configurations, each as the torrc that its tor would save.\n[setup]\n\
         none = \"no tor was started\"\n",
    );
    for (name, torrc) in book.setups() {
        // A literal string: torrc has quotes and backslashes of its own.
        let _ = writeln!(out, "{name} = '''\n{torrc}'''");
    }
    for (path, recording) in book.recordings() {
        out.push_str("\n[[fixture]]\n");
        push(&mut out, "path", path);
        push(&mut out, "kind", &format!("{:?}", recording.kind));
        push(&mut out, "tor_version", book.tor_version());
        push(&mut out, "command", &recording.command);
        push(&mut out, "setup", recording.setup);
        push(&mut out, "sha256", &sha256(recording));
    }
    out
}

/// The index in Rust.
pub(crate) fn index(book: &Book) -> String {
    let mut out = String::from(
        "//! Every fixture. Made by `cargo xtask record`, as MANIFEST.toml is.\n\n\
         use crate::{Fixture, Kind};\n\n\
         pub(crate) static ALL: &[Fixture] = &[\n",
    );
    let series = series(book.tor_version());
    for (path, recording) in book.recordings() {
        let Recording {
            kind,
            command,
            setup,
            ..
        } = recording;
        let (tor_version, sha256) = (book.tor_version(), sha256(recording));
        let _ = writeln!(
            out,
            "    Fixture {{\n        \
                 path: {path:?},\n        \
                 kind: Kind::{kind:?},\n        \
                 tor_version: {tor_version:?},\n        \
                 command: {command:?},\n        \
                 setup: {setup:?},\n        \
                 sha256: {sha256:?},\n        \
                 bytes: include_bytes!(\"../{series}/{path}\"),\n    \
             }},"
        );
    }
    out.push_str("];\n");
    out
}

/// Adds `key = "value"`. TOML's escapes and Rust's are the same for ASCII.
fn push(out: &mut String, key: &str, value: &str) {
    let _ = writeln!(out, "{key} = {value:?}");
}

fn sha256(recording: &Recording) -> String {
    let digest = Sha256::digest(&recording.bytes);
    digest.iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}
