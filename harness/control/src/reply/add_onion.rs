//! The onion service that ADD_ONION adds.

use alloc::borrow::Cow;
use alloc::vec::Vec;

use crate::command::{OnionClient, TypedKey};
use crate::message::Message;
use crate::problem::{ParseError, Problem};
use crate::reply::lines::before_ok;
use crate::reply::{Reply, StatusCode};

/// The reply to ADD_ONION (section 3.27).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddOnionReply<'a> {
    /// The service's onion address without `.onion`.
    pub service_id: Cow<'a, str>,
    /// The key that tor made, unless it was told to discard it.
    pub private_key: Option<TypedKey<'a>>,
    /// The clients of version 2 whose cookies tor made.
    pub client_auth: Vec<OnionClient<'a>>,
    /// The clients' public keys in base32, as they were given.
    pub client_auth_v3: Vec<Cow<'a, str>>,
    /// Lines that are not known here, as they came.
    pub others: Vec<&'a [u8]>,
}

impl<'a> AddOnionReply<'a> {
    /// Reads the reply.
    ///
    /// # Errors
    /// If it is not a good one to ADD_ONION, or a known line is not well formed.
    pub fn parse(message: &Message<'a>) -> Result<Self, ParseError> {
        let whole = message.as_bytes();
        let mut service_id = None;
        let mut reply = Self {
            service_id: Cow::Borrowed(""),
            private_key: None,
            client_auth: Vec::new(),
            client_auth_v3: Vec::new(),
            others: Vec::new(),
        };
        for line in before_ok(message)? {
            // What is known is text.
            let text = core::str::from_utf8(line).unwrap_or_default();
            match text.split_once('=') {
                Some(("ServiceID", id)) if service_id.is_none() => {
                    service_id = Some(Cow::Borrowed(id));
                }
                Some(("PrivateKey", key)) if reply.private_key.is_none() => {
                    let problem = || Problem::Expected("TYPE:KEY").of(key.as_bytes(), whole);
                    reply.private_key = Some(TypedKey::parse(key).ok_or_else(problem)?);
                }
                Some(("ClientAuth", client)) => {
                    reply.client_auth.push(OnionClient::parse(client));
                }
                Some(("ClientAuthV3", key)) => reply.client_auth_v3.push(Cow::Borrowed(key)),
                _ => reply.others.push(line),
            }
        }
        let problem = || Problem::Missing("ServiceID").of(message.first().text, whole);
        reply.service_id = service_id.ok_or_else(problem)?;
        Ok(reply)
    }

    /// The reply as tor sends it. Unknown lines come before the last.
    #[must_use]
    pub fn to_reply(&self) -> Reply {
        let mut lines = Vec::new();
        lines.push([b"ServiceID=", self.service_id.as_bytes()].concat());
        lines.extend(self.private_key.as_ref().map(|key| {
            let mut line = Vec::from(b"PrivateKey=");
            key.write(&mut line);
            line
        }));
        lines.extend(self.client_auth.iter().map(|client| {
            let mut line = Vec::from(b"ClientAuth=");
            client.write(&mut line);
            line
        }));
        let keys = self.client_auth_v3.iter();
        lines.extend(keys.map(|key| [b"ClientAuthV3=", key.as_bytes()].concat()));
        lines.extend(self.others.iter().map(|line| line.to_vec()));
        lines.into_iter().fold(Reply::ok(), |reply, line| {
            reply.before(StatusCode::OK, line)
        })
    }
}
