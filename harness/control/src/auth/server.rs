//! The control port's side of authentication, with tor's own words.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use crate::auth::cookie::same;
use crate::auth::{Cookie, HashedPassword};
use crate::command::{AuthToken, Command, RawCommand};
use crate::problem::Problem;
use crate::quoted::quote;
use crate::reply::{AuthChallengeReply, AuthMethod, ProtocolInfo, Reply, StatusCode};

/// What a control port offers, and what it checks against.
#[derive(Clone, Debug, Default)]
pub struct ServerOffer {
    /// The cookie, and the path of its file.
    pub cookie: Option<(Cookie, Vec<u8>)>,
    /// Passwords, any of which will do.
    pub passwords: Vec<HashedPassword>,
    /// tor's version, for PROTOCOLINFO.
    pub version: String,
}

impl ServerOffer {
    /// What PROTOCOLINFO says.
    #[must_use]
    pub fn protocol_info(&self) -> ProtocolInfo<'_> {
        let mut methods = Vec::new();
        if self.cookie.is_some() {
            methods.extend([AuthMethod::Cookie, AuthMethod::SafeCookie]);
        }
        if !self.passwords.is_empty() {
            methods.push(AuthMethod::HashedPassword);
        }
        if methods.is_empty() {
            methods.push(AuthMethod::Null);
        }
        ProtocolInfo {
            version: "1",
            methods,
            cookie_file: self
                .cookie
                .as_ref()
                .map(|(_, path)| Cow::Borrowed(path.as_slice())),
            tor_version: Some(Cow::Borrowed(self.version.as_bytes())),
            others: Vec::new(),
        }
    }
}

/// The control port's side of one connection: tor's state machine before
/// authentication, and AUTHENTICATE, AUTHCHALLENGE and PROTOCOLINFO after it.
#[derive(Clone, Debug, Default)]
pub struct ServerHandshake {
    authenticated: bool,
    told_protocol_info: bool,
    /// What the controller has to answer to the challenge.
    expected: Option<[u8; 32]>,
}

/// An answer, and what becomes of the connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// What to send.
    pub reply: Reply,
    /// What then.
    pub next: Next,
}

/// What becomes of a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// It stays open.
    Stay,
    /// It is closed once the answer is sent.
    Close,
}

impl Verdict {
    fn stay(reply: Reply) -> Self {
        Self {
            reply,
            next: Next::Stay,
        }
    }

    fn close(status: StatusCode, text: &str) -> Self {
        Self {
            reply: Reply::new(status, text),
            next: Next::Close,
        }
    }

    fn wrong(text: &str) -> Self {
        Self::close(
            StatusCode::BAD_AUTHENTICATION,
            &alloc::format!("Authentication failed: {text}"),
        )
    }

    /// tor names the command as the controller wrote it.
    fn bad_arguments(command: &RawCommand<'_>, what: &str) -> Self {
        let keyword = String::from_utf8_lossy(command.keyword);
        let text = alloc::format!("Bad arguments to {keyword}: {what}");
        Self::stay(Reply::new(StatusCode::BAD_ARGUMENT, text))
    }

    fn unreadable(command: &RawCommand<'_>) -> Self {
        Self::bad_arguments(command, "Cannot parse keyword argument(s)")
    }
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
            Ok(Command::AuthChallenge {
                nonce: AuthToken::Hex(nonce),
                ..
            }) => nonce,
            Ok(Command::AuthChallenge {
                nonce: AuthToken::Quoted(nonce),
                ..
            }) => nonce.into_owned(),
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
        let secret = match token {
            AuthToken::None => Vec::new(),
            AuthToken::Hex(bytes) => bytes,
            AuthToken::Quoted(bytes) => bytes.into_owned(),
        };
        match self.check(&secret, quoted, offer) {
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
mod tests {
    use super::*;
    use crate::Decoder;
    use crate::auth::{AuthError, ClientHandshake, Secret};

    const COOKIE: [u8; 32] = [7; 32];

    fn offer(cookie: bool, password: bool) -> ServerOffer {
        ServerOffer {
            cookie: cookie.then(|| (Cookie::new(COOKIE), b"/d/cookie".to_vec())),
            passwords: if password {
                [HashedPassword::new("secret", [3; 8])].into()
            } else {
                Vec::new()
            },
            version: "0.4.9.11".into(),
        }
    }

    /// Lets both sides talk to each other until one is content or gives up.
    fn talk(secret: Secret, offer: &ServerOffer) -> Result<(), AuthError> {
        let mut client = ClientHandshake::new(secret, [1; 32]);
        let mut server = ServerHandshake::new();
        let mut command = client.start().encode();
        loop {
            let verdict = server
                .receive(&RawCommand::new(&command), offer, [2; 32])
                .unwrap();
            let mut decoder = Decoder::new();
            decoder.push(&verdict.reply.encode());
            match client.receive(&decoder.next().unwrap().unwrap())? {
                Some(next) => command = next.encode(),
                None => {
                    assert!(server.is_authenticated());
                    return Ok(());
                }
            }
        }
    }

    #[test]
    fn both_sides_agree() {
        let password = || Secret::Password("secret".into());
        let cookie = || Cookie::new(COOKIE);
        for (secret, offer, good) in [
            (Secret::None, offer(false, false), true),
            (Secret::None, offer(true, false), false),
            (password(), offer(false, true), true),
            (password(), offer(true, true), true),
            (Secret::Password("\"\\\n".into()), offer(false, true), false),
            (Secret::Cookie(cookie()), offer(true, true), true),
            (Secret::SafeCookie(cookie()), offer(true, false), true),
            (Secret::SafeCookie(cookie()), offer(false, true), false),
        ] {
            assert_eq!(
                talk(secret.clone(), &offer).is_ok(),
                good,
                "{secret:?} {:?}",
                offer.protocol_info()
            );
        }
        // torut: lets an impostor in.
        let other = Secret::SafeCookie(Cookie::new([8; 32]));
        assert_eq!(talk(other, &offer(true, false)), Err(AuthError::Impostor));
    }

    #[test]
    fn who_is_let_in_has_proved_itself() {
        let mut server = ServerHandshake::new();
        let offer = offer(true, true);
        let challenge = RawCommand::new(b"AUTHCHALLENGE SAFECOOKIE 00");
        assert!(server.receive(&challenge, &offer, [0; 32]).is_some());
        server.let_in();
        let mut next = |line: &[u8]| {
            let verdict = server.receive(&RawCommand::new(line), &offer, [0; 32]);
            verdict.map(|verdict| verdict.next)
        };
        for line in [
            &b"PROTOCOLINFO"[..],
            b"PROTOCOLINFO",
            b"AUTHENTICATE \"secret\"",
        ] {
            assert_eq!(next(line), Some(Next::Stay), "{line:?}");
        }
        assert_eq!(next(b"GETINFO version"), None);
    }

    /// What a real tor 0.4.9.11 answers; `+` before the status: it stays open.
    #[test]
    fn answers_as_tor_does() {
        let (null, password, cookie, both) = (
            offer(false, false),
            offer(false, true),
            offer(true, false),
            offer(true, true),
        );
        let maybe = "Maybe you tried a plain text password? If so, the standard requires that you put it in double quotes.";
        let no_match = "515 Authentication failed: Password did not match HashedControlPassword";
        let no_keywords = "512 AUTHENTICATE does not accept keyword arguments.";
        let unreadable = "+512 Bad arguments to AUTHENTICATE: Cannot parse keyword argument(s)";
        for (offer, lines, answer) in [
            (&null, &["PROTOCOLINFO x"][..], "513 No such version \"x\""),
            (
                &null,
                &["PROTOCOLINFO 1", "PROTOCOLINFO 1"],
                "514 Authentication required.",
            ),
            (
                &null,
                &["AUTHENTICATE", "PROTOCOLINFO 1", "PROTOCOLINFO 1 2"],
                "+250 OK",
            ),
            (&null, &["GETINFO version"], "514 Authentication required."),
            (&null, &[""], "514 Authentication required."),
            (&null, &["+AUTHENTICATE"], "514 Authentication required."),
            (&null, &["quit now"], "250 closing connection"),
            (&null, &["AUTHENTICATE \"x\""], "+250 OK"),
            (
                &null,
                &["AUTHENTICATE \"x"],
                "+512 Bad arguments to AUTHENTICATE: Cannot parse keyword argument(s)",
            ),
            (
                &null,
                &["AUTHENTICATE \"x\" y"],
                "512 Too many arguments to AUTHENTICATE.",
            ),
            (
                &null,
                &["AUTHENTICATE 0 0"],
                "512 Too many arguments to AUTHENTICATE.",
            ),
            (
                &null,
                &["AUTHCHALLENGE"],
                "+512 Bad arguments to AUTHCHALLENGE: Need at least 1 argument(s)",
            ),
            (
                &null,
                &["AUTHCHALLENGE FOO 00"],
                "513 AUTHCHALLENGE only supports SAFECOOKIE authentication",
            ),
            (
                &null,
                &["AUTHCHALLENGE SAFECOOKIE xyz"],
                "515 Cookie authentication is disabled",
            ),
            (&password, &["AUTHENTICATE \"secret\""], "+250 OK"),
            (&password, &["AUTHENTICATE \"s\\ecret\""], "+250 OK"),
            (&password, &["AUTHENTICATE 736563726574"], "+250 OK"),
            (
                &password,
                &["AUTHENTICATE \"x\""],
                &alloc::format!("{no_match} value from configuration"),
            ),
            (
                &password,
                &["AUTHENTICATE 00"],
                &alloc::format!("{no_match} value from configuration. {maybe}"),
            ),
            (
                &password,
                &["AUTHENTICATE \"secret\"", "AUTHENTICATE \"x\""],
                &alloc::format!("{no_match} value from configuration"),
            ),
            (
                &cookie,
                &["AUTHENTICATE"],
                "515 Authentication failed: Wrong length on authentication cookie.",
            ),
            (
                &cookie,
                &[&alloc::format!("AUTHENTICATE {:064}", 0)],
                "515 Authentication failed: Authentication cookie did not match expected value.",
            ),
            (
                &cookie,
                &["AUTHCHALLENGE SAFECOOKIE"],
                "512 Wrong number of arguments for AUTHCHALLENGE",
            ),
            (
                &cookie,
                &["AUTHCHALLENGE SAFECOOKIE 00 11"],
                "512 Wrong number of arguments for AUTHCHALLENGE",
            ),
            (
                &cookie,
                &["AUTHCHALLENGE SAFECOOKIE xyz"],
                "513 Invalid base16 client nonce",
            ),
            (
                &cookie,
                &["AUTHCHALLENGE SAFECOOKIE \"a"],
                "+512 Bad arguments to AUTHCHALLENGE: Cannot parse keyword argument(s)",
            ),
            (
                &cookie,
                &["AUTHCHALLENGE safecookie 00", "AUTHCHALLENGE SAFECOOKIE 00"],
                "514 Authentication required.",
            ),
            (
                &cookie,
                &["AUTHCHALLENGE SAFECOOKIE 00", "PROTOCOLINFO 1"],
                "514 Authentication required.",
            ),
            (
                &cookie,
                &["AUTHCHALLENGE SAFECOOKIE 00", "AUTHENTICATE"],
                "515 Authentication failed: Wrong length for safe cookie response.",
            ),
            (
                &both,
                &["AUTHCHALLENGE SAFECOOKIE \"a\"", "AUTHENTICATE \"secret\""],
                "515 Authentication failed: Wrong length for safe cookie response.",
            ),
            (
                &both,
                &["AUTHENTICATE 00"],
                &alloc::format!("{no_match} *or* authentication cookie."),
            ),
            (
                &both,
                &["PROTOCOLINFO 1\t2"],
                "513 No such version \"1\\t2\"",
            ),
            (
                &both,
                &["AUTHCHALLENGE SAFECOOKIE\tAB"],
                "513 AUTHCHALLENGE only supports SAFECOOKIE authentication",
            ),
            (&null, &["AUTHENTICATE se\"c"], "+250 OK"),
            (&null, &["AUTHENTICATE ab\"cd\""], "+250 OK"),
            (&null, &["AUTHENTICATE zz\""], "+250 OK"),
            (&null, &["AUTHENTICATE \"a=b\""], "+250 OK"),
            (
                &cookie,
                &["AUTHENTICATE se\"c"],
                "515 Authentication failed: Wrong length on authentication cookie.",
            ),
            (
                &password,
                &["AUTHENTICATE secret\""],
                &alloc::format!("{no_match} value from configuration"),
            ),
            (
                &both,
                &["AUTHENTICATE se\"c"],
                &alloc::format!("{no_match} *or* authentication cookie."),
            ),
            (&null, &["AUTHENTICATE a=b"], no_keywords),
            (&null, &["AUTHENTICATE a="], no_keywords),
            (&null, &["AUTHENTICATE a=\"b c\""], no_keywords),
            (&null, &["AUTHENTICATE a\"b=c"], no_keywords),
            (
                &null,
                &["AUTHENTICATE a=b c"],
                "512 Too many arguments to AUTHENTICATE.",
            ),
            (
                &null,
                &["AUTHENTICATE \"a\"b"],
                "512 Too many arguments to AUTHENTICATE.",
            ),
            (&null, &["AUTHENTICATE ="], unreadable),
            (&null, &["AUTHENTICATE =", "AUTHENTICATE =b"], unreadable),
            (&null, &["AUTHENTICATE a=\"b"], unreadable),
            (&null, &["AUTHENTICATE \"a\"=b"], unreadable),
            (&null, &["AUTHENTICATE zz =b"], unreadable),
            (&null, &["AUTHENTICATE ab \"c"], unreadable),
            (
                &cookie,
                &["AUTHCHALLENGE SAFECOOKIE a=b"],
                "512 AUTHCHALLENGE does not accept keyword arguments.",
            ),
            (
                &cookie,
                &["AUTHCHALLENGE SAFECOOKIE zz =d"],
                "+512 Bad arguments to AUTHCHALLENGE: Cannot parse keyword argument(s)",
            ),
            (
                &cookie,
                &["AUTHCHALLENGE SAFECOOKIE a=b c"],
                "512 Wrong number of arguments for AUTHCHALLENGE",
            ),
            (
                &cookie,
                &["AUTHCHALLENGE SAFECOOKIE a\"b", "AUTHENTICATE a\"b"],
                "515 Authentication failed: Wrong length for safe cookie response.",
            ),
            (
                &null,
                &["PROTOCOLINFO \"1\""],
                r#"513 No such version "\"1\"""#,
            ),
            (
                &null,
                &["PROTOCOLINFO a\\b"],
                r#"513 No such version "a\\b""#,
            ),
            (
                &null,
                &["PROTOCOLINFO \u{e9}"],
                r#"513 No such version "\303\251""#,
            ),
            (
                &null,
                &["PROTOCOLINFO a\x01"],
                r#"513 No such version "a\001""#,
            ),
            (&both, &["PROTOCOLINFO x"], "513 No such version \"x\""),
            (
                &both,
                &["AUTHENTICATE \"secret\"", "PROTOCOLINFO x"],
                "+513 No such version \"x\"",
            ),
            (
                &both,
                &["authenticate \"secret"],
                "+512 Bad arguments to authenticate: Cannot parse keyword argument(s)",
            ),
            (
                &both,
                &["AUTHENTICATE nothex"],
                "551 Invalid hexadecimal encoding.  Maybe you tried a plain text password?  If so, the standard requires that you put it in double quotes.",
            ),
        ] {
            let mut server = ServerHandshake::new();
            let verdicts = lines.iter().map(|line| {
                server
                    .receive(&RawCommand::new(line.as_bytes()), offer, [0; 32])
                    .unwrap()
            });
            let Verdict { reply, next } = verdicts.last().unwrap();
            let open = if next == Next::Stay { "+" } else { "" };
            let text = String::from_utf8_lossy(&reply.text);
            assert_eq!(
                alloc::format!("{open}{} {text}", reply.status),
                answer,
                "to {lines:?}"
            );
        }
    }
}
