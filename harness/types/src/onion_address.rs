//! The name of an onion service that its key gives it.

use core::fmt;
use core::str::FromStr;

use data_encoding::BASE32_NOPAD;
use sha3::{Digest, Sha3_256};

/// How long an address is, without `.onion`: in base32, and in bytes.
const LENGTH: usize = 56;
const BYTES: usize = 35;

/// The version of onion services whose addresses these are.
const VERSION: u8 = 3;

/// The address of a version 3 onion service without `.onion` (rend-spec-v3
/// section 6): its public key, a checksum, the version.
///
/// Whether the key is a point of the curve is not checked.
///
/// ```
/// use tor_harness_types::OnionAddress;
///
/// let text = "2gzyxa5ihm7nsggfxnu52rck2vv4rvmdlkiu3zzui5du4xyclen53wid";
/// let address: OnionAddress = text.to_uppercase().parse()?;
/// assert_eq!(address.to_string(), text);
/// assert_eq!(address, OnionAddress::new(*address.public_key()));
/// # Ok::<(), tor_harness_types::OnionAddressError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OnionAddress([u8; 32]);

impl OnionAddress {
    /// The address of the service that has this ed25519 public key.
    #[must_use]
    pub const fn new(public_key: [u8; 32]) -> Self {
        Self(public_key)
    }

    /// The service's ed25519 public key.
    #[must_use]
    pub const fn public_key(&self) -> &[u8; 32] {
        &self.0
    }

    fn checksum(&self) -> [u8; 2] {
        let hash = Sha3_256::new()
            .chain_update(b".onion checksum")
            .chain_update(self.0)
            .chain_update([VERSION])
            .finalize();
        [hash[0], hash[1]]
    }
}

impl fmt::Display for OnionAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut bytes = [VERSION; BYTES];
        bytes[..32].copy_from_slice(&self.0);
        bytes[32..34].copy_from_slice(&self.checksum());
        let mut text = [0; LENGTH];
        BASE32_NOPAD.encode_mut(&bytes, &mut text);
        text.make_ascii_lowercase();
        // base32 is ASCII.
        f.write_str(str::from_utf8(&text).unwrap_or_default())
    }
}

impl fmt::Debug for OnionAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "OnionAddress({self})")
    }
}

impl FromStr for OnionAddress {
    type Err = OnionAddressError;

    /// Reads an address without `.onion`, in any case.
    fn from_str(text: &str) -> Result<Self, OnionAddressError> {
        let mut digits: [u8; LENGTH] = text
            .as_bytes()
            .try_into()
            .map_err(|_| OnionAddressError::Length)?;
        digits.make_ascii_uppercase();
        let mut bytes = [0; BYTES];
        BASE32_NOPAD
            .decode_mut(&digits, &mut bytes)
            .map_err(|_| OnionAddressError::Base32)?;
        let [key @ .., first, second, version] = bytes;
        let address = Self(key);
        if version != VERSION {
            Err(OnionAddressError::Version)
        } else if [first, second] != address.checksum() {
            Err(OnionAddressError::Checksum)
        } else {
            Ok(address)
        }
    }
}

/// A text that is no [`OnionAddress`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum OnionAddressError {
    /// It is shorter or longer.
    Length,
    /// It is not base32.
    Base32,
    /// It is of another version.
    Version,
    /// Its checksum is not that of its key.
    Checksum,
}

impl fmt::Display for OnionAddressError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("expected an onion address: ")?;
        f.write_str(match self {
            Self::Length => "56 characters without `.onion`",
            Self::Base32 => "the characters a to z and 2 to 7",
            Self::Version => "version 3, so that it ends in `d`",
            Self::Checksum => "its checksum does not fit: a character is wrong",
        })
    }
}

impl core::error::Error for OnionAddressError {}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use super::*;

    const ADDRESS: &str = "2gzyxa5ihm7nsggfxnu52rck2vv4rvmdlkiu3zzui5du4xyclen53wid";

    #[test]
    fn round_trips_in_any_case() {
        for text in [ADDRESS, &ADDRESS.to_uppercase()] {
            assert_eq!(text.parse::<OnionAddress>().unwrap().to_string(), ADDRESS);
        }
    }

    #[test]
    fn says_what_is_wrong() {
        use OnionAddressError as E;
        let onion = ADDRESS.to_string() + ".onion";
        for (text, error) in [
            ("", E::Length),
            (&onion, E::Length),
            (&"é".repeat(28), E::Base32),
            (&ADDRESS.replace('d', "1"), E::Base32),
            (&ADDRESS.replace("wid", "wie"), E::Version),
            (&ADDRESS.replace("wid", "aid"), E::Checksum),
            (&ADDRESS.replace("2g", "ag"), E::Checksum),
        ] {
            assert_eq!(text.parse::<OnionAddress>(), Err(error), "{text}");
        }
    }
}
