//! Keys in DER, as PKCS#1 writes them (RFC 8017 appendix A.1).

use alloc::vec::Vec;

const SEQUENCE: u8 = 0x30;
const INTEGER: u8 = 0x02;

/// A sequence of these numbers, each most significant byte first.
pub(super) fn numbers<'n>(numbers: impl IntoIterator<Item = &'n [u8]>) -> Vec<u8> {
    let mut all = Vec::new();
    for number in numbers {
        let zeros = number.iter().take_while(|byte| **byte == 0).count();
        let number = &number[zeros..];
        // Zero has a byte, too, and a first bit would be a sign.
        let sign = number.first().is_none_or(|first| first & 0x80 != 0);
        let zero: &[u8] = if sign { &[0] } else { &[] };
        value(&mut all, INTEGER, &[zero, number]);
    }
    let mut der = Vec::new();
    value(&mut der, SEQUENCE, &[&all]);
    der
}

/// A tag, the length of the parts together, the parts.
fn value(out: &mut Vec<u8>, tag: u8, parts: &[&[u8]]) {
    let length = parts.iter().map(|part| part.len()).sum::<usize>();
    let bytes = length.to_be_bytes();
    let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
    out.push(tag);
    match &bytes[zeros..] {
        [] => out.push(0),
        [short @ 0..=0x7f] => out.push(*short),
        long => {
            // There are eight at most.
            out.push(0x80 | u8::try_from(long.len()).unwrap_or_default());
            out.extend_from_slice(long);
        }
    }
    parts.iter().for_each(|part| out.extend_from_slice(part));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forms::RsaPublicKey;

    #[test]
    fn is_read_again() {
        for (modulus, exponent) in [
            (&[0x81][..], &[3][..]),
            (&[0x7f, 0], &[1, 0, 1]),
            (&[0xff; 128], &[1, 0, 1]),
            (&[0x7f; 384], &[0x80]),
        ] {
            let der = numbers([modulus, exponent]);
            let read = RsaPublicKey::parse(&der);
            assert_eq!(read, Some(RsaPublicKey { modulus, exponent }));
        }
        assert_eq!(numbers([&[][..], &[0, 0, 5]]), [0x30, 6, 2, 1, 0, 2, 1, 5]);
    }
}
