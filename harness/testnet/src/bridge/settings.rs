//! What a bridge is like.

use tor_harness_netdoc::{Builder, Document, Flavor, ServerDescriptor, sha1};
use tor_harness_types::{Fingerprint, UtcSeconds};

use super::transport::{BridgeTransport, obfs4_state};
use crate::file::File;
use crate::item::item;
use crate::nickname::nickname;
use crate::relay::{ExitPolicy, Relay};
use crate::seed::Seed;

/// A bridge out of a seed: a relay that no consensus lists.
///
/// ```
/// use tor_harness_netdoc::{BridgeServerDescriptor, Document, sha1};
/// use tor_harness_testnet::{Bridge, Seed};
///
/// let bridge = Bridge::new(Seed::new(1), 0, "2026-11-22 12:00:00".parse()?);
/// assert!(bridge.transport_lines()[0].starts_with("Bridge obfs4 198.18."));
/// let sanitised = bridge.sanitised().server_descriptor.encode();
/// let read = BridgeServerDescriptor::read(Document::new(&sanitised));
/// assert!(read.scrubbing_problems().is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Bridge {
    /// The relay that it is.
    pub relay: Relay,
    /// By which way people are to hear of it: `any`, `https`, `none`.
    pub distribution: String,
    /// Its pluggable transports.
    pub transports: Vec<BridgeTransport>,
    obfs4: Seed,
    /// What its address is hashed with where it must not be found.
    pub(super) secret: [u8; 83],
}

/// The relays of bridges have the last numbers but for 300 authorities, counted down, so that all
/// have other keys.
const LAST: u64 = 10_154;

impl Bridge {
    /// The bridge with this number, which made its descriptors at most some hours before a moment.
    /// Of 8,000 relays, 300 authorities, 2,000 bridges no two have the same keys.
    #[must_use]
    pub fn new(seed: Seed, number: u64, now: UtcSeconds) -> Self {
        let mut relay = Relay::new(seed, LAST.wrapping_sub(number), now);
        let seed = seed.child("bridges", 0);
        let obfs4 = seed.child("obfs4", number);
        relay.nickname = nickname(&format!("bridge{number}"));
        relay.policy = ExitPolicy::none();
        relay.set_flag("Exit", false);
        relay.set_flag("HSDir", false);
        Self {
            relay,
            distribution: "any".into(),
            transports: vec![BridgeTransport::obfs4(obfs4)],
            obfs4,
            secret: seed.bytes("secret"),
        }
    }

    /// Its server descriptor, as it gives it to the bridge authority.
    #[must_use]
    pub fn server_descriptor(&self) -> Builder {
        self.server_descriptor_naming(&self.extra_info().encode())
    }

    /// The same, naming an extra-info document that is made already.
    #[must_use]
    pub fn server_descriptor_naming(&self, extra_info: &[u8]) -> Builder {
        let descriptor = self.relay.server_descriptor_naming(extra_info);
        descriptor.add("bridge-distribution-request", self.distribution.as_str())
    }

    /// Its extra-info document, with its transports.
    #[must_use]
    pub fn extra_info(&self) -> Builder {
        let Relay {
            address, published, ..
        } = &self.relay;
        let names = self.transports.iter().map(|one| one.name.as_str());
        let seen: Vec<_> = ["<OR>"].into_iter().chain(names).collect();
        let counts: Vec<_> = seen.iter().map(|name| format!("{name}=8")).collect();
        let users = 8 * counts.len();
        let all = self
            .relay
            .extra_info()
            .add("bridge-stats-end", format!("{published} (86400 s)"))
            .add("bridge-ips", format!("??={users}"))
            .add("bridge-ip-versions", format!("v4={users},v6=0"))
            .add("bridge-ip-transports", counts.join(","));
        self.transports.iter().fold(all, |all, transport| {
            let BridgeTransport {
                name,
                port,
                arguments,
            } = transport;
            let line = format!("{name} {address}:{port} {arguments}");
            all.add_item(item("transport", line.trim_end()))
        })
    }

    /// Its entry in what the bridge authority says of all bridges.
    #[must_use]
    pub fn status_entry(&self) -> Builder {
        let descriptor = self.server_descriptor().encode();
        let digest = ServerDescriptor::read(Document::new(&descriptor)).digest();
        self.relay
            .status_entry_naming(Flavor::Ns, &digest.unwrap_or_default())
    }

    /// The SHA-1 of its fingerprint: what it is called where it must not be found.
    #[must_use]
    pub fn hashed_fingerprint(&self) -> Fingerprint {
        Fingerprint::new(sha1(self.relay.fingerprint().as_bytes()))
    }

    /// Its line in a client's torrc, without a transport.
    #[must_use]
    pub fn bridge_line(&self) -> String {
        let Relay {
            address, or_port, ..
        } = self.relay;
        format!("Bridge {address}:{or_port} {}", self.relay.fingerprint())
    }

    /// Its lines in a client's torrc, one for each transport.
    #[must_use]
    pub fn transport_lines(&self) -> Vec<String> {
        let fingerprint = self.relay.fingerprint();
        let line = |one: &BridgeTransport| {
            let BridgeTransport { name, port, .. } = one;
            let arguments = one.arguments.replace(',', " ");
            let line = format!(
                "Bridge {name} {}:{port} {fingerprint} {arguments}",
                self.relay.address
            );
            line.trim_end().into()
        };
        self.transports.iter().map(line).collect()
    }

    /// What tor keeps of a bridge in its data directory; obfs4proxy, too, if that is a transport.
    #[must_use]
    pub fn files(&self) -> Vec<File> {
        let mut files = self.relay.files();
        let line = format!("{} {}\n", self.relay.nickname, self.hashed_fingerprint());
        files.push(File::new("hashed-fingerprint", line));
        if self.transports.iter().any(|one| one.name == "obfs4") {
            files.push(obfs4_state(self.obfs4));
        }
        files
    }
}
