//! A reply with the type of its command.

use tor_harness::control::reply::{
    AddClientAuthReply, AddOnionReply, AuthChallengeReply, ExtendCircuitReply, GetConfReply,
    GetInfoReply, MapAddressReply, ProtocolInfo, ViewClientAuthReply,
};
use tor_harness::control::{Message, ParseError};

/// A reply with the type of its command.
pub(crate) enum Typed<'a> {
    AddClientAuth(AddClientAuthReply<'a>),
    AddOnion(AddOnionReply<'a>),
    AuthChallenge(AuthChallengeReply),
    ExtendCircuit(ExtendCircuitReply<'a>),
    GetConf(GetConfReply<'a>),
    GetInfo(GetInfoReply<'a>),
    MapAddress(MapAddressReply<'a>),
    ProtocolInfo(ProtocolInfo<'a>),
    ViewClientAuth(ViewClientAuthReply<'a>),
    /// All others, and refusals: status codes with texts for people.
    Status(Message<'a>),
}

impl<'a> Typed<'a> {
    /// Reads what answers the command of a keyword.
    pub(crate) fn parse(keyword: &str, message: &Message<'a>) -> Result<Self, ParseError> {
        // A refusal among its answers is one of them.
        if keyword == "MAPADDRESS" {
            return Ok(Self::MapAddress(MapAddressReply::parse(message)));
        }
        if !message.last().status.is_positive() {
            return Ok(Self::Status(*message));
        }
        Ok(match keyword {
            "ADD_ONION" => Self::AddOnion(AddOnionReply::parse(message)?),
            "AUTHCHALLENGE" => Self::AuthChallenge(AuthChallengeReply::parse(message)?),
            "EXTENDCIRCUIT" => Self::ExtendCircuit(ExtendCircuitReply::parse(message)?),
            "GETCONF" => Self::GetConf(GetConfReply::parse(message)?),
            "GETINFO" => Self::GetInfo(GetInfoReply::parse(message)?),
            "ONION_CLIENT_AUTH_ADD" => Self::AddClientAuth(AddClientAuthReply::parse(message)?),
            "ONION_CLIENT_AUTH_VIEW" => Self::ViewClientAuth(ViewClientAuthReply::parse(message)?),
            "PROTOCOLINFO" => Self::ProtocolInfo(ProtocolInfo::parse(message)?),
            _ => Self::Status(*message),
        })
    }
}
