//! Where the nodes of a network are.

use std::ffi::OsString;
use std::net::{Ipv4Addr, SocketAddrV4};
use std::path::{Path, PathBuf};
use std::time::Instant;

use tor_harness_scratch::Folder;

use super::address::{addresses, free_ports};
use super::check::check;
use super::keys::{self, Identity};
use super::role::Role;
use super::spec::NodeSpec;
use crate::error::Error;
use crate::executable::Executable;
use crate::prepared;
use crate::torrc::files::{self, DATA};

/// A network's nodes, each with its place and its keys, none of them running.
#[derive(Debug)]
pub(super) struct Layout {
    places: Vec<Place>,
}

/// A node with its place.
#[derive(Debug)]
pub(super) struct Place {
    pub(super) spec: NodeSpec,
    pub(super) folder: Folder,
    pub(super) identity: Option<Identity>,
    pub(super) address: Ipv4Addr,
    pub(super) or_port: u16,
    dir_port: u16,
    socks_port: u16,
}

impl Layout {
    /// Gives each node its place, and those that others have to know their keys.
    ///
    /// # Errors
    /// If the nodes are no network, or the keys cannot be made before the
    /// deadline.
    pub(super) fn new(
        specs: Vec<NodeSpec>,
        tor: &Executable,
        deadline: Instant,
    ) -> Result<Self, Error> {
        check(&specs)?;
        let mut places = specs
            .into_iter()
            .zip(addresses())
            .map(|(spec, address)| Place::new(spec, address))
            .collect::<Result<Vec<_>, _>>()?;
        keys::make(tor, &mut places, deadline)?;
        Ok(Self { places })
    }

    /// Writes each node's torrc. How the authorities come to a consensus is
    /// the recipe's: it adds lines to those of the role.
    pub(super) fn write(&self, recipe: impl Fn(Role) -> String) -> Result<(), Error> {
        let authorities: String = self
            .places
            .iter()
            .filter_map(Place::dir_authority)
            .collect();
        for place in &self.places {
            let torrc = place.torrc(&authorities, &recipe(place.spec.role));
            files::write(&place.folder, &torrc)?;
        }
        Ok(())
    }

    pub(super) fn into_places(self) -> Vec<Place> {
        self.places
    }
}

impl Place {
    fn new(spec: NodeSpec, address: Ipv4Addr) -> Result<Self, Error> {
        let folder = Folder::create().map_err(Error::Folder)?;
        let [or_port, dir_port, socks_port] = free_ports(address)?;
        let place = Self {
            or_port,
            dir_port,
            socks_port,
            identity: None,
            spec,
            folder,
            address,
        };
        prepared::make_folder(&place.data().join("keys"))?;
        prepared::write(&place.folder, &place.spec.files)?;
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

    pub(super) fn data(&self) -> PathBuf {
        self.folder().join(DATA)
    }

    pub(super) fn or_address(&self) -> SocketAddrV4 {
        SocketAddrV4::new(self.address, self.or_port)
    }

    pub(super) fn dir_address(&self) -> SocketAddrV4 {
        SocketAddrV4::new(self.address, self.dir_port)
    }

    pub(super) fn socks_address(&self) -> SocketAddrV4 {
        SocketAddrV4::new(self.address, self.socks_port)
    }

    /// An error with the node's name.
    pub(super) fn failed(&self, source: Error) -> Error {
        source.of_node(self.nickname())
    }

    /// The command line.
    pub(super) fn arguments(&self) -> Vec<OsString> {
        let mut control = OsString::from("unix:");
        control.push(self.folder().join("control"));
        let mut arguments = files::arguments(self.folder());
        arguments.extend([
            "--ControlPort".into(),
            control,
            // From there the system reaches nothing but loopback.
            "--OutboundBindAddress".into(),
            "127.0.0.1".into(),
            "--OutboundBindAddress".into(),
            "[::1]".into(),
        ]);
        arguments
    }
}
