//! How the descriptors of an onion service come to be published.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use tor_harness_client::{Client, Error as ClientError};
use tor_harness_control::OwnedMessage;
use tor_harness_control::event::GenericEvent;
use tor_harness_types::OnionAddress;

use super::node::Node;
use super::option::set_again;
use super::role::Role;
use super::wait::next;
use crate::error::Error;
use crate::tor::Tor;

/// Has tor look after its onion services, which by itself it does once a second: it does when it
/// gets the first of them, and whenever an option is set it gets all of them again. This one says
/// nothing of a service.
const LOOK_AFTER: &str = "ContactInfo";

/// A connection on which all that is uploaded of an onion service was and will be told.
#[derive(Debug)]
pub(super) struct Watch {
    client: Client,
    address: String,
    uploads: Uploads,
}

impl Watch {
    /// Listens from now on.
    pub(super) fn new(tor: &Tor, address: OnionAddress) -> Result<Self, ClientError> {
        let mut client = tor.client()?;
        client.set_events(&["HS_DESC", "CIRC_MINOR"])?;
        Ok(Self {
            client,
            address: address.to_string(),
            uploads: Uploads::default(),
        })
    }

    /// Waits until directories have taken all descriptors of the service.
    pub(super) fn wait(&mut self, deadline: Duration) -> Result<(), ClientError> {
        let expected = "directories to take all descriptors of an onion service (HS_DESC UPLOADED)";
        let end = Instant::now() + deadline;
        while !self.uploads.are_done() {
            let event = next(&mut self.client, expected, end)?;
            let note = self.uploads.note(&event, &self.address);
            if note == Some(Note::Introduction) && self.has_introductions()? {
                self.look_after()?;
            }
        }
        Ok(())
    }

    fn look_after(&mut self) -> Result<(), ClientError> {
        set_again(&mut self.client, LOOK_AFTER)
    }

    /// Whether all of its introduction points are there: nothing is uploaded before.
    fn has_introductions(&mut self) -> Result<bool, ClientError> {
        let circuits = self.client.get_info("circuit-status")?;
        let mut own = circuits.lines().filter(|line| {
            line.contains("PURPOSE=HS_SERVICE_INTRO") && line.contains(&self.address)
        });
        Ok(own.all(|line| line.contains(ESTABLISHED)))
    }
}

impl Node {
    /// Waits until its onion service can be visited: until directories have a descriptor of it for
    /// the present, and those that are being uploaded as well.
    ///
    /// # Errors
    /// If it has none from its start, or they have not in time.
    pub fn wait_until_published(&self) -> Result<(), Error> {
        if self.role() != Role::OnionService {
            return Err(Error::NoService(self.nickname().to_owned()));
        }
        // Who else waits for this does so here.
        let mut watched = self.watched();
        if let Some(watch) = &mut *watched {
            watch
                .wait(self.tor().deadline())
                .map_err(|source| self.awaited(source))?;
        }
        *watched = None;
        Ok(())
    }

    /// Has it begin with its onion service, where it has one, now that it can build circuits.
    pub(super) fn begin_service(&self) -> Result<(), Error> {
        match self.role() {
            // On a connection of its own, as somebody may wait on the other.
            Role::OnionService => self.ask(|client| set_again(client, LOOK_AFTER)),
            _ => Ok(()),
        }
    }
}

const ESTABLISHED: &str = "HS_STATE=HSSI_ESTABLISHED";

/// The uploads of an onion service's descriptors.
#[derive(Debug, Default)]
struct Uploads {
    descriptors: BTreeSet<String>,
    begun: usize,
    ended: usize,
    taken: usize,
}

/// What an event of a service tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Note {
    Descriptor,
    Introduction,
}

impl Uploads {
    /// Whether all are. There are two descriptors: clients know by the time of day which of them is
    /// that of the present.
    fn are_done(&self) -> bool {
        self.taken > 0 && self.ended == self.begun && self.descriptors.len() > 1
    }

    /// Takes an event into account, if it is the service's.
    fn note(&mut self, event: &OwnedMessage, service: &str) -> Option<Note> {
        let event = event.as_message();
        let event = GenericEvent::parse(&event).ok()?;
        let text = String::from_utf8_lossy(event.arguments());
        if !text.contains(service) {
            return None;
        }
        if text.contains(ESTABLISHED) {
            return Some(Note::Introduction);
        }
        let mut words = text.split(' ');
        match words.next()? {
            "UPLOAD" => {
                self.begun += 1;
                // Behind the address, the authorization, the directory.
                self.descriptors.extend(words.nth(3).map(str::to_owned));
            }
            "UPLOADED" => {
                self.ended += 1;
                self.taken += 1;
            }
            "FAILED" => self.ended += 1,
            _ => {}
        }
        Some(Note::Descriptor)
    }
}
