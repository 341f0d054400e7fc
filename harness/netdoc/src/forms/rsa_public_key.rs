//! An RSA public key.

/// An RSA public key as PKCS#1 writes it (RFC 8017 A.1.1), in DER.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct RsaPublicKey<'a> {
    /// The modulus, most significant byte first, without zeros before it.
    pub modulus: &'a [u8],
    /// The exponent in the same way; tor takes only 65537.
    pub exponent: &'a [u8],
}

const SEQUENCE: u8 = 0x30;
const INTEGER: u8 = 0x02;

impl<'a> RsaPublicKey<'a> {
    /// Reads a key that is nothing but a key; `None` if it is none.
    #[must_use]
    pub fn parse(der: &'a [u8]) -> Option<Self> {
        let (numbers, rest) = value(der, SEQUENCE)?;
        let (modulus, numbers) = positive(numbers)?;
        let (exponent, numbers) = positive(numbers)?;
        (rest.is_empty() && numbers.is_empty()).then_some(Self { modulus, exponent })
    }

    /// How long the modulus is.
    #[must_use]
    pub fn bits(&self) -> u16 {
        let zeros = self.modulus.first().map_or(0, |byte| byte.leading_zeros());
        let bits = 8 * self.modulus.len() - zeros as usize;
        u16::try_from(bits).unwrap_or(u16::MAX)
    }
}

/// A number above zero.
fn positive(der: &[u8]) -> Option<(&[u8], &[u8])> {
    let (number, rest) = value(der, INTEGER)?;
    let number = match number {
        // A zero keeps the first bit from being a sign.
        [0, number @ ..] if number.first()? & 0x80 != 0 => number,
        [0x01..=0x7f, ..] => number,
        _ => return None,
    };
    Some((number, rest))
}

/// What the value with this tag holds, and what follows it.
fn value(der: &[u8], tag: u8) -> Option<(&[u8], &[u8])> {
    let (length, rest) = match der.strip_prefix(&[tag])? {
        [length @ 0..=0x7f, rest @ ..] => (usize::from(*length), rest),
        [0x81, length @ 0x80..=0xff, rest @ ..] => (usize::from(*length), rest),
        [0x82, high @ 1..=0xff, low, rest @ ..] => {
            (usize::from(*high) << 8 | usize::from(*low), rest)
        }
        _ => return None,
    };
    rest.split_at_checked(length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_only_keys() {
        let key = [0x30, 7, 2, 2, 0, 0x81, 2, 1, 3];
        let read = RsaPublicKey::parse(&key).unwrap();
        assert_eq!((read.modulus, read.exponent), (&[0x81][..], &[3][..]));
        assert_eq!(read.bits(), 8);
        for wrong in [
            &[][..],
            &[0x30],
            // Not a sequence, one byte too many inside, outside, one too few.
            &[0x31, 7, 2, 2, 0, 0x81, 2, 1, 3],
            &[0x30, 8, 2, 2, 0, 0x81, 2, 1, 3, 0],
            &[0x30, 7, 2, 2, 0, 0x81, 2, 1, 3, 0],
            &[0x30, 7, 2, 2, 0, 0x81, 2, 1],
            // A length in two bytes that fits into one.
            &[0x30, 0x81, 7, 2, 2, 0, 0x81, 2, 1, 3],
            // Zero, below zero, a zero too many.
            &[0x30, 6, 2, 1, 0, 2, 1, 3],
            &[0x30, 6, 2, 1, 0x81, 2, 1, 3],
            &[0x30, 7, 2, 2, 0, 1, 2, 1, 3],
        ] {
            assert_eq!(RsaPublicKey::parse(wrong), None, "{wrong:02x?}");
        }
    }
}
