//! The texts that say what the files are.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use data_encoding::HEXLOWER;
use sha2::{Digest as _, Sha256};
use tor_harness::fixtures::{Kind, all};

use crate::book::{Book, Recording};
use crate::normalize;

/// The folder of a tor's series: `tor-0.4.9` for tor 0.4.9.11.
pub(crate) fn series(tor_version: &str) -> String {
    let numbers: Vec<_> = tor_version.split('.').take(3).collect();
    format!("tor-{}", numbers.join("."))
}

/// What there is to say of all files: those of a book, and those that others made.
pub(crate) struct Manifest<'a> {
    entries: BTreeMap<&'a str, Entry<'a>>,
    /// The torrc of each set-up that a file names.
    setups: BTreeMap<&'a str, &'a str>,
}

/// What there is to say of one file.
struct Entry<'a> {
    kind: Kind,
    tor_version: &'a str,
    command: &'a str,
    setup: &'a str,
    made_with: &'a str,
    sha256: String,
}

impl<'a> Manifest<'a> {
    /// The book's files in place of those that were made with the same, beside all others, whose set-ups `old` has.
    pub(crate) fn new(book: &'a Book, old: &'a toml::Table) -> Self {
        let recorded = book.recordings().iter().map(|(path, recording)| {
            let entry = Entry {
                kind: recording.kind,
                tor_version: book.tor_version(),
                command: &recording.command,
                setup: recording.setup,
                made_with: book.made_with(),
                sha256: sha256(recording),
            };
            (path.as_str(), entry)
        });
        let others = all()
            .iter()
            .filter(|fixture| fixture.made_with != book.made_with());
        let kept = others.map(|fixture| {
            let entry = Entry {
                kind: fixture.kind,
                tor_version: fixture.tor_version,
                command: fixture.command,
                setup: fixture.setup,
                made_with: fixture.made_with,
                sha256: fixture.sha256.to_owned(),
            };
            (fixture.path, entry)
        });
        let entries: BTreeMap<_, _> = kept.chain(recorded).collect();
        let old = old
            .get("setup")
            .and_then(toml::Value::as_table)
            .into_iter()
            .flatten();
        let old = old.filter_map(|(name, torrc)| Some((name.as_str(), torrc.as_str()?)));
        let mut setups: BTreeMap<_, _> = old.collect();
        setups.extend(
            book.setups()
                .iter()
                .map(|(name, torrc)| (*name, torrc.as_str())),
        );
        setups.insert("none", "no tor was started");
        setups.retain(|name, _| entries.values().any(|entry| entry.setup == *name));
        Self { entries, setups }
    }

    /// MANIFEST.toml.
    pub(crate) fn toml(&self) -> String {
        let mut out = String::from(
            "# What each file is and where it comes from. Made by `cargo xtask record`, as the index in src/ is.\n\n\
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
            "\n# The configurations, each as the torrc that its tor would save.\n[setup]\n",
        );
        for (name, torrc) in &self.setups {
            match torrc.contains('\n') {
                // A literal string: torrc has quotes and backslashes of its own.
                true => drop(writeln!(out, "{name} = '''\n{torrc}'''")),
                false => push(&mut out, name, torrc),
            }
        }
        for (path, entry) in &self.entries {
            out.push_str("\n[[fixture]]\n");
            push(&mut out, "path", path);
            push(&mut out, "kind", &format!("{:?}", entry.kind));
            push(&mut out, "tor_version", entry.tor_version);
            push(&mut out, "command", entry.command);
            push(&mut out, "setup", entry.setup);
            push(&mut out, "made_with", entry.made_with);
            push(&mut out, "sha256", &entry.sha256);
        }
        out
    }

    /// The index in Rust.
    pub(crate) fn index(&self) -> String {
        let mut out = String::from(
            "//! Every fixture. Made by `cargo xtask record`, as MANIFEST.toml is.\n\n\
             use crate::{Fixture, Kind};\n\n\
             pub(crate) static ALL: &[Fixture] = &[\n",
        );
        for (path, entry) in &self.entries {
            let Entry {
                kind,
                tor_version,
                command,
                setup,
                made_with,
                sha256,
            } = entry;
            let series = series(tor_version);
            let _ = writeln!(
                out,
                "    Fixture {{\n        \
                     path: {path:?},\n        \
                     kind: Kind::{kind:?},\n        \
                     tor_version: {tor_version:?},\n        \
                     command: {command:?},\n        \
                     setup: {setup:?},\n        \
                     made_with: {made_with:?},\n        \
                     sha256: {sha256:?},\n        \
                     bytes: include_bytes!(\"../{series}/{path}\"),\n    \
                 }},"
            );
        }
        out.push_str("];\n");
        out
    }
}

/// Adds `key = "value"`. TOML's escapes and Rust's are the same for ASCII.
fn push(out: &mut String, key: &str, value: &str) {
    let _ = writeln!(out, "{key} = {value:?}");
}

fn sha256(recording: &Recording) -> String {
    HEXLOWER.encode(&Sha256::digest(&recording.bytes))
}
