//! A running node of a network.

use std::net::{Ipv4Addr, SocketAddr, SocketAddrV4};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tor_harness_client::Client;
use tor_harness_testnet::Seed;
use tor_harness_traffic::Proxy;
use tor_harness_types::{Fingerprint, OnionAddress};

use super::ground::Seat;
use super::identity::Identity;
use super::layout::Place;
use super::published::Watch;
use super::role::Role;
use super::roster::{self, LastRun, Member};
use crate::error::Error;
use crate::launch::Launch;
use crate::ready::last_lines;
use crate::run::Run;
use crate::tor::Tor;
use crate::torrc::files::DATA;

/// How many lines of the log an error shows.
const SHOWN: usize = 20;

/// Has a relay make its descriptor: until it has one it refuses streams. Any option will do that
/// descriptors follow; this one says that it has less to give away than it has, which is plenty.
const MAKE_DESCRIPTOR: (&str, &str) = ("MaxAdvertisedBandwidth", "900 MBytes");

/// Has a client build its first circuit. Where it cannot yet, it says so, and does it later.
const BUILD_CIRCUIT: &str = "EXTENDCIRCUIT 0";

/// A running node of a network, ended when dropped.
#[must_use = "it ends when dropped"]
#[derive(Debug)]
pub struct Node {
    // Declared first, so dropped first: its address is free when nobody is there.
    tor: Tor,
    /// Its address, where it came to a network that runs.
    seat: Option<Seat>,
    facts: Facts,
    /// What is told of its own onion service, for as long as somebody may wait for that.
    watched: Mutex<Option<Watch>>,
    /// How many onion services it was told to offer.
    onions: Mutex<u64>,
    /// The network's nodes, itself included; none before all are there.
    roster: Arc<[Member]>,
}

/// What a node's place says of it.
#[derive(Debug)]
struct Facts {
    role: Role,
    nickname: String,
    identity: Identity,
    proxy: Option<Proxy>,
    or_address: SocketAddrV4,
    dir_address: SocketAddrV4,
    socks_address: Option<SocketAddrV4>,
    service_address: Option<SocketAddr>,
    seed: Seed,
}

/// A node that was started and may not be ready yet.
pub(super) struct Starting {
    launch: Launch,
    facts: Facts,
}

impl Starting {
    /// Starts it; it should be ready by this end, and do what it is asked within a deadline then.
    pub(super) fn new(place: Place, deadline: Duration, end: Instant) -> Result<Self, Error> {
        let arguments = place.arguments();
        let facts = Facts {
            role: place.role(),
            nickname: place.nickname().to_owned(),
            or_address: place.or_address(),
            dir_address: place.dir_address(),
            socks_address: place.has_socks().then(|| place.socks_address()),
            service_address: place.service_address(),
            seed: place.seed,
            identity: place.identity,
            proxy: place.proxy,
        };
        let run = Run {
            executable: place.executable,
            arguments,
            access: place.control_port.access(),
            deadline,
        };
        let launch = Launch::start(run, place.folder, end)
            .map_err(|error| error.of_node(&facts.nickname))?;
        Ok(Self { launch, facts })
    }

    /// Waits until others can reach it, as a relay.
    pub(super) fn wait_until_reachable(&mut self) -> Result<(), Error> {
        self.launch
            .wait_until_reachable(self.facts.identity.has_transport())
            .map_err(|error| error.of_node(&self.facts.nickname))
    }

    /// Waits until it has answered, then hurries it.
    pub(super) fn ready(mut self, has_consensus: bool) -> Result<Node, Error> {
        if self.facts.identity.has_transport() {
            // What changes a configuration ends a transport that begins.
            self.wait_until_reachable()?;
        }
        let Self { launch, facts } = self;
        let node = match launch.ready() {
            Ok(tor) => Node {
                tor,
                seat: None,
                facts,
                watched: Mutex::default(),
                onions: Mutex::default(),
                roster: Arc::default(),
            },
            Err(error) => return Err(error.of_node(&facts.nickname)),
        };
        node.hurry(has_consensus)?;
        Ok(node)
    }
}

impl Node {
    /// What it is for.
    #[must_use]
    pub fn role(&self) -> Role {
        self.facts.role
    }

    /// What it is called.
    #[must_use]
    pub fn nickname(&self) -> &str {
        &self.facts.nickname
    }

    /// The tor that it is: its control port, folder, log.
    pub fn tor(&self) -> &Tor {
        &self.tor
    }

    /// The folder of its data: `cached-certs`, `state`, and so on.
    #[must_use]
    pub fn data(&self) -> PathBuf {
        self.tor.folder().join(DATA)
    }

    /// The fingerprint of its identity key, where it relays.
    #[must_use]
    pub fn fingerprint(&self) -> Option<Fingerprint> {
        self.facts.identity.fingerprint()
    }

    /// The fingerprint of its authority identity key, where it is an authority.
    #[must_use]
    pub fn v3ident(&self) -> Option<Fingerprint> {
        self.facts.identity.v3ident()
    }

    /// Its address, from which it connects to others as well.
    #[must_use]
    pub fn address(&self) -> Ipv4Addr {
        *self.facts.or_address.ip()
    }

    /// Where other nodes reach it, where it relays.
    #[must_use]
    pub fn or_address(&self) -> Option<SocketAddrV4> {
        self.role().relays().then_some(self.facts.or_address)
    }

    /// Where it serves documents by HTTP, where it is an authority.
    #[must_use]
    pub fn dir_address(&self) -> Option<SocketAddrV4> {
        self.role().is_authority().then_some(self.facts.dir_address)
    }

    /// Where it takes streams by SOCKS, where it does not relay and hides what it does.
    #[must_use]
    pub fn socks_address(&self) -> Option<SocketAddrV4> {
        self.facts.socks_address
    }

    /// Where its onion service leads, where it has one: to the port that its specification says,
    /// or else to an address of the node's own, where a server can listen.
    #[must_use]
    pub fn service_address(&self) -> Option<SocketAddr> {
        self.facts.service_address
    }

    /// The proxy through which others reach it, where it was asked for by
    /// [`NodeSpec::through_proxy`](super::NodeSpec::through_proxy).
    #[must_use]
    pub fn proxy(&self) -> Option<&Proxy> {
        self.facts.proxy.as_ref()
    }

    /// The address of its onion service, where it has one.
    #[must_use]
    pub fn onion_address(&self) -> Option<OnionAddress> {
        match &self.facts.identity {
            Identity::OnionService(service) => Some(service.address()),
            _ => None,
        }
    }

    /// Whether it runs: it may have ended by itself, or have been stopped.
    #[must_use]
    pub fn is_running(&self) -> bool {
        !self.tor.has_ended()
    }

    /// Has it end by itself, at once: it writes its state, and closes its connections. It keeps its
    /// place, its folder and keys, for [`Node::start`].
    ///
    /// A tor that finds nobody at an ORPort does not try it again for a minute, even if a relay is
    /// there by then. Who finds the proxy of [`NodeSpec::through_proxy`](super::NodeSpec::through_proxy)
    /// there does.
    ///
    /// # Errors
    /// If it does not in time, or had ended badly before.
    pub fn stop(&mut self) -> Result<(), Error> {
        let ended = self.tor.terminate();
        ended.map_err(|error| error.of_node(self.nickname()))
    }

    /// Kills it, as a crash would end it. It keeps its place, as with [`Node::stop`].
    ///
    /// # Errors
    /// If it cannot be killed, or had ended badly before.
    pub fn kill(&mut self) -> Result<(), Error> {
        let ended = self.tor.kill();
        ended.map_err(|error| error.of_node(self.nickname()))
    }

    /// An error if it has ended badly since this was last asked.
    pub(super) fn crashed(&mut self) -> Result<(), Error> {
        let ended = self.tor.crashed();
        ended.map_err(|error| error.of_node(self.nickname()))
    }

    /// Starts it again, and returns when it has answered on its control port. One that runs is
    /// killed before; how one ended that does not, as by a crash, is not told here. Its log, as [`Tor::log`] tells it, begins anew; the file has all of it.
    ///
    /// # Errors
    /// If it does not start.
    pub fn start(&mut self) -> Result<(), Error> {
        *self.watched() = None;
        let started = self.tor.start_again();
        started.map_err(|error| error.of_node(self.nickname()))?;
        roster::started_again(&self.roster, self.nickname(), LastRun::of(&self.tor));
        self.hurry(true)
    }

    /// Has it do at once what it would begin to do at the first of tor's ticks, a second after its
    /// start.
    pub(super) fn hurry(&self, has_consensus: bool) -> Result<(), Error> {
        match self.role().relays() {
            true => {
                let (option, value) = MAKE_DESCRIPTOR;
                self.with_option(option, value, || Ok(()))?;
            }
            false if has_consensus => self.poke(BUILD_CIRCUIT)?,
            false => {}
        }
        if let Some(address) = self.onion_address() {
            let watch = Watch::new(&self.tor, address).map_err(|source| self.awaited(source))?;
            *self.watched() = Some(watch);
        }
        Ok(())
    }

    pub(super) fn identity(&self) -> &Identity {
        &self.facts.identity
    }

    /// What others know it by.
    pub(super) fn member(&self) -> Member {
        Member {
            nickname: self.nickname().to_owned(),
            role: self.role(),
            access: self.tor.access().clone(),
            last_run: Mutex::new(LastRun::of(&self.tor)),
        }
    }

    pub(super) fn sit(&mut self, seat: Seat) {
        self.seat = Some(seat);
    }

    pub(super) fn meet(&mut self, roster: &Arc<[Member]>) {
        self.roster = Arc::clone(roster);
    }

    /// Sends a line, whatever the answer.
    pub(super) fn poke(&self, line: &str) -> Result<(), Error> {
        self.ask(|client| client.ask_line(line).map(drop))
    }

    pub(super) fn watched(&self) -> MutexGuard<'_, Option<Watch>> {
        self.watched.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Does something on a control connection; what fails is told with the log.
    pub(super) fn ask<T>(
        &self,
        ask: impl FnOnce(&mut Client) -> Result<T, tor_harness_client::Error>,
    ) -> Result<T, Error> {
        let asked = self.tor.client().and_then(|mut client| ask(&mut client));
        asked.map_err(|source| self.awaited(source))
    }

    /// An error with the node's name and log.
    pub(super) fn awaited(&self, source: tor_harness_client::Error) -> Error {
        let (log, nodes) = self.evidence();
        Error::Awaited {
            source: Box::new(source),
            log,
            nodes,
        }
        .of_node(self.nickname())
    }

    /// The last lines of its log, and how all nodes are.
    pub(super) fn evidence(&self) -> (String, String) {
        (
            last_lines(&self.tor.log(), SHOWN),
            roster::states(&self.roster),
        )
    }

    /// The number of another onion service, and what its keys are made of.
    pub(super) fn next_onion(&self) -> (u64, Seed) {
        let mut onions = self.configuring();
        *onions += 1;
        (*onions, self.facts.seed.child("onion", *onions))
    }

    /// Keeps others from changing which onion services it offers.
    pub(super) fn configuring(&self) -> MutexGuard<'_, u64> {
        self.onions.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Ends it and removes its folder, as dropping it does, but says what goes
    /// wrong.
    pub(super) fn end(self) -> Result<(), Error> {
        let nickname = self.facts.nickname;
        self.tor.stop().map_err(|error| error.of_node(&nickname))
    }
}
