//! What all is made of.

use core::fmt;

use shake::Shake256;
use shake::digest::{ExtendableOutput, Update, XofReader};

/// A seed: of it and a label come bytes that look random, the same on every machine and in every
/// version of this crate's dependencies.
///
/// All is SHAKE256 (FIPS 202) of the seed's 32 bytes, a byte with the length of the label, the
/// label, and a number in 8 bytes, most significant first. What has parts, such as a network,
/// gives each a seed of its own, so that one part more changes nothing in the others.
///
/// ```
/// use tor_harness_testnet::Seed;
///
/// let seed = Seed::new(1);
/// let relay = seed.child("relay", 7);
/// assert_eq!(relay, Seed::new(1).child("relay", 7));
/// assert_ne!(relay.bytes::<32>("ntor"), seed.bytes("ntor"));
/// assert!(relay.below("port", 10) < 10);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Seed([u8; 32]);

impl Seed {
    /// The seed with this number.
    #[must_use]
    pub fn new(number: u64) -> Self {
        Self([0; 32]).child("tor-harness", number)
    }

    /// The seed of a part: what kind of part, and which of them.
    #[must_use]
    pub fn child(&self, label: &str, number: u64) -> Self {
        Self(self.derive(label, number))
    }

    /// Bytes for one purpose.
    #[must_use]
    pub fn bytes<const N: usize>(&self, label: &str) -> [u8; N] {
        self.derive(label, 0)
    }

    /// A number below another: eight bytes, most significant first, and what is left of them
    /// after a division. 0 if nothing is below it.
    #[must_use]
    pub fn below(&self, label: &str, limit: u64) -> u64 {
        u64::from_be_bytes(self.bytes(label))
            .checked_rem(limit)
            .unwrap_or_default()
    }

    fn derive<const N: usize>(&self, label: &str, number: u64) -> [u8; N] {
        let mut hash = Shake256::default();
        hash.update(&self.0);
        // Labels too long for the byte differ by how much is hashed.
        hash.update(&[label.len() as u8]);
        hash.update(label.as_bytes());
        hash.update(&number.to_be_bytes());
        let mut bytes = [0; N];
        hash.finalize_xof().read(&mut bytes);
        bytes
    }
}

impl fmt::Debug for Seed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = data_encoding::HEXLOWER.encode(&self.0);
        write!(f, "Seed({digits})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As Python's hashlib says: `shake_256(bytes(32) + b"\x0btor-harness" + (1).to_bytes(8)).hexdigest(32)`.
    #[test]
    fn is_the_same_everywhere() {
        let digits = "92043e7f37b80a252a33859f843937d5d3935f40a3257355c8a5bbb213988f93";
        assert_eq!(format!("{:?}", Seed::new(1)), format!("Seed({digits})"));
    }

    #[test]
    fn each_part_has_its_own() {
        let seed = Seed::new(1);
        let all = [
            seed,
            Seed::new(2),
            seed.child("a", 0),
            seed.child("a", 1),
            seed.child("b", 0),
            seed.child("a", 0).child("a", 0),
        ];
        for (index, one) in all.iter().enumerate() {
            assert!(!all[..index].contains(one), "{index}");
        }
        let numbers: Vec<_> = (0..100)
            .map(|number| seed.child("x", number).below("y", 3))
            .collect();
        assert!(
            (0..3).all(|number| numbers.contains(&number)),
            "{numbers:?}"
        );
        assert_eq!(seed.below("y", 0), 0);
    }
}
