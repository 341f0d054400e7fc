//! Which relays authorities list, one by one in votes, together in the consensus (dir-spec section 3.8).

use std::borrow::Cow;

use tor_harness_netdoc::{Builder, Flavor};

use super::agreement::low_median;
use super::named::Named;
use super::opinion::RelayOpinion;
use super::settings::Network;
use super::status::StatusSettings;
use crate::authority::Authority;
use crate::parallel;
use crate::relay::Relay;

/// So many authorities have to measure for that to count.
const ENOUGH: usize = 3;
/// What a relay is weighed by at most, in kilobytes a second, that too few have measured.
const MOST_UNMEASURED: i32 = 20;

/// A relay as a vote or the consensus lists it.
pub(super) struct Listed<'n> {
    /// With the flags and the weight that it has there.
    pub(super) relay: Cow<'n, Relay>,
    named: &'n Named<'n>,
    /// What stands behind its weight.
    remark: Option<String>,
}

impl Listed<'_> {
    /// Its entry.
    pub(super) fn entry(&self, flavor: Flavor) -> Builder {
        let digest = self.named.digest(flavor);
        let entry = self.relay.status_entry_naming(flavor, digest);
        match &self.remark {
            None => entry,
            Some(remark) => entry.set("w", format!("Bandwidth={} {remark}", self.relay.weight())),
        }
    }

    pub(super) fn microdescriptor(&self) -> &[u8] {
        &self.named.microdescriptor
    }
}

impl Authority {
    /// A relay in its vote; `None` if it does not know it.
    pub(super) fn lists<'n>(&self, named: &'n Named<'n>) -> Option<Listed<'n>> {
        let mut listed = Listed {
            relay: Cow::Borrowed(named.relay),
            named,
            remark: None,
        };
        if let Some(opinion) = self.opinion_of(named.relay) {
            if opinion.is_unknown {
                return None;
            }
            if let Some(flags) = &opinion.flags {
                listed.relay.to_mut().flags.clone_from(flags);
            }
            if opinion.bandwidth.is_some() {
                listed.relay.to_mut().weight = opinion.bandwidth;
            }
            let measured = opinion.measured;
            listed.remark = measured.map(|measured| format!("Measured={measured}"));
        }
        Some(listed)
    }

    fn opinion_of(&self, relay: &Relay) -> Option<&RelayOpinion> {
        self.opinion.relays.get(&relay.fingerprint())
    }

    fn measures(&self) -> bool {
        let mut opinions = self.opinion.relays.values();
        opinions.any(|opinion| opinion.measured.is_some())
    }
}

/// What all votes for relays are counted by.
struct Count<'n> {
    authorities: &'n [Authority],
    /// The flags that each authority knows.
    known_flags: Vec<&'n [String]>,
    /// All of them.
    flags: &'n [String],
    measuring: usize,
    most_unmeasured: u32,
}

impl Network {
    /// The relays in the consensus, which is like this.
    pub(super) fn listed<'n>(
        &'n self,
        relays: &'n [Named<'n>],
        status: &'n StatusSettings,
    ) -> Vec<Listed<'n>> {
        let all = self.authorities.iter();
        let most = status.params.get("maxunmeasuredbw").copied();
        let count = Count {
            authorities: &self.authorities,
            known_flags: all
                .clone()
                .map(|one| &*self.status_by(one).known_flags)
                .collect(),
            flags: &status.known_flags,
            measuring: all.filter(|one| one.measures()).count(),
            most_unmeasured: most.unwrap_or(MOST_UNMEASURED).max(1).unsigned_abs(),
        };
        let all = parallel::map(relays, |named| count.listed(named));
        all.into_iter().flatten().collect()
    }
}

impl<'n> Count<'n> {
    /// A relay in the consensus, if it is in it.
    fn listed(&self, named: &'n Named<'n>) -> Option<Listed<'n>> {
        let mut listed = Listed {
            relay: Cow::Borrowed(named.relay),
            named,
            remark: None,
        };
        let differ = |one: &[String]| one != self.flags;
        let is_alike = self.measuring == 0
            && !self.known_flags.iter().any(|flags| differ(flags))
            && self
                .authorities
                .iter()
                .all(|one| one.opinion_of(named.relay).is_none());
        if !is_alike {
            self.agree(&mut listed)?;
        }
        if has(&listed.relay, "MiddleOnly") {
            let relay = listed.relay.to_mut();
            for flag in ["Exit", "Guard", "HSDir", "V2Dir"] {
                relay.set_flag(flag, false);
            }
            relay.set_flag("BadExit", true);
        }
        let is_usable = ["Running", "Valid"]
            .iter()
            .all(|flag| has(&listed.relay, flag));
        is_usable.then_some(listed)
    }

    /// Gives a relay the flags and the weight that its votes say; `None` if too few know it.
    fn agree(&self, listed: &mut Listed<'n>) -> Option<()> {
        let votes = self.authorities.iter().map(|one| one.lists(listed.named));
        let votes: Vec<_> = votes.collect();
        let knowing = || votes.iter().flatten();
        if 2 * knowing().count() <= votes.len() {
            return None;
        }
        let relay = listed.relay.to_mut();
        relay.flags = self
            .flags
            .iter()
            .filter(|flag| self.is_given(flag, &votes))
            .cloned()
            .collect();

        let opinions = self
            .authorities
            .iter()
            .filter_map(|one| one.opinion_of(relay));
        let known = opinions.filter(|opinion| !opinion.is_unknown);
        let measured: Vec<_> = known.filter_map(|opinion| opinion.measured).collect();
        relay.weight = Some(match measured.len() >= ENOUGH {
            true => low_median(measured.into_iter()),
            false => {
                let weight = low_median(knowing().map(|vote| vote.relay.weight()));
                if self.measuring > 0 {
                    listed.remark = Some("Unmeasured=1".into());
                }
                match self.measuring >= ENOUGH {
                    true => weight.min(self.most_unmeasured),
                    false => weight,
                }
            }
        });
        Some(())
    }

    /// Whether more than half of those who know a flag give it.
    fn is_given(&self, flag: &String, votes: &[Option<Listed<'_>>]) -> bool {
        let all = votes.iter().zip(&self.known_flags);
        let knowing = all.filter(|(_, known)| known.contains(flag));
        let [mut known, mut given] = [0, 0];
        for (vote, _) in knowing {
            known += 1;
            given += usize::from(vote.as_ref().is_some_and(|vote| has(&vote.relay, flag)));
        }
        2 * given > known
    }
}

fn has(relay: &Relay, flag: &str) -> bool {
    relay.flags.iter().any(|one| one == flag)
}
