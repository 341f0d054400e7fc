//! Where the mock is not like tor, knowingly.

use std::sync::LazyLock;

use regex::bytes::Regex;

/// A difference that is meant to be.
#[derive(Clone, Copy, Debug)]
pub struct Explained {
    /// What it is about, in a few words.
    pub name: &'static str,
    /// Why it is so.
    pub reason: &'static str,
    /// What is sent.
    sent: &'static str,
    /// What tor says.
    tor: &'static str,
    /// What the mock says.
    mock: &'static str,
}

/// Every difference that is meant to be. A script is not followed further behind one:
/// the two tors need not be alike any more.
pub const EXPLAINED: &[Explained] = &[];

/// Which of them this is, if any.
pub(super) fn explained(sent: &[u8], tor: &[u8], mock: &[u8]) -> Option<&'static Explained> {
    static PATTERNS: LazyLock<Vec<[Regex; 3]>> = LazyLock::new(|| {
        let pattern = |text| Regex::new(text).expect("the patterns above are well formed");
        EXPLAINED
            .iter()
            .map(|one| [one.sent, one.tor, one.mock].map(pattern))
            .collect()
    });
    EXPLAINED
        .iter()
        .zip(PATTERNS.iter())
        .find(|(_, patterns)| {
            [sent, tor, mock]
                .iter()
                .zip(patterns.iter())
                .all(|(bytes, pattern)| pattern.is_match(bytes))
        })
        .map(|(one, _)| one)
}
