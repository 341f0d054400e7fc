//! The name of a relay that its identity key gives it.

use core::fmt;
use core::str::FromStr;

/// A relay's fingerprint: the SHA-1 of its RSA identity key (dir-spec section
/// 2.1.1), written as 40 hexadecimal digits.
///
/// ```
/// use tor_harness_types::Fingerprint;
///
/// let fingerprint: Fingerprint = "000102030405060708090a0b0c0d0e0f10111213".parse()?;
/// assert_eq!(fingerprint.to_string(), "000102030405060708090A0B0C0D0E0F10111213");
/// # Ok::<(), tor_harness_types::FingerprintError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint([u8; 20]);

impl Fingerprint {
    /// A fingerprint of these bytes.
    #[must_use]
    pub const fn new(bytes: [u8; 20]) -> Self {
        Self(bytes)
    }

    /// The bytes.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 20] {
        &self.0
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02X}"))
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Fingerprint({self})")
    }
}

impl FromStr for Fingerprint {
    type Err = FingerprintError;

    fn from_str(text: &str) -> Result<Self, FingerprintError> {
        let digits = text.as_bytes();
        if digits.len() != 40 {
            return Err(FingerprintError);
        }
        let mut bytes = [0; 20];
        for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
            for digit in pair {
                let value = char::from(*digit).to_digit(16).ok_or(FingerprintError)?;
                *byte = *byte << 4 | value as u8;
            }
        }
        Ok(Self(bytes))
    }
}

/// A text that is no [`Fingerprint`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FingerprintError;

impl fmt::Display for FingerprintError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("expected a fingerprint: 40 hexadecimal digits")
    }
}

impl core::error::Error for FingerprintError {}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use super::*;

    #[test]
    fn round_trips_in_any_case() {
        let upper = "00FF102030405060708090A0B0C0D0E0F0ABCDEF";
        for text in [upper, &upper.to_lowercase()] {
            assert_eq!(text.parse::<Fingerprint>().unwrap().to_string(), upper);
        }
    }

    #[test]
    fn refuses_what_is_no_fingerprint() {
        let long = "0".repeat(41);
        for text in ["", "00FF", &long, &"+".repeat(40), &"é".repeat(20)] {
            assert_eq!(text.parse::<Fingerprint>(), Err(FingerprintError), "{text}");
        }
    }
}
