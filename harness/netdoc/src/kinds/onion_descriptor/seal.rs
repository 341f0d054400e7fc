//! What encrypts the layers of an onion service's descriptor.

use alloc::vec::Vec;

use aes::Aes256;
use ctr::Ctr128BE;
use ctr::cipher::{KeyIvInit, StreamCipher};
use curve25519_dalek::MontgomeryPoint;
use tor_harness_types::OnionAddress;

use super::middle::AuthClient;
use super::open::{INNER, LayerKeys, MIDDLE, OnionDescriptorKeys, SALT, hash};

impl OnionDescriptorKeys {
    /// The keys for a descriptor that is to be made: of the service with this address, with the
    /// key that it has for the time period, and the descriptor's revision.
    #[must_use]
    pub fn for_service(
        address: &OnionAddress,
        blinded_key: [u8; 32],
        revision_counter: u64,
    ) -> Self {
        let credential = hash(&[b"credential", address.public_key()]);
        Self {
            blinded_key,
            subcredential: hash(&[b"subcredential", &credential, &blinded_key]),
            revision_counter,
        }
    }

    /// A middle layer, encrypted: what `superencrypted` has. Tor fills it up with NULs to a
    /// multiple of 10,000 bytes before, which is left to the caller.
    #[must_use]
    pub fn seal_middle(&self, plain: &[u8], salt: [u8; SALT]) -> Vec<u8> {
        self.seal(plain, MIDDLE, &[], salt)
    }

    /// An inner layer, encrypted: what `encrypted` has. With a cookie it is open to those
    /// clients alone that know it.
    #[must_use]
    pub fn seal_inner(&self, plain: &[u8], cookie: Option<&[u8; 16]>, salt: [u8; SALT]) -> Vec<u8> {
        let cookie = cookie.map_or(&[][..], |cookie| cookie);
        self.seal(plain, INNER, cookie, salt)
    }

    /// The cookie for the client with this public x25519 key; `ephemeral` is the secret key of
    /// `desc-auth-ephemeral-key`.
    #[must_use]
    pub fn auth_client(
        &self,
        client: &[u8; 32],
        ephemeral: &[u8; 32],
        cookie: [u8; 16],
        iv: [u8; 16],
    ) -> AuthClient {
        let (client_id, key) = self.client_keys(client, ephemeral);
        let mut encrypted_cookie = cookie;
        Ctr128BE::<Aes256>::new(&key.into(), &iv.into()).apply_keystream(&mut encrypted_cookie);
        AuthClient {
            client_id,
            iv,
            encrypted_cookie,
        }
    }

    /// Salt, encrypted bytes, MAC (rend-spec-v3 section 2.5.3).
    fn seal(&self, plain: &[u8], layer: &[u8], cookie: &[u8], salt: [u8; SALT]) -> Vec<u8> {
        let mut keys = LayerKeys::new(self, layer, cookie, &salt);
        let mut encrypted = plain.to_vec();
        keys.cipher.apply_keystream(&mut encrypted);
        let mac = keys.mac(&salt, &encrypted);
        [&salt[..], &encrypted, &mac].concat()
    }
}

/// The public x25519 key of a secret one.
#[must_use]
pub fn x25519_public(secret: &[u8; 32]) -> [u8; 32] {
    MontgomeryPoint::mul_base_clamped(*secret).0
}
