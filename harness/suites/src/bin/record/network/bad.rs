//! Documents that are wrong in one thing: named mutations of recorded ones.

use std::ops::Range;
use std::path::Path;

use anyhow::{Context as _, Result};
use tor_harness::netdoc::Document;

use crate::book::{Book, Recording};

/// What is done to a document.
#[derive(Clone, Copy)]
enum Mutation {
    /// An item is left out.
    Without(&'static str),
    /// An item is there twice.
    Twice(&'static str),
    /// An item is moved before all others.
    First(&'static str),
    /// A word of an item's line, counted from the keyword, is another.
    Word(&'static str, usize, &'static str),
    /// The first letter of an item's object is no base64.
    Base64(&'static str),
    /// The object of an item ends with another label.
    End(&'static str),
}

use Mutation::{Base64, End, First, Twice, Without, Word};

/// The documents, each with the names of what is made of it.
#[rustfmt::skip] // One line each.
const BAD: &[(&str, &[(&str, Mutation)])] = &[
    ("netdoc/server-descriptor/relay", &[
        ("without-published", Without("published")),
        ("bandwidth-twice", Twice("bandwidth")),
        ("signature-first", First("router-signature")),
        ("or-port-out-of-range", Word("router", 3, "65536")),
        ("published-month-13", Word("published", 1, "2026-13-01")),
        ("signing-key-base64", Base64("signing-key")),
        ("signing-key-end", End("signing-key")),
    ]),
    ("netdoc/extra-info/relay", &[
        ("without-published", Without("published")),
        ("published-twice", Twice("published")),
        ("fingerprint-short", Word("extra-info", 2, "ABC")),
        ("published-hour-24", Word("published", 2, "24:00:00")),
        ("signature-end", End("router-signature")),
    ]),
    ("netdoc/microdescriptor/relay", &[
        ("without-ntor-onion-key", Without("ntor-onion-key")),
        ("ntor-onion-key-twice", Twice("ntor-onion-key")),
        ("ntor-onion-key-short", Word("ntor-onion-key", 1, "AAAA")),
        ("id-first", First("id")),
        ("onion-key-base64", Base64("onion-key")),
    ]),
    ("netdoc/consensus/current", &[
        ("without-valid-after", Without("valid-after")),
        ("valid-after-twice", Twice("valid-after")),
        ("valid-after-february-30", Word("valid-after", 1, "2026-02-30")),
        ("known-flags-first", First("known-flags")),
        ("or-port-out-of-range", Word("r", 7, "65536")),
        ("signature-base64", Base64("directory-signature")),
    ]),
    ("netdoc/consensus-microdesc/current", &[
        ("without-valid-until", Without("valid-until")),
        ("digest-short", Word("m", 1, "AAAA")),
        ("or-port-out-of-range", Word("r", 6, "65536")),
        ("signature-end", End("directory-signature")),
    ]),
    ("netdoc/vote/authority-0", &[
        ("without-published", Without("published")),
        ("published-twice", Twice("published")),
        ("voting-delay-negative", Word("voting-delay", 1, "-1")),
        ("dir-signing-key-end", End("dir-signing-key")),
    ]),
    ("netdoc/key-certificate/authority-0", &[
        ("without-published", Without("dir-key-published")),
        ("published-twice", Twice("dir-key-published")),
        ("expires-month-0", Word("dir-key-expires", 1, "2026-00-01")),
        ("fingerprint-short", Word("fingerprint", 1, "ABC")),
        ("certification-first", First("dir-key-certification")),
        ("identity-key-end", End("dir-identity-key")),
    ]),
    ("netdoc/detached-signatures/next", &[
        ("without-valid-after", Without("valid-after")),
        ("digest-no-hexadecimal", Word("consensus-digest", 1, "XYZ")),
        ("signature-base64", Base64("directory-signature")),
    ]),
    ("netdoc/router-status/relay", &[
        ("without-flags", Without("s")),
        ("flags-twice", Twice("s")),
        ("or-port-out-of-range", Word("r", 7, "65536")),
        ("address-out-of-range", Word("r", 6, "127.0.0.256")),
    ]),
    ("netdoc/bridge-network-status/bridge-authority", &[
        ("published-month-13", Word("published", 1, "2026-13-01")),
        ("fingerprint-short", Word("fingerprint", 1, "ABC")),
        ("or-port-out-of-range", Word("r", 7, "65536")),
    ]),
    ("netdoc/onion-descriptor/open", &[
        ("without-revision-counter", Without("revision-counter")),
        ("lifetime-twice", Twice("descriptor-lifetime")),
        ("lifetime-no-number", Word("descriptor-lifetime", 1, "abc")),
        ("version-4", Word("hs-descriptor", 1, "4")),
        ("superencrypted-end", End("superencrypted")),
    ]),
    ("netdoc/bandwidth-file/next", &[
        ("version-no-number", Word("version=1.4.0", 0, "version=x")),
        ("without-terminator", Without("=====")),
        ("bandwidth-negative", Word("bw=100", 0, "bw=-100")),
    ]),
    ("netdoc/consensus-diff/ns", &[
        ("without-hash", Without("hash")),
        ("hash-short", Word("hash", 1, "ABC")),
        ("version-2", Word("network-status-diff-version", 1, "2")),
    ]),
];

/// Makes another item of one; none where that has not what is to be replaced.
type Replace<'a> = dyn Fn(&str) -> Option<String> + 'a;

/// Adds them to what was recorded.
pub(super) fn make(book: &mut Book) -> Result<()> {
    for (good, mutations) in BAD {
        let (folder, _) = good.rsplit_once('/').context("a path")?;
        let recording = book.recordings().get(*good).context(*good)?;
        let text = String::from_utf8(recording.bytes.clone())?;
        let (kind, setup) = (recording.kind, recording.setup);
        for (name, mutation) in *mutations {
            let path = format!("{folder}/bad/{name}");
            let bytes = mutation
                .apply(&text)
                .with_context(|| path.clone())?
                .into_bytes();
            let command = format!("{good} {}", mutation.reason());
            let recording = Recording {
                kind,
                command,
                setup,
                bytes,
            };
            // No folder is named in it any more.
            book.add(path, Path::new("/nonexistent"), recording)?;
        }
    }
    Ok(())
}

impl Mutation {
    /// What is wrong with the document, for the manifest.
    fn reason(self) -> String {
        match self {
            Without(keyword) => format!("without its first `{keyword}`"),
            Twice(keyword) => format!("with its first `{keyword}` twice"),
            First(keyword) => format!("with `{keyword}` moved before all other items"),
            Word(keyword, word, value) => {
                format!("with word {word} of the first `{keyword}` replaced by `{value}`")
            }
            Base64(keyword) => format!("with `!` in the base64 of the first `{keyword}`"),
            End(keyword) => format!("with another label at the end of the first `{keyword}`"),
        }
    }

    fn apply(self, text: &str) -> Result<String> {
        let (keyword, replace): (&str, &Replace<'_>) = match &self {
            Without(keyword) | First(keyword) => (*keyword, &|_| Some(String::new())),
            Twice(keyword) => (*keyword, &|item| Some(item.repeat(2))),
            Word(keyword, word, value) => (*keyword, &|item| {
                let (line, rest) = item.split_once('\n')?;
                let mut words: Vec<_> = line.split(' ').collect();
                *words.get_mut(*word)? = value;
                Some(format!("{}\n{rest}", words.join(" ")))
            }),
            Base64(keyword) => (*keyword, &|item| {
                let (before, object) = item.split_once("-----\n")?;
                Some(format!("{before}-----\n!{}", object.get(1..)?))
            }),
            End(keyword) => (*keyword, &|item| {
                let (before, _) = item.split_once("-----END ")?;
                Some(format!("{before}-----END NONSENSE-----\n"))
            }),
        };
        let place = item(text, keyword).with_context(|| format!("no item {keyword}"))?;
        let split = || {
            Some((
                text.get(..place.start)?,
                text.get(place.clone())?,
                text.get(place.end..)?,
            ))
        };
        let (before, found, after) = split().context("an item is between characters")?;
        let replaced =
            replace(found).with_context(|| format!("nothing to replace in {found:?}"))?;
        let moved = if matches!(self, First(_)) { found } else { "" };
        Ok(format!("{moved}{before}{replaced}{after}"))
    }
}

/// Where the first item is whose line begins with this word: its line, with its object.
fn item(text: &str, word: &str) -> Option<Range<usize>> {
    let document = Document::new(text.as_bytes());
    let mut items = document.items();
    let item = items.find(|item| {
        let mut words = item.line().split(|byte| *byte == b' ');
        words.next() == Some(word.as_bytes())
    })?;
    Some(item.span().start..item.span().end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_mutation_changes_one_thing() {
        const GOOD: &str = "a 1\nk\n-----BEGIN K-----\nAAAA\n-----END K-----\nb 2\n";
        for (mutation, expected) in [
            (Without("k"), "a 1\nb 2\n"),
            (
                Twice("b"),
                "a 1\nk\n-----BEGIN K-----\nAAAA\n-----END K-----\nb 2\nb 2\n",
            ),
            (
                First("b"),
                "b 2\na 1\nk\n-----BEGIN K-----\nAAAA\n-----END K-----\n",
            ),
            (
                Word("a", 1, "x"),
                "a x\nk\n-----BEGIN K-----\nAAAA\n-----END K-----\nb 2\n",
            ),
            (
                Base64("k"),
                "a 1\nk\n-----BEGIN K-----\n!AAA\n-----END K-----\nb 2\n",
            ),
            (
                End("k"),
                "a 1\nk\n-----BEGIN K-----\nAAAA\n-----END NONSENSE-----\nb 2\n",
            ),
        ] {
            let made = mutation.apply(GOOD).unwrap();
            assert_eq!(made, expected, "{}", mutation.reason());
        }
        assert!(Without("c").apply(GOOD).is_err());
        assert!(End("a").apply(GOOD).is_err());
    }
}
