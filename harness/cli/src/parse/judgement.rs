//! What verifying said of a document, to be printed.

use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};
use tor_harness::archive::{Found, Lacking, Proved, Verdict};
use tor_harness::netdoc::{Timeliness, Unproved};
use tor_harness::types::{Located, Span, UtcSeconds};

use super::places::listed;

/// What verifying said of a document.
pub(super) enum Judgement {
    /// All holds, for a time.
    Holds {
        /// When the first certificate ends that it needs.
        until: Option<UtcSeconds>,
        /// What it is at the time that was asked for, if anything of it is ever over.
        at: Option<At>,
    },
    /// All that does not hold.
    Fails(Vec<Unproved>),
    /// Nothing is known.
    Lacks(Lacking),
}

/// What a document is at some time.
pub(super) struct At {
    time: UtcSeconds,
    timeliness: Timeliness,
    /// Of consensuses.
    is_reasonably_live: Option<bool>,
}

impl Judgement {
    /// The same at this time, if one was asked for.
    pub(super) fn new(verdict: Verdict<'_>, time: Option<UtcSeconds>) -> Self {
        match verdict {
            Verdict::Holds(proved) => Self::Holds {
                until: proved.proved_until(),
                at: time.and_then(|time| At::of(&proved, time)),
            },
            Verdict::Fails(failures) => Self::Fails(failures),
            Verdict::Lacks(lacking) => Self::Lacks(lacking),
        }
    }

    /// Whether it holds, at the time that was asked for, too.
    pub(super) fn is_good(&self) -> bool {
        match self {
            Self::Holds { at, .. } => at.as_ref().is_none_or(At::is_in_time),
            Self::Fails(_) | Self::Lacks(_) => false,
        }
    }

    /// Why it is not good, in the order of the places; what is of no place at this one.
    pub(super) fn each(&self, whole: Span) -> impl Iterator<Item = Located<String>> {
        let failures = match self {
            Self::Fails(failures) => &failures[..],
            _ => &[],
        };
        let failures = failures.iter().map(|wrong| Located {
            problem: wrong.problem.to_string(),
            span: wrong.span,
        });
        let of_whole = match self {
            Self::Lacks(lacking) => Some(lacks(*lacking)),
            Self::Holds {
                at: Some(at),
                until,
            } if !at.is_in_time() => Some(at.problem(*until)),
            _ => None,
        };
        failures.chain(of_whole.map(|problem| Located {
            problem,
            span: whole,
        }))
    }

    fn status(&self) -> &'static str {
        match self {
            Self::Holds { .. } => "holds",
            Self::Fails(_) => "fails",
            Self::Lacks(_) => "unknown",
        }
    }
}

/// What is lacking, and the argument that names it.
fn lacks(lacking: Lacking) -> String {
    let argument = match lacking {
        Lacking::Authorities => " (--authorities FILE)",
        Lacking::Consensus | Lacking::ServerDescriptor => " (--against FILE)",
        _ => "",
    };
    format!("{lacking}{argument}")
}

impl At {
    fn of(proved: &Proved<'_>, time: UtcSeconds) -> Option<Self> {
        let is_reasonably_live = match proved {
            Proved::Consensus(consensus) => {
                let lifetime = consensus.lifetime().ok();
                lifetime.map(|lifetime| lifetime.is_reasonably_live_at(time))
            }
            _ => None,
        };
        Some(Self {
            time,
            timeliness: proved.at(time)?,
            is_reasonably_live,
        })
    }

    fn name(&self) -> &'static str {
        match self.timeliness {
            Timeliness::NotYetValid => "not-yet-valid",
            Timeliness::Fresh => "fresh",
            Timeliness::Valid => "valid",
            Timeliness::Expired => "expired",
        }
    }

    fn is_in_time(&self) -> bool {
        matches!(self.timeliness, Timeliness::Fresh | Timeliness::Valid)
    }

    fn problem(&self, until: Option<UtcSeconds>) -> String {
        let Self { time, .. } = self;
        match (self.timeliness, until) {
            (Timeliness::NotYetValid, _) => {
                format!("expected a document that holds at {time}, and this one will later")
            }
            (_, Some(until)) if *time > until => {
                format!(
                    "expected a document that is proved at {time}, and this one was until {until}"
                )
            }
            _ => format!("expected a document that holds at {time}, and this one is over"),
        }
    }
}

/// What verifying said, as JSON.
pub(super) struct Shown<'f, 'a> {
    pub(super) found: &'f Found<'a>,
    pub(super) judgement: &'f Judgement,
    /// Where what is of no place is.
    pub(super) whole: Span,
}

impl Serialize for Shown<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let judgement = self.judgement;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("status", judgement.status())?;
        if let Judgement::Holds { until, at } = judgement {
            if let Some(until) = until {
                map.serialize_entry("until", &until.to_string())?;
            }
            if let Some(at) = at {
                map.serialize_entry("at", at.name())?;
            }
            if let Some(is_live) = at.as_ref().and_then(|at| at.is_reasonably_live) {
                map.serialize_entry("reasonably-live", &is_live)?;
            }
        }
        let problems = listed(self.found, || judgement.each(self.whole));
        map.serialize_entry("problems", &problems)?;
        map.end()
    }
}
