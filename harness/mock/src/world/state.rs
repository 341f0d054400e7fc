//! The state itself.

use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;
use std::time::Duration;

use tor_harness_control::auth::{AuthConfig, Cookie, HashedPassword, ServerOffer};
use tor_harness_control::{Reply, StatusCode};

use super::accounting::Interval;
use super::address_map::{AddressMap, Source};
use super::bandwidth::{BandwidthCache, EVERY_SECOND};
use super::config::{Config, Line};
use super::descriptor::PostedDescriptors;
use super::dropping::Dropped;
use super::events::{EventKind, Events, parse_events};
use super::lone_bytes::to_bytes;
use super::onion::{ClientAuths, Services};
use super::persona::Persona;
use super::random::Random;
use super::signals::Signals;
use super::stream::Connections;
use super::ticker::Ticker;
use super::torrc_file::TorrcFile;
use crate::client::ClientFaults;
use crate::connection::ConnectionId;
use crate::knowledge::KNOWLEDGE;
use crate::recording::Replay;
use crate::script::{Playbook, Script, ScriptError};

/// A controller in tor's table of connections.
#[derive(Debug)]
struct Controller {
    number: u64,
    peer: Option<SocketAddr>,
}

/// Everything that a port's connections share.
#[derive(Debug)]
pub(crate) struct World {
    /// The time since the start.
    pub(crate) now: Duration,
    pub(crate) persona: Persona,
    pub(crate) random: Random,
    /// What authenticates.
    pub(crate) offer: ServerOffer,
    pub(crate) config: Config,
    pub(super) torrc: TorrcFile,
    pub(crate) events: Events,
    pub(super) signals: Signals,
    pub(super) services: Services,
    pub(super) client_auths: ClientAuths,
    pub(super) address_map: AddressMap,
    pub(super) connections: Connections,
    controllers: BTreeMap<ConnectionId, Controller>,
    pub(super) posted_descriptors: PostedDescriptors,
    pub(super) dropped: Dropped,
    /// Files that have another content now, by their path.
    pub(crate) files: BTreeMap<String, Vec<u8>>,
    pub(crate) playbook: Playbook,
    pub(crate) replay: Option<Replay>,
    pub(crate) client_faults: ClientFaults,
    tickers: Vec<Ticker>,
    pub(super) bandwidth: BandwidthCache,
    /// The interval in which bytes are counted, or the last one.
    pub(crate) accounting: Option<Interval>,
    /// The connections that tor ends with.
    owners: BTreeSet<ConnectionId>,
    /// Whether this tor has ended.
    pub(crate) ended: bool,
}

impl World {
    /// A world at its start.
    pub(crate) fn new(persona: Persona, auth: &AuthConfig, mut random: Random) -> Self {
        let passwords: Vec<_> = auth
            .passwords
            .iter()
            .map(|password| HashedPassword::new(password, *b"mocktor!"))
            .collect();
        let cookie = auth.cookie.then(|| {
            (
                Cookie::new(random.bytes()),
                persona.cookie_file().into_bytes(),
            )
        });
        let torrc = TorrcFile::new(
            Config::new(&torrc(&passwords)),
            command_line(&persona, auth.cookie),
        );
        let offer = ServerOffer {
            cookie,
            passwords,
            version: KNOWLEDGE.version.clone(),
        };
        let second = Duration::from_secs(1);
        let bandwidth = EventKind::find(b"BW")
            .map(|kind| Ticker::new(kind, Reply::event("BW 0 0").encode(), second, None).at_once());
        let tickers = bandwidth.into_iter().collect();
        Self {
            now: Duration::ZERO,
            persona,
            random,
            offer,
            config: torrc.read(),
            torrc,
            events: Events::default(),
            signals: Signals::default(),
            services: Services::default(),
            client_auths: ClientAuths::default(),
            address_map: AddressMap::default(),
            connections: Connections::default(),
            controllers: BTreeMap::new(),
            posted_descriptors: PostedDescriptors::default(),
            dropped: Dropped::default(),
            files: BTreeMap::new(),
            playbook: Playbook::new(random),
            replay: None,
            client_faults: ClientFaults::default(),
            tickers,
            bandwidth: BandwidthCache::default(),
            accounting: None,
            owners: BTreeSet::new(),
            ended: false,
        }
    }

    /// Plays a script as well, its rules before those that are there.
    pub(crate) fn play(&mut self, script: &Script) -> Result<(), ScriptError> {
        self.playbook.play(script)?;
        if let Some((recording, mode)) = &script.replay {
            self.replay = Some(Replay::new(recording, *mode, &self.persona));
        }
        // Who scripts BW does not want tor's own in between.
        let playbook = &self.playbook;
        self.tickers
            .retain(|ticker| !(ticker.is_tors() && playbook.emits(ticker.kind())));
        for mut ticker in script.tickers() {
            if self.events.heard(ticker.kind()) {
                ticker.start(self.now);
            }
            self.tickers.push(ticker);
        }
        Ok(())
    }

    /// SETEVENTS.
    pub(crate) fn set_events<'w>(
        &mut self,
        who: ConnectionId,
        words: impl Iterator<Item = &'w [u8]>,
    ) -> Reply {
        match parse_events(words) {
            Ok(events) => {
                let heard: Vec<_> = self
                    .tickers
                    .iter()
                    .map(|t| self.events.heard(t.kind()))
                    .collect();
                // Who heard of seconds may have gone.
                self.bandwidth.listen(self.hears_seconds(), self.now);
                self.events.subscribe(who, events);
                // What nobody has heard of so far has stood still.
                for (ticker, heard) in self.tickers.iter_mut().zip(heard) {
                    if !heard {
                        ticker.start(self.now);
                    }
                }
                self.bandwidth.listen(self.hears_seconds(), self.now);
                Reply::ok()
            }
            Err(word) => Reply::new(
                StatusCode::UNRECOGNIZED_ENTITY,
                [b"Unrecognized event \"", word, b"\""].concat(),
            ),
        }
    }

    /// TAKEOWNERSHIP, or DROPOWNERSHIP.
    pub(crate) fn set_owner(&mut self, who: ConnectionId, owns: bool) -> Reply {
        if owns {
            self.owners.insert(who);
        } else {
            self.owners.remove(&who);
        }
        Reply::ok()
    }

    /// A controller connects.
    pub(crate) fn welcome(&mut self, who: ConnectionId, peer: Option<SocketAddr>) {
        let number = self.connections.add_controller();
        self.controllers.insert(who, Controller { number, peer });
    }

    /// Where a controller comes from, if that has an address.
    pub(super) fn peer(&self, who: ConnectionId) -> Option<SocketAddr> {
        self.controllers.get(&who)?.peer
    }

    /// A connection is gone, and this tor with it where it was the owner.
    pub(crate) fn forget(&mut self, who: ConnectionId) {
        self.events.forget(who);
        self.services.forget(who);
        if let Some(controller) = self.controllers.remove(&who) {
            self.connections.remove(controller.number);
        }
        self.ended |= self.owners.remove(&who);
    }

    /// `GETINFO onions/current`, or `onions/detached` for nobody.
    pub(crate) fn onions(&self, owner: Option<ConnectionId>) -> Vec<u8> {
        self.services.list(owner)
    }

    /// `GETINFO address-mappings/*`; nothing is ever in the cache.
    pub(crate) fn address_mappings(&self, which: &str) -> Option<Vec<u8>> {
        let shown = |source| match which {
            "all" => true,
            "config" => source == Source::Option,
            "control" => source != Source::Option,
            _ => false,
        };
        let known = ["all", "cache", "config", "control"].contains(&which);
        known.then(|| self.address_map.list(shown))
    }

    /// Tells those who hear of it what tor logs.
    pub(crate) fn log(&mut self, severity: &str, text: &str) {
        let text = to_bytes(&format!("{severity} {}", text.trim_ascii_end()));
        self.events.emit_named(severity, &Reply::event(text));
    }

    fn hears_seconds(&self) -> bool {
        let mut kinds = EVERY_SECOND
            .iter()
            .filter_map(|name| EventKind::find(name.as_bytes()));
        kinds.any(|kind| self.events.heard(kind))
    }

    /// When something happens next, if nobody sends anything.
    pub(crate) fn poll_timeout(&self) -> Option<Duration> {
        let tickers = self.tickers.iter();
        tickers
            .filter(|ticker| self.events.heard(ticker.kind()))
            .filter_map(Ticker::due)
            .chain(self.bandwidth.due().filter(|_| self.hears_seconds()))
            .chain(self.signals.due())
            .chain(self.connections.due())
            .chain(self.accounting_due())
            .min()
    }

    /// Does what is due.
    pub(crate) fn handle_timeout(&mut self) {
        self.signals_due();
        if self.accounting_due().is_some_and(|due| due <= self.now) {
            self.configure_accounting();
        }
        self.streams_due();
        self.bandwidth.listen(self.hears_seconds(), self.now);
        self.bandwidth.handle_timeout(self.now);
        for ticker in &mut self.tickers {
            let kind = ticker.kind();
            if self.events.heard(kind)
                && let Some(event) = ticker.tick(self.now)
            {
                self.events.emit(kind, event.clone());
            }
        }
    }
}

/// The command line that this tor was started with, as the harness would give it.
fn command_line(persona: &Persona, cookie: bool) -> Vec<Line> {
    vec![
        line("ControlPort", &persona.control_port),
        line("CookieAuthentication", if cookie { "1" } else { "0" }),
        line("DataDirectory", &persona.file("data")),
        line("DisableNetwork", "1"),
        line("RunAsDaemon", "0"),
    ]
}

/// The torrc that this tor was started with, as the harness would write it.
fn torrc(passwords: &[HashedPassword]) -> Vec<Line> {
    let mut lines = vec![
        line("GeoIPFile", "/dev/null"),
        line("GeoIPv6File", "/dev/null"),
        line("Log", "notice stdout"),
        line("SocksPort", "0"),
    ];
    lines.extend(
        passwords
            .iter()
            .map(|hashed| line("HashedControlPassword", &hashed.to_string())),
    );
    lines
}

fn line(name: &str, value: &str) -> Line {
    (name.to_owned(), value.to_owned())
}
