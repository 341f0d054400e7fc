//! What there is before anything is wrong.

use std::fmt;
use std::sync::OnceLock;

use tor_harness_netdoc::{
    Authorities, Builder, Document, Flavor, KeyCertificate, Kind, OwnedItem, TimePeriod,
};
use tor_harness_testnet::{
    Authority, Bridge, Network, OnionService, Publication, Relay, SanitisedBridge, Seed,
};
use tor_harness_types::{Fingerprint, UtcSeconds};

/// A network, of an authority and two relays at least, and an onion service at a time: all of them
/// good.
#[derive(Clone)]
pub struct Given {
    pub(super) network: Network,
    pub(super) service: OnionService,
    pub(super) publication: Publication,
    pub(super) now: UtcSeconds,
    /// The secret key of a client of the service; `None` where it is open to all.
    client: Option<[u8; 32]>,
    certificates: OnceLock<Vec<Vec<u8>>>,
}

/// How long a time period of onion services is, and the interval between consensuses: minutes, seconds.
const PERIOD: (u32, u32) = (1440, 3600);

impl Given {
    /// A network at the time when its consensus begins to count, with a service of one
    /// introduction point. Its first relay has a key for TAP and one of a family, so that
    /// these can be wrong, too, and is of a version of which nothing is excused.
    ///
    /// # Panics
    /// If there is no authority, or fewer than two relays beside those of the authorities.
    #[must_use]
    pub fn new(mut network: Network) -> Self {
        let [authorities, relays] = [network.authorities.len(), network.relays.len()];
        assert!(
            authorities > 0 && relays > 1,
            "expected an authority and two relays at least, got {authorities} and {relays}"
        );
        let now = network.status.valid_after;
        let family_key = network.relays[1].keys().signing().clone();
        let relay = &mut network.relays[0];
        relay.has_tap_key = true;
        relay.version = "0.4.9.11".into();
        relay.family_keys = vec![family_key];
        let mut service = OnionService::new(Seed::new(1), 0);
        service.introduction_points = network.relays.first().cloned().into_iter().collect();
        let (minutes, interval) = PERIOD;
        let first = TimePeriod { number: 0, minutes };
        let period = TimePeriod::at(now, minutes, interval).unwrap_or(first);
        Self {
            publication: Publication {
                period,
                revision: 42,
                time: now,
            },
            network,
            service,
            now,
            client: None,
            certificates: OnceLock::new(),
        }
    }

    /// The same with so many clients that may reach the service, and nobody else; with none all may.
    #[must_use]
    pub fn with_clients(mut self, count: usize) -> Self {
        self.service.clients.clear();
        self.client = None;
        for number in 0..count as u64 {
            let seed = Seed::new(1).child("client", number);
            self.client = Some(self.service.add_client(seed));
        }
        self
    }

    /// A small network that begins to count then: three authorities, three relays.
    #[must_use]
    pub fn small(valid_after: UtcSeconds) -> Self {
        let mut network = Network::new(Seed::new(1), 3, 3, valid_after);
        network.status.params.insert("circwindow".into(), 1000);
        Self::new(network)
    }

    /// The same with the onion service of another number.
    #[must_use]
    pub fn serving(mut self, number: u64) -> Self {
        let introduction_points = std::mem::take(&mut self.service.introduction_points);
        self.service = OnionService::new(Seed::new(1), number);
        self.service.introduction_points = introduction_points;
        self
    }

    /// The network.
    #[must_use]
    pub fn network(&self) -> &Network {
        &self.network
    }

    /// The onion service.
    #[must_use]
    pub fn service(&self) -> &OnionService {
        &self.service
    }

    /// The descriptor of the onion service that counts.
    #[must_use]
    pub fn publication(&self) -> &Publication {
        &self.publication
    }

    /// The secret x25519 key of a client that may reach the onion service; `None` where all may.
    #[must_use]
    pub fn client(&self) -> Option<&[u8; 32]> {
        self.client.as_ref()
    }

    /// What time it is.
    #[must_use]
    pub fn now(&self) -> UtcSeconds {
        self.now
    }

    /// The relay that has something wrong.
    #[must_use]
    pub fn relay(&self) -> &Relay {
        &self.network.relays[0]
    }

    /// The authority that has something wrong: the one whose identity comes first.
    #[must_use]
    pub fn authority(&self) -> &Authority {
        let all = self.network.authorities.iter();
        let first = all.min_by_key(|one| one.identity());
        first.expect("there is one: `new` has seen to it")
    }

    /// The document of a kind that is right; of bridges the first one's, as CollecTor has it, where
    /// there is one.
    #[must_use]
    pub fn document(&self, kind: Kind) -> Option<Builder> {
        Some(match kind {
            Kind::ServerDescriptor => self.relay().server_descriptor(),
            Kind::ExtraInfo => self.relay().extra_info(),
            Kind::Microdescriptor => self.relay().microdescriptor(),
            Kind::KeyCertificate => self.authority().key_certificate(),
            Kind::Consensus => self.network.consensus(Flavor::Ns),
            Kind::ConsensusMicrodesc => self.network.consensus(Flavor::Microdesc),
            Kind::Vote => self.vote(self.authority()),
            Kind::DetachedSignatures => self.network.detached_signatures(),
            Kind::OnionDescriptor => self.service.descriptor(&self.publication),
            Kind::BandwidthFile => self.bandwidth_file(),
            Kind::BridgeServerDescriptor => self.bridge()?.server_descriptor,
            Kind::BridgeExtraInfo => self.bridge()?.extra_info,
            Kind::BridgeNetworkStatus => self.network.bridge_network_status(),
            _ => return None,
        })
    }

    /// The identities of the authorities that are trusted.
    pub fn identities(&self) -> impl Iterator<Item = Fingerprint> + '_ {
        self.network.authorities.iter().map(Authority::identity)
    }

    /// The certificates of the authorities.
    #[must_use]
    pub fn certificates(&self) -> &[Vec<u8>] {
        self.certificates
            .get_or_init(|| self.network.key_certificates())
    }

    /// The authorities that are trusted, with their certificates.
    #[must_use]
    pub fn authorities(&self) -> Authorities {
        let mut all = Authorities::new(self.identities());
        for bytes in self.certificates() {
            if let Ok(read) = KeyCertificate::read(Document::new(bytes)).verify() {
                all.add(&read);
            }
        }
        all
    }

    /// An authority's vote; with what real ones say of each relay besides, without which
    /// tor-netdoc takes none.
    pub(super) fn vote(&self, authority: &Authority) -> Builder {
        let stats = OwnedItem::new("stats").text("wfu=1.000000 tk=864000 mtbf=864000");
        let relays = 0..self.network.all_relays().len();
        relays.fold(self.network.vote(authority), |vote, index| {
            vote.part("r", index, |entry| entry.push(stats.clone()))
        })
    }

    /// What the authority votes by; if it measures nothing, what others do.
    fn bandwidth_file(&self) -> Builder {
        let own = self.network.bandwidth_file_by(self.authority());
        own.unwrap_or_else(|| self.network.bandwidth_file())
    }

    fn bridge(&self) -> Option<SanitisedBridge> {
        self.network.bridges.first().map(Bridge::sanitised)
    }

    /// Another relay, of which nothing is wrong.
    pub(super) fn other(&self) -> &Relay {
        &self.network.relays[1]
    }

    /// Another authority.
    pub(super) fn other_authority(&self) -> &Authority {
        let own = self.authority().identity();
        let mut all = self.network.authorities.iter();
        let other = all.find(|one| one.identity() != own);
        other.unwrap_or_else(|| self.authority())
    }

    /// So many seconds from now.
    pub(super) fn later(&self, seconds: i64) -> UtcSeconds {
        UtcSeconds::from_unix(self.now.as_unix() + seconds).unwrap_or(self.now)
    }
}

/// How many there are, and when: all the rest is pages long.
impl fmt::Debug for Given {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Network {
            authorities,
            relays,
            ..
        } = &self.network;
        let [authorities, relays] = [authorities.len(), relays.len()];
        write!(
            f,
            "Given({authorities} authorities, {relays} relays at {})",
            self.now
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[should_panic(expected = "expected an authority and two relays at least, got 1 and 1")]
    fn a_network_of_one_relay_is_too_small() {
        let time = "2026-11-22 12:00:00".parse().unwrap();
        let _ = Given::new(Network::new(Seed::new(1), 1, 1, time));
    }
}
