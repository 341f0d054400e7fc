//! Which addresses tor takes for those of onion services.

use tor_harness_types::{OnionAddress, OnionAddressError};

use super::key::is_valid_public_key;
use crate::world::World;

/// Whether it is the address of an onion service.
pub(in crate::world) fn is_onion_address(text: &str) -> bool {
    let parsed = text.parse::<OnionAddress>();
    parsed.is_ok_and(|address| is_valid_public_key(address.public_key()))
}

impl World {
    /// Reads the address of an onion service; tor logs what is wrong with one.
    pub(in crate::world) fn onion_address(&mut self, text: &[u8]) -> Option<OnionAddress> {
        let parsed = match str::from_utf8(text) {
            Ok(text) => text.parse::<OnionAddress>(),
            Err(_) if text.len() == 56 => Err(OnionAddressError::Base32),
            Err(_) => Err(OnionAddressError::Length),
        };
        let wrong = match parsed {
            Ok(address) if is_valid_public_key(address.public_key()) => return Some(address),
            Ok(_) => "has bad pubkey .",
            Err(OnionAddressError::Length) => "failed to be parsed: Invalid length",
            Err(OnionAddressError::Base32) => {
                self.log("WARN", "illegal character in base32 encoded string");
                "failed to be parsed: Unable to base32 decode"
            }
            Err(_) => "invalid checksum.",
        };
        let shown = self.scrubbed_for_all(text);
        self.log("WARN", &format!("Service address {shown} {wrong}"));
        None
    }
}
