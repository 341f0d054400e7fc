//! What a running node may have to be waited for.

use std::time::Instant;

use tor_harness_client::{Client, Error as ClientError};
use tor_harness_control::OwnedMessage;
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
        })?;
        self.begin_service()
    }

    /// Waits until it knows enough relays to build circuits.
    ///
    /// # Errors
    /// If it does not in time.
    pub fn wait_until_informed(&self) -> Result<(), Error> {
        let expected = "enough directory information, STATUS_CLIENT ENOUGH_DIR_INFO";
        self.wait_for(expected, &["STATUS_CLIENT"], |client| {
            let is_enough = client.get_info("status/enough-dir-info")?;
            Ok((is_enough == "1").then_some(()))
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
}

/// The next event, whatever it is.
pub(super) fn next(
    client: &mut Client,
    expected: &str,
    end: Instant,
) -> Result<OwnedMessage, ClientError> {
    client.set_deadline(end.saturating_duration_since(Instant::now()));
    client.wait_for_event(expected, |_| true)
}
