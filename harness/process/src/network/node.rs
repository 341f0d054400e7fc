//! A running node of a network.

use std::fs;
use std::net::SocketAddrV4;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use tor_harness_client::Client;
use tor_harness_types::{Fingerprint, OnionAddress};

use super::keys::Identity;
use super::layout::Place;
use super::role::Role;
use crate::error::Error;
use crate::executable::Executable;
use crate::launch::Launch;
use crate::ready::{Access, last_lines};
use crate::tor::Tor;
use crate::torrc::files::DATA;

/// How many lines of the log an error shows.
const SHOWN: usize = 20;

/// A running node of a network, ended when dropped.
#[derive(Debug)]
pub struct Node {
    tor: Tor,
    facts: Facts,
}

/// What a node's place says of it.
#[derive(Debug)]
struct Facts {
    role: Role,
    nickname: String,
    identity: Option<Identity>,
    or_address: SocketAddrV4,
    dir_address: SocketAddrV4,
    socks_address: SocketAddrV4,
}

/// A node that was started and may not be ready yet.
pub(super) struct Starting {
    launch: Launch,
    facts: Facts,
}

impl Starting {
    pub(super) fn new(place: Place, tor: &Executable, deadline: Duration) -> Result<Self, Error> {
        let facts = Facts {
            role: place.role(),
            nickname: place.nickname().to_owned(),
            identity: place.identity,
            or_address: place.or_address(),
            dir_address: place.dir_address(),
            socks_address: place.socks_address(),
        };
        let access = Access {
            cookie_file: None,
            password: None,
        };
        let arguments = place.arguments();
        let launch = Launch::start(tor.clone(), place.folder, arguments, access, deadline)
            .map_err(|error| error.of_node(&facts.nickname))?;
        Ok(Self { launch, facts })
    }

    pub(super) fn ready(self) -> Result<Node, Error> {
        let Self { launch, facts } = self;
        match launch.ready() {
            Ok(tor) => Ok(Node { tor, facts }),
            Err(error) => Err(error.of_node(&facts.nickname)),
        }
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
    #[must_use]
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
        self.facts.identity.map(|identity| identity.relay)
    }

    /// The fingerprint of its authority identity key, where it is an authority.
    #[must_use]
    pub fn v3ident(&self) -> Option<Fingerprint> {
        self.facts.identity?.authority
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

    /// Where it takes streams by SOCKS, where it does not relay.
    #[must_use]
    pub fn socks_address(&self) -> Option<SocketAddrV4> {
        (!self.role().relays()).then_some(self.facts.socks_address)
    }

    /// The address of its onion service.
    ///
    /// # Errors
    /// If it has none.
    pub fn onion_address(&self) -> Result<OnionAddress, Error> {
        let file = self.tor.folder().join("service/hostname");
        let read = || {
            let text = fs::read_to_string(&file)?;
            text.trim_end()
                .trim_end_matches(".onion")
                .parse()
                .map_err(std::io::Error::other)
        };
        read()
            .map_err(Error::system(format!("read {}", file.display())))
            .map_err(|error| error.of_node(self.nickname()))
    }

    /// Waits until it can build circuits.
    ///
    /// # Errors
    /// If it cannot in time.
    pub fn wait_until_bootstrapped(&self) -> Result<(), Error> {
        const DONE: &str = "PROGRESS=100";
        self.ask(|client| {
            client.set_events(&["STATUS_CLIENT"])?;
            if client.get_info("status/bootstrap-phase")?.contains(DONE) {
                return Ok(());
            }
            let is_done =
                |message: &[u8]| message.windows(DONE.len()).any(|w| w == DONE.as_bytes());
            client
                .wait_for_event(
                    "the node to bootstrap, STATUS_CLIENT with PROGRESS=100",
                    |e| is_done(e.message().as_bytes()),
                )
                .map(drop)
        })
    }

    /// Waits until it has a consensus that lists these relays.
    pub(super) fn wait_for_consensus(&self, relays: &[&str], end: Instant) -> Result<(), Error> {
        let expected = format!(
            "a consensus (NEWCONSENSUS) that lists {}",
            relays.join(", ")
        );
        self.ask(|client| {
            client.set_events(&["NEWCONSENSUS"])?;
            loop {
                let entries = client.get_info("ns/all")?;
                let is_listed = |relay: &&str| entries.contains(&format!("r {relay} "));
                if relays.iter().all(is_listed) {
                    return Ok(());
                }
                client.set_deadline(end.saturating_duration_since(Instant::now()));
                client.wait_for_event(&expected, |event| event.code.as_str() == "NEWCONSENSUS")?;
            }
        })
    }

    /// Does something on a control connection; what fails is told with the log.
    fn ask<T>(
        &self,
        ask: impl FnOnce(&mut Client) -> Result<T, tor_harness_client::Error>,
    ) -> Result<T, Error> {
        let asked = self.tor.client().and_then(|mut client| ask(&mut client));
        asked.map_err(|source| {
            Error::Awaited {
                source: Box::new(source),
                log: last_lines(&self.tor.log(), SHOWN),
            }
            .of_node(self.nickname())
        })
    }

    /// Ends it and removes its folder, as dropping it does, but says what goes
    /// wrong.
    pub(super) fn stop(self) -> Result<(), Error> {
        let nickname = self.facts.nickname;
        self.tor.stop().map_err(|error| error.of_node(&nickname))
    }
}
