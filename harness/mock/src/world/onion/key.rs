//! The keys of onion services.

use curve25519_dalek::Scalar;
use curve25519_dalek::edwards::{CompressedEdwardsY, EdwardsPoint};
use curve25519_dalek::traits::IsIdentity;
use data_encoding::BASE64;
use sha2::{Digest, Sha512};
use tor_harness_types::OnionAddress;

use super::key_text::from_base64;

/// An ed25519 secret key in its expanded form: 32 bytes of a scalar, and 32
/// that signatures are made with.
pub(crate) struct SecretKey([u8; 64]);

impl SecretKey {
    /// The key that a seed expands to (RFC 8032, 5.1.5).
    pub(crate) fn from_seed(seed: [u8; 32]) -> Self {
        let mut bytes: [u8; 64] = Sha512::digest(seed).into();
        bytes[0] &= 248;
        bytes[31] &= 63;
        bytes[31] |= 64;
        Self(bytes)
    }

    /// Reads a key as ADD_ONION has it.
    pub(crate) fn from_base64(text: &str) -> Option<Self> {
        from_base64(text).map(Self)
    }

    /// The key as ADD_ONION has it.
    pub(crate) fn to_base64(&self) -> String {
        BASE64.encode(&self.0)
    }

    /// The address of this key's service; a scalar of zero has none.
    pub(crate) fn address(&self) -> Option<OnionAddress> {
        let [scalar, _] = halves(&self.0);
        // tor multiplies by what it is given, bits cleared or not.
        let point = EdwardsPoint::mul_base(&Scalar::from_bytes_mod_order(scalar));
        (!point.is_identity()).then(|| OnionAddress::new(point.compress().to_bytes()))
    }
}

fn halves(bytes: &[u8; 64]) -> [[u8; 32]; 2] {
    let mut halves = [[0; 32]; 2];
    for (half, chunk) in halves.iter_mut().zip(bytes.chunks_exact(32)) {
        half.copy_from_slice(chunk);
    }
    halves
}

/// Whether tor takes it for the key of an onion service: a point of the prime
/// order's group that is not its identity.
pub(super) fn is_valid_public_key(bytes: &[u8; 32]) -> bool {
    let point = CompressedEdwardsY(*bytes).decompress();
    point.is_some_and(|point| !point.is_identity() && point.is_torsion_free())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What real tors made of these keys: test keys, of no service.
    #[test]
    fn addresses_are_tors() {
        for (key, address) in [
            (
                "4LIhFmeGLKv8M/SYxRr5fCpeUVWkTlHSIkvlgOPOT2a+uQpu1G1GIimHORYtDjfN+CEdqGvz2oBIWalOI7cCLQ==",
                Some("7etok4ponbnarmgej4qxaxpapfgr4w7bwtxhwfvpeg6ilkdzd2s3hwqd"),
            ),
            (
                &format!("AQ{}==", "A".repeat(84)),
                Some("lbtgmztgmztgmztgmztgmztgmztgmztgmztgmztgmztgmztgmztmn5ad"),
            ),
            (
                &format!("{}w==", "/".repeat(85)),
                Some("3mt74s32jpvyyg4mhcrb5fb2qurqjsn3ga22l43ge22rcyvgr6ogk2qd"),
            ),
            (&format!("{}==", "A".repeat(86)), None),
        ] {
            let key = SecretKey::from_base64(key).unwrap();
            let came = key.address().map(|address| address.to_string());
            assert_eq!(came.as_deref(), address);
        }
    }

    #[test]
    fn keys_of_a_seed_are_whole() {
        let key = SecretKey::from_seed([7; 32]);
        let again = SecretKey::from_base64(&key.to_base64()).unwrap();
        assert_eq!(again.address(), key.address());
        assert!(is_valid_public_key(key.address().unwrap().public_key()));
    }

    #[test]
    fn other_points_are_no_keys() {
        let mut identity = [0; 32];
        identity[0] = 1;
        let mut of_order_two = [0xff; 32];
        (of_order_two[0], of_order_two[31]) = (0xec, 0x7f);
        for bytes in [identity, of_order_two, [2; 32]] {
            assert!(!is_valid_public_key(&bytes), "{bytes:?}");
        }
    }
}
