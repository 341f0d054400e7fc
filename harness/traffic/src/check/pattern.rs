//! Bytes out of a seed, of which each is known by its position alone.

/// The bytes of one stream.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pattern {
    start: u64,
}

/// The increment of SplitMix64.
const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;

impl Pattern {
    pub(super) fn new(seed: u64, stream: usize) -> Self {
        Self {
            start: mix(seed ^ mix(stream as u64)),
        }
    }

    /// Writes those that begin at a position.
    pub(super) fn fill(self, position: u64, bytes: &mut [u8]) {
        let word = |at: u64| mix(self.start.wrapping_add((at / 8).wrapping_mul(GOLDEN)));
        let mut eight = word(position).to_le_bytes();
        for (at, byte) in (position..).zip(bytes) {
            let within = (at % 8) as usize;
            if within == 0 {
                eight = word(at).to_le_bytes();
            }
            *byte = eight[within];
        }
    }
}

/// What SplitMix64 makes of its state.
fn mix(state: u64) -> u64 {
    let state = state.wrapping_add(GOLDEN);
    let state = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let state = (state ^ (state >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    state ^ (state >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_byte_is_known_by_its_position() {
        let mut whole = [0; 64];
        Pattern::new(7, 1).fill(0, &mut whole);
        for start in 0..40 {
            let mut part = [0; 24];
            Pattern::new(7, 1).fill(start as u64, &mut part);
            assert_eq!(part, whole[start..start + 24], "{start}");
        }
        let mut other = [0; 64];
        for (seed, stream) in [(7, 0), (8, 1), (1, 7)] {
            Pattern::new(seed, stream).fill(0, &mut other);
            assert_ne!(other, whole, "{seed} {stream}");
        }
    }

    #[test]
    fn it_is_what_splitmix64_gives() {
        // The first two numbers that are published for the seed 1234567.
        assert_eq!(mix(1_234_567), 6_457_827_717_110_365_317);
        assert_eq!(mix(1_234_567 + GOLDEN), 3_203_168_211_198_807_973);
    }
}
