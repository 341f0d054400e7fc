//! What a running node may have to be waited for.

use std::collections::BTreeSet;
use std::time::Instant;

use tor_harness_client::{Client, Error as ClientError};
use tor_harness_control::OwnedMessage;
use tor_harness_control::event::GenericEvent;
use tor_harness_types::Fingerprint;

use super::node::Node;
use crate::error::Error;

impl Node {
    /// Waits until something holds. It is asked for at once, then after each of these events.
    ///
    /// # Errors
    /// If it does not hold in time, or asking fails.
    pub fn wait_for<T>(
        &self,
        expected: &str,
        events: &[&str],
        mut ask: impl FnMut(&mut Client) -> Result<Option<T>, ClientError>,
    ) -> Result<T, Error> {
        let end = Instant::now() + self.tor().deadline();
        self.ask(|client| {
            client.set_events(events)?;
            loop {
                // What happens while it is asked for comes as an event then.
                if let Some(found) = ask(client)? {
                    return Ok(found);
                }
                next(client, expected, end)?;
            }
        })
    }

    /// Waits until it can build circuits.
    ///
    /// # Errors
    /// If it cannot in time.
    pub fn wait_until_bootstrapped(&self) -> Result<(), Error> {
        let expected = "the node to bootstrap, STATUS_CLIENT with PROGRESS=100";
        self.wait_for(expected, &["STATUS_CLIENT"], |client| {
            let phase = client.get_info("status/bootstrap-phase")?;
            Ok(phase.contains("PROGRESS=100").then_some(()))
        })
    }

    /// Waits until it has a consensus that lists relays of these nicknames.
    ///
    /// # Errors
    /// If it has none in time.
    pub fn wait_for_consensus(&self, relays: &[&str]) -> Result<(), Error> {
        let relays = relays.join(", ");
        let expected = format!("a consensus (NEWCONSENSUS) that lists {relays}");
        self.wait_for(&expected, &["NEWCONSENSUS"], |client| {
            let entries = client.get_info("ns/all")?;
            let is_listed = |relay: &str| entries.contains(&format!("r {relay} "));
            Ok(relays.split(", ").all(is_listed).then_some(()))
        })
    }

    /// Waits until one of its circuits is built, and gives its number.
    ///
    /// # Errors
    /// If none is in time.
    pub fn wait_for_circuit(&self) -> Result<String, Error> {
        self.wait_for("a circuit that is built (CIRC)", &["CIRC"], |client| {
            let circuits = client.get_info("circuit-status")?;
            let mut circuits = circuits.lines().map(|line| line.split(' '));
            Ok(circuits.find_map(|mut words| {
                let [number, status] = [words.next()?, words.next()?];
                (status == "BUILT").then(|| number.to_owned())
            }))
        })
    }

    /// Waits until none of its circuits that are built goes through a relay: until it has noticed
    /// that the relay was stopped or cut off. Before that tor refuses streams that were about to
    /// use such a circuit.
    ///
    /// # Errors
    /// If one still does when the time is over.
    pub fn wait_until_without(&self, relay: Fingerprint) -> Result<(), Error> {
        let relay = format!("${relay}");
        let expected = format!("no circuit through {relay} (CIRC)");
        self.wait_for(&expected, &["CIRC"], |client| {
            let circuits = client.get_info("circuit-status")?;
            let goes = |line: &str| line.contains(" BUILT ") && line.contains(&relay);
            Ok((!circuits.lines().any(goes)).then_some(()))
        })
    }

    /// Waits until its onion service can be visited: until directories have a descriptor of it for
    /// the present, and those that are being uploaded as well.
    ///
    /// # Errors
    /// If it has none, or they have not in time.
    pub fn wait_until_published(&self) -> Result<(), Error> {
        let mut watched = self.watched();
        let Some(client) = &mut *watched else {
            return Ok(());
        };
        let mut uploads = Uploads::default();
        let expected = "directories to take all descriptors of an onion service (HS_DESC UPLOADED)";
        let end = Instant::now() + self.tor().deadline();
        while !uploads.are_done() {
            let event = next(client, expected, end).map_err(|source| self.awaited(source))?;
            if let Ok(event) = GenericEvent::parse(&event.as_message()) {
                uploads.note(event.arguments());
            }
        }
        *watched = None;
        Ok(())
    }
}

/// The next event, whatever it is.
fn next(client: &mut Client, expected: &str, end: Instant) -> Result<OwnedMessage, ClientError> {
    client.set_deadline(end.saturating_duration_since(Instant::now()));
    client.wait_for_event(expected, |_| true)
}

/// The uploads of an onion service's descriptors.
#[derive(Default)]
struct Uploads {
    descriptors: BTreeSet<String>,
    begun: usize,
    ended: usize,
    taken: usize,
}

impl Uploads {
    /// Whether all are. There are two descriptors: clients know by the time of day which of them is
    /// that of the present.
    fn are_done(&self) -> bool {
        self.taken > 0 && self.ended == self.begun && self.descriptors.len() > 1
    }

    fn note(&mut self, arguments: &[u8]) {
        let text = String::from_utf8_lossy(arguments);
        let mut words = text.split(' ');
        match words.next() {
            Some("UPLOAD") => {
                self.begun += 1;
                // Behind the address, the authorization, the directory.
                self.descriptors.extend(words.nth(3).map(str::to_owned));
            }
            Some("UPLOADED") => {
                self.ended += 1;
                self.taken += 1;
            }
            Some("FAILED") => self.ended += 1,
            _ => {}
        }
    }
}
