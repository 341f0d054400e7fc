//! RSA keys out of a pool of primes.
//!
//! To find primes takes long, so they are in a file: **test keys, known to everybody**. Each pair
//! of the same length is another key.

use std::sync::{Arc, LazyLock};

use data_encoding::HEXLOWER;
use tor_harness_netdoc::RsaSecretKey;

/// A prime a line, in hexadecimal: `cargo run --release -p tor-harness-testnet --example primes`.
static FILE: &str = include_str!("primes.txt");

/// How many bits a key has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Bits {
    /// Of relays.
    B1024,
    /// By which authorities sign.
    B2048,
    /// By which authorities are known.
    B3072,
}

/// The primes by their length.
struct Pool([Vec<Vec<u8>>; 3]);

static POOL: LazyLock<Pool> = LazyLock::new(|| {
    let of_length = |bytes: usize| {
        let lines = FILE.lines().filter(|line| line.len() == 2 * bytes);
        let primes = lines.filter_map(|line| HEXLOWER.decode(line.as_bytes()).ok());
        primes.collect()
    };
    Pool([of_length(64), of_length(128), of_length(192)])
});

/// How many keys of a length there are: 20,910 for relays, 300 for authorities.
pub(crate) fn count(bits: Bits) -> usize {
    let primes = POOL.0[bits as usize].len();
    primes * (primes - 1) / 2
}

/// The key with this number; they begin anew behind the last.
pub(crate) fn rsa_key(bits: Bits, number: u64) -> Arc<RsaSecretKey> {
    let primes = &POOL.0[bits as usize];
    let number = (number % count(bits) as u64) as usize;
    // The number of primes is odd: each pair has one distance that is below half of it.
    let (distance, first) = (number / primes.len() + 1, number % primes.len());
    let second = (first + distance) % primes.len();
    let key = RsaSecretKey::from_primes(&primes[first], &primes[second]);
    Arc::new(key.expect("the pool holds primes that fit together"))
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn each_number_is_another_key() {
        for (bits, expected) in [
            (Bits::B1024, 20_910),
            (Bits::B2048, 300),
            (Bits::B3072, 300),
        ] {
            assert_eq!(count(bits), expected);
            let keys = (0..expected as u64).map(|number| rsa_key(bits, number).fingerprint());
            assert_eq!(keys.collect::<HashSet<_>>().len(), expected);
            let around = rsa_key(bits, expected as u64).fingerprint();
            assert_eq!(around, rsa_key(bits, 0).fingerprint());
        }
    }
}
