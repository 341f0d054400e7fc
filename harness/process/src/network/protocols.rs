//! Which subprotocols a tor speaks, as its descriptors say it (tor-spec section 9).

use tor_harness_types::TorVersion;

/// Those of the relays of each series of versions from the first on that differs from the one
/// before. Of a tor that is told to speak more than it does, clients ask what it cannot.
const SERIES: &[(&str, &str)] = &[
    (
        "0.4.9.0",
        "Conflux=1 Cons=1-2 Desc=1-4 DirCache=2 FlowCtrl=1-2 HSDir=2 HSIntro=4-5 HSRend=1-2 Link=3-5 \
         LinkAuth=3 Microdesc=1-3 Padding=2 Relay=2-6",
    ),
    (
        "0.4.8.0",
        "Conflux=1 Cons=1-2 Desc=1-2 DirCache=2 FlowCtrl=1-2 HSDir=2 HSIntro=4-5 HSRend=1-2 Link=1-5 \
         LinkAuth=1,3 Microdesc=1-2 Padding=2 Relay=1-4",
    ),
    (
        "0.4.7.0",
        "Cons=1-2 Desc=1-2 DirCache=2 FlowCtrl=1-2 HSDir=2 HSIntro=4-5 HSRend=1-2 Link=1-5 LinkAuth=1,3 \
         Microdesc=1-2 Padding=2 Relay=1-4",
    ),
];

/// Those of a version; older ones than these are not told apart.
pub(super) fn of_version(version: &str) -> &'static str {
    let version: Option<TorVersion> = version.parse().ok();
    let is_since = |first: &str| {
        let first = first.parse();
        version.is_none_or(|version| first.is_ok_and(|first: TorVersion| version >= first))
    };
    let known = SERIES.iter().find(|(first, _)| is_since(first));
    known
        .or(SERIES.last())
        .map_or("", |(_, protocols)| protocols)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn go_by_the_version() {
        for (version, conflux, relay) in [
            ("0.4.9.11", true, " Relay=2-6"),
            ("0.4.9.2-alpha (git-1a2b)", true, " Relay=2-6"),
            ("0.4.8.16", true, " Relay=1-4"),
            ("0.4.7.13", false, " Relay=1-4"),
            ("0.3.5.1", false, " Relay=1-4"),
            ("of tomorrow", true, " Relay=2-6"),
        ] {
            let protocols = of_version(version);
            assert_eq!(protocols.contains("Conflux=1"), conflux, "{version}");
            assert!(protocols.ends_with(relay), "{version}");
        }
    }
}
