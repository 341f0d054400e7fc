//! Which relays authorities list, one by one in votes, together in the consensus (dir-spec section 3.8).

use std::borrow::Cow;

use tor_harness_netdoc::{Builder, Flavor};

use super::agreement::low_median;
use super::named::Named;
use super::settings::Network;
use super::status::StatusSettings;
use crate::authority::Authority;
use crate::parallel;
use crate::relay::Relay;

/// So many authorities have to measure, or all of less.
const ENOUGH: usize = 3;
/// More than this no authority believes a relay that it carries, in kilobytes a second.
const BELIEVED: u32 = 10_000;
/// What a relay is weighed by at most, in kilobytes a second, that too few have measured.
const MOST_UNMEASURED: i32 = 20;

/// A relay as a vote or the consensus lists it.
pub(super) struct Listed<'n> {
    /// With the flags that it has there.
    pub(super) relay: Cow<'n, Relay>,
    named: &'n Named<'n>,
    /// Its bandwidth, in kilobytes a second.
    pub(super) bandwidth: u32,
    remark: Option<Remark>,
}

/// What stands behind a relay's bandwidth.
#[derive(Clone, Copy)]
enum Remark {
    /// In a vote: what its authority has measured.
    Measured(u32),
    /// In the consensus: that too few have measured it.
    Unmeasured,
}

impl Listed<'_> {
    /// Its entry.
    pub(super) fn entry(&self, flavor: Flavor) -> Builder {
        let digest = self.named.digest(flavor);
        let entry = self.relay.status_entry_naming(flavor, digest);
        let bandwidth = self.bandwidth;
        match self.remark {
            None if bandwidth == self.relay.weight() => entry,
            None => entry.set("w", format!("Bandwidth={bandwidth}")),
            Some(Remark::Measured(measured)) => {
                entry.set("w", format!("Bandwidth={bandwidth} Measured={measured}"))
            }
            Some(Remark::Unmeasured) => {
                entry.set("w", format!("Bandwidth={bandwidth} Unmeasured=1"))
            }
        }
    }

    pub(super) fn microdescriptor(&self) -> &[u8] {
        &self.named.microdescriptor
    }

    fn measured(&self) -> Option<u32> {
        match self.remark {
            Some(Remark::Measured(measured)) => Some(measured),
            _ => None,
        }
    }
}

impl Authority {
    /// A relay in its vote, which knows these flags; `None` if it does not know it.
    pub(super) fn lists<'n>(
        &self,
        named: &'n Named<'n>,
        known_flags: &[String],
    ) -> Option<Listed<'n>> {
        let mut relay = Cow::Borrowed(named.relay);
        let opinion = self.opinion_of(named.relay);
        if opinion.is_some_and(|opinion| opinion.is_unknown) {
            return None;
        }
        if let Some(flags) = opinion.and_then(|opinion| opinion.flags.as_ref()) {
            relay.to_mut().flags.clone_from(flags);
        }
        let is_known = |flag: &String| known_flags.contains(flag);
        if !relay.flags.iter().all(is_known) {
            relay.to_mut().flags.retain(is_known);
        }
        let bandwidth = opinion.and_then(|opinion| opinion.bandwidth);
        Some(Listed {
            bandwidth: bandwidth.unwrap_or_else(|| relay.bandwidth.min(BELIEVED)),
            relay,
            named,
            remark: self.measured(named.relay).map(Remark::Measured),
        })
    }
}

/// What all votes for relays are counted by.
struct Count<'n> {
    authorities: &'n [Authority],
    /// The flags that each authority knows.
    known_flags: Vec<&'n [String]>,
    /// All of them.
    flags: &'n [String],
    /// How many authorities measure.
    measuring: usize,
    /// How many have to.
    enough: usize,
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
            measuring: all.filter(|one| !one.opinion.has_no_bandwidth_file).count(),
            enough: ENOUGH.min(self.authorities.len()),
            most_unmeasured: most.unwrap_or(MOST_UNMEASURED).max(1).unsigned_abs(),
        };
        let all = parallel::map(relays, |named| count.listed(named));
        all.into_iter().flatten().collect()
    }
}

impl<'n> Count<'n> {
    /// A relay in the consensus, if it is in it.
    fn listed(&self, named: &'n Named<'n>) -> Option<Listed<'n>> {
        let mut listed = match self.is_agreed_on(named.relay) {
            true => Listed {
                relay: Cow::Borrowed(named.relay),
                named,
                bandwidth: named.relay.weight(),
                remark: None,
            },
            false => self.agree_on(named)?,
        };
        if has(&listed.relay, "MiddleOnly") {
            let relay = listed.relay.to_mut();
            for flag in ["Exit", "Guard", "HSDir", "V2Dir"] {
                relay.set_flag(flag, false);
            }
            relay.set_flag("BadExit", self.flags.iter().any(|flag| flag == "BadExit"));
        }
        let is_listed = has(&listed.relay, "Running") && has(&listed.relay, "Valid");
        is_listed.then_some(listed)
    }

    /// Whether all say the same of a relay.
    fn is_agreed_on(&self, relay: &Relay) -> bool {
        let mut authorities = self.authorities.iter();
        self.measuring >= self.enough
            && self.known_flags.iter().all(|flags| *flags == self.flags)
            && relay.flags.iter().all(|flag| self.flags.contains(flag))
            && authorities.all(|one| one.opinion_of(relay).is_none())
    }

    /// A relay with the flags and the bandwidth that its votes say; `None` if too few know it.
    fn agree_on(&self, named: &'n Named<'n>) -> Option<Listed<'n>> {
        let all = self.authorities.iter().zip(&self.known_flags);
        let votes: Vec<_> = all.map(|(one, flags)| one.lists(named, flags)).collect();
        let knowing = || votes.iter().flatten();
        if 2 * knowing().count() <= votes.len() {
            return None;
        }
        let mut relay = Cow::Borrowed(named.relay);
        let given = self.flags.iter().filter(|flag| self.is_given(flag, &votes));
        relay.to_mut().flags = given.cloned().collect();

        let measured: Vec<_> = knowing().filter_map(Listed::measured).collect();
        let said = low_median(knowing().map(|vote| vote.bandwidth));
        let (bandwidth, remark) = match measured.len() >= self.enough {
            true => (low_median(measured.into_iter()), None),
            // Where too few measure at all, none has to be as slow as others seem to be.
            false if self.measuring < self.enough => (said, Some(Remark::Unmeasured)),
            false => (said.min(self.most_unmeasured), Some(Remark::Unmeasured)),
        };
        Some(Listed {
            relay,
            named,
            bandwidth,
            remark,
        })
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
