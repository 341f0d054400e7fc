//! The recorded onion services.

use std::collections::HashMap;
use std::sync::LazyLock;

use tor_harness_netdoc::{Consensus, Document, OnionDescriptor, TimePeriod};
use tor_harness_types::OnionAddress;

/// A recorded onion service, and all that opens its descriptor.
#[derive(Clone, Copy, Debug)]
pub struct OnionService {
    /// Its address.
    pub address: OnionAddress,
    /// The time period of its descriptor.
    pub period: TimePeriod,
    /// The private key of a client, where it is open only to some.
    pub client: Option<[u8; 32]>,
}

/// The names of the services, with the private key of the client that one is open to.
const SERVICES: [(&str, Option<&[u8; 32]>); 2] = [
    ("open", None),
    ("restricted", Some(b"this is tor-harness's test key !")),
];

/// By blinded key.
static ALL: LazyLock<HashMap<[u8; 32], OnionService>> = LazyLock::new(|| {
    let services = SERVICES.map(|(name, client)| {
        let bytes = recorded(&format!("netdoc/onion-descriptor/{name}"));
        let descriptor = OnionDescriptor::read(Document::new(bytes));
        let blinded_key = descriptor.blinded_key().expect("it names its key");
        let hostname = recorded(&format!("data-directory/{name}-service/hostname"));
        let hostname = String::from_utf8_lossy(hostname);
        let address = hostname.trim_end().trim_end_matches(".onion");
        let address = address.parse().expect("an address");
        let service = OnionService {
            address,
            period: period(&address, &blinded_key),
            client: client.copied(),
        };
        (blinded_key, service)
    });
    services.into()
});

impl OnionService {
    /// The service whose key in its time period this is.
    #[must_use]
    pub fn with_key(blinded_key: &[u8; 32]) -> Option<Self> {
        ALL.get(blinded_key).copied()
    }
}

/// The period in which the service has this key, close to when the consensus was made.
fn period(address: &OnionAddress, blinded_key: &[u8; 32]) -> TimePeriod {
    let consensus = Consensus::read(Document::new(recorded("netdoc/consensus/current")));
    let lifetime = consensus.lifetime().expect("it has times");
    let interval = lifetime.fresh_until.as_unix() - lifetime.valid_after.as_unix();
    let interval = u32::try_from(interval).expect("it is fresh for a while");
    let minutes = (24 * interval).div_ceil(60);
    let now = TimePeriod::at(lifetime.valid_after, minutes, interval);
    let number = now.expect("it is later than 1970").number;
    let near = (number - 5..number + 5).map(|number| TimePeriod { number, minutes });
    let mut own = near.filter(|period| period.blinded_key(address) == Some(*blinded_key));
    own.next().expect("the descriptor is of the same time")
}

fn recorded(path: &str) -> &'static [u8] {
    let fixture = tor_fixtures::find(path);
    fixture.unwrap_or_else(|| panic!("no {path}")).bytes
}
