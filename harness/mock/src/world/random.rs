//! Where random bytes come from.

/// Where a port takes random bytes from, for its nonces and its cookie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Random {
    /// The system.
    System,
    /// A seed: the same bytes each time. They are no secret.
    Seed(u64),
}

impl Random {
    /// The next 32 bytes.
    pub(crate) fn bytes(&mut self) -> [u8; 32] {
        let mut bytes = [0; 32];
        match self {
            Self::System => {
                // Without them a nonce is guessable, which harms no test.
                let _ = getrandom::fill(&mut bytes);
            }
            Self::Seed(state) => {
                for chunk in bytes.chunks_mut(8) {
                    chunk.copy_from_slice(&split_mix(state).to_le_bytes());
                }
            }
        }
        bytes
    }

    /// Another one, the same each time for the same number.
    pub(crate) fn fork(self, number: u64) -> Self {
        match self {
            Self::System => Self::System,
            Self::Seed(seed) => Self::Seed(split_mix(&mut (seed ^ number))),
        }
    }

    /// The next number, of which any is as likely.
    pub(crate) fn number(&mut self) -> u64 {
        match self {
            // Without one the first will do.
            Self::System => getrandom::u64().unwrap_or_default(),
            Self::Seed(state) => split_mix(state),
        }
    }
}

/// The next number of the SplitMix64 generator.
fn split_mix(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut mixed = *state;
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seeds_repeat() {
        let (mut one, mut two, mut other) = (Random::Seed(1), Random::Seed(1), Random::Seed(2));
        let first = one.bytes();
        assert_eq!(first, two.bytes());
        assert_ne!(first, one.bytes());
        assert_ne!(first, other.bytes());
    }
}
