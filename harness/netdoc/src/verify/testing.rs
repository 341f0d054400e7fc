//! What the tests of all that is verified share: flipped bits.

use alloc::string::String;
use alloc::vec::Vec;

use tor_harness_types::Span;

use super::authorities::{Authorities, Standing};
use super::consensus::Judged;
use super::failure::Unproved;
use super::verified::Verified;
use crate::kinds::{DirectorySignature, KeyCertificate, Kind};
use crate::rules::ParseError;
use crate::structure::Document;
use crate::testing::{good_documents, recorded};

/// The bits that are flipped, each alone: the least, and the one for upper and lower case.
const FLIPS: [u8; 2] = [0x01, 0x20];

/// How many bytes there are from one that is flipped to the next; all in an optimised build.
pub(super) const STEP: usize = if cfg!(debug_assertions) { 7 } else { 1 };

/// What does not hold, each as `LINE:COLUMN failure`.
pub(super) fn said<T>(answer: Result<Verified<T>, Vec<Unproved>>, bytes: &[u8]) -> Vec<String> {
    let failures = answer.err().unwrap_or_default();
    let said = failures.iter().map(|wrong| {
        let place = wrong.span.place(bytes);
        alloc::format!("{}:{} {}", place.line, place.column, wrong.problem)
    });
    said.collect()
}

/// Flips bits of a document: verifying it fails. All that is not signed are these words, in
/// which a letter may be of the other case.
#[track_caller]
pub(super) fn flip(bytes: &[u8], hexadecimal: &[String], fails: impl Fn(&[u8]) -> bool) {
    assert!(!fails(bytes));
    let words: Vec<_> = hexadecimal
        .iter()
        .flat_map(|word| places(bytes, word))
        .collect();
    let is_case = |at: usize, bit: u8| {
        let is_word = words
            .iter()
            .any(|word| (word.start..word.end).contains(&at));
        is_word && bit == 0x20 && bytes[at].is_ascii_alphabetic()
    };
    let mut flipped = bytes.to_vec();
    let mut different = Vec::new();
    for at in (bytes.len() % STEP..bytes.len()).step_by(STEP) {
        for bit in FLIPS {
            flipped[at] ^= bit;
            if fails(&flipped) == is_case(at, bit) {
                different.push((Span::from(at..at + 1).place(bytes), bit));
            }
            flipped[at] ^= bit;
        }
    }
    assert_eq!(different, []);
}

/// A document in which `to` stands for the first `from`; with nothing for `from`, before it all.
pub(super) fn replaced(bytes: &[u8], from: &str, to: &str) -> Vec<u8> {
    let text = core::str::from_utf8(bytes).unwrap();
    assert!(text.contains(from), "the document has no {from:?}");
    text.replacen(from, to, 1).into_bytes()
}

/// Where a word is in a document.
fn places(bytes: &[u8], word: &str) -> Vec<Span> {
    let windows = bytes.windows(word.len()).enumerate();
    let found = windows.filter(|(_, window)| *window == word.as_bytes());
    found
        .map(|(at, _)| Span::from(at..at + word.len()))
        .collect()
}

/// The good documents of a kind.
pub(super) fn good(kind: Kind) -> impl Iterator<Item = (&'static str, &'static [u8])> {
    good_documents()
        .filter(move |(_, own, _)| *own == kind)
        .map(|(path, _, document)| (path, document.as_bytes()))
}

/// The three authorities of the recorded network.
pub(super) fn authorities() -> Authorities {
    let certificates = [0, 1, 2].map(|number| {
        let bytes = recorded(&alloc::format!("netdoc/key-certificate/authority-{number}"));
        KeyCertificate::read(Document::new(bytes)).verify().unwrap()
    });
    let identities = certificates.iter().map(|one| one.fingerprint().unwrap());
    let mut authorities = Authorities::new(identities);
    certificates.iter().for_each(|one| authorities.add(one));
    authorities
}

/// The words by which a signature names its key, as they stand beside each other.
pub(super) fn named(signature: Result<DirectorySignature<'_>, ParseError>) -> String {
    let signature = signature.unwrap();
    alloc::format!("{} {}", signature.identity, signature.signing_key_digest)
}

/// How many signatures are good.
pub(super) fn good_signatures(judged: Result<Vec<Judged<'_>>, ParseError>) -> usize {
    let judged = judged.unwrap_or_default();
    let is_good = |one: &&Judged<'_>| matches!(one.standing, Standing::Good(_));
    judged.iter().filter(is_good).count()
}
