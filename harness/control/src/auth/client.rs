//! The controller's side of authentication.

use alloc::borrow::Cow;
use alloc::string::String;
use core::fmt;

use crate::ParseError;
use crate::auth::Cookie;
use crate::auth::cookie::same;
use crate::command::{AuthToken, Command};
use crate::message::Message;
use crate::reply::{AuthChallengeReply, StatusCode};

/// What a controller proves itself with.
#[derive(Clone, PartialEq, Eq)]
pub enum Secret {
    /// Nothing: the method NULL.
    None,
    /// A password: HASHEDPASSWORD.
    Password(String),
    /// The cookie is sent: COOKIE.
    Cookie(Cookie),
    /// Both sides prove that they know the cookie: SAFECOOKIE.
    SafeCookie(Cookie),
}

/// What is secret is not shown.
impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::None => "None",
            Self::Password(_) => "Password(..)",
            Self::Cookie(_) => "Cookie(..)",
            Self::SafeCookie(_) => "SafeCookie(..)",
        })
    }
}

/// The controller's side: what to send, given what came.
///
/// ```
/// use tor_harness_control::auth::{ClientHandshake, Secret};
///
/// let mut handshake = ClientHandshake::new(Secret::Password("secret".into()), [0; 32]);
/// assert_eq!(handshake.start().encode(), b"AUTHENTICATE \"secret\"\r\n");
/// // Send it, and give what comes to `receive`: `None` means authenticated.
/// ```
#[derive(Clone, Debug)]
pub struct ClientHandshake {
    secret: Secret,
    client_nonce: [u8; 32],
    challenged: bool,
}

impl ClientHandshake {
    /// A handshake; `client_nonce` is 32 random bytes, used by SAFECOOKIE alone.
    #[must_use]
    pub fn new(secret: Secret, client_nonce: [u8; 32]) -> Self {
        Self {
            secret,
            client_nonce,
            challenged: false,
        }
    }

    /// The first command.
    #[must_use]
    pub fn start(&self) -> Command<'_> {
        Command::Authenticate(match &self.secret {
            Secret::None => AuthToken::None,
            // A quoted string has no way to say a line end, and tor may take
            // what is not ASCII for one thing or another: hexadecimal is safe.
            Secret::Password(password) if password.bytes().any(|b| !matches!(b, b' '..=b'~')) => {
                AuthToken::Hex(password.as_bytes().to_vec())
            }
            Secret::Password(password) => AuthToken::Quoted(Cow::Borrowed(password.as_bytes())),
            Secret::Cookie(cookie) => AuthToken::Hex(cookie.as_bytes().to_vec()),
            Secret::SafeCookie(_) => {
                return Command::AuthChallenge {
                    method: Cow::Borrowed("SAFECOOKIE"),
                    nonce: AuthToken::Hex(self.client_nonce.to_vec()),
                };
            }
        })
    }

    /// Takes tor's answer: the next command, or `None` when authenticated.
    ///
    /// # Errors
    /// If tor refuses; if its answer to the challenge cannot be read; if it
    /// does not know the cookie, and so is not who it claims to be.
    pub fn receive(&mut self, reply: &Message<'_>) -> Result<Option<Command<'static>>, AuthError> {
        let last = reply.last();
        if last.status != StatusCode::OK {
            let text = String::from_utf8_lossy(last.text).into_owned();
            return Err(AuthError::Refused {
                status: last.status,
                text,
            });
        }
        let Secret::SafeCookie(cookie) = &self.secret else {
            return Ok(None);
        };
        if self.challenged {
            return Ok(None);
        }
        let AuthChallengeReply {
            server_hash,
            server_nonce,
        } = AuthChallengeReply::parse(reply).map_err(AuthError::Challenge)?;
        if !same(
            &server_hash,
            &cookie.server_hash(&self.client_nonce, &server_nonce),
        ) {
            return Err(AuthError::Impostor);
        }
        self.challenged = true;
        let hash = cookie.client_hash(&self.client_nonce, &server_nonce);
        Ok(Some(Command::Authenticate(AuthToken::Hex(hash.to_vec()))))
    }
}

/// Why a controller is not authenticated.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum AuthError {
    /// tor refused.
    Refused {
        /// tor's status code: mostly 515.
        status: StatusCode,
        /// tor's words.
        text: String,
    },
    /// tor's answer to the challenge cannot be read.
    Challenge(ParseError),
    /// tor's proof is wrong: it does not know the cookie.
    Impostor,
}

impl fmt::Display for AuthError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused { status, text } => write!(f, "tor refused: {status} {text}"),
            Self::Challenge(error) => write!(f, "the reply to AUTHCHALLENGE: {error}"),
            Self::Impostor => f.write_str(
                "the control port does not know the cookie: its SERVERHASH is not the one that the \
                 cookie file gives, so it is another program's, or the file is an older tor's",
            ),
        }
    }
}

impl core::error::Error for AuthError {}

#[cfg(test)]
mod tests {
    use alloc::format;

    use super::*;

    #[test]
    fn secrets_are_not_shown() {
        let cookie = || Cookie::new([b'x'; 32]);
        for (secret, shown) in [
            (Secret::None, "None"),
            (Secret::Password("x".into()), "Password(..)"),
            (Secret::Cookie(cookie()), "Cookie(..)"),
            (Secret::SafeCookie(cookie()), "SafeCookie(..)"),
        ] {
            assert_eq!(format!("{secret:?}"), shown);
            let handshake = ClientHandshake::new(secret, [0; 32]);
            let shown = format!("ClientHandshake {{ secret: {shown}, client_nonce");
            assert!(format!("{handshake:?}").starts_with(&shown));
        }
    }

    #[test]
    fn passwords_that_no_string_can_say_are_hexadecimal() {
        for (password, argument) in [
            ("a \"b\"", "\"a \\\"b\\\"\""),
            ("", "\"\""),
            ("a\nb", "610A62"),
            ("a\u{e9}", "61C3A9"),
        ] {
            let handshake = ClientHandshake::new(Secret::Password(password.into()), [0; 32]);
            let command = handshake.start().encode();
            assert_eq!(command, format!("AUTHENTICATE {argument}\r\n").as_bytes());
        }
    }
}
