//! Recorded documents with a bit flipped.

use tor_harness::netdoc::Kind;
use tor_harness::runner::TestResult;
use tor_harness::types::Span;

use super::judge::{Judge, failures};

/// The bits that are flipped, each alone: the least, and the one for upper and lower case.
const FLIPS: [u8; 2] = [0x01, 0x20];

/// Each document, the onion address that it belongs to, and how many bytes there are from one
/// that is flipped to the next.
const DOCUMENTS: [(&str, Option<&str>, usize); 7] = [
    ("server-descriptor/authority", None, 3),
    ("server-descriptor/bridge", None, 3),
    ("server-descriptor/exit", None, 3),
    ("server-descriptor/lone-relay", None, 1),
    ("server-descriptor/relay", None, 3),
    ("onion-descriptor/open", Some("open"), 11),
    ("onion-descriptor/restricted", Some("restricted"), 11),
];

/// A test a document.
pub(crate) fn tests() -> impl Iterator<
    Item = (
        String,
        impl FnOnce(&tor_harness::runner::Context) -> TestResult,
    ),
> {
    DOCUMENTS.into_iter().map(|(name, service, step)| {
        let body = move |_: &_| check(name, service, step);
        (format!("flipped {name}"), body)
    })
}

fn check(name: &str, service: Option<&str>, step: usize) -> TestResult {
    let recorded = |path: &str| tor_fixtures::find(path).expect("it is recorded").bytes;
    let bytes = recorded(&format!("netdoc/{name}"));
    let hostname =
        service.map(|service| recorded(&format!("data-directory/{service}-service/hostname")));
    let address = hostname.map(|bytes| String::from_utf8_lossy(bytes).replace(".onion\n", ""));
    let kind = match &address {
        Some(_) => Kind::OnionDescriptor,
        None => Kind::ServerDescriptor,
    };
    let mut judge = Judge::start()?;
    let mut takes = |bytes: &[u8]| match &address {
        Some(address) => judge.takes_onion_descriptor(address, bytes),
        None => judge.takes_server_descriptor(bytes),
    };
    let mut flipped = [bytes.trim_ascii_end(), b"\n"].concat();
    let mut different = Vec::new();
    if !takes(&flipped)? || !failures(kind, &flipped).is_empty() {
        different.push("as it is".to_owned());
    }
    for at in (0..flipped.len()).step_by(step) {
        for bit in FLIPS {
            flipped[at] ^= bit;
            let ours = failures(kind, &flipped).is_empty();
            let theirs = takes(&flipped)?;
            flipped[at] ^= bit;
            // All of it is signed, but not how the last signature is written.
            let is_loose = kind == Kind::ServerDescriptor && is_loose(&flipped, at);
            if ours || theirs && !is_loose {
                let place = Span::from(at..at + 1).place(&flipped);
                different.push(format!(
                    "line {} column {} bit {bit:#x}: ours takes it: {ours}, tor: {theirs}",
                    place.line, place.column
                ));
            }
        }
    }
    match different.is_empty() {
        true => Ok(()),
        false => Err(different.join("\n").into()),
    }
}

/// Whether a byte is, in the base64 of the last object, the end of a line or the last digit. tor's
/// decoder passes over all white space there, over whatever is behind a `=`, and over the bits of
/// the digit before it that say nothing.
fn is_loose(document: &[u8], at: usize) -> bool {
    const BEGIN: &[u8] = b"\n-----BEGIN SIGNATURE-----\n";
    let mut windows = document[..at].windows(BEGIN.len());
    let is_behind = windows.any(|window| window == BEGIN);
    let behind = document.get(at + 1);
    is_behind && (document[at] == b'\n' && behind.is_some() || behind == Some(&b'='))
}
