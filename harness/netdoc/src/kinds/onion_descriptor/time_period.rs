//! For how long an onion service has one key.

use alloc::vec::Vec;

use curve25519_dalek::edwards::CompressedEdwardsY;
use sha3::{Digest, Sha3_256};
use tor_harness_types::{OnionAddress, UtcSeconds};

/// A time in which an onion service has one blinded key (rend-spec-v3 section 2.2.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TimePeriod {
    /// How many there were before it.
    pub number: u64,
    /// How long it is, in minutes: the consensus parameter `hsdir-interval`, 1440
    /// for the public network, and 24 voting intervals in a testing network.
    pub minutes: u32,
}

/// ed25519's base point, as the blinding factor's hash takes it.
const BASE_POINT: &[u8] =
    b"(15112221349535400772501151409588531511454012693041857206046113283949847762202, \
    46316835694926478169428394003475163141307993866256225615783033603165251855960)";

impl TimePeriod {
    /// The period that `now` is in. Periods begin 12 voting intervals, each of so
    /// many seconds (3600 in the public network), behind a whole number of them.
    /// `None` before the first period, or for periods of no length.
    #[must_use]
    pub fn at(now: UtcSeconds, minutes: u32, voting_interval: u32) -> Option<Self> {
        // As tor rounds.
        let offset = u64::from(voting_interval) * 12 / 60;
        let now = u64::try_from(now.as_unix()).ok()? / 60;
        let number = now.checked_sub(offset)?.checked_div(u64::from(minutes))?;
        Some(Self { number, minutes })
    }

    /// The key that a service has in this period (rend-spec-v3 section A.2); `None`
    /// if the address is of no point of the curve.
    #[must_use]
    pub fn blinded_key(self, address: &OnionAddress) -> Option<[u8; 32]> {
        let identity = address.public_key();
        let point = CompressedEdwardsY(*identity).decompress()?;
        let key = point.mul_clamped(self.blinding_factor(identity));
        Some(key.compress().to_bytes())
    }

    /// What the key of a service is multiplied with, its first and last bits not set yet.
    pub(crate) fn blinding_factor(self, identity: &[u8; 32]) -> [u8; 32] {
        let mut nonce = Vec::from(*b"key-blind");
        nonce.extend_from_slice(&self.number.to_be_bytes());
        nonce.extend_from_slice(&u64::from(self.minutes).to_be_bytes());
        let factor = Sha3_256::new()
            .chain_update(b"Derive temporary signing key\0")
            .chain_update(identity)
            .chain_update(BASE_POINT)
            .chain_update(nonce)
            .finalize();
        factor.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_are_the_specifications() {
        // The example of section 2.2.1.
        let at = |time: &str| {
            TimePeriod::at(time.parse().unwrap(), 1440, 3600)
                .unwrap()
                .number
        };
        assert_eq!(at("2016-04-13 11:15:01"), 16_903);
        assert_eq!(at("2016-04-12 12:00:00"), 16_903);
        assert_eq!(at("2016-04-13 12:00:00"), 16_904);
        let epoch = UtcSeconds::from_unix(0).unwrap();
        assert_eq!(TimePeriod::at(epoch, 1440, 3600), None);
        assert_eq!(TimePeriod::at(epoch, 0, 0), None);
    }
}
