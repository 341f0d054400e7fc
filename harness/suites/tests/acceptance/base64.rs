//! Signatures in base64 that tor alone takes.

use tor_harness::netdoc::Kind;
use tor_harness::runner::TestResult;

use super::judge::{Judge, failures};
use super::rsa::Rsa;

/// How the end of the base64 is changed; the index is that of the `=`.
type Change = fn(&mut Vec<u8>, usize);

/// The RSA signature of a server descriptor is not signed: tor reads it as its decoder does,
/// `base64_decode` in `src/lib/encoding/binascii.c`.
const CHANGES: [(&str, Change); 3] = [
    ("white space", |bytes, end| bytes.insert(end - 10, b' ')),
    ("digits behind the =", |bytes, end| {
        bytes.insert(end + 1, b'A');
    }),
    // It is a multiple of four, so that the next letter differs in the lowest bit alone.
    ("bits that say nothing", |bytes, end| bytes[end - 1] += 1),
];

/// tor takes all of them, and we none.
pub(crate) fn check() -> TestResult {
    let mut judge = Judge::start()?;
    let good = Rsa::ordinary().document(|key, digest| Some(key.sign(digest)));
    let end = good.iter().rposition(|byte| *byte == b'=');
    let end = end.expect("128 bytes are padded");
    let mut wrong = Vec::new();
    for (name, change) in CHANGES {
        let mut document = good.clone();
        change(&mut document, end);
        let is_ours = failures(Kind::ServerDescriptor, &document).is_empty();
        let is_theirs = judge.takes_server_descriptor(&document)?;
        if is_ours || !is_theirs {
            wrong.push(format!("{name}: we take it: {is_ours}, tor: {is_theirs}"));
        }
    }
    match wrong.is_empty() {
        true => Ok(()),
        false => Err(wrong.join("\n").into()),
    }
}
