//! What an onion service is like.

use std::sync::Arc;

use data_encoding::BASE32_NOPAD;
use tor_harness_netdoc::{Ed25519SecretKey, TimePeriod, x25519_public};
use tor_harness_types::{OnionAddress, UtcSeconds};

use crate::file::File;
use crate::relay::Relay;
use crate::seed::Seed;

/// An onion service of version 3 out of a seed.
///
/// ```
/// use tor_harness_netdoc::{Document, OnionDescriptor, OnionDescriptorKeys, TimePeriod};
/// use tor_harness_testnet::{OnionService, Publication, Relay, Seed};
///
/// let now = "2026-11-22 12:00:00".parse()?;
/// let mut service = OnionService::new(Seed::new(1), 0);
/// service.introduction_points = (0..3).map(|number| Relay::new(Seed::new(1), number, now)).collect();
/// let period = TimePeriod::at(now, 1440, 3600).ok_or("before the first period")?;
/// let bytes = service.descriptor(&Publication { period, revision: 7, time: now }).encode();
///
/// let read = OnionDescriptor::read(Document::new(&bytes));
/// assert!(read.verify().is_ok());
/// assert!(OnionDescriptorKeys::new(&read, &service.address())?.open_middle(&read).is_ok());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct OnionService {
    pub(super) seed: Seed,
    pub(super) identity: Arc<Ed25519SecretKey>,
    /// The relays through which clients reach it.
    pub introduction_points: Vec<Relay>,
    /// The public x25519 keys of the clients that may; empty for all.
    pub clients: Vec<[u8; 32]>,
    /// How long directories have to keep its descriptor, in minutes.
    pub lifetime: u16,
}

/// When a descriptor of an onion service is made, and which of them it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Publication {
    /// The time period that it is for.
    pub period: TimePeriod,
    /// Its revision: of two descriptors the higher one counts.
    pub revision: u64,
    /// When it is made.
    pub time: UtcSeconds,
}

impl OnionService {
    /// The service with this number: without introduction points, open to all.
    #[must_use]
    pub fn new(seed: Seed, number: u64) -> Self {
        let seed = seed.child("onion", number);
        Self {
            seed,
            identity: Arc::new(Ed25519SecretKey::from_seed(seed.bytes("identity"))),
            introduction_points: Vec::new(),
            clients: Vec::new(),
            lifetime: 180,
        }
    }

    /// Its address.
    #[must_use]
    pub fn address(&self) -> OnionAddress {
        OnionAddress::new(self.identity.public())
    }

    /// The key that its address says.
    #[must_use]
    pub fn identity(&self) -> &Ed25519SecretKey {
        &self.identity
    }

    /// Lets a client out of a seed in, and no others than such; gives its secret x25519 key.
    pub fn add_client(&mut self, seed: Seed) -> [u8; 32] {
        let secret = seed.bytes("client");
        self.clients.push(x25519_public(&secret));
        secret
    }

    /// What tor keeps in the service's folder, `HiddenServiceDir`.
    #[must_use]
    pub fn files(&self) -> Vec<File> {
        let [public, secret] = ["public", "secret"].map(|what| format!("ed25519v1-{what}: type0"));
        let mut files = vec![
            File::new("hostname", format!("{}.onion\n", self.address())),
            File::tagged(
                "hs_ed25519_public_key",
                &public,
                &[self.address().public_key()],
            ),
            File::tagged(
                "hs_ed25519_secret_key",
                &secret,
                &[self.identity.expanded()],
            ),
        ];
        for (number, client) in self.clients.iter().enumerate() {
            let text = format!("descriptor:x25519:{}\n", BASE32_NOPAD.encode(client));
            files.push(File::new(
                format!("authorized_clients/client{number}.auth"),
                text,
            ));
        }
        files
    }
}
