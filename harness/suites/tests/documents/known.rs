//! Where stem is known to read something else than what is written.

/// A difference that is meant to be.
pub(crate) struct Known {
    /// How the paths of the documents begin.
    pub(crate) under: &'static str,
    /// The keyword of the lines.
    pub(crate) keyword: &'static str,
    /// Why it is so.
    pub(crate) why: &'static str,
}

/// Each is one; a test sees to that.
#[rustfmt::skip] // One line each.
pub(crate) const KNOWN: &[Known] = &[
    Known { under: "netdoc/extra-info/tor-0.2.", keyword: "documents", why: "A blank line behind one is an empty one to stem." },
    Known { under: "netdoc/microdescriptor/", keyword: "p", why: "Where there is none, stem makes up the policy that this means." },
    Known { under: "netdoc/server-descriptor/", keyword: "family", why: "stem has a set: the order is lost." },
    Known { under: "netdoc/server-descriptor/tor-0.0.9", keyword: "reject", why: MASK },
    Known { under: "netdoc/server-descriptor/tor-0.1.0", keyword: "accept", why: MASK },
    Known { under: "netdoc/server-descriptor/tor-0.1.0", keyword: "reject", why: MASK },
    Known { under: "netdoc/server-descriptor/tor-0.2.2", keyword: "accept", why: "To stem the ports 0 to 65535 are all ports, *." },
    Known { under: "netdoc/vote/", keyword: "flag-thresholds",
        why: "stem puts `0.` before the digits of a percentage: 98.000% is 0.98, but 5% is 0.5, and 100% is 0.1." },
];

const MASK: &str = "stem says masks as bits, 255.0.0.0 as 8.";
