//! What a relay is like.

use core::net::{Ipv4Addr, SocketAddrV6};
use std::sync::Arc;

use tor_harness_netdoc::Ed25519SecretKey;
use tor_harness_types::{Fingerprint, Nickname, UtcSeconds};

use super::keys::RelayKeys;
use super::policy::ExitPolicy;
use crate::nickname::nickname;
use crate::seed::Seed;
use crate::time::moved;

/// A relay out of a seed. What it is like can be set; all documents about it follow.
///
/// ```
/// use tor_harness_netdoc::{Document, Kind, ServerDescriptor};
/// use tor_harness_testnet::{ExitPolicy, Relay, Seed};
///
/// let mut relay = Relay::new(Seed::new(1), 0, "2026-11-22 12:00:00".parse()?);
/// relay.policy = ExitPolicy::ports([80..=80]);
/// let bytes = relay.server_descriptor().encode();
/// let read = ServerDescriptor::read(Document::new(&bytes));
/// assert!(Kind::ServerDescriptor.check(&read.document()).is_empty());
/// assert!(read.verify().is_ok());
///
/// // Wrong ones are as easy.
/// let wrong = relay.server_descriptor().set("uptime", "-5").without("ntor-onion-key").encode();
/// assert!(!Kind::ServerDescriptor.check(&Document::new(&wrong)).is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Relay {
    keys: Arc<RelayKeys>,
    /// Its nickname: `relay` and its number.
    pub nickname: Nickname,
    /// Its address: one of 198.18.0.0/15, where by RFC 2544 nobody is.
    pub address: Ipv4Addr,
    /// The port for other relays.
    pub or_port: u16,
    /// The port for directory requests; 0 for none.
    pub dir_port: u16,
    /// Another address for other relays.
    pub ipv6: Option<SocketAddrV6>,
    /// When it made its descriptors.
    pub published: UtcSeconds,
    /// How long it ran then, in seconds.
    pub uptime: u64,
    /// Its version: `0.4.9.11`.
    pub version: String,
    /// The subprotocols that it speaks.
    pub protocols: String,
    /// What it carries in its own view, in kilobytes a second. Its descriptor says 2^31-1 bytes
    /// where that, or the limits that go with it, would be more.
    pub bandwidth: u32,
    /// What authorities take that for, if for something else.
    pub weight: Option<u32>,
    /// The ports that it exits to by IPv4.
    pub policy: ExitPolicy,
    /// The same by IPv6.
    pub policy_v6: ExitPolicy,
    /// The flags that authorities give it, in the order of their names. Without `Running` and
    /// `Valid` it is in votes, but in no consensus.
    pub flags: Vec<String>,
    /// Whether it has a key for TAP. Authorities of tor 0.4.9 take no relay without.
    pub has_tap_key: bool,
    /// How to reach who runs it.
    pub contact: Option<String>,
    /// The relays that it names as its family; itself it need not name.
    pub family: Vec<Fingerprint>,
    /// The keys of the families that it proves to be in.
    pub family_keys: Vec<Arc<Ed25519SecretKey>>,
}

/// So many numbers that follow each other have different RSA keys.
pub(crate) const NUMBERS: u64 = 10_455;

/// The tor that all speak of.
pub(crate) const VERSION: &str = "0.4.9.11";
/// As it has it.
const PROTOCOLS: &str = "Conflux=1 Cons=1-2 Desc=1-4 DirCache=2 FlowCtrl=1-2 HSDir=2 HSIntro=4-5 \
    HSRend=1-2 Link=3-5 LinkAuth=3 Microdesc=1-3 Padding=2 Relay=2-6";

impl Relay {
    /// The relay with this number, which made its descriptors at most some hours before a moment.
    /// Of 10,455 numbers that follow each other no two have the same fingerprint.
    #[must_use]
    pub fn new(seed: Seed, number: u64, now: UtcSeconds) -> Self {
        let offset = seed.below("identity", u64::from(u32::MAX));
        let own = seed.child("relay", number);
        // Before authorities vote.
        let age = 900 + own.below("age", 16 * 3600);
        let is_exit = own.below("exit", 3) == 0;
        let mut relay = Self {
            keys: Arc::new(RelayKeys::new(own, offset.wrapping_add(number))),
            nickname: nickname(&format!("relay{number}")),
            address: address(number),
            or_port: 9001 + own.below("port", 1000) as u16,
            dir_port: 0,
            ipv6: None,
            published: moved(now, -(age as i64)),
            uptime: 3600 + own.below("uptime", 90 * 24 * 3600),
            version: VERSION.into(),
            protocols: PROTOCOLS.into(),
            bandwidth: 100 + own.below("bandwidth", 50_000) as u32,
            weight: None,
            policy: if is_exit {
                ExitPolicy::all()
            } else {
                ExitPolicy::none()
            },
            policy_v6: ExitPolicy::none(),
            flags: Vec::new(),
            has_tap_key: true,
            contact: Some("test keys <nobody AT example.com>".into()),
            family: Vec::new(),
            family_keys: Vec::new(),
        };
        for flag in ["Fast", "HSDir", "Running", "Stable", "V2Dir", "Valid"] {
            relay.set_flag(flag, true);
        }
        relay.set_flag("Exit", is_exit);
        relay.set_flag("Guard", own.below("guard", 2) == 0);
        relay
    }

    /// Its keys.
    #[must_use]
    pub fn keys(&self) -> &RelayKeys {
        &self.keys
    }

    /// The name that its RSA key gives it.
    #[must_use]
    pub fn fingerprint(&self) -> Fingerprint {
        self.keys.fingerprint()
    }

    /// Gives it the address with this number, one of 130,000.
    pub(crate) fn move_to(&mut self, number: u64) {
        self.address = address(number);
    }

    /// What authorities weigh it by, in kilobytes a second.
    #[must_use]
    pub fn weight(&self) -> u32 {
        self.weight.unwrap_or(self.bandwidth)
    }

    /// Gives it a flag, or takes it.
    pub fn set_flag(&mut self, flag: &str, is_set: bool) {
        self.flags.retain(|one| one != flag);
        if is_set {
            let place = self.flags.partition_point(|one| one.as_str() < flag);
            self.flags.insert(place, flag.into());
        }
    }
}

/// Each number has its own address, up to 130,000.
fn address(number: u64) -> Ipv4Addr {
    const FIRST: u32 = u32::from_be_bytes([198, 18, 0, 0]);
    // Neither .0 nor .255.
    let [high, low] = [number / 254 % 512, number % 254 + 1];
    Ipv4Addr::from(FIRST + (high << 8 | low) as u32)
}
