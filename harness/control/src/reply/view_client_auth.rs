//! The keys that ONION_CLIENT_AUTH_VIEW shows.

use alloc::borrow::Cow;
use alloc::vec::Vec;

use crate::command::{ClientAuthFlag, TypedKey};
use crate::keywords::{Argument, Keywords};
use crate::message::Message;
use crate::problem::{ParseError, Problem};
use crate::reply::lines::before_ok;
use crate::reply::{Reply, StatusCode};
use crate::tokens::Tokens;

/// The reply to ONION_CLIENT_AUTH_VIEW (section 3.32).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ViewClientAuthReply<'a> {
    /// The onion address that was asked for, without `.onion`.
    pub address: Option<&'a str>,
    /// The keys.
    pub clients: Vec<ClientAuth<'a>>,
    /// Lines that are not known here, as they came.
    pub others: Vec<&'a [u8]>,
}

/// A key that tor keeps for an onion service.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ClientAuth<'a> {
    /// The service's onion address without `.onion`.
    pub address: &'a str,
    /// The client's private key.
    pub key: TypedKey<'a>,
    /// Flags, ClientName and what is not known here.
    pub keywords: Keywords<'a>,
}

impl<'a> ClientAuth<'a> {
    /// The client's name.
    #[must_use]
    pub fn name(&self) -> Option<Cow<'a, str>> {
        self.keywords.value("ClientName")
    }

    /// How the key is kept.
    pub fn flags(&self) -> impl Iterator<Item = ClientAuthFlag<'a>> + use<'a> {
        // tor writes them without quotes or escapes, so that they are borrowed.
        let flags = self.keywords.iter().find_map(|argument| match argument {
            Argument::Keyword("Flags", Cow::Borrowed(flags)) => Some(flags),
            _ => None,
        });
        let flags = flags.unwrap_or_default().split(',');
        flags
            .filter(|flag| !flag.is_empty())
            .map(ClientAuthFlag::new)
    }

    /// Cuts what follows `CLIENT `.
    fn parse(text: &'a str) -> Option<Self> {
        let (address, rest) = text.split_once(' ')?;
        let (key, keywords) = rest.split_once(' ').unwrap_or((rest, ""));
        Some(Self {
            address,
            key: TypedKey::parse(key)?,
            keywords: Keywords::new(keywords),
        })
    }
}

impl<'a> ViewClientAuthReply<'a> {
    /// Reads the reply.
    ///
    /// # Errors
    /// If it is not a good one to ONION_CLIENT_AUTH_VIEW, or a known line is not
    /// well formed.
    pub fn parse(message: &Message<'a>) -> Result<Self, ParseError> {
        let whole = message.as_bytes();
        let text = |bytes: &'a [u8]| {
            core::str::from_utf8(bytes).map_err(|_| Problem::NotUtf8("a line").of(bytes, whole))
        };
        let first = message.first();
        let mut tokens = Tokens::new(first.text);
        if first.status != StatusCode::OK
            || tokens.word() != Some(b"ONION_CLIENT_AUTH_VIEW".as_slice())
        {
            return Err(Problem::Expected("250-ONION_CLIENT_AUTH_VIEW").of(first.text, whole));
        }
        let mut reply = Self {
            address: Some(text(tokens.rest())?).filter(|address| !address.is_empty()),
            clients: Vec::new(),
            others: Vec::new(),
        };
        for line in before_ok(message)?.into_iter().skip(1) {
            if let Some(client) = line.strip_prefix(b"CLIENT ") {
                let problem = || Problem::Expected("CLIENT ADDRESS TYPE:KEY").of(client, whole);
                let client = ClientAuth::parse(text(client)?);
                reply.clients.push(client.ok_or_else(problem)?);
            } else {
                reply.others.push(line);
            }
        }
        Ok(reply)
    }

    /// The reply as tor sends it. Unknown lines come before the last.
    #[must_use]
    pub fn to_reply(&self) -> Reply {
        let mut first = Vec::from(b"ONION_CLIENT_AUTH_VIEW");
        if let Some(address) = self.address {
            first.push(b' ');
            first.extend_from_slice(address.as_bytes());
        }
        let clients = self.clients.iter().map(|client| {
            let mut line = [b"CLIENT ", client.address.as_bytes(), b" "].concat();
            client.key.write(&mut line);
            if !client.keywords.as_str().is_empty() {
                line.push(b' ');
                line.extend_from_slice(client.keywords.as_str().as_bytes());
            }
            line
        });
        let others = self.others.iter().map(|line| line.to_vec());
        core::iter::once(first)
            .chain(clients)
            .chain(others)
            .fold(Reply::ok(), |reply, line| {
                reply.before(StatusCode::OK, line)
            })
    }
}
