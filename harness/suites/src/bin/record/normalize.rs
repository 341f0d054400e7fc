//! The named normalisations of what tor said.

use std::path::Path;

use regex::bytes::Regex;

/// A replacement with a name for the manifest.
pub(crate) struct Named {
    pub(crate) name: &'static str,
    /// Where it applies: paths that start with one of these.
    pub(crate) under: &'static [&'static str],
    pattern: &'static str,
    pub(crate) replacement: &'static str,
}

const fn named(
    name: &'static str,
    under: &'static [&'static str],
    pattern: &'static str,
    replacement: &'static str,
) -> Named {
    Named {
        name,
        under,
        pattern,
        replacement,
    }
}

/// What a recording has in place of the path of its tor's folder.
pub(crate) const FOLDER: &str = "/tor";

/// What is replaced in recordings besides the path of tor's folder. Nothing
/// else may be: the cookies, nonces and keys of a dead tor stay, so that its
/// proofs still check.
pub(crate) const RECORDED: &[Named] = &[named(
    "pid",
    &["control/getinfo/process-pid"],
    r"process/pid=[0-9]+",
    "process/pid=1",
)];

/// Where documents are.
const DOCUMENTS: &[&str] = &["netdoc/", "control/getinfo-"];

/// What differs from run to run, which `--check` overlooks.
#[rustfmt::skip] // One line each.
const VOLATILE: &[Named] = &[
    named("time", &[""], r"[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?", "TIME"),
    named("fingerprint", &[""], r"\b[0-9A-F]{40}\b", "FINGERPRINT"),
    named("onion address", &["control/"], r"\b[a-z2-7]{56}\b", "ONION"),
    named("onion key", &["control/"], r"ED25519-V3:[A-Za-z0-9+/=]{88}", "ED25519-V3:KEY"),
    named("proof", &["control/"], r"\b[0-9A-Fa-f]{64}\b", "PROOF"),
    named("cookie", &["control/authchallenge/cookie"], r"(?s-u).+", "COOKIE"),
    named("stream", &["control/"], r"STREAM(ID=| )[0-9]+", "STREAM$1 NUMBER"),
    named("stream of a list", &["control/reply/getinfo-streams"], r"(?m)^[0-9]+ NEWRESOLVE", "NUMBER NEWRESOLVE"),
    named("connection", &["control/event/"], r"\bID=[0-9]+", "ID=NUMBER"),
    named("bytes", &["control/event/cell-stats", "control/event/circ-bw", "control/event/conn-bw", "control/event/stream-bw"], r"[0-9]+", "NUMBER"),
    named("mapping of a list", &["control/reply/getinfo-mappings"], r"(?m)^[^ ]+ [^ ]+ NEVER\r$", "MAPPING"),
    named("virtual address", &["control/reply/mapaddress"], r"127\.[0-9.]+=|[a-z2-7]{16}\.virtual=", "VIRTUAL="),
    named("uptime", &["control/getinfo/uptime"], r"=[0-9]+", "=SECONDS"),
    named("bandwidth", &["control/getinfo/bw-event-cache"], r"=[0-9, ]*", "=BANDWIDTH"),
    named("user", &["control/getinfo/process-u"], r"=[^\r]+", "=USER"),
    named("limit", &["control/getinfo/process-descriptor-limit", "control/getinfo/limits-max-mem-in-queues"], r"=[0-9]+", "=LIMIT"),
    named("line of a document", DOCUMENTS, r"(?m)^(bandwidth|extra-info-digest|fingerprint|master-key-ed25519|ntor-onion-key|ntor-onion-key-crosscert|router-sig-ed25519|uptime) [^\r\n]+", "$1 VALUE"),
    named("object of a document", DOCUMENTS, r"(?m)^[A-Za-z0-9+/=]+\r?$", "BASE64"),
];

/// The bytes to keep of what a tor in `folder` said.
pub(crate) fn recorded(path: &str, folder: &Path, bytes: &[u8]) -> Vec<u8> {
    let folder = regex::escape(&folder.to_string_lossy());
    let bytes = replace(&folder, FOLDER, bytes);
    apply(RECORDED, path, bytes)
}

/// The bytes without what differs from run to run.
pub(crate) fn comparable(path: &str, bytes: &[u8]) -> Vec<u8> {
    apply(VOLATILE, path, bytes.to_vec())
}

fn apply(all: &[Named], path: &str, bytes: Vec<u8>) -> Vec<u8> {
    all.iter()
        .filter(|one| one.under.iter().any(|under| path.starts_with(under)))
        .fold(bytes, |bytes, one| {
            replace(one.pattern, one.replacement, &bytes)
        })
}

fn replace(pattern: &str, replacement: &str, bytes: &[u8]) -> Vec<u8> {
    let pattern = Regex::new(pattern).expect("the patterns above are well formed");
    pattern
        .replace_all(bytes, replacement.as_bytes())
        .into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replaces_paths_and_pids_alone() {
        for (path, said, kept) in [
            (
                "control/getinfo/config-file",
                "250-config-file=/tmp/x.1/torrc",
                "250-config-file=/tor/torrc",
            ),
            (
                "control/getinfo/process-pid",
                "250-process/pid=4711",
                "250-process/pid=1",
            ),
            (
                "control/getinfo/uptime",
                "250-uptime=4711 /tmp/xy1",
                "250-uptime=4711 /tmp/xy1",
            ),
        ] {
            let bytes = recorded(path, Path::new("/tmp/x.1"), said.as_bytes());
            assert_eq!(String::from_utf8_lossy(&bytes), kept, "{path}");
        }
    }

    #[test]
    fn all_patterns_are_well_formed() {
        for one in RECORDED.iter().chain(VOLATILE) {
            Regex::new(one.pattern).unwrap_or_else(|error| panic!("{}: {error}", one.name));
        }
    }

    #[test]
    fn overlooks_what_differs_from_run_to_run() {
        for (path, one, other, are_same) in [
            (
                "control/event/circ-built",
                "CIRC 1 BUILT T=2026-11-21T23:09:48.123",
                "CIRC 1 BUILT T=2027-01-01T00:00:00.9",
                true,
            ),
            (
                "control/event/circ-built",
                "CIRC 1 BUILT",
                "CIRC 1 FAILED",
                false,
            ),
            (
                "control/getinfo/uptime",
                "250-uptime=1",
                "250-uptime=17",
                true,
            ),
            (
                "control/getinfo/version",
                "250-version=0.4.9.11",
                "250-version=0.4.8.21",
                false,
            ),
            ("netdoc/extra-info/x", "a\nAAAA\nb\n", "a\nBB==\nb\n", true),
            (
                "output/list-torrc-options",
                "Nickname\n",
                "ContactInfo\n",
                false,
            ),
        ] {
            let same = comparable(path, one.as_bytes()) == comparable(path, other.as_bytes());
            assert_eq!(same, are_same, "{path}: {one} and {other}");
        }
    }
}
