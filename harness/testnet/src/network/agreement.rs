//! What the votes say together of the network as such (dir-spec section 3.8).

use std::collections::{BTreeMap, BTreeSet};

use tor_harness_types::TorVersion;

use super::protocols;
use super::settings::Network;
use super::status::StatusSettings;
use crate::authority::Authority;

/// So many votes for a parameter are always enough.
const ENOUGH_FOR_A_PARAMETER: usize = 3;

impl Network {
    /// What the vote of an authority is like.
    pub(super) fn status_by<'n>(&'n self, authority: &'n Authority) -> &'n StatusSettings {
        authority.opinion.status.as_ref().unwrap_or(&self.status)
    }

    /// What the consensus is like. The random values are those of [`Network::status`]: authorities
    /// agree on them by other means than votes.
    pub(super) fn agreed_status(&self) -> StatusSettings {
        let all = self.statuses();
        let flags = all.iter().flat_map(|one| &one.known_flags);
        let delay = |index: usize| low_median(all.iter().map(|one| one.voting_delay[index]));
        StatusSettings {
            valid_after: low_median(all.iter().map(|one| one.valid_after)),
            fresh_until: low_median(all.iter().map(|one| one.fresh_until)),
            valid_until: low_median(all.iter().map(|one| one.valid_until)),
            voting_delay: [delay(0), delay(1)],
            methods: vec![method(&all)],
            client_versions: versions(all.iter().map(|one| &one.client_versions)),
            server_versions: versions(all.iter().map(|one| &one.server_versions)),
            known_flags: flags
                .cloned()
                .collect::<BTreeSet<_>>()
                .into_iter()
                .collect(),
            protocols: protocols::agreed(&all),
            params: params(&all),
            ..self.status.clone()
        }
    }

    /// By which method the consensus is made.
    pub(super) fn method(&self) -> u32 {
        method(&self.statuses())
    }

    /// What the votes are like; as if there was one where there are no authorities.
    fn statuses(&self) -> Vec<&StatusSettings> {
        match self.authorities.as_slice() {
            [] => vec![&self.status],
            all => all.iter().map(|one| self.status_by(one)).collect(),
        }
    }
}

/// Of those in the middle the smaller one. There has to be one.
pub(super) fn low_median<T: Ord + Copy>(all: impl Iterator<Item = T>) -> T {
    let mut all: Vec<_> = all.collect();
    all.sort_unstable();
    all[(all.len() - 1) / 2]
}

/// How often each is there.
pub(super) fn counted<T: Ord>(all: impl IntoIterator<Item = T>) -> BTreeMap<T, usize> {
    let mut counts = BTreeMap::new();
    for one in all {
        *counts.entry(one).or_default() += 1;
    }
    counts
}

/// The highest method that more than two thirds know, or else the highest of all.
fn method(all: &[&StatusSettings]) -> u32 {
    let methods = all.iter().flat_map(|one| BTreeSet::from_iter(&one.methods));
    let counts = counted(methods);
    let highest = counts.keys().next_back().copied();
    let mut known = counts
        .iter()
        .rev()
        .filter(|(_, count)| 3 * **count > 2 * all.len());
    // Who says no method knows the first one alone.
    known
        .next()
        .map(|(method, _)| *method)
        .or(highest)
        .map_or(1, |method| *method)
}

/// What more than half of those recommend who recommend versions, the oldest first.
fn versions<'s>(all: impl Iterator<Item = &'s Vec<String>>) -> Vec<String> {
    let with_opinion: Vec<_> = all.filter(|versions| !versions.is_empty()).collect();
    let each = with_opinion
        .iter()
        .flat_map(|one| BTreeSet::from_iter(*one));
    let counts = counted(each).into_iter();
    let recommended = counts.filter(|(_, count)| 2 * count > with_opinion.len());
    let mut versions: Vec<_> = recommended.map(|(version, _)| version.clone()).collect();
    versions.sort_by_key(|version| version.parse::<TorVersion>().ok());
    versions
}

/// What more than half or three vote for, with the median of their values.
fn params(all: &[&StatusSettings]) -> BTreeMap<String, i32> {
    let mut values = BTreeMap::<_, Vec<i32>>::new();
    for (name, value) in all.iter().flat_map(|one| &one.params) {
        values.entry(name).or_default().push(*value);
    }
    let is_enough = |count| 2 * count > all.len() || count >= ENOUGH_FOR_A_PARAMETER;
    let agreed = values
        .into_iter()
        .filter(|(_, values)| is_enough(values.len()));
    agreed
        .map(|(name, values)| (name.clone(), low_median(values.into_iter())))
        .collect()
}
