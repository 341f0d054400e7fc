//! A relay's keys as tor's own files.

use data_encoding::BASE64_NOPAD;

use super::settings::Relay;
use crate::file::File;

impl Relay {
    /// What tor keeps of a relay in its data directory: with these files it is that relay, until
    /// thirty days behind [`Relay::published`].
    #[must_use]
    pub fn files(&self) -> Vec<File> {
        let keys = self.keys();
        let [master, signing] = [keys.master(), keys.signing()];
        let id = BASE64_NOPAD.encode(&master.public());
        vec![
            File::pem("keys/secret_id_key", &keys.identity().private_der()),
            File::pem("keys/secret_onion_key", &keys.onion().private_der()),
            File::tagged(
                "keys/ed25519_master_id_public_key",
                "ed25519v1-public: type0",
                &[&master.public()],
            ),
            File::tagged(
                "keys/ed25519_master_id_secret_key",
                "ed25519v1-secret: type0",
                &[master.expanded()],
            ),
            File::tagged(
                "keys/ed25519_signing_secret_key",
                "ed25519v1-secret: type4",
                &[signing.expanded()],
            ),
            File::tagged(
                "keys/ed25519_signing_cert",
                "ed25519v1-cert: type4",
                &[&self.signing_certificate()],
            ),
            File::tagged(
                "keys/secret_onion_key_ntor",
                "c25519v1: onion",
                &[&keys.ntor_secret(), &keys.ntor_public()],
            ),
            File::new(
                "fingerprint",
                format!("{} {}\n", self.nickname, self.fingerprint()),
            ),
            File::new("fingerprint-ed25519", format!("{} {id}\n", self.nickname)),
        ]
    }
}
