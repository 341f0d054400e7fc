//! Where the nodes of a network are.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV4, SocketAddrV6};
use std::path::Path;

use data_encoding::BASE32_NOPAD;
use tor_harness_scratch::Folder;
use tor_harness_testnet::{Bridge, File, Relay, Seed};
use tor_harness_traffic::Proxy;
use tor_harness_types::{Fingerprint, UtcSeconds};

use super::address::{Addresses, free_ports};
use super::exit;
use super::identity::Identity;
use super::protocols;
use super::role::Role;
use super::spec::NodeSpec;
use super::torrc::RESOLV_CONF;
use crate::control_port::ControlPort;
use crate::error::Error;
use crate::executable::{Executable, find_obfs4proxy};
use crate::prepared;
use crate::torrc::files;

/// The folder of the keys by which a client may visit onion services, in its own.
pub(super) const ONION_AUTH: &str = "onion-auth";

/// A network's nodes, each with its place and its keys, none of them running.
#[derive(Debug)]
pub(super) struct Layout {
    pub(super) addresses: Addresses,
    pub(super) places: Vec<Place>,
}

/// What clients that use bridges are told of them.
#[derive(Debug)]
pub(super) struct Bridges {
    /// For the torrc.
    pub(super) lines: String,
    /// What they would fetch from the bridges first, by and by.
    descriptors: Vec<u8>,
}

/// A bridge's descriptor as tor keeps it.
fn cached(bridge: &Bridge) -> Vec<u8> {
    let Relay {
        published, address, ..
    } = bridge.relay;
    let annotations =
        format!("@downloaded-at {published}\n@source \"{address}\"\n@purpose bridge\n");
    [
        annotations.into_bytes(),
        bridge.server_descriptor().encode(),
    ]
    .concat()
}

/// A node with its place.
#[derive(Debug)]
pub(super) struct Place {
    pub(super) spec: NodeSpec,
    pub(super) executable: Executable,
    pub(super) folder: Folder,
    pub(super) control_port: ControlPort,
    pub(super) identity: Identity,
    pub(super) address: Ipv4Addr,
    ports: [u16; 4],
    /// Where it asks for names.
    name_server: SocketAddr,
    /// Whether it is in a network that votes.
    votes: bool,
    pub(super) seed: Seed,
    /// The program that speaks obfs4, where the node is a bridge that does.
    pub(super) obfs4: Option<Executable>,
    /// What stands before its ORPort.
    pub(super) proxy: Option<Proxy>,
    /// Keys by which it may visit onion services.
    pub(super) keys: Vec<File>,
}

impl Layout {
    /// Gives each node its place and its keys.
    pub(super) fn new(
        specs: Vec<NodeSpec>,
        votes: bool,
        tor: &Executable,
        seed: Seed,
        now: UtcSeconds,
    ) -> Result<Self, Error> {
        let mut addresses = Addresses::claim()?;
        let mut places = Vec::with_capacity(specs.len());
        for (number, spec) in specs.into_iter().enumerate() {
            let identity = Identity::new(&spec, seed, number as u64, now)?;
            let seed = seed.child("node", number as u64);
            let place = Place::new(spec, tor, number, &mut addresses, identity, seed)?;
            places.push(Place { votes, ..place });
        }
        let mut layout = Self { places, addresses };
        layout.meet_families();
        layout.let_visitors_in(seed);
        Ok(layout)
    }

    /// What clients know of the network's bridges.
    pub(super) fn bridges(&self) -> Bridges {
        let mut places = self.places.iter();
        let plugin = places.find_map(|place| place.obfs4.as_ref());
        let plugin = plugin.map(|program| {
            let path = program.path().display();
            format!("ClientTransportPlugin obfs4 exec {path}\n")
        });
        let bridges = self
            .places
            .iter()
            .filter_map(|place| match &place.identity {
                Identity::Bridge(bridge) => Some(bridge),
                _ => None,
            });
        let line = |bridge: &Bridge| {
            let transport = bridge.transport_lines().pop();
            transport.unwrap_or_else(|| bridge.bridge_line()) + "\n"
        };
        Bridges {
            lines: plugin
                .into_iter()
                .chain(bridges.clone().map(|bridge| line(bridge)))
                .collect(),
            descriptors: bridges.flat_map(|bridge| cached(bridge)).collect(),
        }
    }

    /// Has relays name their families by fingerprints.
    fn meet_families(&mut self) {
        let fingerprints: BTreeMap<String, Fingerprint> = self
            .places
            .iter()
            .filter_map(|place| Some((place.nickname().to_owned(), place.identity.fingerprint()?)))
            .collect();
        for place in &mut self.places {
            if let Some(relay) = place.identity.relay_mut() {
                let others = place.spec.family.iter();
                relay.family = others
                    .filter_map(|other| fingerprints.get(other).copied())
                    .collect();
            }
        }
    }

    /// Gives onion services and their visitors keys that fit.
    fn let_visitors_in(&mut self, seed: Seed) {
        let mut keys = Vec::new();
        for place in &mut self.places {
            if let Identity::OnionService(service) = &mut place.identity {
                for (visitor, number) in place.spec.visitors.iter().zip(0..) {
                    let secret = service.add_client(seed.child(&place.spec.nickname, number));
                    let text = format!(
                        "{}:descriptor:x25519:{}\n",
                        service.address(),
                        BASE32_NOPAD.encode(&secret)
                    );
                    let path = format!("{ONION_AUTH}/{}.auth_private", place.spec.nickname);
                    let bytes = text.into_bytes();
                    keys.push((visitor.clone(), File { path, bytes }));
                }
            }
        }
        for (visitor, key) in keys {
            let place = self
                .places
                .iter_mut()
                .find(|place| place.spec.nickname == visitor);
            if let Some(place) = place {
                place.keys.push(key);
            }
        }
    }
}

impl Place {
    pub(super) fn new(
        spec: NodeSpec,
        tor: &Executable,
        number: usize,
        addresses: &mut Addresses,
        identity: Identity,
        seed: Seed,
    ) -> Result<Self, Error> {
        let executable = match &spec.executable {
            Some(path) => Executable::named(path)?,
            None => tor.clone(),
        };
        let version = executable.version()?;
        let address = addresses.of_node(number);
        let mut folder = Folder::create().map_err(Error::Folder)?;
        let mut place = Self {
            control_port: spec.control_port.place(&mut folder)?,
            folder,
            executable: executable.wrapped(spec.wrapper.clone()),
            ports: free_ports(address)?,
            name_server: addresses.name_server()?,
            votes: false,
            obfs4: spec.has_obfs4.then(find_obfs4proxy).transpose()?,
            spec,
            identity,
            address,
            seed,
            proxy: None,
            keys: Vec::new(),
        };
        if place.spec.is_proxied {
            let [before, behind] = [place.or_address(), place.listen_address()];
            let proxy = Proxy::between(before.into(), behind.into());
            place.proxy = Some(proxy.map_err(Error::system(format!("listen at {before}")))?);
        }
        prepared::make_folder(&place.folder().join(files::DATA))?;
        let or_port = place.or_address().port();
        let dir_port = match place.role().is_authority() {
            true => place.dir_address().port(),
            false => 0,
        };
        let ipv6 = match place.spec.ipv6 && place.role().relays() {
            true => {
                let port = addresses.claim_ipv6_port()?;
                Some(SocketAddrV6::new(Ipv6Addr::LOCALHOST, port, 0, 0))
            }
            false => None,
        };
        if let Identity::Bridge(bridge) = &mut place.identity {
            for transport in &mut bridge.transports {
                transport.port = place.ports[1];
            }
        }
        if let Some(relay) = place.identity.relay_mut() {
            relay.address = address;
            relay.or_port = or_port;
            relay.dir_port = dir_port;
            relay.ipv6 = ipv6;
            relay.protocols = match &place.spec.protocols {
                Some(protocols) => protocols.clone(),
                None => protocols::of_version(&version).to_owned(),
            };
            relay.version = version;
        }
        Ok(place)
    }

    /// Writes its files. How a consensus comes is the recipe's: it adds lines to those of the role,
    /// and files.
    pub(super) fn write(
        &self,
        recipe: &str,
        bridges: &Bridges,
        directory: Vec<File>,
    ) -> Result<(), Error> {
        let own = self.identity.files().into_iter();
        let bridges_known = self.spec.uses_bridges.then(|| File {
            path: format!("{}/cached-descriptors", files::DATA),
            bytes: bridges.descriptors.clone(),
        });
        let all = own
            .chain(self.keys.iter().cloned())
            .chain(directory)
            .chain(bridges_known);
        let all: Vec<_> = all.map(|file| (file.path, file.bytes)).collect();
        prepared::write(&self.folder, &all)
            .and_then(|()| prepared::write(&self.folder, &self.spec.files))
            .and_then(|()| self.write_resolv_conf())
            .and_then(|()| files::write(&self.folder, &self.torrc(recipe, &bridges.lines)))
            .map_err(|error| error.of_node(self.nickname()))
    }

    /// Names a name server that refuses all: of an empty file tor would warn.
    fn write_resolv_conf(&self) -> Result<(), Error> {
        let text = format!("nameserver {}\n", self.name_server);
        let written = self.folder.write(RESOLV_CONF, text.as_bytes());
        written.map(drop).map_err(Error::Folder)
    }

    pub(super) fn role(&self) -> Role {
        self.spec.role
    }

    pub(super) fn nickname(&self) -> &str {
        &self.spec.nickname
    }

    pub(super) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Where others reach it, as a relay.
    pub(super) fn or_address(&self) -> SocketAddrV4 {
        SocketAddrV4::new(self.address, self.ports[0])
    }

    /// Where its tor listens for others, as a relay.
    pub(super) fn listen_address(&self) -> SocketAddrV4 {
        let port = match self.spec.is_proxied {
            true => self.ports[3],
            false => self.ports[0],
        };
        SocketAddrV4::new(self.address, port)
    }

    pub(super) fn dir_address(&self) -> SocketAddrV4 {
        SocketAddrV4::new(self.address, self.ports[1])
    }

    pub(super) fn socks_address(&self) -> SocketAddrV4 {
        SocketAddrV4::new(self.address, self.ports[2])
    }

    /// Whether it takes streams: tor refuses that to those who do not hide what they do.
    pub(super) fn has_socks(&self) -> bool {
        !self.role().relays() && !self.spec.is_single
    }

    /// Where its onion service leads.
    pub(super) fn service_address(&self) -> Option<SocketAddr> {
        let own = self.or_address();
        let address = |port| SocketAddrV4::new(Ipv4Addr::LOCALHOST, port);
        (self.role() == Role::OnionService).then(|| self.spec.target.map_or(own, address).into())
    }

    /// The command line.
    pub(super) fn arguments(&self) -> Vec<OsString> {
        let mut arguments = files::arguments(self.folder());
        arguments.extend(self.control_port.arguments());
        arguments.extend([
            "--OutboundBindAddress".into(),
            self.address.to_string().into(),
            "--OutboundBindAddress".into(),
            "[::1]".into(),
        ]);
        if let Some(relay) = self.identity.relay() {
            arguments.extend(exit::arguments(relay, self.votes));
        }
        arguments
    }
}
