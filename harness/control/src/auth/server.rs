//! The control port's side of authentication, with tor's own words.

use crate::auth::cookie::same;
use crate::auth::{Next, ServerOffer, Verdict};
use crate::command::{AuthToken, Command, RawCommand};
use crate::problem::Problem;
use crate::quoted::quote;
use crate::reply::{AuthChallengeReply, Reply, StatusCode};

/// The control port's side of one connection: tor's state machine before
/// authentication, and AUTHENTICATE, AUTHCHALLENGE and PROTOCOLINFO after it.
#[derive(Clone, Debug, Default)]
pub struct ServerHandshake {
    authenticated: bool,
    told_protocol_info: bool,
    /// What the controller has to answer to the challenge.
    expected: Option<[u8; 32]>,
}

impl ServerHandshake {
    /// The state of a new connection.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Whether the controller has proved itself.
    #[must_use]
    pub fn is_authenticated(&self) -> bool {
        self.authenticated
    }

    /// Takes the controller for proved, whatever it said.
    pub fn let_in(&mut self) {
        self.authenticated = true;
        self.expected = None;
    }

    /// Answers a command, or gives `None` where it is one for an
    /// authenticated connection, which this is.
    ///
    /// `server_nonce` is 32 random bytes, used by AUTHCHALLENGE alone.
    pub fn receive(
        &mut self,
        command: &RawCommand<'_>,
        offer: &ServerOffer,
        server_nonce: [u8; 32],
    ) -> Option<Verdict> {
        let keyword = command.keyword.to_ascii_uppercase();
        let early = match keyword.as_slice() {
            b"AUTHENTICATE" | b"QUIT" => true,
            b"AUTHCHALLENGE" => self.expected.is_none(),
            b"PROTOCOLINFO" => self.expected.is_none() && !self.told_protocol_info,
            _ => false,
        };
        if !early && !self.authenticated {
            return Some(Verdict::close(
                StatusCode::AUTHENTICATION_REQUIRED,
                "Authentication required.",
            ));
        }
        Some(match keyword.as_slice() {
            b"PROTOCOLINFO" => self.protocol_info(command, offer),
            b"AUTHENTICATE" => self.authenticate(command, offer),
            b"AUTHCHALLENGE" => self.challenge(command, offer, server_nonce),
            b"QUIT" => Verdict::close(StatusCode::OK, "closing connection"),
            _ => return None,
        })
    }

    fn protocol_info(&mut self, command: &RawCommand<'_>, offer: &ServerOffer) -> Verdict {
        let mut versions = command
            .arguments
            .split(|b| *b == b' ')
            .filter(|word| !word.is_empty());
        if let Some(version) = versions.find(|version| !version.iter().all(u8::is_ascii_digit)) {
            let mut text = b"No such version ".to_vec();
            quote(version, &mut text);
            let reply = Reply::new(StatusCode::UNRECOGNIZED_ARGUMENT, text);
            let next = if self.authenticated {
                Next::Stay
            } else {
                Next::Close
            };
            return Verdict { reply, next };
        }
        self.told_protocol_info = true;
        Verdict::stay(offer.protocol_info().to_reply())
    }

    fn challenge(
        &mut self,
        command: &RawCommand<'_>,
        offer: &ServerOffer,
        server_nonce: [u8; 32],
    ) -> Verdict {
        let parsed = Command::parse(command);
        match parsed.as_ref().map_err(|error| error.problem) {
            Err(Problem::Missing(_)) => {
                return Verdict::bad_arguments(command, "Need at least 1 argument(s)");
            }
            Err(Problem::Unterminated | Problem::Escape | Problem::Expected(_)) => {
                return Verdict::unreadable(command);
            }
            _ => {}
        }
        let method = command
            .arguments
            .split(|b| *b == b' ')
            .next()
            .unwrap_or_default();
        if !method.eq_ignore_ascii_case(b"SAFECOOKIE") {
            let text = "AUTHCHALLENGE only supports SAFECOOKIE authentication";
            return Verdict::close(StatusCode::UNRECOGNIZED_ARGUMENT, text);
        }
        let Some((cookie, _)) = &offer.cookie else {
            return Verdict::close(
                StatusCode::BAD_AUTHENTICATION,
                "Cookie authentication is disabled",
            );
        };
        let client_nonce = match parsed {
            Ok(Command::AuthChallenge { nonce, .. }) if nonce != AuthToken::None => {
                nonce.into_bytes()
            }
            Err(error) if error.problem == Problem::Hex => {
                return Verdict::close(
                    StatusCode::UNRECOGNIZED_ARGUMENT,
                    "Invalid base16 client nonce",
                );
            }
            Err(error) if error.problem == Problem::Keyword => {
                return Verdict::close(
                    StatusCode::BAD_ARGUMENT,
                    "AUTHCHALLENGE does not accept keyword arguments.",
                );
            }
            _ => {
                return Verdict::close(
                    StatusCode::BAD_ARGUMENT,
                    "Wrong number of arguments for AUTHCHALLENGE",
                );
            }
        };
        self.expected = Some(cookie.client_hash(&client_nonce, &server_nonce));
        let server_hash = cookie.server_hash(&client_nonce, &server_nonce);
        Verdict::stay(
            AuthChallengeReply {
                server_hash,
                server_nonce,
            }
            .to_reply(),
        )
    }

    fn authenticate(&mut self, command: &RawCommand<'_>, offer: &ServerOffer) -> Verdict {
        let token = match Command::parse(command) {
            Ok(Command::Authenticate(token)) => token,
            Err(error) if error.problem == Problem::Hex => {
                return Verdict::close(
                    StatusCode::INTERNAL_ERROR,
                    "Invalid hexadecimal encoding.  Maybe you tried a plain text password?  If so, the \
                     standard requires that you put it in double quotes.",
                );
            }
            Err(error) if error.problem == Problem::Trailing => {
                return Verdict::close(
                    StatusCode::BAD_ARGUMENT,
                    "Too many arguments to AUTHENTICATE.",
                );
            }
            Err(error) if error.problem == Problem::Keyword => {
                return Verdict::close(
                    StatusCode::BAD_ARGUMENT,
                    "AUTHENTICATE does not accept keyword arguments.",
                );
            }
            _ => return Verdict::unreadable(command),
        };
        let quoted = matches!(token, AuthToken::Quoted(_));
        match self.check(&token.into_bytes(), quoted, offer) {
            Ok(()) => {
                self.let_in();
                Verdict::stay(Reply::ok())
            }
            Err(text) => Verdict::wrong(text),
        }
    }

    /// tor's words for what is wrong with a secret depend on what it offers,
    /// on the secret's length, and on its having been quoted.
    fn check(&self, secret: &[u8], quoted: bool, offer: &ServerOffer) -> Result<(), &'static str> {
        if let Some(expected) = &self.expected {
            return match secret.len() == expected.len() {
                true if same(secret, expected) => Ok(()),
                true => Err("Safe cookie response did not match expected value."),
                false => Err("Wrong length for safe cookie response."),
            };
        }
        let ServerOffer {
            cookie, passwords, ..
        } = offer;
        let by_cookie = cookie
            .as_ref()
            .is_some_and(|(cookie, _)| cookie.matches(secret));
        if by_cookie || passwords.iter().any(|hashed| hashed.matches(secret)) {
            return Ok(());
        }
        match (cookie, passwords.is_empty()) {
            (None, true) => Ok(()),
            (Some((cookie, _)), true) if secret.len() == cookie.as_bytes().len() => {
                Err("Authentication cookie did not match expected value.")
            }
            (Some(_), true) => Err("Wrong length on authentication cookie."),
            (Some(_), false) => {
                Err("Password did not match HashedControlPassword *or* authentication cookie.")
            }
            (None, false) if quoted => {
                Err("Password did not match HashedControlPassword value from configuration")
            }
            (None, false) => Err(
                "Password did not match HashedControlPassword value from configuration. Maybe you tried a \
                 plain text password? If so, the standard requires that you put it in double quotes.",
            ),
        }
    }
}

#[cfg(test)]
mod tests;
