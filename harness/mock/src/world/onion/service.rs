//! ADD_ONION, DEL_ONION: the services that there are.

use std::collections::BTreeMap;

use tor_harness_control::command::RawCommand;
use tor_harness_control::{Reply, StatusCode};
use tor_harness_types::OnionAddress;

use super::key::SecretKey;
use super::request::{KeyRequest, Request, SYNTAX};
use crate::connection::ConnectionId;
use crate::world::World;
use crate::world::arguments::Syntax;

/// How many services there may be: tor has no limit.
const MOST: usize = 10_000;

const DELETE: Syntax = Syntax::words(1, 1);

/// The services that ADD_ONION made.
#[derive(Debug, Default)]
pub(in crate::world) struct Services {
    all: BTreeMap<OnionAddress, Service>,
    made: u64,
}

#[derive(Debug)]
struct Service {
    /// The connection that it goes with; none where it is detached.
    owner: Option<ConnectionId>,
    /// Which one it was: they are listed in this order.
    number: u64,
}

impl Services {
    /// Those of a connection, or the detached ones: one line each, the last
    /// without its end where there is one only.
    pub(in crate::world) fn list(&self, owner: Option<ConnectionId>) -> Vec<u8> {
        let mut own: Vec<_> = self
            .all
            .iter()
            .filter(|(_, service)| service.owner == owner)
            .collect();
        own.sort_by_key(|(_, service)| service.number);
        let lines: Vec<_> = own.iter().map(|(address, _)| address.to_string()).collect();
        let mut text = lines.join("\n");
        if lines.len() > 1 {
            text.push('\n');
        }
        text.into_bytes()
    }

    /// A connection is gone, and its services with it.
    pub(in crate::world) fn forget(&mut self, who: ConnectionId) {
        self.all.retain(|_, service| service.owner != Some(who));
    }

    fn add(&mut self, address: OnionAddress, owner: Option<ConnectionId>) {
        self.made += 1;
        let number = self.made;
        self.all.insert(address, Service { owner, number });
    }
}

impl World {
    /// ADD_ONION. Without network no descriptor is made, and no event told. No reply at all where
    /// tor has none.
    pub(crate) fn add_onion(
        &mut self,
        who: ConnectionId,
        command: &RawCommand<'_>,
    ) -> Result<Option<Reply>, Reply> {
        let arguments = SYNTAX.parse(command)?;
        let non_anonymous = self.config.value("HiddenServiceNonAnonymousMode") == Some("1");
        let request = match Request::read(&arguments, non_anonymous) {
            Ok(request) => request,
            Err(Some(refusal)) => return Err(refusal),
            Err(None) => return Ok(None),
        };
        let (key, is_new) = match KeyRequest::read(arguments.words[0])? {
            KeyRequest::New => (SecretKey::from_seed(self.random.bytes()), true),
            KeyRequest::Given(key) => (key, false),
        };
        let Some(address) = key.address() else {
            self.log("WARN", "ed25519 pubkey is the identity");
            self.log("WARN", "Bad ed25519 private key was provided");
            let text = "Failed to generate onion address";
            return Err(Reply::new(StatusCode::INTERNAL_ERROR, text));
        };
        if self.services.all.contains_key(&address) {
            self.log(
                "WARN",
                "Onion Service private key collides with an existing v3 service.",
            );
            let text = "Onion address collision";
            return Err(Reply::new(StatusCode::UNSPECIFIED_ERROR, text));
        }
        if self.services.all.len() >= MOST {
            let text = "Failed to add Onion Service";
            return Err(Reply::new(StatusCode::INTERNAL_ERROR, text));
        }
        self.services
            .add(address, (!request.detached).then_some(who));
        let mut reply = Reply::ok().before(StatusCode::OK, format!("ServiceID={address}"));
        if is_new && !request.discards_key {
            let text = format!("PrivateKey=ED25519-V3:{}", key.to_base64());
            reply = reply.before(StatusCode::OK, text);
        }
        for client in request.clients {
            reply = reply.before(StatusCode::OK, format!("ClientAuthV3={client}"));
        }
        Ok(Some(reply))
    }

    /// DEL_ONION.
    pub(crate) fn del_onion(
        &mut self,
        who: ConnectionId,
        command: &RawCommand<'_>,
    ) -> Result<Reply, Reply> {
        let arguments = DELETE.parse(command)?;
        let text = arguments.words[0];
        let address = self.onion_address(text).ok_or_else(|| {
            let text = "Malformed Onion Service id";
            Reply::new(StatusCode::BAD_ARGUMENT, text)
        })?;
        let service = self.services.all.get(&address);
        let own = service.is_some_and(|service| service.owner.is_none_or(|owner| owner == who));
        // tor looks for the text, which is its own if it is in lower case.
        if !own || text != address.to_string().as_bytes() {
            let text = "Unknown Onion Service id";
            return Err(Reply::new(StatusCode::UNRECOGNIZED_ENTITY, text));
        }
        self.services.all.remove(&address);
        Ok(Reply::ok())
    }
}
