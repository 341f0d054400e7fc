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
    Known { under: "netdoc/bandwidth-file/version-1.0", keyword: "version", why: "Where there is no line, stem says the version that this means, 1.0.0." },
    Known { under: "netdoc/bridge-network-status/version-1.0", keyword: "r", why: "stem takes the first line for `published`, and drops it." },
    Known { under: "netdoc/consensus/method-1", keyword: "consensus-method", why: METHOD },
    Known { under: "netdoc/consensus/method-28", keyword: "network-status-version",
        why: "To stem `ns` written and not written are the same." },
    Known { under: "netdoc/consensus/method-28", keyword: "params", why: EMPTY },
    Known { under: "netdoc/consensus/method-28", keyword: "pr", why: VERSIONS },
    Known { under: "netdoc/consensus/method-28", keyword: "required-client-protocols", why: VERSIONS },
    Known { under: "netdoc/consensus/method-28", keyword: "required-relay-protocols", why: EMPTY },
    Known { under: "netdoc/detached-signatures/two-flavors", keyword: "directory-signature",
        why: "To stem `sha1` written and not written are the same." },
    Known { under: "netdoc/extra-info/tor-0.2.", keyword: "documents", why: "A blank line behind one is an empty one to stem." },
    Known { under: "netdoc/key-certificate/tor-0.2.1", keyword: "dir-key-crosscert object",
        why: "dir-spec wants `SIGNATURE` accepted beside `ID SIGNATURE`; stem does not." },
    Known { under: "netdoc/microdescriptor/", keyword: "p", why: "Where there is none, stem makes up the policy that this means." },
    Known { under: "netdoc/server-descriptor/", keyword: "family", why: "stem has a set: the order is lost." },
    Known { under: "netdoc/server-descriptor/tor-0.0.9", keyword: "reject", why: MASK },
    Known { under: "netdoc/server-descriptor/tor-0.1.0", keyword: "accept", why: MASK },
    Known { under: "netdoc/server-descriptor/tor-0.1.0", keyword: "reject", why: MASK },
    Known { under: "netdoc/server-descriptor/tor-0.2.2", keyword: "accept", why: "To stem the ports 0 to 65535 are all ports, *." },
    Known { under: "netdoc/vote/", keyword: "flag-thresholds",
        why: "stem puts `0.` before the digits of a percentage: 98.000% is 0.98, but 5% is 0.5, and 100% is 0.1." },
    Known { under: "netdoc/vote/tor-0.2.0", keyword: "consensus-methods", why: METHOD },
    Known { under: "netdoc/vote/tor-0.2.4", keyword: "dir-source",
        why: "stem refuses the line without a host name, which tor 0.2.4 wrote and read." },
    Known { under: "netdoc/vote/tor-0.2.4", keyword: "params",
        why: "stem wants names sorted; tor sorts pairs, so that `a-b=1` comes before `a=1`." },
    Known { under: "netdoc/vote/tor-0.4.6", keyword: "bandwidth-file-headers", why: EMPTY },
    Known { under: "netdoc/vote/tor-0.4.6", keyword: "params", why: EMPTY },
];

const EMPTY: &str = "To stem a line without values is no line.";
const METHOD: &str = "Where there is no line, stem says the method that this means, 1.";
const VERSIONS: &str = "To stem a protocol without versions is no protocol.";
const MASK: &str = "stem says masks as bits, 255.0.0.0 as 8.";
