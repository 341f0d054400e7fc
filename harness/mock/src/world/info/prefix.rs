//! Keys that no recording lists, as those with arguments: `ns/id/*`.
//!
//! What a tor 0.4.9.11 without network says to them.

use crate::world::onion::is_onion_address;
use std::net::IpAddr;

use tor_harness_types::Fingerprint;

use super::Answer;

/// The answer to a key that has no recording of its own.
pub(super) fn answer(key: &str) -> Option<Answer> {
    unlisted(key).or_else(|| computed(key)).or_else(|| any(key))
}

fn unlisted(key: &str) -> Option<Answer> {
    Some(match key {
        "fingerprint" => Answer::failed("Not running in server mode"),
        "ip-to-country/ipv4-available" | "ip-to-country/ipv6-available" => Answer::value(1),
        "status/accepted-server-descriptor" | "status/good-server-descriptor" => Answer::value(0),
        "status/reachability-succeeded" => Answer::value("OR=1 DIR=1"),
        "status/reachability-succeeded/dir" | "status/reachability-succeeded/or" => {
            Answer::value(1)
        }
        _ => return None,
    })
}

/// Keys whose arguments are looked into.
fn computed(key: &str) -> Option<Answer> {
    if let Some(rest) = key.strip_prefix("downloads/cert/fp/") {
        return Some(Answer::failed(certificate(rest)));
    }
    for (start, unknown) in [
        ("downloads/desc/", "No such descriptor digest found"),
        ("downloads/bridge/", "No such bridge identity digest found"),
    ] {
        // Nothing else is taken for a digest.
        if let Some(digest) = key.strip_prefix(start).filter(|digest| digest.len() == 40) {
            let is_digest = digest.parse::<Fingerprint>().is_ok();
            let text = if is_digest {
                unknown
            } else {
                "That didn't look like a digest"
            };
            return Some(Answer::failed(text));
        }
    }
    if let Some(address) = key.strip_prefix("ip-to-country/") {
        let known = address.parse::<IpAddr>().is_ok();
        return Some(if known {
            Answer::value("??")
        } else {
            Answer::failed("Invalid address family")
        });
    }
    let onion = key
        .strip_prefix("hs/client/desc/id/")
        .or_else(|| key.strip_prefix("hs/service/desc/id/"));
    if let Some(onion) = onion {
        let text = if is_onion_address(onion) {
            "Not found in cache"
        } else {
            "Invalid address"
        };
        return Some(Answer::failed(text));
    }
    if let Some(way) = ["id", "name"]
        .iter()
        .find(|way| key.starts_with(&format!("desc/{way}/")))
    {
        let text = format!(
            "We fetch microdescriptors, not router descriptors. You'll need to use md/{way}/* instead of \
             desc/{way}/*."
        );
        return Some(Answer::Unknown(text.into()));
    }
    None
}

/// What is said of an authority's certificate: `FINGERPRINT`, or with its signing key.
fn certificate(key: &str) -> &'static str {
    let is_digest = |text: &str| text.parse::<Fingerprint>().is_ok();
    match key.split_once('/') {
        None if is_digest(key) => {
            "Failed to get download status for this authority identity digest"
        }
        None => "That didn't look like a digest",
        Some((identity, _)) if !is_digest(identity) => "That didn't look like an identity digest",
        Some((_, signing)) if !is_digest(signing) => "That didn't look like a signing key digest",
        Some(_) => "Failed to get download status for this identity/signing key digest pair",
    }
}

/// Keys whose arguments make no difference.
fn any(key: &str) -> Option<Answer> {
    let starts = |prefix: &&str| key.starts_with(*prefix);
    if LISTENERS
        .iter()
        .any(|kind| key.strip_prefix("net/listeners/") == Some(kind))
        || EMPTY.iter().any(starts)
    {
        return Some(Answer::Value(Vec::new()));
    }
    let (_, text) = FAILING.iter().find(|(prefix, _)| starts(prefix))?;
    Some(Answer::failed(text))
}

/// Kinds of listeners.
const LISTENERS: &[&str] = &[
    "socks",
    "or",
    "dir",
    "trans",
    "natd",
    "dns",
    "extor",
    "httptunnel",
    "metrics",
];

/// Keys that are empty, whatever follows.
const EMPTY: &[&str] = &[
    "consensus/",
    "dir/status/",
    "ns/id/",
    "ns/name/",
    "ns/purpose/",
];

/// Keys that fail so, whatever follows; the first that fits.
const FAILING: &[(&str, &str)] = &[
    ("dir/server/all", "Servers unavailable"),
    ("dir/server/authority", "Servers unavailable"),
    ("dir/server/d/", "Servers unavailable"),
    ("dir/server/fp/", "Servers unavailable"),
    ("dir/server/", "Key not recognized"),
    (
        "downloads/bridge/",
        "Unknown bridge descriptor download status query",
    ),
    (
        "downloads/cert/",
        "Unknown certificate download status query",
    ),
    (
        "downloads/desc/",
        "Unknown router descriptor download status query",
    ),
    ("downloads/networkstatus/", "Unknown flavor"),
    ("stats/ntor/", "Unrecognized handshake type"),
    ("stats/tap/", "Unrecognized handshake type"),
];
