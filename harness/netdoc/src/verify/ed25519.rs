//! Signatures by ed25519 keys, as tor takes them.
//!
//! No secret is involved, so nothing here has to take the same time for all keys.

use alloc::vec::Vec;
use core::iter::once;

use curve25519_dalek::constants::ED25519_BASEPOINT_POINT;
use curve25519_dalek::edwards::CompressedEdwardsY;
use curve25519_dalek::traits::{IsIdentity, VartimeMultiscalarMul};
use curve25519_dalek::{EdwardsPoint, MontgomeryPoint, Scalar};
use sha2::{Digest, Sha512};
use shake::Shake256;
use shake::digest::{ExtendableOutput, Update, XofReader};

/// How many signatures are asked together: one that does not hold has so many asked singly.
const BATCH: usize = 32;

/// A public key, on the curve.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ed25519Key {
    bytes: [u8; 32],
    point: EdwardsPoint,
}

impl Ed25519Key {
    /// The key of these bytes; `None` if they are of no point. Those that another key's bytes
    /// should be are taken, and so are points of small order: tor takes them.
    pub(super) fn new(bytes: [u8; 32]) -> Option<Self> {
        let point = CompressedEdwardsY(bytes).decompress()?;
        Some(Self { bytes, point })
    }

    /// The key that an x25519 key is, too (dir-spec section A); `None` if it is none.
    pub(super) fn of_x25519(bytes: [u8; 32], sign: bool) -> Option<Self> {
        let point = MontgomeryPoint(bytes).to_edwards(u8::from(sign))?;
        let bytes = point.compress().to_bytes();
        Some(Self { bytes, point })
    }

    pub(super) fn as_bytes(&self) -> &[u8; 32] {
        &self.bytes
    }
}

/// A signature of which it is to be said whether it holds.
///
/// What was signed is in it as a hash only.
///
/// # What holds
/// What tor takes, which asks ed25519-donna (or ref10, which answers the same):
///
/// | | single | batch |
/// |---|---|---|
/// | key of small order, or in bytes of another | taken | asked singly |
/// | `R` of small order | taken | asked singly |
/// | `R` in bytes of another | refused | asked singly |
/// | `S` that is not below the order of the base point | taken below 2^253 | the same |
/// | `R` or key with a part of small order | refused, unless those parts cancel out | refused, unless those of several signatures cancel out |
///
/// The last line is where a batch may say of several signatures that they hold while one by
/// one they do not. Only who has the secret key of each of them can make such. Tor's own
/// batches, of four and more, are the same in this; what is asked singly is the truth.
#[derive(Clone, Copy, Debug)]
pub struct Ed25519Check(Option<Equation>);

/// `S * base == R + k * key`
#[derive(Clone, Copy, Debug)]
struct Equation {
    key: EdwardsPoint,
    k: Scalar,
    r: CompressedEdwardsY,
    s: Scalar,
}

impl Ed25519Check {
    /// The signature of a message by a key.
    #[must_use]
    pub fn new(key: &[u8; 32], message: &[u8], signature: &[u8; 64]) -> Self {
        let key = Ed25519Key::new(*key);
        Self(key.and_then(|key| Equation::new(&key, message, signature)))
    }

    /// The same by a key that is already on the curve.
    pub(super) fn by(key: &Ed25519Key, message: &[u8], signature: &[u8; 64]) -> Self {
        Self(Equation::new(key, message, signature))
    }

    /// Whether it holds.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.0.is_some_and(|equation| equation.holds())
    }

    /// Which of these hold, faster than one by one where all do.
    #[must_use]
    pub fn each_holds(checks: &[Self]) -> Vec<bool> {
        checks.chunks(BATCH).flat_map(Self::batch).collect()
    }

    fn batch(checks: &[Self]) -> Vec<bool> {
        let ordinary = |check: &Self| Some((check.0?, check.0?.ordinary_r()?));
        let ordinary: Vec<_> = checks.iter().map(ordinary).collect();
        let together: Vec<_> = ordinary.iter().flatten().copied().collect();
        let all_hold = together.len() > 1 && all_hold(&together);
        let asked = checks.iter().zip(ordinary);
        asked
            .map(|(check, ordinary)| all_hold && ordinary.is_some() || check.holds())
            .collect()
    }
}

impl Equation {
    fn new(key: &Ed25519Key, message: &[u8], signature: &[u8; 64]) -> Option<Self> {
        let (r, s) = signature.split_first_chunk::<32>()?;
        let s: [u8; 32] = s.try_into().ok()?;
        if s[31] >> 5 != 0 {
            return None;
        }
        let hash = Sha512::new()
            .chain_update(r)
            .chain_update(key.bytes)
            .chain_update(message);
        Some(Self {
            key: key.point,
            k: Scalar::from_bytes_mod_order_wide(&hash.finalize().into()),
            r: CompressedEdwardsY(*r),
            s: Scalar::from_bytes_mod_order(s),
        })
    }

    fn holds(&self) -> bool {
        let r = EdwardsPoint::vartime_double_scalar_mul_basepoint(&self.k, &-self.key, &self.s);
        r.compress() == self.r
    }

    /// A number to multiply with, close to a random one, and its product with `k`.
    ///
    /// It is odd, and for the parts of small order, too, the product is the product: what they
    /// do not let hold in one equation does not vanish.
    fn factors(&self, random: u128) -> (Scalar, Scalar) {
        let mut number = random | 1;
        loop {
            let factor = Scalar::from(number);
            let product = factor * self.k;
            let exact = (number as u8).wrapping_mul(self.k.as_bytes()[0]);
            if (exact ^ product.as_bytes()[0]).is_multiple_of(8) {
                return (factor, product);
            }
            number = number.wrapping_add(2);
        }
    }

    /// The point that `r` is, where a batch may answer for a single check.
    fn ordinary_r(&self) -> Option<EdwardsPoint> {
        let [first, middle @ .., last] = self.r.as_bytes();
        let is_reduced =
            *first < 0xed || last & 0x7f != 0x7f || middle.iter().any(|byte| *byte != 0xff);
        let r = self.r.decompress()?;
        let is_ordinary = is_reduced && !r.is_small_order() && !self.key.is_small_order();
        is_ordinary.then_some(r)
    }
}

/// Whether the sum of the equations holds, each times a random number.
///
/// The numbers come from a hash of all equations, so that nobody can choose an equation by them.
fn all_hold(equations: &[(Equation, EdwardsPoint)]) -> bool {
    let mut hash = Shake256::default();
    for (equation, _) in equations {
        hash.update(equation.k.as_bytes());
        hash.update(equation.s.as_bytes());
    }
    let mut random = hash.finalize_xof();
    let mut base_factor = Scalar::ZERO;
    let mut key_factors = Vec::with_capacity(equations.len());
    let mut r_factors = Vec::with_capacity(equations.len());
    for (equation, _) in equations {
        let mut number = [0; 16];
        random.read(&mut number);
        let (factor, key_factor) = equation.factors(u128::from_le_bytes(number));
        base_factor -= factor * equation.s;
        key_factors.push(key_factor);
        r_factors.push(factor);
    }
    let keys = equations.iter().map(|(equation, _)| equation.key);
    let rs = equations.iter().map(|(_, r)| *r);
    let sum = EdwardsPoint::vartime_multiscalar_mul(
        once(base_factor).chain(key_factors).chain(r_factors),
        once(ED25519_BASEPOINT_POINT).chain(keys).chain(rs),
    );
    sum.is_identity()
}

#[cfg(test)]
mod tests {
    use curve25519_dalek::constants::EIGHT_TORSION;

    use super::*;

    /// A signature with what is added to its key and to its `R`, for which the hash of a
    /// message is `k` modulo 8.
    struct Forged {
        key: [u8; 32],
        message: [u8; 4],
        signature: [u8; 64],
    }

    impl Forged {
        /// The key is `secret * base + EIGHT_TORSION[in_key]`, `R` is made like it.
        fn new(
            secret: u64,
            in_key: usize,
            nonce: u64,
            in_r: usize,
            fits: impl Fn(u8) -> bool,
        ) -> Self {
            let [secret, nonce] = [secret, nonce].map(Scalar::from);
            let key = EdwardsPoint::mul_base(&secret) + EIGHT_TORSION[in_key];
            let r = EdwardsPoint::mul_base(&nonce) + EIGHT_TORSION[in_r];
            Self::of(
                key.compress().to_bytes(),
                r.compress().to_bytes(),
                secret,
                nonce,
                fits,
            )
        }

        /// The same with these bytes for key and `R`.
        fn of(
            key: [u8; 32],
            r: [u8; 32],
            secret: Scalar,
            nonce: Scalar,
            fits: impl Fn(u8) -> bool,
        ) -> Self {
            (0_u32..)
                .map(u32::to_le_bytes)
                .find_map(|message| {
                    let hash = Sha512::new()
                        .chain_update(r)
                        .chain_update(key)
                        .chain_update(message);
                    let k = Scalar::from_bytes_mod_order_wide(&hash.finalize().into());
                    let s = nonce + k * secret;
                    let signature = [r, s.to_bytes()].concat().try_into().unwrap();
                    fits(k.as_bytes()[0] % 8).then_some(Self {
                        key,
                        message,
                        signature,
                    })
                })
                .unwrap()
        }

        fn check(&self) -> Ed25519Check {
            Ed25519Check::new(&self.key, &self.message, &self.signature)
        }
    }

    /// Expects an answer, singly and among others that hold.
    #[track_caller]
    fn expect(forged: &Forged, holds: bool) {
        let other = |secret| Forged::new(secret, 0, 5 * secret, 0, |_| true).check();
        assert_eq!(forged.check().holds(), holds);
        for others in [0, 1, 3] {
            let mut checks: Vec<_> = (7..7 + others).map(other).collect();
            checks.push(forged.check());
            let mut expected = [true].repeat(checks.len());
            *expected.last_mut().unwrap() = holds;
            assert_eq!(
                Ed25519Check::each_holds(&checks),
                expected,
                "among {others}"
            );
        }
    }

    fn bytes(first: u8, middle: u8, last: u8) -> [u8; 32] {
        let mut bytes = [middle; 32];
        (bytes[0], bytes[31]) = (first, last);
        bytes
    }

    /// As ed25519-donna answers, which tor asks.
    #[test]
    fn answers_as_tor() {
        let any = |_| true;
        expect(&Forged::new(3, 0, 9, 0, any), true);
        // Keys and R of small order, and with a part of small order: where those cancel out.
        for torsion in 1..8 {
            let order = [1, 8, 4, 8, 2, 8, 4, 8][torsion];
            for (secret, nonce) in [(3, 9), (0, 0)] {
                let key = |fits: fn(u8, u8) -> bool| {
                    Forged::new(secret, torsion, nonce, 0, move |k| fits(k, order))
                };
                expect(&key(|k, order| k % order == 0), true);
                expect(&key(|k, order| k % order != 0), false);
                expect(&Forged::new(secret, 0, nonce, torsion, any), false);
                expect(
                    &Forged::new(secret, torsion, nonce, torsion, |k| (k + 1) % order == 0),
                    true,
                );
                expect(
                    &Forged::new(secret, torsion, nonce, torsion, |k| (k + 1) % order != 0),
                    false,
                );
            }
        }
        // Bytes that should be another's: p + 1 and 1 with a sign for the identity, p for order 4.
        let odd = [
            bytes(0xee, 0xff, 0x7f),
            bytes(1, 0, 0x80),
            bytes(0xed, 0xff, 0x7f),
        ];
        let base = EdwardsPoint::mul_base(&Scalar::from(9_u8))
            .compress()
            .to_bytes();
        for bytes in odd {
            let key = Forged::of(bytes, base, Scalar::ZERO, Scalar::from(9_u8), |k| {
                k % 4 == 0
            });
            expect(&key, true);
            let r = Forged::of(base, bytes, Scalar::from(9_u8), Scalar::ZERO, |_| true);
            expect(&r, false);
        }
        // No point.
        let key = Forged::of(bytes(2, 0, 0), base, Scalar::ZERO, Scalar::from(9_u8), any);
        expect(&key, false);
    }

    #[test]
    fn takes_an_s_that_is_not_reduced() {
        let add_order = |s: &mut [u8]| {
            let order = (Scalar::ZERO - Scalar::ONE).to_bytes();
            let mut carry = 1;
            for (byte, order) in s.iter_mut().zip(order) {
                let sum = u16::from(*byte) + u16::from(order) + carry;
                (*byte, carry) = (sum as u8, sum >> 8);
            }
        };
        let mut forged = Forged::new(3, 0, 9, 0, |_| true);
        expect(&forged, true);
        add_order(&mut forged.signature[32..]);
        expect(&forged, true);
        // From 2^253 on no more.
        add_order(&mut forged.signature[32..]);
        expect(&forged, false);
    }

    #[test]
    fn finds_each_that_does_not_hold() {
        let mut checks: Vec<_> = (1..200)
            .map(|secret| Forged::new(secret, 0, secret + 1, 0, |_| true).check())
            .collect();
        assert_eq!(Ed25519Check::each_holds(&checks), [true].repeat(199));
        for wrong in [0, 70, 198] {
            let mut forged = Forged::new(1, 0, 2, 0, |_| true);
            forged.message[0] ^= 1;
            checks[wrong] = forged.check();
        }
        let hold = Ed25519Check::each_holds(&checks);
        let wrong: Vec<_> = (0..199).filter(|at| !hold[*at]).collect();
        assert_eq!(wrong, [0, 70, 198]);
    }

    /// The vector TEST 3 of RFC 8032.
    #[test]
    fn answers_as_the_specification() {
        let hex = |digits: &[u8]| data_encoding::HEXLOWER.decode(digits).unwrap();
        let key = hex(b"fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025");
        let signature = hex(
            b"6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac\
              18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
        );
        let [key, signature] = [key, signature].map(|bytes| bytes.into_boxed_slice());
        let key = (&*key).try_into().unwrap();
        let signature = (&*signature).try_into().unwrap();
        assert!(Ed25519Check::new(key, &[0xaf, 0x82], signature).holds());
        assert!(!Ed25519Check::new(key, &[0xaf, 0x83], signature).holds());
    }
}
