//! RSA keys that sign.
//!
//! They are for tests: that it takes as long to sign with one key as with another is not promised.

use alloc::vec::Vec;
use core::fmt;

use crypto_bigint::modular::{FixedMontyForm, FixedMontyParams};
use crypto_bigint::{Limb, NonZero, Odd, U512, U1024, U1536, Uint};
use tor_harness_types::Fingerprint;

use super::der;
use crate::structure::sha1;

/// An RSA key that signs, of 1024, 2048 or 3072 bits, with the exponent 65537 that tor wants.
#[derive(Clone, PartialEq, Eq)]
pub struct RsaSecretKey {
    p: Vec<u8>,
    q: Vec<u8>,
    public_der: Vec<u8>,
}

const EXPONENT: u32 = 65_537;
/// What stands around what is signed, at least: 00 01, eight ff, 00.
const PADDING: usize = 11;

/// Evaluates an expression for the primes of a key, as numbers of their length.
macro_rules! with_primes {
    ($p:expr, $q:expr, $primes:ident => $value:expr) => {{
        const LIMBS: [usize; 3] = [U512::LIMBS, U1024::LIMBS, U1536::LIMBS];
        match $p.len() {
            64 => Primes::<{ LIMBS[0] }>::new($p, $q).map(|$primes| $value),
            128 => Primes::<{ LIMBS[1] }>::new($p, $q).map(|$primes| $value),
            192 => Primes::<{ LIMBS[2] }>::new($p, $q).map(|$primes| $value),
            _ => None,
        }
    }};
}

impl RsaSecretKey {
    /// The key of two primes, most significant byte first. Whether they are primes is not asked.
    ///
    /// `None` if they are not both of 512, of 1024 or of 1536 bits with the upper two of them
    /// set, if they are the same or even, or if 65537 divides one of them less one.
    #[must_use]
    pub fn from_primes(p: &[u8], q: &[u8]) -> Option<Self> {
        let is_long = |prime: &[u8]| prime.first() >= Some(&0xc0);
        if p.len() != q.len() || p == q || !is_long(p) || !is_long(q) {
            return None;
        }
        let modulus = with_primes!(p, q, primes => primes.modulus())?;
        Some(Self {
            p: p.into(),
            q: q.into(),
            public_der: der::numbers([&modulus[..], &EXPONENT.to_be_bytes()]),
        })
    }

    /// The public key as PKCS#1 in DER, as documents have it.
    #[must_use]
    pub fn public_der(&self) -> &[u8] {
        &self.public_der
    }

    /// The private key as PKCS#1 in DER, as tor's files have it.
    #[must_use]
    pub fn private_der(&self) -> Vec<u8> {
        // That there are such primes was asked when the key was made.
        with_primes!(&self.p, &self.q, primes => primes.private_der()).unwrap_or_default()
    }

    /// The SHA-1 of the public key: by it a relay is known, or an authority.
    #[must_use]
    pub fn fingerprint(&self) -> Fingerprint {
        Fingerprint::new(sha1(&self.public_der))
    }

    /// Signs these bytes, most often a digest: PKCS#1 v1.5 without the name of a hash, as tor
    /// signs (dir-spec section 1.3). `None` if there is no room for them in the key.
    #[must_use]
    pub fn sign(&self, bytes: &[u8]) -> Option<Vec<u8>> {
        let length = 2 * self.p.len();
        let filler = length.checked_sub(bytes.len() + 3)?;
        if filler < PADDING - 3 {
            return None;
        }
        let block = [&[0, 1], &[0xff].repeat(filler)[..], &[0], bytes].concat();
        with_primes!(&self.p, &self.q, primes => primes.power(&block))
    }
}

/// The public key alone.
impl fmt::Debug for RsaSecretKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RsaSecretKey({})", self.fingerprint())
    }
}

/// Two primes of the same length.
struct Primes<const LIMBS: usize> {
    p: Prime<LIMBS>,
    q: Prime<LIMBS>,
}

/// A prime, with the exponent that undoes 65537.
struct Prime<const LIMBS: usize> {
    prime: Odd<Uint<LIMBS>>,
    exponent: Uint<LIMBS>,
}

impl<const LIMBS: usize> Primes<LIMBS> {
    fn new(p: &[u8], q: &[u8]) -> Option<Self> {
        let [p, q] = [Prime::new(p)?, Prime::new(q)?];
        Some(Self { p, q })
    }

    fn modulus(&self) -> Vec<u8> {
        bytes_of(self.p.prime.widening_mul(self.q.prime.as_ref()))
    }

    /// Raises a number of twice the length to the private exponent, by the Chinese remainder
    /// theorem (RFC 8017 section 5.1.2).
    fn power(&self, number: &[u8]) -> Vec<u8> {
        let (high, low) = number.split_at(number.len() / 2);
        let number = (Uint::from_be_slice(low), Uint::from_be_slice(high));
        let by_p = self.p.power(number);
        let by_q = self.q.power(number).retrieve();
        let difference = by_p.sub(&self.p.reduced(&by_q));
        let factor = difference.mul(&self.inverse_of_q()).retrieve();
        let (low, high) = factor.widening_mul(self.q.prime.as_ref());
        let (low, carry) = low.carrying_add(&by_q, Limb::ZERO);
        bytes_of((low, high.wrapping_add(&Uint::from(carry))))
    }

    /// The inverse of the second prime by the first.
    fn inverse_of_q(&self) -> FixedMontyForm<LIMBS> {
        let q = self.p.reduced(self.q.prime.as_ref());
        // Only zero has none, and two primes are not the same.
        q.invert_vartime().unwrap_or(q)
    }

    fn private_der(&self) -> Vec<u8> {
        let less_one = |prime: &Prime<LIMBS>| prime.prime.wrapping_sub(&Uint::ONE);
        let product = less_one(&self.p).widening_mul(&less_one(&self.q));
        let exponent = private_exponent(&bytes_of(product));
        let numbers = [
            Vec::from([0]),
            self.modulus(),
            EXPONENT.to_be_bytes().to_vec(),
            exponent,
            be_bytes(self.p.prime.as_ref()),
            be_bytes(self.q.prime.as_ref()),
            be_bytes(&self.p.exponent),
            be_bytes(&self.q.exponent),
            be_bytes(&self.inverse_of_q().retrieve()),
        ];
        der::numbers(numbers.iter().map(Vec::as_slice))
    }
}

impl<const LIMBS: usize> Prime<LIMBS> {
    fn new(prime: &[u8]) -> Option<Self> {
        let number = Uint::from_be_slice(prime);
        let less_one = number.wrapping_sub(&Uint::ONE);
        let odd = Odd::new(number).into_option()?;
        let divisor = NonZero::new(Limb::from(EXPONENT)).into_option()?;
        if less_one.rem_limb(divisor) == Limb::ZERO {
            return None;
        }
        Some(Self {
            prime: odd,
            exponent: Uint::from_be_slice(&private_exponent(&be_bytes(&less_one))),
        })
    }

    fn power(&self, (low, high): (Uint<LIMBS>, Uint<LIMBS>)) -> FixedMontyForm<LIMBS> {
        let rest = Uint::rem_wide_vartime((low, high), self.prime.as_nz_ref());
        self.reduced(&rest).pow(&self.exponent)
    }

    fn reduced(&self, number: &Uint<LIMBS>) -> FixedMontyForm<LIMBS> {
        let rest = number.rem_vartime(self.prime.as_nz_ref());
        FixedMontyForm::new(&rest, &FixedMontyParams::new_vartime(self.prime))
    }
}

/// The inverse of 65537 by a modulus that it does not divide: `(1 + k * modulus) / 65537` for
/// the `k` that makes it a whole number. Of the same length as the modulus.
fn private_exponent(modulus: &[u8]) -> Vec<u8> {
    const E: u64 = EXPONENT as u64;
    let rest = modulus
        .iter()
        .fold(0, |rest, byte| (rest << 8 | u64::from(*byte)) % E);
    // Of a prime to the power of the prime less two: the inverse; the other sign makes 1 vanish.
    let inverse = (0..16)
        .fold((1, rest), |(power, square), _| {
            (power * square % E, square * square % E)
        })
        .0;
    let k = E - inverse;
    let mut product = Vec::with_capacity(modulus.len());
    let mut carry = 1;
    for byte in modulus.iter().rev() {
        carry += k * u64::from(*byte);
        product.push(carry as u8);
        carry >>= 8;
    }
    // What is carried is below 65537: the quotient is no longer than the modulus.
    let mut rest = carry;
    for byte in product.iter_mut().rev() {
        rest = rest << 8 | u64::from(*byte);
        *byte = (rest / E) as u8;
        rest %= E;
    }
    product.reverse();
    product
}

fn be_bytes<const LIMBS: usize>(number: &Uint<LIMBS>) -> Vec<u8> {
    number.to_be_bytes().as_ref().to_vec()
}

/// A number of twice the length, which is given as its lower and its upper half.
fn bytes_of<const LIMBS: usize>((low, high): (Uint<LIMBS>, Uint<LIMBS>)) -> Vec<u8> {
    [be_bytes(&high), be_bytes(&low)].concat()
}

#[cfg(test)]
pub(crate) mod testing {
    //! A key for tests.

    use crate::forms::hex;

    /// Test primes, of nobody.
    const P: &str = "ce5cd98663f4a38dd530c4f5e210d58da66442c2d0e0828c65aaf318d04c58462b21b9bfbd370b16486bee9cfc0ad1ebb701853c4bd0fa39a0c8e17a9fd967cb";
    const Q: &str = "c39a321991799166e27712464a9036d80100eaf404e31e0bd5498ed8ab50d8c0a90f6ec7dbe3144d550821e04a19cdcedc15ce62da6e43452b7c8b6c873f1425";

    pub(crate) fn primes() -> [[u8; 64]; 2] {
        [P, Q].map(|digits| hex(digits.as_bytes()).unwrap())
    }
}

#[cfg(test)]
mod tests {
    use super::testing::primes;
    use super::*;
    use crate::forms::RsaPublicKey;

    fn key() -> RsaSecretKey {
        let [p, q] = primes();
        RsaSecretKey::from_primes(&p, &q).unwrap()
    }

    #[test]
    fn signs_what_can_be_recovered() {
        let key = key();
        let public = RsaPublicKey::parse(key.public_der()).unwrap();
        assert_eq!(public.bits(), 1024);
        for length in [0, 1, 20, 32, 117] {
            let bytes = [7].repeat(length);
            let signature = key.sign(&bytes).unwrap();
            assert_eq!(signature.len(), 128);
            assert_eq!(public.recover(&signature), Some(bytes), "{length}");
        }
        assert_eq!(key.sign(&[0; 118]), None);
    }

    #[test]
    fn takes_what_can_be_a_key() {
        let [p, q] = primes();
        let other = RsaSecretKey::from_primes(&q, &p).unwrap();
        assert_eq!(other.public_der(), key().public_der());
        assert_eq!(other.sign(b"x"), key().sign(b"x"));
        let mut even = p;
        even[63] &= 0xfe;
        let mut short = p;
        short[0] &= 0x7f;
        // One more than 65537 times something.
        let mut with_factor = [0; 64];
        (with_factor[0], with_factor[2]) = (0xff, 0xff);
        with_factor[63] = 1;
        for (p, q) in [
            (&p[..], &p[..]),
            (&p, &even),
            (&p, &short),
            (&p, &with_factor),
            (&p, &[0xff; 65]),
            (&[0xff; 65], &[0xfd; 65]),
            (&[], &[]),
        ] {
            assert_eq!(RsaSecretKey::from_primes(p, q), None);
        }
    }
}
