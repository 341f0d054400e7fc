//! Server descriptors at the edge, with the answer that is expected.

use tor_harness::netdoc::Kind;
use tor_harness::runner::TestResult;

use super::judge::{Judge, failures};

/// Expects an answer, of tor and of what is verified here.
pub(crate) struct Case {
    pub(crate) name: String,
    pub(crate) document: Vec<u8>,
    pub(crate) is_taken: bool,
}

/// Compares the answers to all cases.
pub(crate) fn check(cases: Vec<Case>) -> TestResult {
    let mut judge = Judge::start()?;
    let mut wrong = Vec::new();
    for case in cases {
        let failures = failures(Kind::ServerDescriptor, &case.document);
        let theirs = judge.takes_server_descriptor(&case.document)?;
        if [failures.is_empty(), theirs] != [case.is_taken; 2] {
            wrong.push(format!(
                "{}: expected {}, tor says {theirs}, we say {failures:?}",
                case.name, case.is_taken
            ));
        }
    }
    match wrong.is_empty() {
        true => Ok(()),
        false => Err(wrong.join("\n").into()),
    }
}
