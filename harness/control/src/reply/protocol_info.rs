//! What a control port says of itself before authentication.

use alloc::borrow::Cow;
use alloc::vec::Vec;

use tor_harness_types::Span;

use crate::message::Message;
use crate::problem::{ParseError, Problem};
use crate::quoted::quote;
use crate::reply::lines::before_ok;
use crate::reply::{Reply, StatusCode};
use crate::tokens::Tokens;
use crate::words::words;

words! {
    /// A way to authenticate that PROTOCOLINFO names (section 3.21).
    AuthMethod {
        /// None is needed.
        Null = "NULL",
        /// The cookie's bytes are sent.
        Cookie = "COOKIE",
        /// Both sides prove that they know the cookie.
        SafeCookie = "SAFECOOKIE",
        /// A password.
        HashedPassword = "HASHEDPASSWORD",
    }
}

/// The reply to PROTOCOLINFO (section 3.21).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProtocolInfo<'a> {
    /// The protocol's version, `1` for all tors so far, with whatever follows it.
    pub version: &'a str,
    /// The ways to authenticate, as listed.
    pub methods: Vec<AuthMethod<'a>>,
    /// The path of the cookie's file, as bytes: paths need not be UTF-8.
    pub cookie_file: Option<Cow<'a, [u8]>>,
    /// tor's version, without quotes.
    pub tor_version: Option<Cow<'a, [u8]>>,
    /// Lines and arguments that are not known here, as they came.
    pub others: Vec<&'a [u8]>,
}

impl<'a> ProtocolInfo<'a> {
    /// Reads the reply.
    ///
    /// # Errors
    /// If it is not a good one to PROTOCOLINFO, or a known line is not well formed.
    /// Unknown lines are kept, and any line but the first may be missing.
    pub fn parse(message: &Message<'a>) -> Result<Self, ParseError> {
        let whole = message.as_bytes();
        let in_message =
            |line: &'a [u8], error: ParseError| error.shifted(Span::of(line, whole).start);
        let first = message.first();
        let mut tokens = Tokens::new(first.text);
        if first.status != StatusCode::OK || !tokens.skip(b"PROTOCOLINFO ") {
            return Err(Problem::Expected("250-PROTOCOLINFO").of(first.text, whole));
        }
        let version = tokens
            .rest_text("version")
            .map_err(|e| in_message(first.text, e))?;
        if version.is_empty() {
            return Err(in_message(first.text, tokens.missing("version")));
        }
        let mut info = Self {
            version,
            methods: Vec::new(),
            cookie_file: None,
            tor_version: None,
            others: Vec::new(),
        };
        let mut has_auth = false;
        for line in before_ok(message)?.into_iter().skip(1) {
            info.line(line, &mut has_auth)
                .map_err(|e| in_message(line, e))?;
        }
        Ok(info)
    }

    /// Takes a line: there is one of each kind, and more are like the unknown.
    fn line(&mut self, line: &'a [u8], has_auth: &mut bool) -> Result<(), ParseError> {
        let mut tokens = Tokens::new(line);
        if !*has_auth && tokens.skip(b"AUTH METHODS=") {
            *has_auth = true;
            match tokens.required("methods") {
                Ok(methods) => self.methods.extend(methods.split(',').map(AuthMethod::new)),
                Err(error) if matches!(error.problem, Problem::Missing(_)) => {}
                Err(error) => return Err(error),
            }
            while !tokens.rest().is_empty() {
                if self.cookie_file.is_none() && tokens.skip(b"COOKIEFILE=") {
                    self.cookie_file = Some(tokens.quoted()?);
                } else {
                    self.others
                        .extend(tokens.word().filter(|word| !word.is_empty()));
                }
            }
        } else if self.tor_version.is_none() && tokens.skip(b"VERSION Tor=") {
            self.tor_version = Some(tokens.quoted()?);
            self.others
                .extend(Some(tokens.rest()).filter(|rest| !rest.is_empty()));
        } else {
            self.others.push(line);
        }
        Ok(())
    }

    /// Whether the control port takes this way to authenticate.
    #[must_use]
    pub fn offers(&self, method: AuthMethod<'_>) -> bool {
        self.methods.contains(&method)
    }

    /// The reply as tor would send it. Unknown lines come before the last.
    #[must_use]
    pub fn to_reply(&self) -> Reply {
        let mut auth = b"AUTH METHODS=".to_vec();
        for (at, method) in self.methods.iter().enumerate() {
            if at > 0 {
                auth.push(b',');
            }
            auth.extend_from_slice(method.as_str().as_bytes());
        }
        if let Some(path) = &self.cookie_file {
            auth.extend_from_slice(b" COOKIEFILE=");
            quote(path, &mut auth);
        }
        let mut reply = Reply::ok()
            .before(
                StatusCode::OK,
                alloc::format!("PROTOCOLINFO {}", self.version),
            )
            .before(StatusCode::OK, auth);
        if let Some(version) = &self.tor_version {
            let mut line = b"VERSION Tor=".to_vec();
            quote(version, &mut line);
            reply = reply.before(StatusCode::OK, line);
        }
        self.others
            .iter()
            .fold(reply, |reply, line| reply.before(StatusCode::OK, *line))
    }
}
