//! tor's side of the SAFECOOKIE challenge.

use alloc::vec::Vec;

use tor_harness_types::Span;

use crate::message::Message;
use crate::problem::{ParseError, Problem};
use crate::reply::lines::texts;
use crate::reply::{Reply, StatusCode};
use crate::tokens::Tokens;

/// The reply to AUTHCHALLENGE (section 3.24).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AuthChallengeReply {
    /// The proof that tor knows the cookie.
    pub server_hash: [u8; 32],
    /// tor's contribution to the challenge.
    pub server_nonce: [u8; 32],
}

impl AuthChallengeReply {
    /// Reads the reply.
    ///
    /// # Errors
    /// If it is not a good one to AUTHCHALLENGE, or a value is not 32 bytes in hexadecimal.
    pub fn parse(message: &Message<'_>) -> Result<Self, ParseError> {
        let line = message.first();
        let whole = message.as_bytes();
        let mut tokens = Tokens::new(line.text);
        if line.status != StatusCode::OK || !tokens.skip(b"AUTHCHALLENGE ") {
            return Err(Problem::Expected("250 AUTHCHALLENGE").of(line.text, whole));
        }
        texts(message)?;
        let in_message = |error: ParseError| error.shifted(Span::of(line.text, whole).start);
        let mut value = |prefix: &'static str| {
            if !tokens.skip(prefix.as_bytes()) {
                return Err(in_message(tokens.missing(prefix)));
            }
            let Some(word) = tokens.word() else {
                return Err(in_message(tokens.missing(prefix)));
            };
            let bytes = crate::hex::hex_to_bytes(word);
            let bytes = bytes.ok_or_else(|| Problem::Hex.of(word, whole))?;
            let length = Problem::Expected("64 hexadecimal digits");
            bytes.try_into().map_err(|_| length.of(word, whole))
        };
        Ok(Self {
            server_hash: value("SERVERHASH=")?,
            server_nonce: value("SERVERNONCE=")?,
        })
    }

    /// The reply as tor sends it: the hexadecimal digits in upper case, which
    /// two client libraries rely on.
    #[must_use]
    pub fn to_reply(&self) -> Reply {
        let mut text = Vec::from(b"AUTHCHALLENGE SERVERHASH=");
        crate::hex::bytes_to_hex(&self.server_hash, &mut text);
        text.extend_from_slice(b" SERVERNONCE=");
        crate::hex::bytes_to_hex(&self.server_nonce, &mut text);
        Reply::new(StatusCode::OK, text)
    }
}
