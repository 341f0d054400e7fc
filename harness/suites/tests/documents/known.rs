//! Where stem is known to read something else than what is written.

/// A difference that is meant to be.
pub(crate) struct Known {
    /// The folder of the documents, as `vote`.
    pub(crate) folder: &'static str,
    /// The keyword of the lines.
    pub(crate) keyword: &'static str,
    /// Why it is so.
    pub(crate) why: &'static str,
}

/// Each is one; a test sees to that.
pub(crate) const KNOWN: &[Known] = &[
    Known {
        folder: "microdescriptor",
        keyword: "p",
        why: "Where there is no such line, stem makes up the policy that this means.",
    },
    Known {
        folder: "vote",
        keyword: "flag-thresholds",
        why: "stem puts `0.` before the digits of a percentage: 98.000% is 0.98, but 5% is 0.5, and 100% is 0.1.",
    },
];
