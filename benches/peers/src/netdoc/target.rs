//! What the times have to be.

use tor_harness_benches::Depth;

use super::row::Row;

/// A number that is to stay on one side of a limit.
pub(crate) struct Target {
    /// The kinds that it is about.
    kinds: &'static [&'static str],
    pub(crate) what: &'static str,
    measured: fn(&Row) -> Option<f64>,
    limit: Limit,
}

enum Limit {
    AtMost(f64),
    AtLeast(f64),
}

const CONSENSUSES: &[&str] = &["consensus", "consensus-microdesc"];

pub(crate) const TARGETS: &[Target] = &[
    Target {
        kinds: CONSENSUSES,
        what: "structure / lines",
        measured: |row| Some(row.ours(Depth::Structure)? / row.ours(Depth::Lines)?),
        limit: Limit::AtMost(2.0),
    },
    Target {
        kinds: CONSENSUSES,
        what: "fields / lines",
        measured: |row| Some(row.ours(Depth::Fields)? / row.ours(Depth::Lines)?),
        limit: Limit::AtMost(6.0),
    },
    Target {
        kinds: CONSENSUSES,
        what: "tor-netdoc's fastest / fields",
        measured: |row| Some(row.tor_netdoc()? / row.ours(Depth::Fields)?),
        limit: Limit::AtLeast(8.0),
    },
    Target {
        kinds: CONSENSUSES,
        what: "memory for fields / tor-netdoc's least",
        measured: |row| {
            let peak = |name: &str| {
                let named = row.memory.iter().filter(|(who, _)| who.starts_with(name));
                named.filter_map(|(_, peak)| peak.as_ref().ok()).min()
            };
            Some(*peak("fields")? as f64 / *peak("tor-netdoc")? as f64)
        },
        limit: Limit::AtMost(1.0),
    },
    Target {
        kinds: &["microdescriptor"],
        what: "fields with the digest, us",
        measured: |row| row.ours(Depth::Fields),
        limit: Limit::AtMost(0.8),
    },
    Target {
        kinds: &["server-descriptor", "extra-info"],
        what: "structure, us",
        measured: |row| row.ours(Depth::Structure),
        limit: Limit::AtMost(1.0),
    },
    Target {
        kinds: &[
            "server-descriptor",
            "extra-info",
            "key-certificate",
            "onion-descriptor",
            "vote",
        ],
        what: "tor-netdoc's fastest / fields",
        measured: |row| Some(row.tor_netdoc()? / row.ours(Depth::Fields)?),
        limit: Limit::AtLeast(1.0),
    },
    verified_within(&["server-descriptor"], 85.0),
    verified_within(&["key-certificate"], 95.0),
    verified_within(CONSENSUSES, 3000.0),
    verified_faster(&["server-descriptor"], 1.75),
    verified_faster(&["key-certificate"], 4.0),
    verified_faster(CONSENSUSES, 5.0),
    verified_faster(&["onion-descriptor", "extra-info", "vote"], 1.0),
];

/// The most microseconds that verifying may take.
const fn verified_within(kinds: &'static [&'static str], limit: f64) -> Target {
    Target {
        kinds,
        what: "verified, us",
        measured: Row::ours_verified,
        limit: Limit::AtMost(limit),
    }
}

/// How many times as fast as tor-netdoc it has to be at least.
const fn verified_faster(kinds: &'static [&'static str], limit: f64) -> Target {
    Target {
        kinds,
        what: "tor-netdoc's fastest verified / verified",
        measured: |row| Some(row.tor_netdoc_verified()? / row.ours_verified()?),
        limit: Limit::AtLeast(limit),
    }
}

impl Target {
    /// What was measured of a row, with the limit, and whether it holds; `None` if the
    /// target is not about it.
    pub(crate) fn of(&self, row: &Row) -> Option<[String; 3]> {
        if !self.kinds.contains(&row.kind) {
            return None;
        }
        let measured = (self.measured)(row);
        let (limit, is_met) = match self.limit {
            Limit::AtMost(limit) => (format!("<= {limit}"), measured.map(|it| it <= limit)),
            Limit::AtLeast(limit) => (format!(">= {limit}"), measured.map(|it| it >= limit)),
        };
        let met = match is_met {
            Some(true) => "met",
            Some(false) => "missed",
            None => "not measured",
        };
        let measured = measured.map_or_else(|| "-".to_owned(), |it| format!("{it:.2}"));
        Some([measured, limit, met.to_owned()])
    }
}
