//! What a relay is like, as arguments.

use core::net::{Ipv4Addr, SocketAddrV6};
use std::sync::Arc;

use clap::Args;
use tor_harness::netdoc::Ed25519SecretKey;
use tor_harness::testnet::{ExitPolicy, Relay, Seed};
use tor_harness::types::{Fingerprint, Nickname, UtcSeconds};

use super::origin::moment;
use super::policy::exit_policy;
use super::setting::{Flags, flags, ipv6, protocols, text};
use super::status::version;

/// No uptime is read that is longer.
const LONGEST: u64 = i64::MAX.cast_unsigned();

#[derive(Debug, Args)]
#[command(next_help_heading = "What it is like, without which it is what the seed says")]
pub(super) struct RelaySettings {
    /// Its nickname; without it relay or bridge, and its number.
    #[arg(long)]
    nickname: Option<Nickname>,
    /// Its address, one of 198.18.0.0/15 without: there nobody is.
    #[arg(long, value_name = "IPV4")]
    address: Option<Ipv4Addr>,
    /// The port for other relays.
    #[arg(long, value_name = "PORT")]
    or_port: Option<u16>,
    /// The port for directory requests.
    #[arg(long, value_name = "PORT")]
    dir_port: Option<u16>,
    /// Another address: [2001:db8::1]:9001.
    #[arg(long, value_name = "[IPV6]:PORT", value_parser = ipv6)]
    ipv6: Option<SocketAddrV6>,
    /// When it made its descriptors.
    #[arg(long, value_name = "TIME", value_parser = moment)]
    published: Option<UtcSeconds>,
    /// How long it had run then, in seconds.
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(..=LONGEST))]
    uptime: Option<u64>,
    /// Its version: 0.4.9.11.
    #[arg(long, value_name = "VERSION", value_parser = version)]
    tor_version: Option<String>,
    /// The subprotocols that it speaks: "Link=4-5 Relay=2".
    #[arg(long, value_name = "PROTOCOLS", value_parser = protocols)]
    protocols: Option<String>,
    /// What it carries, in kilobytes a second.
    #[arg(long, value_name = "N")]
    bandwidth: Option<u32>,
    /// The ports that it exits to: "accept 80,443", "reject 25", "reject 1-65535" for none.
    #[arg(long, value_name = "POLICY", value_parser = exit_policy)]
    exit_policy: Option<ExitPolicy>,
    /// The same by IPv6.
    #[arg(long, value_name = "POLICY", value_parser = exit_policy)]
    exit_policy_v6: Option<ExitPolicy>,
    /// The flags in its status entry, and no others: Exit,Fast,Running,Valid; "" for none.
    #[arg(long, value_name = "FLAGS", value_parser = flags)]
    flags: Option<Flags>,
    /// How to reach who runs it; "" for no such line.
    #[arg(long, value_name = "TEXT", value_parser = text)]
    contact: Option<String>,
    /// A relay that it names as its family; may be given several times.
    #[arg(long, value_name = "FINGERPRINT")]
    family: Vec<Fingerprint>,
    /// The family with this number: its key, out of the seed, certifies that the relay is in it;
    /// may be given several times.
    #[arg(long, value_name = "N")]
    family_key: Vec<u64>,
    /// It has no key for TAP.
    #[arg(long)]
    no_tap_key: bool,
}

impl RelaySettings {
    /// Makes a relay so.
    pub(super) fn apply(&self, seed: Seed, relay: &mut Relay) {
        put(&mut relay.nickname, &self.nickname);
        put(&mut relay.address, &self.address);
        put(&mut relay.or_port, &self.or_port);
        put(&mut relay.dir_port, &self.dir_port);
        put(&mut relay.published, &self.published);
        put(&mut relay.uptime, &self.uptime);
        put(&mut relay.version, &self.tor_version);
        put(&mut relay.protocols, &self.protocols);
        put(&mut relay.bandwidth, &self.bandwidth);
        put(&mut relay.policy, &self.exit_policy);
        put(&mut relay.policy_v6, &self.exit_policy_v6);
        if let Some(Flags(flags)) = &self.flags {
            relay.flags.clear();
            flags.iter().for_each(|flag| relay.set_flag(flag, true));
        }
        if let Some(contact) = &self.contact {
            relay.contact = Some(contact.clone()).filter(|contact| !contact.is_empty());
        }
        relay.ipv6 = self.ipv6;
        relay.family.extend(&self.family);
        relay.has_tap_key = !self.no_tap_key;
        let key = |number: &u64| {
            let bytes = seed.child("family", *number).bytes("key");
            Arc::new(Ed25519SecretKey::from_seed(bytes))
        };
        relay.family_keys.extend(self.family_key.iter().map(key));
    }
}

/// Sets a field, if there is something to set it to.
fn put<T: Clone>(field: &mut T, value: &Option<T>) {
    if let Some(value) = value {
        field.clone_from(value);
    }
}
