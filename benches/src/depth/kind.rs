//! The kind of what lies in a folder of recorded documents.

use tor_harness_netdoc::Kind;

/// The kind of the documents in a folder of the fixtures, as `key-certificate`;
/// `None` if nothing reads them.
#[must_use]
pub fn kind(folder: &str) -> Option<Kind> {
    Some(match folder {
        "consensus" => Kind::Consensus,
        "consensus-microdesc" => Kind::MicrodescConsensus,
        "consensus-diff" => Kind::ConsensusDiff,
        "vote" => Kind::Vote,
        "router-status" => Kind::RouterStatus,
        "key-certificate" => Kind::KeyCertificate,
        "detached-signatures" => Kind::DetachedSignatures,
        // The others are called as CollecTor calls them.
        folder => folder.parse().ok()?,
    })
}
