//! What an RSA key has signed.
//!
//! No secret is involved, so nothing here has to take the same time for all numbers.

use alloc::vec::Vec;

use crypto_bigint::modular::{FixedMontyForm, FixedMontyParams};
use crypto_bigint::{Odd, U1024, U2048, U3072, U4096, Uint};

use crate::forms::RsaPublicKey;

/// How long the longest modulus is, in bytes.
const MOST: usize = 512;
/// What stands around what is signed, at least: 00 01, eight ff, 00.
const PADDING: usize = 11;

impl RsaPublicKey<'_> {
    /// What was signed, by PKCS#1 v1.5 without the name of a hash, as tor signs (section 1.3).
    ///
    /// `None` where OpenSSL, which tor asks, gives none either: for a signature that is
    /// longer than the modulus or not below it (a shorter one is a number as any other), for
    /// padding that is not `00 01 ff.. 00` with eight `ff` at least, for an even modulus. Beyond
    /// that for a modulus of more than 4096 bits and an exponent of more than 64.
    #[must_use]
    pub fn recover(&self, signature: &[u8]) -> Option<Vec<u8>> {
        let [mut modulus, mut number] = [[0; MOST]; 2];
        let length = self.modulus.len();
        if !(PADDING..=MOST).contains(&length) || signature.len() > length {
            return None;
        }
        modulus[MOST - length..].copy_from_slice(self.modulus);
        number[MOST - signature.len()..].copy_from_slice(signature);
        if number >= modulus {
            return None;
        }
        let exponent = self.exponent_number()?;
        match length {
            0..=128 => power::<{ U1024::LIMBS }>(&modulus, exponent, &mut number)?,
            129..=256 => power::<{ U2048::LIMBS }>(&modulus, exponent, &mut number)?,
            257..=384 => power::<{ U3072::LIMBS }>(&modulus, exponent, &mut number)?,
            _ => power::<{ U4096::LIMBS }>(&modulus, exponent, &mut number)?,
        }
        unpadded(&number[MOST - length..]).map(Vec::from)
    }

    /// Whether it has signed these bytes, or bytes that begin with them: tor looks no further.
    #[must_use]
    pub fn has_signed(&self, bytes: &[u8], signature: &[u8]) -> bool {
        let signed = self.recover(signature);
        signed.is_some_and(|signed| signed.starts_with(bytes))
    }

    /// Its exponent, which is odd and below the modulus.
    fn exponent_number(&self) -> Option<u64> {
        let mut bytes = [0; 8];
        let start = bytes.len().checked_sub(self.exponent.len())?;
        bytes[start..].copy_from_slice(self.exponent);
        Some(u64::from_be_bytes(bytes)).filter(|exponent| exponent % 2 == 1)
    }
}

/// Raises a number to a power.
fn power<const LIMBS: usize>(
    modulus: &[u8; MOST],
    exponent: u64,
    number: &mut [u8; MOST],
) -> Option<()> {
    let start = MOST - Uint::<LIMBS>::BYTES;
    let modulus = Odd::new(Uint::<LIMBS>::from_be_slice(&modulus[start..])).into_option()?;
    let params = FixedMontyParams::new_vartime(modulus);
    let base = FixedMontyForm::new(&Uint::from_be_slice(&number[start..]), &params);
    let mut power = base;
    let mut squares = 0;
    for bit in (0..exponent.ilog2()).rev() {
        squares += 1;
        if exponent >> bit & 1 == 1 {
            power = power.square_repeat_vartime(squares).mul(&base);
            squares = 0;
        }
    }
    let power = power.square_repeat_vartime(squares).retrieve();
    number[start..].copy_from_slice(power.to_be_bytes().as_ref());
    Some(())
}

/// What stands behind the padding `00 01 ff.. 00` (RFC 8017 section 9.2).
fn unpadded(block: &[u8]) -> Option<&[u8]> {
    let rest = block.strip_prefix(&[0, 1])?;
    let end = rest.iter().position(|byte| *byte != 0xff)?;
    (end >= PADDING - 3 && rest[end] == 0).then(|| &rest[end + 1..])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kinds::KeyCertificate;
    use crate::structure::{Document, sha1};
    use crate::testing::recorded;

    /// Where the exponent is 1, a signature is what it signs, with its padding.
    fn recover(modulus: &[u8], signature: &[u8]) -> Option<Vec<u8>> {
        let exponent = &[1][..];
        RsaPublicKey { modulus, exponent }.recover(signature)
    }

    fn block(length: usize, start: &[u8], filler: u8, end: &[u8]) -> Vec<u8> {
        let filler = [filler].repeat(length - start.len() - end.len());
        [start, &filler, end].concat()
    }

    /// As OpenSSL 3 answers.
    #[test]
    fn answers_as_openssl() {
        let modulus = [0xff; 32];
        let padded = |start: &[u8], end: &[u8]| block(32, start, 0xff, end);
        let same = |end: &[u8]| Some(end.to_vec());
        #[rustfmt::skip]
        let cases: &[(Vec<u8>, Option<Vec<u8>>)] = &[
            (padded(&[0, 1], b"\0digest"), same(b"digest")),
            // The leading zero need not be there, other leading zeros must not.
            (padded(&[0, 1], b"\0digest")[1..].to_vec(), same(b"digest")),
            (padded(&[0, 0, 1], b"\0digest"), None),
            (padded(&[1], b"\0digest"), None),
            ([&[0][..], &padded(&[0, 1], b"\0digest")].concat(), None),
            // Nothing, and what begins with a zero.
            (padded(&[0, 1], b"\0"), same(b"")),
            (padded(&[0, 1], b"\0\0\0"), same(b"\0\0")),
            // Of another type, with other padding, too little of it, without end.
            (block(32, &[0, 2], 7, b"\0digest"), None),
            (block(32, &[0, 0], 0, b"\0digest"), None),
            (block(32, &[0, 1, 0xff, 0xfe], 0xff, b"\0digest"), None),
            (padded(&[0, 1], b"\xfe\0digest"), None),
            (block(32, &[0, 1, 255, 255, 255, 255, 255, 255, 255, 255, 0], 7, b""), same(&[7; 21])),
            (block(32, &[0, 1, 255, 255, 255, 255, 255, 255, 255, 0], 7, b""), None),
            (padded(&[0, 1], b""), None),
            // Not below the modulus.
            ([0xff; 32].to_vec(), None),
            (Vec::new(), None),
        ];
        for (signature, expected) in cases {
            assert_eq!(recover(&modulus, signature), *expected, "{signature:02x?}");
        }
    }

    #[test]
    fn takes_moduli_of_tors_lengths() {
        for length in [11, 31, 32, 127, 128, 129, 255, 256, 257, 384, 385, 512] {
            let mut modulus = [0x80].repeat(length);
            modulus[length - 1] |= 1;
            let signature = block(length, &[0, 1], 0xff, b"\0");
            assert_eq!(recover(&modulus, &signature), Some(Vec::new()), "{length}");
            // Even, longer than any, shorter than the padding.
            modulus[length - 1] = 2;
            assert_eq!(recover(&modulus, &signature), None, "{length}");
        }
        assert_eq!(recover(&[0xff; 513], &[1]), None);
        assert_eq!(recover(&[0xff; 10], &block(10, &[0, 1], 0xff, b"\0")), None);
    }

    #[test]
    fn raises_to_powers() {
        // To the modulus 2^1024 - 1 a power of 2 is 2 to the rest by 1024.
        let mut modulus = [0; MOST];
        modulus[MOST - 128..].fill(0xff);
        for (exponent, rest) in [(1, 2), (3, 6), (513, 2), (1025, 2), (65_537, 2)] {
            let mut number = [0; MOST];
            number[MOST - 1] = 4;
            power::<{ U1024::LIMBS }>(&modulus, exponent, &mut number).unwrap();
            let mut expected = [0; MOST];
            expected[MOST - 1] = 1 << rest;
            assert_eq!(number, expected, "{exponent}");
        }
    }

    #[test]
    fn takes_exponents_that_are_odd() {
        let modulus = &[0xff; 128];
        for (exponent, expected) in [
            (&[3][..], Some(3)),
            (&[1, 0, 1], Some(65_537)),
            (&[0xff; 8], Some(u64::MAX)),
            (&[2], None),
            (&[1; 9], None),
        ] {
            let key = RsaPublicKey { modulus, exponent };
            assert_eq!(key.exponent_number(), expected, "{exponent:?}");
        }
    }

    #[test]
    fn finds_what_tor_signed() {
        let path = "netdoc/key-certificate/authority-0";
        let read = KeyCertificate::read(Document::new(recorded(path)));
        let der = read.identity_key().unwrap();
        let key = RsaPublicKey::parse(&der).unwrap();
        let digest = sha1(read.signed_part().unwrap());
        let mut signature = read.certification().unwrap();
        assert_eq!(key.recover(&signature).unwrap(), digest);
        assert!(key.has_signed(&digest, &signature));
        // What comes behind is not looked at.
        assert!(key.has_signed(&digest[..19], &signature));
        assert!(!key.has_signed(&sha1(b""), &signature));
        signature[0] ^= 1;
        assert!(!key.has_signed(&digest, &signature));
    }
}
