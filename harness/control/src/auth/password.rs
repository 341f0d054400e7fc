//! Passwords as torrc keeps them.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use core::str::FromStr;

use sha1::{Digest, Sha1};
use subtle::ConstantTimeEq;

use crate::hex::{bytes_to_hex, hex_to_bytes};

/// A password's hash, as `tor --hash-password` makes it for
/// `HashedControlPassword`: `16:` and hexadecimal digits.
///
/// The hash is OpenPGP's iterated and salted one (RFC 2440, 3.6.1.3) with SHA-1.
///
/// ```
/// use tor_harness_control::auth::HashedPassword;
///
/// let hashed = HashedPassword::new("secret", [0; 8]);
/// assert!(hashed.matches(b"secret"));
/// assert!(hashed.to_string().starts_with("16:0000000000000000"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct HashedPassword {
    salt: [u8; 8],
    /// RFC 2440's coded count: how much is hashed.
    count: u8,
    hash: [u8; 20],
}

impl HashedPassword {
    /// Hashes a password with as many rounds as tor does (64 KiB).
    #[must_use]
    pub fn new(password: &str, salt: [u8; 8]) -> Self {
        let count = 0x60;
        Self {
            salt,
            count,
            hash: iterated(password.as_bytes(), salt, count),
        }
    }

    /// Whether this is the password, in a time that does not tell.
    #[must_use]
    pub fn matches(&self, password: &[u8]) -> bool {
        iterated(password, self.salt, self.count)
            .ct_eq(&self.hash)
            .into()
    }
}

fn iterated(password: &[u8], salt: [u8; 8], count: u8) -> [u8; 20] {
    let total = (16 + usize::from(count & 15)) << (usize::from(count >> 4) + 6);
    let unit: Vec<u8> = [&salt[..], password].concat();
    let mut hash = Sha1::new();
    let mut left = total.max(unit.len());
    while left > 0 {
        let part = &unit[..left.min(unit.len())];
        hash.update(part);
        left -= part.len();
    }
    hash.finalize().into()
}

impl fmt::Display for HashedPassword {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut digits = Vec::new();
        bytes_to_hex(&self.salt, &mut digits);
        bytes_to_hex(&[self.count], &mut digits);
        bytes_to_hex(&self.hash, &mut digits);
        write!(f, "16:{}", String::from_utf8_lossy(&digits))
    }
}

impl FromStr for HashedPassword {
    type Err = HashedPasswordError;

    fn from_str(text: &str) -> Result<Self, HashedPasswordError> {
        let parse = || {
            let bytes = hex_to_bytes(text.strip_prefix("16:")?.as_bytes())?;
            let (salt, rest) = bytes.split_first_chunk()?;
            let (count, hash) = rest.split_first()?;
            Some(Self {
                salt: *salt,
                count: *count,
                hash: hash.try_into().ok()?,
            })
        };
        parse().ok_or(HashedPasswordError)
    }
}

/// A text that is no [`HashedPassword`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HashedPasswordError;

impl fmt::Display for HashedPasswordError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "expected `16:` and 58 hexadecimal digits, as `tor --hash-password` prints them",
        )
    }
}

impl core::error::Error for HashedPasswordError {}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use super::*;

    #[test]
    fn agrees_with_tor() {
        // Printed by `tor --hash-password secret`, tor 0.4.9.11.
        let text = include_str!("testdata/hash-password-secret").trim_end();
        let hashed: HashedPassword = text.parse().unwrap();
        assert_eq!(hashed.to_string(), text);
        assert!(hashed.matches(b"secret"));
        assert!(!hashed.matches(b"Secret"));
        assert_eq!(HashedPassword::new("secret", hashed.salt), hashed);
    }

    /// tor writes one count, and reads all (RFC 2440 section 3.6.1.3).
    #[test]
    fn reads_other_counts() {
        let text = "16:01010101010101012556057E3A93F829BDA8E3855410B3FEC0ECD65DBD";
        let hashed: HashedPassword = text.parse().unwrap();
        assert_eq!(hashed.to_string(), text);
        assert!(hashed.matches(b"secret"));
    }

    #[test]
    fn long_passwords_are_hashed_whole() {
        let long = "x".repeat(70_000);
        let hashed = HashedPassword::new(&long, [1; 8]);
        assert!(hashed.matches(long.as_bytes()));
        assert!(!hashed.matches(&long.as_bytes()[1..]));
    }

    #[test]
    fn refuses() {
        for text in ["", "16:", "17:00", "16:zz", "16:0000000000000000600000"] {
            assert_eq!(
                text.parse::<HashedPassword>(),
                Err(HashedPasswordError),
                "{text}"
            );
        }
    }
}
