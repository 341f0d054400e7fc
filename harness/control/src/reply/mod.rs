//! What tor answers: status codes, whole replies, and the typed ones.
//!
//! Each typed reply is read from a [`Message`](crate::Message) with `parse`
//! and written with `to_reply`.

mod auth_challenge;
mod get_conf;
mod get_info;
mod owned;
mod protocol_info;
mod status;

pub use auth_challenge::AuthChallengeReply;
pub use get_conf::{GetConfReply, Setting};
pub use get_info::{GetInfoReply, InfoEntry};
pub use owned::{Reply, ReplyLine};
pub use protocol_info::{AuthMethod, ProtocolInfo};
pub use status::StatusCode;
