//! Bytes as digits.

use data_encoding::{BASE64_NOPAD, Encoding, HEXUPPER_PERMISSIVE};

/// `N` bytes in base64, with or without the `=` at the end.
#[must_use]
pub fn base64<const N: usize>(digits: &[u8]) -> Option<[u8; N]> {
    decode(&BASE64_NOPAD, unpadded(digits)?, (4 * N).div_ceil(3))
}

/// `N` bytes in hexadecimal, of either case.
#[must_use]
pub fn hex<const N: usize>(digits: &[u8]) -> Option<[u8; N]> {
    decode(&HEXUPPER_PERMISSIVE, digits, 2 * N)
}

/// Base64 without the `=` at its end, of which there must be as many as fill
/// up the last four digits, or none.
pub(super) fn unpadded(digits: &[u8]) -> Option<&[u8]> {
    let Some(one) = digits.strip_suffix(b"=") else {
        return Some(digits);
    };
    let unpadded = one.strip_suffix(b"=").unwrap_or(one);
    digits.len().is_multiple_of(4).then_some(unpadded)
}

/// The bytes of so many digits. The encoding would find out how many they have to
/// be, too, but in a third of the time that it takes to decode them.
fn decode<const N: usize>(encoding: &Encoding, digits: &[u8], length: usize) -> Option<[u8; N]> {
    let mut bytes = [0; N];
    let fits = digits.len() == length;
    (fits && encoding.decode_mut(digits, &mut bytes).is_ok()).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_digits() {
        for (digits, expected) in [
            ("AAEC", Some([0, 1, 2])),
            ("/+//", Some([0xff, 0xef, 0xff])),
            ("AAE", None),
            ("AAECAw", None),
            ("AAEC=", None),
            ("AAE-", None),
            ("", None),
        ] {
            assert_eq!(base64(digits.as_bytes()), expected, "{digits}");
        }
        for (digits, expected) in [
            ("AQ", Some([1])),
            ("AQ==", Some([1])),
            ("AQ=", None),
            // Bits that say nothing.
            ("AR", None),
        ] {
            assert_eq!(base64(digits.as_bytes()), expected, "{digits}");
        }
        for (digits, expected) in [
            ("0aFF", Some([10, 255])),
            ("0aF", None),
            ("0aFFF", None),
            ("0aFg", None),
        ] {
            assert_eq!(hex(digits.as_bytes()), expected, "{digits}");
        }
    }
}
