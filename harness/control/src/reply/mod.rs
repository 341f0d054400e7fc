//! What tor answers: status codes, whole replies, typed ones.
//!
//! Each typed reply is read from a [`Message`](crate::Message) with `parse`
//! and written with `to_reply`; [`TypedReply`] is any of them, by the keyword
//! of the command. `parse` fails on a reply that says no on any line: its
//! statuses and texts are all there is to know of it. It fails as well on a
//! data block where none belongs. What a type does not know is in its
//! `others`.
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
//! | | unknown words, or a second COOKIEFILE, on a line that is known | lines behind those |
//! | | several spaces between words of AUTH | one |
//! | AUTHCHALLENGE | hexadecimal digits in lower case | in upper case |
//! | | more behind the nonce | left out |
//! | GETINFO | a data block without lines | a line |
//! | | CR in a value on a line | a data block |
//! | ADD_ONION | lines in another order than the fields | that order |
//! | ONION_CLIENT_AUTH_VIEW | unknown lines before known ones | behind them |
//! | GETCONF, PROTOCOLINFO | other quotes or escapes than tor's | those that tor writes |
//! | ADD_ONION, ONION_CLIENT_AUTH_VIEW | more colons than one in a key | one |
//! | AUTHCHALLENGE, EXTENDCIRCUIT | lines behind the first | left out |
//! | ONION_CLIENT_AUTH_ADD | lines before the last | left out |
//! | PROTOCOLINFO, GETINFO, ADD_ONION, ONION_CLIENT_AUTH_VIEW | no `OK` at the end | an `OK` |
//! | PROTOCOLINFO, EXTENDCIRCUIT, ONION_CLIENT_AUTH_VIEW | a space at the end of a line | left out |
//! | all | what [`Reply`] lists | what it lists |

mod add_client_auth;
mod add_onion;
mod auth_challenge;
mod extend_circuit;
mod get_conf;
mod get_info;
mod lines;
mod map_address;
mod owned;
mod protocol_info;
mod status;
#[cfg(test)]
mod tests;
mod typed;
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
pub use typed::TypedReply;
pub use view_client_auth::{ClientAuth, ViewClientAuthReply};
