//! The rules that a client can break.

use std::fmt;

use crate::connection::ConnectionId;
use crate::named::named;

named! {
    /// A rule for clients: of the control protocol, or of good sense. tor bears
    /// most of what breaks one.
    pub enum ClientRule {
        /// A line ends in CRLF, not in LF alone.
        LineEnd = "line-end",
        /// A line has a command: it is not empty and does not start with white space.
        Keyword = "keyword",
        /// A line has no NUL byte: tor does not look at what is behind it.
        Nul = "nul",
        /// A line has less than 1 MiB.
        LineLength = "line-length",
        /// A quoted string ends with its quote: quotes in it are escaped, and a space follows.
        Quoting = "quoting",
        /// A line of a data block that starts with a dot gets one more.
        DotStuffing = "dot-stuffing",
        /// A password goes in quotes, or in hexadecimal digits.
        PasswordQuoting = "password-quoting",
        /// Where SAFECOOKIE is offered, no password is sent in the clear.
        ClearPassword = "clear-password",
        /// Where SAFECOOKIE is offered, no cookie is sent in the clear.
        ClearCookie = "clear-cookie",
        /// Authentication comes first: PROTOCOLINFO once, AUTHCHALLENGE once, AUTHENTICATE.
        AuthenticateFirst = "authenticate-first",
        /// Nobody speaks HTTP to a control port.
        Http = "http",
    }
}

/// A rule that a client broke, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ClientFault {
    /// The rule.
    pub rule: ClientRule,
    /// The connection.
    pub connection: ConnectionId,
    /// The line of that connection, counted from 1.
    pub line: u64,
    /// The line's beginning, with its line end: what cannot be seen as `\x0a`.
    pub text: String,
}

impl fmt::Display for ClientFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            rule,
            connection,
            line,
            text,
        } = self;
        write!(f, "{connection} line {line}: {rule}: {text}")
    }
}
