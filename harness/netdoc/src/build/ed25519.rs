//! Ed25519 keys that sign.

use core::fmt;

use curve25519_dalek::scalar::clamp_integer;
use curve25519_dalek::{EdwardsPoint, Scalar};
use ed25519_dalek::VerifyingKey;
use ed25519_dalek::hazmat::{ExpandedSecretKey, raw_sign};
use sha2::{Digest, Sha512};

use crate::kinds::TimePeriod;

/// An ed25519 key that signs.
///
/// It is kept expanded, as tor's own: then one that was made from another can sign, too.
#[derive(Clone)]
pub struct Ed25519SecretKey {
    bytes: [u8; 64],
    scalar: Scalar,
    public: VerifyingKey,
}

/// What is hashed behind an x25519 key for the second half of an ed25519 key (tor's own words).
const OF_X25519: &[u8] = b"Derive high part of ed25519 key from curve25519 key\0";

/// What is hashed before the second half of a key for that of the blinded one (tor's own words).
const OF_BLINDED: &[u8] = b"Derive temporary signing key hash input";

impl Ed25519SecretKey {
    /// The key that 32 random bytes stand for (RFC 8032 section 5.1.5).
    #[must_use]
    pub fn from_seed(seed: [u8; 32]) -> Self {
        let hash: [u8; 64] = Sha512::digest(seed).into();
        let [number, prefix] = halves(&hash);
        Self::from_halves(clamp_integer(number), prefix)
    }

    /// The key of these bytes: a number, and what the random numbers of signatures are made with.
    /// Tor's files hold keys so. The number is taken as it is.
    #[must_use]
    pub fn from_expanded(bytes: [u8; 64]) -> Self {
        let [mut number, _] = halves(&bytes);
        // No number that a key has sets the highest bit.
        number[31] &= 0x7f;
        let scalar = Scalar::from_bytes_mod_order(number);
        Self {
            bytes,
            scalar,
            public: VerifyingKey::from(EdwardsPoint::mul_base(&scalar)),
        }
    }

    fn from_halves(number: [u8; 32], prefix: [u8; 32]) -> Self {
        let mut bytes = [0; 64];
        bytes[..32].copy_from_slice(&number);
        bytes[32..].copy_from_slice(&prefix);
        Self::from_expanded(bytes)
    }

    /// The key that an x25519 key is, too, and the sign that it lacks there (dir-spec section A).
    #[must_use]
    pub fn from_x25519(secret: [u8; 32]) -> (Self, bool) {
        let high: [u8; 64] = Sha512::new()
            .chain_update(secret)
            .chain_update(OF_X25519)
            .finalize()
            .into();
        let [prefix, _] = halves(&high);
        let key = Self::from_halves(clamp_integer(secret), prefix);
        let sign = key.public()[31] >> 7 == 1;
        (key, sign)
    }

    /// The key that an onion service with this identity key has in a time period (rend-spec-v3
    /// section A.2).
    #[must_use]
    pub fn blinded(&self, period: TimePeriod) -> Self {
        let factor = clamp_integer(period.blinding_factor(&self.public()));
        let scalar = Scalar::from_bytes_mod_order(factor) * self.scalar;
        let [_, prefix] = halves(&self.bytes);
        let hash: [u8; 64] = Sha512::new()
            .chain_update(OF_BLINDED)
            .chain_update(prefix)
            .finalize()
            .into();
        let [prefix, _] = halves(&hash);
        Self::from_halves(scalar.to_bytes(), prefix)
    }

    /// The public key.
    #[must_use]
    pub fn public(&self) -> [u8; 32] {
        self.public.to_bytes()
    }

    /// The public key as an x25519 key.
    #[must_use]
    pub fn to_x25519(&self) -> [u8; 32] {
        self.public.to_montgomery().to_bytes()
    }

    /// The expanded key, as tor's files hold it.
    #[must_use]
    pub fn expanded(&self) -> &[u8; 64] {
        &self.bytes
    }

    /// Signs a message.
    #[must_use]
    pub fn sign(&self, message: &[u8]) -> [u8; 64] {
        let [_, hash_prefix] = halves(&self.bytes);
        let key = ExpandedSecretKey {
            scalar: self.scalar,
            hash_prefix,
        };
        raw_sign::<Sha512>(&key, message, &self.public).to_bytes()
    }
}

/// The public key alone.
impl fmt::Debug for Ed25519SecretKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = data_encoding::BASE64_NOPAD.encode(&self.public());
        write!(f, "Ed25519SecretKey({digits})")
    }
}

fn halves(bytes: &[u8; 64]) -> [[u8; 32]; 2] {
    let mut halves = [[0; 32]; 2];
    halves[0].copy_from_slice(&bytes[..32]);
    halves[1].copy_from_slice(&bytes[32..]);
    halves
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forms::hex;
    use crate::verify::Ed25519Check;

    /// RFC 8032 section 7.1, test 2.
    #[test]
    fn signs_as_the_standard() {
        let seed = hex(b"4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb");
        let public = hex(b"3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
        let signature = hex(
            b"92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da\
              085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
        );
        let key = Ed25519SecretKey::from_seed(seed.unwrap());
        assert_eq!(Some(key.public()), public);
        assert_eq!(Some(key.sign(&[0x72])), signature);
        let again = Ed25519SecretKey::from_expanded(*key.expanded());
        assert_eq!(Some(again.sign(&[0x72])), signature);
    }

    #[test]
    fn blinded_keys_sign() {
        let key = Ed25519SecretKey::from_seed([1; 32]);
        let address = tor_harness_types::OnionAddress::new(key.public());
        for number in [0, 16_903] {
            let minutes = 1440;
            let period = TimePeriod { number, minutes };
            let blinded = key.blinded(period);
            assert_eq!(Some(blinded.public()), period.blinded_key(&address));
            let signature = blinded.sign(b"message");
            assert!(Ed25519Check::new(&blinded.public(), b"message", &signature).holds());
        }
    }

    #[test]
    fn x25519_keys_sign() {
        for number in 0..8 {
            let (key, sign) = Ed25519SecretKey::from_x25519([number; 32]);
            let x25519 = curve25519_dalek::MontgomeryPoint::mul_base_clamped([number; 32]);
            let point = x25519.to_edwards(u8::from(sign)).unwrap();
            assert_eq!(point.compress().0, key.public());
            assert_eq!(key.to_x25519(), x25519.0);
            let signature = key.sign(b"message");
            assert!(Ed25519Check::new(&key.public(), b"message", &signature).holds());
            assert!(!Ed25519Check::new(&key.public(), b"another", &signature).holds());
        }
    }
}
