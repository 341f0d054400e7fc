//! The keys of GETINFO.

use crate::info::Kind;

/// A key, or keys of one pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Key {
    /// The key as `GETINFO info/names` has it: `*` stands for any end that is
    /// not empty, `<NAME>` for a part without a slash.
    pub pattern: &'static str,
    /// Which form its values have.
    pub kind: Kind,
    /// The section of control-spec that has the form; empty where none has it.
    pub section: &'static str,
    /// Whether tor 0.4.9 names it in `info/names`.
    pub is_listed: bool,
}

impl Key {
    /// Whether `key` is this key, or one of the pattern.
    #[must_use]
    pub fn matches(&self, key: &str) -> bool {
        matches(self.pattern, key)
    }
}

/// Which form the values of `key` have; `None` for a key not known here. Case
/// counts, as it does for tor.
#[must_use]
pub fn kind_of(key: &str) -> Option<Kind> {
    KEYS.iter()
        .find(|known| known.matches(key))
        .map(|known| known.kind)
}

/// All keys of tor 0.4.9, and those that only control-spec has. Where several
/// match, the first counts.
pub const KEYS: &[Key] = &[
    listed("version", Kind::Version, "3.9"),
    listed("config-file", Kind::Text, "3.9"),
    listed("config-defaults-file", Kind::Text, "3.9"),
    listed("config-text", Kind::Text, "3.9"),
    listed("config-can-saveconf", Kind::Flag, "3.9"),
    listed("config/names", Kind::ConfigNames, "3.9"),
    listed("config/defaults", Kind::ConfigDefaults, "3.9"),
    listed("config/*", Kind::Text, ""),
    listed("info/names", Kind::InfoNames, "3.9"),
    listed("events/names", Kind::Events, "3.9"),
    listed("features/names", Kind::Names, "3.9"),
    listed("signal/names", Kind::Names, "3.9"),
    listed("circuit-status", Kind::Circuits, "3.9, 4.1.1"),
    listed("stream-status", Kind::Streams, "3.9, 4.1.2"),
    listed("orconn-status", Kind::OrConns, "3.9, 4.1.3"),
    listed("entry-guards", Kind::EntryGuards, "3.9"),
    unlisted("helper-nodes", Kind::EntryGuards, "3.9"),
    listed("address-mappings/all", Kind::AddressMappings, "3.9, 4.1.7"),
    listed(
        "address-mappings/cache",
        Kind::AddressMappings,
        "3.9, 4.1.7",
    ),
    listed(
        "address-mappings/config",
        Kind::AddressMappings,
        "3.9, 4.1.7",
    ),
    listed(
        "address-mappings/control",
        Kind::AddressMappings,
        "3.9, 4.1.7",
    ),
    unlisted("addr-mappings/*", Kind::AddressMappings, "3.9"),
    listed("address", Kind::Address, "3.9"),
    listed("address/v4", Kind::Address, "3.9"),
    listed("address/v6", Kind::Address, "3.9"),
    // tor has it, and does not list it.
    unlisted("fingerprint", Kind::Fingerprint, "3.9"),
    listed("net/listeners/*", Kind::Listeners, "3.9"),
    listed("traffic/read", Kind::Unsigned, "3.9"),
    listed("traffic/written", Kind::Unsigned, "3.9"),
    listed("uptime", Kind::Unsigned, "3.9"),
    listed("bw-event-cache", Kind::BwSamples, "3.9"),
    listed("accounting/enabled", Kind::Flag, "3.9"),
    listed("accounting/hibernating", Kind::Hibernation, "3.9"),
    listed("accounting/bytes", Kind::AccountingBytes, "3.9"),
    listed("accounting/bytes-left", Kind::AccountingBytes, "3.9"),
    listed("accounting/interval-start", Kind::Time, "3.9"),
    listed("accounting/interval-wake", Kind::Time, "3.9"),
    listed("accounting/interval-end", Kind::Time, "3.9"),
    listed("dormant", Kind::Unsigned, "3.9"),
    listed("network-liveness", Kind::Liveness, "3.9"),
    listed("limits/max-mem-in-queues", Kind::Unsigned, "3.9"),
    listed("process/pid", Kind::Signed, "3.9"),
    listed("process/uid", Kind::Signed, "3.9"),
    listed("process/descriptor-limit", Kind::Signed, "3.9"),
    listed("process/user", Kind::Text, "3.9"),
    listed("status/bootstrap-phase", Kind::Status, "3.9, 4.1.10"),
    listed("status/circuit-established", Kind::Flag, "3.9"),
    listed("status/enough-dir-info", Kind::Flag, "3.9"),
    unlisted("status/good-server-descriptor", Kind::Flag, "3.9"),
    unlisted("status/accepted-server-descriptor", Kind::Flag, "3.9"),
    unlisted("status/reachability-succeeded/or", Kind::Flag, "3.9"),
    unlisted("status/reachability-succeeded/dir", Kind::Flag, "3.9"),
    unlisted("status/reachability-succeeded", Kind::Keywords, "3.9"),
    listed("status/version/current", Kind::VersionStatus, "3.9"),
    listed("status/version/recommended", Kind::Versions, "3.9"),
    listed("status/clients-seen", Kind::ClientsSeen, "3.9, 4.1.14"),
    listed("status/fresh-relay-descs", Kind::Document, "3.9"),
    listed("exit-policy/default", Kind::ExitPolicy, "3.9"),
    listed(
        "exit-policy/reject-private/default",
        Kind::ExitPolicy,
        "3.9",
    ),
    listed("exit-policy/reject-private/relay", Kind::ExitPolicy, "3.9"),
    listed("exit-policy/full", Kind::ExitPolicy, "3.9"),
    listed("exit-policy/ipv4", Kind::ExitPolicy, "3.9"),
    listed("exit-policy/ipv6", Kind::ExitPolicy, "3.9"),
    unlisted("ip-to-country/ipv4-available", Kind::Flag, "3.9"),
    unlisted("ip-to-country/ipv6-available", Kind::Flag, "3.9"),
    listed("ip-to-country/*", Kind::Country, "3.9"),
    listed("onions/current", Kind::OnionServices, "3.9"),
    listed("onions/detached", Kind::OnionServices, "3.9"),
    listed("current-time/local", Kind::Time, "3.9"),
    listed("current-time/utc", Kind::Time, "3.9"),
    listed("current-time/*", Kind::Time, "3.9"),
    unlisted("consensus/valid-after", Kind::Time, "3.9"),
    unlisted("consensus/fresh-until", Kind::Time, "3.9"),
    unlisted("consensus/valid-until", Kind::Time, "3.9"),
    listed("consensus/*", Kind::Text, ""),
    listed("sr/current", Kind::Text, "3.9"),
    listed("sr/previous", Kind::Text, "3.9"),
    listed("stats/ntor/requested", Kind::Unsigned, "3.9"),
    listed("stats/ntor/assigned", Kind::Unsigned, "3.9"),
    listed("stats/tap/requested", Kind::Unsigned, "3.9"),
    listed("stats/tap/assigned", Kind::Unsigned, "3.9"),
    listed("stats/ntor/*", Kind::Unsigned, "3.9"),
    listed("stats/tap/*", Kind::Unsigned, "3.9"),
    listed("downloads/networkstatus/ns", Kind::DownloadStatus, "3.9"),
    listed(
        "downloads/networkstatus/ns/bootstrap",
        Kind::DownloadStatus,
        "3.9",
    ),
    listed(
        "downloads/networkstatus/ns/running",
        Kind::DownloadStatus,
        "3.9",
    ),
    listed(
        "downloads/networkstatus/microdesc",
        Kind::DownloadStatus,
        "3.9",
    ),
    listed(
        "downloads/networkstatus/microdesc/bootstrap",
        Kind::DownloadStatus,
        "3.9",
    ),
    listed(
        "downloads/networkstatus/microdesc/running",
        Kind::DownloadStatus,
        "3.9",
    ),
    listed("downloads/networkstatus/*", Kind::DownloadStatus, "3.9"),
    listed("downloads/cert/fps", Kind::Digests, "3.9"),
    listed("downloads/cert/fp/<fp>/sks", Kind::Digests, "3.9"),
    listed("downloads/cert/fp/<fp>", Kind::DownloadStatus, "3.9"),
    listed("downloads/cert/fp/<fp>/<sk>", Kind::DownloadStatus, "3.9"),
    listed("downloads/cert/*", Kind::DownloadStatus, "3.9"),
    listed("downloads/desc/descs", Kind::Digests, "3.9"),
    listed("downloads/desc/<desc>", Kind::DownloadStatus, "3.9"),
    listed("downloads/desc/*", Kind::DownloadStatus, "3.9"),
    listed("downloads/bridge/bridges", Kind::Digests, "3.9"),
    listed("downloads/bridge/<desc>", Kind::DownloadStatus, "3.9"),
    listed("downloads/bridge/*", Kind::DownloadStatus, "3.9"),
    listed("desc/download-enabled", Kind::Flag, "3.9"),
    listed("md/download-enabled", Kind::Flag, "3.9"),
    listed("desc/id/*", Kind::Document, "3.9"),
    listed("desc/name/*", Kind::Document, "3.9"),
    listed("desc/all-recent", Kind::Document, "3.9"),
    // tor has it, and does not list it.
    unlisted("desc/all-recent-extrainfo-hack", Kind::Document, ""),
    listed("desc-annotations/id/*", Kind::Document, "3.9"),
    listed("extra-info/digest/*", Kind::Document, "3.9"),
    listed("md/all", Kind::Document, "3.9"),
    listed("md/id/*", Kind::Document, "3.9"),
    listed("md/name/*", Kind::Document, "3.9"),
    listed("ns/all", Kind::Document, "3.9"),
    listed("ns/id/*", Kind::Document, "3.9"),
    listed("ns/name/*", Kind::Document, "3.9"),
    listed("ns/purpose/*", Kind::Document, "3.9"),
    listed("hs/client/desc/id*", Kind::Document, "3.9"),
    listed("hs/service/desc/id/*", Kind::Document, "3.9"),
    listed("dir/status-vote/current/consensus", Kind::Document, "3.9"),
    listed(
        "dir/status-vote/current/consensus-microdesc",
        Kind::Document,
        "3.9",
    ),
    listed("dir/status/*", Kind::Document, "3.9"),
    listed("dir/server/*", Kind::Document, "3.9"),
    listed("network-status", Kind::Document, "3.9"),
    unlisted("dir-usage", Kind::Text, "3.9"),
];

const fn listed(pattern: &'static str, kind: Kind, section: &'static str) -> Key {
    Key {
        pattern,
        kind,
        section,
        is_listed: true,
    }
}

const fn unlisted(pattern: &'static str, kind: Kind, section: &'static str) -> Key {
    Key {
        is_listed: false,
        ..listed(pattern, kind, section)
    }
}

fn matches(pattern: &str, key: &str) -> bool {
    match pattern.split_once(['*', '<']) {
        None => pattern == key,
        Some((start, end)) => key.strip_prefix(start).is_some_and(|rest| {
            let Some((_, pattern)) = end.split_once('>') else {
                return !rest.is_empty();
            };
            let (part, rest) = match rest.find('/') {
                Some(slash) => rest.split_at(slash),
                None => (rest, ""),
            };
            !part.is_empty() && matches(pattern, rest)
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn matching() {
        for (pattern, key, expect) in [
            ("a/b", "a/b", true),
            ("a/b", "A/b", false),
            ("a/b", "a/b/c", false),
            ("a/*", "a/b/c", true),
            ("a/*", "a/", false),
            ("a*", "a/b", true),
            ("a/<b>", "a/x", true),
            ("a/<b>", "a/x/y", false),
            ("a/<b>", "a/", false),
            ("a/<b>/c", "a/x/c", true),
            ("a/<b>/<c>", "a/x/y", true),
            ("a/<b>/<c>", "a/x", false),
        ] {
            assert_eq!(matches(pattern, key), expect, "{pattern} {key}");
        }
    }

    #[test]
    fn the_first_match_counts() {
        for (key, kind) in [
            ("downloads/cert/fps", Some(Kind::Digests)),
            ("downloads/cert/fp/A", Some(Kind::DownloadStatus)),
            ("downloads/cert/fp/A/sks", Some(Kind::Digests)),
            ("downloads/cert/fp/A/B", Some(Kind::DownloadStatus)),
            ("ip-to-country/1.2.3.4", Some(Kind::Country)),
            ("ip-to-country/ipv4-available", Some(Kind::Flag)),
            ("Version", None),
        ] {
            assert_eq!(kind_of(key), kind, "{key}");
        }
    }

    #[test]
    fn no_key_is_hidden_by_one_before() {
        for (at, key) in KEYS.iter().enumerate() {
            let example = key.pattern.replace('*', "a/b/c");
            let first = KEYS.iter().position(|known| known.matches(&example));
            assert_eq!(first, Some(at), "{}", key.pattern);
        }
    }
}
