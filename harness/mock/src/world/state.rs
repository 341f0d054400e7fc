//! The state itself.

use std::collections::BTreeSet;
use std::time::Duration;

use tor_harness_control::auth::{AuthConfig, Cookie, HashedPassword, ServerOffer};
use tor_harness_control::{Reply, StatusCode};

use super::config::Config;
use super::events::{EventKind, Events, parse_events};
use super::persona::Persona;
use super::random::Random;
use super::signals::Signals;
use super::ticker::Ticker;
use crate::connection::ConnectionId;
use crate::knowledge::KNOWLEDGE;
use crate::script::Playbook;

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
    /// What the torrc says, which RELOAD goes back to.
    pub(super) torrc: Config,
    pub(crate) events: Events,
    pub(super) signals: Signals,
    pub(crate) playbook: Playbook,
    tickers: Vec<Ticker>,
    /// The connections that tor ends with.
    owners: BTreeSet<ConnectionId>,
    /// Whether this tor has ended.
    pub(crate) ended: bool,
}

impl World {
    /// A world at its start.
    pub(crate) fn new(
        persona: Persona,
        auth: &AuthConfig,
        mut random: Random,
        playbook: Playbook,
    ) -> Self {
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
        let torrc = Config::new(&torrc(&persona, auth.cookie, &passwords));
        let offer = ServerOffer {
            cookie,
            passwords,
            version: KNOWLEDGE.version.clone(),
        };
        let second = Duration::from_secs(1);
        // Who scripts BW does not want tor's own in between.
        let bandwidth = EventKind::find(b"BW").filter(|kind| !playbook.emits(*kind));
        let bandwidth = bandwidth
            .map(|kind| Ticker::new(kind, Reply::event("BW 0 0").encode(), second, None).at_once());
        let tickers = bandwidth.into_iter().chain(playbook.tickers()).collect();
        Self {
            now: Duration::ZERO,
            persona,
            random,
            offer,
            config: torrc.clone(),
            torrc,
            events: Events::default(),
            signals: Signals::default(),
            playbook,
            tickers,
            owners: BTreeSet::new(),
            ended: false,
        }
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
                self.events.subscribe(who, events);
                // What nobody has heard of so far has stood still.
                for (ticker, heard) in self.tickers.iter_mut().zip(heard) {
                    if !heard {
                        ticker.start(self.now);
                    }
                }
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

    /// A connection is gone, and this tor with it where it was the owner.
    pub(crate) fn forget(&mut self, who: ConnectionId) {
        self.events.forget(who);
        self.ended |= self.owners.remove(&who);
    }

    /// Tells those who hear of it what tor logs.
    pub(crate) fn log(&mut self, severity: &str, text: &str) {
        let text = text.trim_ascii_end();
        self.events
            .emit_named(severity, &Reply::event(format!("{severity} {text}")));
    }

    /// When something happens next, if nobody sends anything.
    pub(crate) fn poll_timeout(&self) -> Option<Duration> {
        let tickers = self.tickers.iter();
        tickers
            .filter(|ticker| self.events.heard(ticker.kind()))
            .filter_map(Ticker::due)
            .chain(self.signals.due())
            .min()
    }

    /// Does what is due.
    pub(crate) fn handle_timeout(&mut self) {
        self.signals_due();
        for ticker in &mut self.tickers {
            let kind = ticker.kind();
            if self.events.heard(kind)
                && let Some(event) = ticker.tick(self.now)
            {
                self.events.emit(kind, event.to_vec());
            }
        }
    }
}

/// The torrc that this tor was started with, as the harness would write it.
fn torrc(persona: &Persona, cookie: bool, passwords: &[HashedPassword]) -> Vec<(String, String)> {
    let line = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let mut lines = vec![
        line("ControlPort", &persona.control_port),
        line("CookieAuthentication", if cookie { "1" } else { "0" }),
        line("DataDirectory", &persona.file("data")),
        line("DisableNetwork", "1"),
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
