//! How a network changes in an hour.

use tor_harness_types::UtcSeconds;

use super::chance::{happens, varied};
use super::settings::Network;
use super::status::SHARED_RANDOM;
use crate::authority::Authority;
use crate::relay::{NUMBERS, Relay};
use crate::seed::Seed;
use crate::time::moved;

/// What changes in an hour, of 1000 each: about as on the public network.
///
/// ```
/// use tor_harness_testnet::{Churn, Network, Seed};
///
/// let mut network = Network::new(Seed::new(1), 3, 100, "2026-11-22 12:00:00".parse()?);
/// network.churn = Churn { leave: 200, ..Churn::none() };
/// let later = network.after(2);
/// assert!(later.relays.len() < 80);
/// assert_eq!(later.status.valid_after.to_string(), "2026-11-22 14:00:00");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Churn {
    /// The relays that leave.
    pub leave: u32,
    /// How many come, as a part of those that are there.
    pub come: u32,
    /// Those of them that come for the first time, as long as there are keys that nobody had. The
    /// others were there before: of those that left, an eighth of the network can come back.
    pub new: u32,
    /// The relays that start again.
    pub restart: u32,
    /// Those that get another address.
    pub address: u32,
    /// Those of which one flag is judged anew: Fast, Guard, HSDir or Stable.
    pub flags: u32,
    /// By how much each relay's weight changes at most. By and by it comes back to what the relay
    /// carries in its own view.
    pub weight: u32,
}

/// How old a descriptor gets, in seconds.
const PUBLISH_AFTER: i64 = 18 * 3600;
/// The authorities' keys are certified anew so long before that is over, in seconds.
const CERTIFY_BEFORE: i64 = 30 * 24 * 3600;
const HOUR: i64 = 3600;
const DAY: i64 = 24 * HOUR;

impl Default for Churn {
    fn default() -> Self {
        Self {
            leave: 20,
            come: 20,
            new: 200,
            restart: 5,
            address: 1,
            flags: 20,
            weight: 50,
        }
    }
}

impl Churn {
    /// Nothing but time passes: descriptors are published anew, random values move on.
    #[must_use]
    pub fn none() -> Self {
        Self {
            leave: 0,
            come: 0,
            new: 0,
            restart: 0,
            address: 0,
            flags: 0,
            weight: 0,
        }
    }
}

impl Network {
    /// The network some hours later. All that changes is out of its seed: an hour after another
    /// gives the same as both at once.
    ///
    /// Relays leave and come, as [`Network::churn`] says; they run on, start again, get other
    /// flags, weights and addresses, and publish descriptors anew when the old ones are 18 hours
    /// old or say something else. Authorities and bridges stay. The times of the consensus move on, the
    /// shared random values at midnight.
    ///
    /// A relay that comes for the first time has keys that nobody here has or had: 10,455 can be
    /// had, those of authorities and bridges included. After that only those who left come back.
    ///
    /// ```
    /// use tor_harness_netdoc::Flavor;
    /// use tor_harness_testnet::{Network, Seed};
    ///
    /// let network = Network::new(Seed::new(1), 1, 50, "2026-11-22 12:00:00".parse()?);
    /// let consensus = |network: &Network| network.consensus(Flavor::Ns).encode();
    /// assert_eq!(consensus(&network.after(3)), consensus(&network.after(1).after(2)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn after(&self, hours: u64) -> Self {
        let mut later = self.clone();
        (0..hours).for_each(|_| later.pass_hour());
        later
    }

    /// Lets an hour pass: see [`Network::after`].
    pub fn pass_hour(&mut self) {
        let churn = self.churn;
        self.move_times();
        let now = self.status.valid_after;
        let hour = self.hour();
        let before = self.relays.len();
        let leaves = |relay: &mut Relay| happens(relay.seed_of(hour), "leave", churn.leave);
        let left: Vec<_> = self.relays.extract_if(.., leaves).collect();

        let authorities = self.authorities.iter_mut();
        let own = authorities.map(|authority| &mut authority.relay);
        let bridges = self.bridges.iter_mut().map(|bridge| &mut bridge.relay);
        for relay in own.chain(bridges).chain(&mut self.relays) {
            let seed = relay.seed_of(hour);
            relay.pass_hour(seed, now, &churn);
        }
        self.authorities.iter_mut().for_each(|one| one.certify(now));

        self.take_in(before, &left, self.seed.child("hour", hour), now);
        self.away.extend(left);
        let known = self.away.len().saturating_sub(before / 8);
        self.away.drain(..known);
    }

    /// The number of the hour, by which all differ.
    pub(super) fn hour(&self) -> u64 {
        let now = self.status.valid_after.as_unix();
        now.div_euclid(HOUR).cast_unsigned()
    }

    /// Moves on the times of the consensus, and of what authorities have of their own.
    fn move_times(&mut self) {
        let day = |time: UtcSeconds| time.as_unix().div_euclid(DAY);
        let own = self
            .authorities
            .iter_mut()
            .map(|one| &mut one.opinion.status);
        for status in own.flatten().chain([&mut self.status]) {
            let before = day(status.valid_after);
            for time in [
                &mut status.valid_after,
                &mut status.fresh_until,
                &mut status.valid_until,
            ] {
                *time = moved(*time, HOUR);
            }
            let today = day(status.valid_after);
            if today != before {
                let [_, current] = status.shared_random;
                let seed = self.seed.child("day", today.cast_unsigned());
                status.shared_random = [current, seed.bytes(SHARED_RANDOM[1])];
            }
        }
    }

    /// Takes in the relays that come to so many in an hour, those apart that leave in it.
    fn take_in(&mut self, relays: usize, left: &[Relay], hour: Seed, now: UtcSeconds) {
        // What is less than a relay decides how often one comes.
        let of_thousand = relays as u64 * u64::from(self.churn.come);
        let count = (of_thousand + hour.below("come", 1000)) / 1000;
        for number in 0..count {
            let seed = hour.child("come", number);
            let is_new = self.away.is_empty() || happens(seed, "new", self.churn.new);
            let new = if is_new {
                self.new_relay(left, now)
            } else {
                None
            };
            let Some(mut relay) = new.or_else(|| self.come_back(seed)) else {
                return;
            };
            relay.start(seed, now);
            self.relays.push(relay);
        }
    }

    /// A relay with the next number whose keys nobody has; `None` if all are used. No number is
    /// used again, or the key of somebody who is forgotten would come back with another beside it.
    fn new_relay(&mut self, left: &[Relay], now: UtcSeconds) -> Option<Relay> {
        let mut new = loop {
            if self.next >= NUMBERS {
                return None;
            }
            let relay = Relay::new(self.seed, self.next, now);
            self.next += 1;
            let name = relay.fingerprint();
            let authorities = self.authorities.iter().map(|one| &one.relay);
            let bridges = self.bridges.iter().map(|one| &one.relay);
            let own = authorities.chain(bridges).chain(&self.relays);
            let mut all = own.chain(&self.away).chain(left);
            if all.all(|one| one.fingerprint() != name) {
                break relay;
            }
        };
        for flag in ["Guard", "HSDir", "Stable"] {
            new.set_flag(flag, false);
        }
        Some(new)
    }

    /// One of those that left before.
    fn come_back(&mut self, seed: Seed) -> Option<Relay> {
        let number = seed.below("away", self.away.len() as u64);
        let is_there = !self.away.is_empty();
        is_there.then(|| self.away.remove(number as usize))
    }
}

impl Relay {
    /// What is random about it in an hour.
    pub(super) fn seed_of(&self, hour: u64) -> Seed {
        self.keys().seed().child("hour", hour)
    }

    fn pass_hour(&mut self, seed: Seed, now: UtcSeconds, churn: &Churn) {
        self.weigh(seed, churn.weight);
        if happens(seed, "flags", churn.flags) {
            self.judge(seed);
        }
        let has_moved = happens(seed, "address", churn.address);
        if has_moved {
            self.move_to(seed.below("where", u64::MAX));
        }
        if happens(seed, "restart", churn.restart) {
            self.start(seed, now);
        } else if has_moved || self.published.as_unix() + PUBLISH_AFTER <= now.as_unix() {
            let before = self.published.as_unix();
            self.publish(seed, now);
            let passed = self.published.as_unix().saturating_sub(before);
            self.uptime = self.uptime.saturating_add_signed(passed);
        }
    }

    /// Lets it start anew in the hour that ends now.
    fn start(&mut self, seed: Seed, now: UtcSeconds) {
        self.publish(seed, now);
        self.uptime = seed.below("uptime", 60);
    }

    /// Lets it make its descriptors in the hour that ends now, before authorities vote.
    fn publish(&mut self, seed: Seed, now: UtcSeconds) {
        let age = HOUR - seed.below("published", 2700).cast_signed();
        self.published = moved(now, -age);
    }

    /// Weighs it anew, by so many parts of 1000 more or less at most.
    fn weigh(&mut self, seed: Seed, of_thousand: u32) {
        if of_thousand > 0 {
            let [own, weight] = [self.bandwidth, self.weight()].map(i64::from);
            let nearer = weight + (own - weight) / 16;
            // It is between the two.
            let nearer = u32::try_from(nearer).unwrap_or(u32::MAX);
            self.weight = Some(varied(nearer, seed, of_thousand));
        }
    }

    /// Judges one of its flags anew, which it then has about as often as at first.
    fn judge(&mut self, seed: Seed) {
        let flags = [("Fast", 9), ("Guard", 5), ("HSDir", 9), ("Stable", 9)];
        let (flag, of_ten) = flags[seed.below("flag", 4) as usize];
        self.set_flag(flag, seed.below("is set", 10) < of_ten);
    }
}

impl Authority {
    /// Certifies its signing key anew when that is to end soon.
    fn certify(&mut self, now: UtcSeconds) {
        if self.expires.as_unix() - CERTIFY_BEFORE <= now.as_unix() {
            let lifetime = self.expires.as_unix() - self.certified.as_unix();
            self.certified = moved(now, -DAY);
            self.expires = moved(self.certified, lifetime);
        }
    }
}
