//! What tor answers: status codes, whole replies, and the typed ones.
//!
//! Each typed reply is read from a [`Message`](crate::Message) with `parse`
//! and written with `to_reply`. `parse` fails on a reply that says no: its
//! status and text are all there is to know of it. What a type does not
//! know is in its `others`.
//!
//! | command | reply |
//! |---|---|
//! | PROTOCOLINFO | [`ProtocolInfo`] |
//! | AUTHCHALLENGE | [`AuthChallengeReply`] |
//! | GETINFO | [`GetInfoReply`] |
//! | GETCONF | [`GetConfReply`] |
//! | MAPADDRESS | [`MapAddressReply`] |
//! | EXTENDCIRCUIT | [`ExtendCircuitReply`] |
//! | ADD_ONION | [`AddOnionReply`] |
//! | ONION_CLIENT_AUTH_ADD | [`AddClientAuthReply`] |
//! | ONION_CLIENT_AUTH_VIEW | [`ViewClientAuthReply`] |
//! | all others | a [`StatusCode`], and a text for people |
//!
//! What `to_reply` gives is what came, with these exceptions, which no tor
//! sends:
//!
//! | reply | what came | what it becomes |
//! |---|---|---|
//! | PROTOCOLINFO | lines in another order than AUTH, VERSION, others | that order |
//! | | no AUTH line | one without methods |
//! | | unknown words on a line that is known | a line each, behind those |
//! | AUTHCHALLENGE | hexadecimal digits in lower case | in upper case |
//! | | more behind the nonce | left out |
//! | GETINFO | no `OK` behind the values | an `OK` |
//! | | one line, or none, in a data block | a line without a block where that can be |
//! | GETCONF | other quotes or escapes than tor's | those that tor writes |
//! | ADD_ONION | lines in another order than the fields | that order |
//! | ONION_CLIENT_AUTH_ADD | lines before the last | left out |
//! | ONION_CLIENT_AUTH_VIEW | unknown lines before known ones | behind them |
//! | | another status than 250 before the last line | 250 |
//! | all | what [`Reply`] lists | what it lists |

mod add_client_auth;
mod add_onion;
mod auth_challenge;
mod extend_circuit;
mod get_conf;
mod get_info;
mod map_address;
mod owned;
mod protocol_info;
mod status;
#[cfg(test)]
mod tests;
mod view_client_auth;

pub use add_client_auth::{AddClientAuthReply, ClientAuthChange};
pub use add_onion::AddOnionReply;
pub use auth_challenge::AuthChallengeReply;
pub use extend_circuit::ExtendCircuitReply;
pub use get_conf::{GetConfReply, Setting};
pub use get_info::{GetInfoReply, InfoEntry};
pub use map_address::{MapAddressReply, MapAnswer};
pub use owned::{Reply, ReplyLine};
pub use protocol_info::{AuthMethod, ProtocolInfo};
pub use status::StatusCode;
pub use view_client_auth::{ClientAuth, ViewClientAuthReply};
