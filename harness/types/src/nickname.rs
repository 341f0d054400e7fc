//! The name that a relay's operator gives it.

use core::fmt;
use core::str::FromStr;

/// The most characters that a nickname may have.
const LONGEST: usize = 19;

/// A relay's nickname: 1 to 19 ASCII letters and digits (dir-spec section
/// 2.1.3). Case is kept, and counts here; for tor it does not.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Nickname {
    // What is not used is zero, so that the derived comparisons hold.
    bytes: [u8; LONGEST],
    length: u8,
}

impl Nickname {
    /// The nickname of which these are the bytes.
    ///
    /// # Errors
    /// If they are none.
    #[inline]
    pub fn from_ascii(text: &[u8]) -> Result<Self, NicknameError> {
        let mut bytes = [0; LONGEST];
        let used = bytes.get_mut(..text.len()).ok_or(NicknameError)?;
        if text.is_empty() || !text.iter().all(u8::is_ascii_alphanumeric) {
            return Err(NicknameError);
        }
        used.copy_from_slice(text);
        Ok(Self {
            bytes,
            length: text.len() as u8,
        })
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        // All bytes are ASCII.
        core::str::from_utf8(&self.bytes[..usize::from(self.length)]).unwrap_or_default()
    }
}

impl fmt::Display for Nickname {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for Nickname {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Nickname({self})")
    }
}

impl FromStr for Nickname {
    type Err = NicknameError;

    fn from_str(text: &str) -> Result<Self, NicknameError> {
        Self::from_ascii(text.as_bytes())
    }
}

/// A text that is no [`Nickname`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NicknameError;

impl fmt::Display for NicknameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "expected a nickname: 1 to {LONGEST} ASCII letters and digits"
        )
    }
}

impl core::error::Error for NicknameError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn round_trips() {
        for text in ["a", "Unnamed", "0123456789abcdefghi"] {
            assert_eq!(text.parse::<Nickname>().unwrap().as_str(), text);
        }
    }

    #[test]
    fn refuses_what_is_no_nickname() {
        for text in ["", "0123456789abcdefghij", "a b", "a-b", "é"] {
            assert_eq!(text.parse::<Nickname>(), Err(NicknameError), "{text}");
        }
    }
}
