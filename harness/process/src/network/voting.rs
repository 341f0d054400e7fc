//! A network whose authorities vote.

use std::fmt::Write as _;
use std::time::{Duration, SystemTime};

use super::identity::Identity;
use super::layout::Place;
use super::role::Role;

/// The seconds between the first tries to vote: the least that tor takes.
const FIRST_INTERVAL: u64 = 5;

/// How long after its start a network should have its first consensus: relays
/// need a second to make their descriptors, the authorities two to vote.
const UNTIL_CONSENSUS: Duration = Duration::from_millis(3600);

/// What every node is told: consensuses come and go within seconds.
const ALL: &str = "\
FetchDirInfoEarly 1
FetchDirInfoExtraEarly 1
PathsNeededToBuildCircuits 0.67
TestingClientMaxIntervalWithoutRequest 1
";

/// The torrc lines of nodes whose authorities vote.
pub(super) struct Lines {
    authorities: String,
    offset: u64,
}

impl Lines {
    /// Those of nodes that start now.
    ///
    /// Every ten seconds there is a consensus, and the first as soon as all relays
    /// can be in it: authorities agree on times by the clock, so the offset says
    /// when that is.
    pub(super) fn new(places: &[Place], now: SystemTime) -> Self {
        Self {
            authorities: places.iter().filter_map(dir_authority).collect(),
            offset: offset(now),
        }
    }

    pub(super) fn of(&self, place: &Place) -> String {
        let mut lines = format!("{}{ALL}", self.authorities);
        if place.role().is_authority() {
            lines.push_str(AUTHORITY);
            let _ = writeln!(lines, "TestingV3AuthVotingStartOffset {}", self.offset);
        }
        lines
    }
}

/// The line by which the others know an authority.
fn dir_authority(place: &Place) -> Option<String> {
    let Identity::Authority(authority) = &place.identity else {
        return None;
    };
    let mut line = authority.dir_authority_line();
    if place.role() == Role::BridgeAuthority {
        line = line.replace(" no-v2 ", " no-v2 bridge ");
    }
    Some(line + "\n")
}

const AUTHORITY: &str = "\
TestingV3AuthInitialVotingInterval 5
TestingV3AuthInitialVoteDelay 2
TestingV3AuthInitialDistDelay 2
V3AuthVotingInterval 10
V3AuthVoteDelay 2
V3AuthDistDelay 2
V3AuthNIntervalsValid 3
TestingDirAuthVoteGuard *
TestingDirAuthVoteHSDir *
TestingMinExitFlagThreshold 0
TestingMinFastFlagThreshold 0
";

/// The seconds by which votes are shifted.
fn offset(now: SystemTime) -> u64 {
    let first = now + UNTIL_CONSENSUS;
    let since_1970 = first
        .duration_since(SystemTime::UNIX_EPOCH)
        .unwrap_or_default();
    (since_1970.as_secs() + u64::from(since_1970.subsec_nanos() > 0)) % FIRST_INTERVAL
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_consensus_comes_in_time() {
        for (now, expected) in [(0, 4), (400, 4), (401, 0), (1400, 0), (9999, 4)] {
            let now = SystemTime::UNIX_EPOCH + Duration::from_millis(now);
            assert_eq!(offset(now), expected, "{now:?}");
        }
    }
}
