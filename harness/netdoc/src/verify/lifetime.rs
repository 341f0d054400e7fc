//! How old a document may be.

use tor_harness_types::UtcSeconds;

use crate::kinds::{Consensus, KeyCertificate, Preamble, Vote};
use crate::rules::ParseError;

/// From when to when a document says of itself that it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Lifetime {
    /// From this second on.
    pub valid_after: UtcSeconds,
    /// Up to this second there is no newer one.
    pub fresh_until: UtcSeconds,
    /// Up to this second, with it.
    pub valid_until: UtcSeconds,
}

/// What a document is at some time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Timeliness {
    /// It will hold later.
    NotYetValid,
    /// It holds, and there is no newer one.
    Fresh,
    /// It holds, and there should be a newer one.
    Valid,
    /// It is over.
    Expired,
}

/// For so many seconds before and after a consensus holds, tor makes do with it where it has
/// no better (`REASONABLY_LIVE_TIME`).
const REASONABLY_LIVE: i64 = 24 * 60 * 60;

impl Lifetime {
    /// What the document is at this time.
    #[must_use]
    pub fn at(&self, now: UtcSeconds) -> Timeliness {
        match now {
            _ if now < self.valid_after => Timeliness::NotYetValid,
            _ if now > self.valid_until => Timeliness::Expired,
            _ if now <= self.fresh_until => Timeliness::Fresh,
            _ => Timeliness::Valid,
        }
    }

    /// Whether tor would make do with the consensus at this time: it holds, or will within
    /// a day, or did a day ago.
    #[must_use]
    pub fn is_reasonably_live_at(&self, now: UtcSeconds) -> bool {
        let now = now.as_unix();
        let first = self.valid_after.as_unix() - REASONABLY_LIVE;
        let last = self.valid_until.as_unix() + REASONABLY_LIVE;
        (first..=last).contains(&now)
    }

    fn of(preamble: &Preamble<'_>) -> Result<Self, ParseError> {
        Ok(Self {
            valid_after: preamble.valid_after()?,
            fresh_until: preamble.fresh_until()?,
            valid_until: preamble.valid_until()?,
        })
    }
}

impl Consensus<'_> {
    /// When it holds.
    ///
    /// # Errors
    /// If one of its three times is not there, or cannot be read.
    pub fn lifetime(&self) -> Result<Lifetime, ParseError> {
        Lifetime::of(&self.preamble())
    }
}

impl Vote<'_> {
    /// When the consensus that it is for will hold.
    ///
    /// # Errors
    /// If one of its three times is not there, or cannot be read.
    pub fn lifetime(&self) -> Result<Lifetime, ParseError> {
        Lifetime::of(&self.preamble())
    }
}

impl KeyCertificate<'_> {
    /// When it holds; there need be no newer one before it is over.
    ///
    /// # Errors
    /// If one of its two times is not there, or cannot be read.
    pub fn lifetime(&self) -> Result<Lifetime, ParseError> {
        let valid_until = self.expires()?;
        Ok(Lifetime {
            valid_after: self.published()?,
            fresh_until: valid_until,
            valid_until,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_by_the_time() {
        let time = |hour: &str| {
            alloc::format!("2026-11-{hour}:00")
                .parse::<UtcSeconds>()
                .unwrap()
        };
        let lifetime = Lifetime {
            valid_after: time("20 12:00"),
            fresh_until: time("20 13:00"),
            valid_until: time("20 15:00"),
        };
        for (now, expected, is_reasonably_live) in [
            ("19 11:59", Timeliness::NotYetValid, false),
            ("19 12:00", Timeliness::NotYetValid, true),
            ("20 11:59", Timeliness::NotYetValid, true),
            ("20 12:00", Timeliness::Fresh, true),
            ("20 13:00", Timeliness::Fresh, true),
            ("20 13:01", Timeliness::Valid, true),
            ("20 15:00", Timeliness::Valid, true),
            ("20 15:01", Timeliness::Expired, true),
            ("21 15:00", Timeliness::Expired, true),
            ("21 15:01", Timeliness::Expired, false),
        ] {
            let now = time(now);
            let answer = (lifetime.at(now), lifetime.is_reasonably_live_at(now));
            assert_eq!(answer, (expected, is_reasonably_live), "{now}");
        }
    }
}
