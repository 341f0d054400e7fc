//! Finds the primes of `src/primes.txt`, the same each time, and prints them.
//!
//! A candidate is bytes of a seed with the upper four bits set, so that the product of two has
//! all bits, and the lowest; it is taken if it passes Miller and Rabin's test for forty bases and
//! 65537 does not divide it less one.
#![expect(clippy::print_stdout, reason = "this is what it is for")]

use crypto_bigint::modular::{FixedMontyForm, FixedMontyParams};
use crypto_bigint::{Limb, NonZero, Odd, U512, U1024, U1536, Uint};
use tor_harness_testnet::Seed;

/// How many there are of each length: odd, as `src/primes.rs` wants.
const RELAYS: usize = 205;
const AUTHORITIES: usize = 25;

fn main() {
    println!("# Test keys, known to everybody: primes of 512, 1024 and 1536 bits.");
    println!("# Made by the example `primes`; do not edit.");
    print::<{ U512::LIMBS }, 64>(RELAYS);
    print::<{ U1024::LIMBS }, 128>(AUTHORITIES);
    print::<{ U1536::LIMBS }, 192>(AUTHORITIES);
}

fn print<const LIMBS: usize, const BYTES: usize>(count: usize) {
    let seed = Seed::new(0).child("primes", BYTES as u64);
    let candidates = (0..).map(|number| {
        let mut bytes: [u8; BYTES] = seed.child("candidate", number).bytes("prime");
        bytes[0] |= 0xf0;
        bytes[BYTES - 1] |= 1;
        Uint::<LIMBS>::from_be_slice(&bytes)
    });
    let primes = candidates.filter(is_such);
    primes.take(count).for_each(|prime| println!("{prime:x}"));
}

fn is_such<const LIMBS: usize>(candidate: &Uint<LIMBS>) -> bool {
    let small = (3..2000).step_by(2);
    let mut divisors = small.filter_map(|limb| NonZero::new(Limb::from(limb as u32)).into_option());
    if divisors.any(|divisor| candidate.rem_limb(divisor) == Limb::ZERO) {
        return false;
    }
    let less_one = candidate.wrapping_sub(&Uint::ONE);
    let exponent = NonZero::new(Limb::from(65_537_u32)).expect("it is not zero");
    less_one.rem_limb(exponent) != Limb::ZERO && passes(candidate, &less_one)
}

/// The test of Miller and Rabin.
fn passes<const LIMBS: usize>(candidate: &Uint<LIMBS>, less_one: &Uint<LIMBS>) -> bool {
    let params =
        FixedMontyParams::new_vartime(Odd::new(*candidate).expect("the lowest bit is set"));
    let one = FixedMontyForm::one(&params);
    let minus_one = FixedMontyForm::new(less_one, &params);
    let twos = less_one.trailing_zeros();
    let odd = less_one.wrapping_shr(twos);
    (2..42_u32).all(|base| {
        let mut power = FixedMontyForm::new(&Uint::from(base), &params).pow(&odd);
        power == one
            || (0..twos).any(|_| {
                let is_minus_one = power == minus_one;
                power = power.square();
                is_minus_one
            })
    })
}
