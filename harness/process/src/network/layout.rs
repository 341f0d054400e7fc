//! Where the nodes of a network are.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddrV4, SocketAddrV6};
use std::path::Path;

use data_encoding::BASE32_NOPAD;
use tor_harness_scratch::Folder;
use tor_harness_testnet::{File, Seed};
use tor_harness_types::{Fingerprint, UtcSeconds};

use super::address::{Addresses, free_ports};
use super::identity::Identity;
use super::role::Role;
use super::spec::NodeSpec;
use crate::control_port::ControlPort;
use crate::error::Error;
use crate::executable::Executable;
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

/// A node with its place.
#[derive(Debug)]
pub(super) struct Place {
    pub(super) spec: NodeSpec,
    pub(super) executable: Executable,
    pub(super) folder: Folder,
    pub(super) control_port: ControlPort,
    pub(super) identity: Identity,
    pub(super) address: Ipv4Addr,
    ports: [u16; 3],
    /// Keys by which it may visit onion services.
    pub(super) keys: Vec<File>,
}

impl Layout {
    /// Gives each node its place and its keys.
    pub(super) fn new(
        specs: Vec<NodeSpec>,
        tor: &Executable,
        seed: Seed,
        now: UtcSeconds,
    ) -> Result<Self, Error> {
        let addresses = Addresses::claim()?;
        let place = |(number, spec): (usize, NodeSpec)| {
            let address = addresses.of_node(number);
            let identity = Identity::new(&spec, seed, number as u64, now)?;
            Place::new(spec, tor, address, identity)
        };
        let places: Result<_, Error> = specs.into_iter().enumerate().map(place).collect();
        let mut layout = Self {
            places: places?,
            addresses,
        };
        layout.meet_families();
        layout.let_visitors_in(seed);
        Ok(layout)
    }

    /// Writes each node's files. How a consensus comes is the recipe's: it adds lines to those of
    /// the role, and files.
    pub(super) fn write(
        &self,
        lines: impl Fn(&Place) -> String,
        directory: impl Fn(&Place) -> Vec<File>,
    ) -> Result<(), Error> {
        let bridges: String = self.places.iter().filter_map(Place::bridge_line).collect();
        for place in &self.places {
            let own = place.identity.files().into_iter();
            let all = own
                .chain(place.keys.iter().cloned())
                .chain(directory(place));
            let all: Vec<_> = all.map(|file| (file.path, file.bytes)).collect();
            prepared::write(&place.folder, &all)
                .and_then(|()| prepared::write(&place.folder, &place.spec.files))
                .and_then(|()| files::write(&place.folder, &place.torrc(&lines(place), &bridges)))
                .map_err(|error| place.failed(error))?;
        }
        Ok(())
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
    fn new(
        spec: NodeSpec,
        tor: &Executable,
        address: Ipv4Addr,
        identity: Identity,
    ) -> Result<Self, Error> {
        let executable = match &spec.executable {
            Some(path) => Executable::named(path)?,
            None => tor.clone(),
        };
        let mut folder = Folder::create().map_err(Error::Folder)?;
        let mut place = Self {
            control_port: spec.control_port.place(&mut folder)?,
            folder,
            executable: executable.wrapped(spec.wrapper.clone()),
            ports: free_ports(address)?,
            spec,
            identity,
            address,
            keys: Vec::new(),
        };
        prepared::make_folder(&place.folder().join(files::DATA))?;
        let or_port = place.or_address().port();
        let dir_port = match place.role().is_authority() {
            true => place.dir_address().port(),
            false => 0,
        };
        let ipv6 = match place.spec.ipv6 && place.role().relays() {
            true => {
                let [port] = free_ports(Ipv6Addr::LOCALHOST)?;
                Some(SocketAddrV6::new(Ipv6Addr::LOCALHOST, port, 0, 0))
            }
            false => None,
        };
        if let Some(relay) = place.identity.relay_mut() {
            relay.address = address;
            relay.or_port = or_port;
            relay.dir_port = dir_port;
            relay.ipv6 = ipv6;
        }
        Ok(place)
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

    pub(super) fn or_address(&self) -> SocketAddrV4 {
        SocketAddrV4::new(self.address, self.ports[0])
    }

    pub(super) fn dir_address(&self) -> SocketAddrV4 {
        SocketAddrV4::new(self.address, self.ports[1])
    }

    pub(super) fn socks_address(&self) -> SocketAddrV4 {
        SocketAddrV4::new(self.address, self.ports[2])
    }

    fn bridge_line(&self) -> Option<String> {
        match &self.identity {
            Identity::Bridge(bridge) => Some(format!("{}\n", bridge.bridge_line())),
            _ => None,
        }
    }

    /// An error with the node's name.
    pub(super) fn failed(&self, source: Error) -> Error {
        source.of_node(self.nickname())
    }

    /// The command line.
    pub(super) fn arguments(&self) -> Vec<OsString> {
        let mut arguments = files::arguments(self.folder());
        arguments.extend(self.control_port.arguments());
        arguments.extend([
            // From there the system reaches nothing but loopback.
            "--OutboundBindAddress".into(),
            self.address.to_string().into(),
            "--OutboundBindAddress".into(),
            "[::1]".into(),
        ]);
        arguments
    }
}
