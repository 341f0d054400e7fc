//! A reply of the type that belongs to its command.

use crate::message::Message;
use crate::problem::ParseError;
use crate::reply::{
    AddClientAuthReply, AddOnionReply, AuthChallengeReply, ExtendCircuitReply, GetConfReply,
    GetInfoReply, MapAddressReply, ProtocolInfo, Reply, ViewClientAuthReply,
};

/// A reply of the type that belongs to its command.
///
/// ```
/// use tor_harness_control::Decoder;
/// use tor_harness_control::reply::TypedReply;
///
/// let mut decoder = Decoder::new();
/// decoder.push(b"250-version=0.4.9.11\r\n250 OK\r\n");
/// let message = decoder.next()?.expect("a whole reply");
/// let TypedReply::GetInfo(values) = TypedReply::parse("GETINFO", &message)? else {
///     panic!("tor refused");
/// };
/// assert_eq!(values.value("version").as_deref(), Some(&b"0.4.9.11"[..]));
/// # Ok::<(), tor_harness_control::ParseError>(())
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum TypedReply<'a> {
    /// To PROTOCOLINFO.
    ProtocolInfo(ProtocolInfo<'a>),
    /// To AUTHCHALLENGE.
    AuthChallenge(AuthChallengeReply),
    /// To GETINFO.
    GetInfo(GetInfoReply<'a>),
    /// To GETCONF.
    GetConf(GetConfReply<'a>),
    /// To MAPADDRESS.
    MapAddress(MapAddressReply<'a>),
    /// To EXTENDCIRCUIT.
    ExtendCircuit(ExtendCircuitReply<'a>),
    /// To ADD_ONION.
    AddOnion(AddOnionReply<'a>),
    /// To ONION_CLIENT_AUTH_ADD.
    AddClientAuth(AddClientAuthReply<'a>),
    /// To ONION_CLIENT_AUTH_VIEW.
    ViewClientAuth(ViewClientAuthReply<'a>),
    /// To all other commands, and all refusals: statuses with texts for people.
    Status(Message<'a>),
}

impl<'a> TypedReply<'a> {
    /// The commands whose good replies have a type of their own.
    pub const KEYWORDS: &'static [&'static str] = &[
        "PROTOCOLINFO",
        "AUTHCHALLENGE",
        "GETINFO",
        "GETCONF",
        "MAPADDRESS",
        "EXTENDCIRCUIT",
        "ADD_ONION",
        "ONION_CLIENT_AUTH_ADD",
        "ONION_CLIENT_AUTH_VIEW",
    ];

    /// Reads what answers the command with that keyword, which is in upper case as in
    /// [`Self::KEYWORDS`].
    ///
    /// A reply whose last line says no is [`Self::Status`], but for MAPADDRESS, where a refusal
    /// is one of the answers.
    ///
    /// # Errors
    /// If the reply's type cannot be read from it.
    pub fn parse(keyword: &str, message: &Message<'a>) -> Result<Self, ParseError> {
        match keyword {
            "MAPADDRESS" => Self::parse_good(keyword, message),
            _ if !message.last().status.is_positive() => Ok(Self::Status(*message)),
            _ => Self::parse_good(keyword, message),
        }
    }

    /// Reads what answers the command with that keyword, where only a good reply will do.
    ///
    /// # Errors
    /// If the reply's type cannot be read from it, as from a refusal.
    pub fn parse_good(keyword: &str, message: &Message<'a>) -> Result<Self, ParseError> {
        Ok(match keyword {
            "PROTOCOLINFO" => Self::ProtocolInfo(ProtocolInfo::parse(message)?),
            "AUTHCHALLENGE" => Self::AuthChallenge(AuthChallengeReply::parse(message)?),
            "GETINFO" => Self::GetInfo(GetInfoReply::parse(message)?),
            "GETCONF" => Self::GetConf(GetConfReply::parse(message)?),
            "MAPADDRESS" => Self::MapAddress(MapAddressReply::parse(message)?),
            "EXTENDCIRCUIT" => Self::ExtendCircuit(ExtendCircuitReply::parse(message)?),
            "ADD_ONION" => Self::AddOnion(AddOnionReply::parse(message)?),
            "ONION_CLIENT_AUTH_ADD" => Self::AddClientAuth(AddClientAuthReply::parse(message)?),
            "ONION_CLIENT_AUTH_VIEW" => Self::ViewClientAuth(ViewClientAuthReply::parse(message)?),
            _ => Self::Status(*message),
        })
    }

    /// The reply, written from its fields.
    #[must_use]
    pub fn to_reply(&self) -> Reply {
        match self {
            Self::ProtocolInfo(reply) => reply.to_reply(),
            Self::AuthChallenge(reply) => reply.to_reply(),
            Self::GetInfo(reply) => {
                let entries = reply.entries();
                GetInfoReply::to_reply(entries.map(|entry| (entry.key, entry.value)))
            }
            Self::GetConf(reply) => reply.to_reply(),
            Self::MapAddress(reply) => reply.to_reply(),
            Self::ExtendCircuit(reply) => reply.to_reply(),
            Self::AddOnion(reply) => reply.to_reply(),
            Self::AddClientAuth(reply) => reply.to_reply(),
            Self::ViewClientAuth(reply) => reply.to_reply(),
            Self::Status(message) => Reply::from(*message),
        }
    }
}
