//! What can go wrong at a control port.

use std::io;
use std::path::PathBuf;
use std::time::Duration;

use tor_harness_control::StatusCode;
use tor_harness_control::auth::AuthError;

use crate::transcript::Transcript;

/// Why a controller could not do what it was asked to.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// No connection could be made.
    #[error("connecting to {endpoint}: {source}")]
    Connect {
        /// Where to.
        endpoint: String,
        /// Why.
        source: io::Error,
    },
    /// The connection broke.
    #[error("expected {expected}, but the connection broke: {source}; transcript:\n{transcript}")]
    Io {
        /// What was waited for.
        expected: String,
        /// Why.
        source: io::Error,
        /// The last lines.
        transcript: Box<Transcript>,
    },
    /// tor closed the connection.
    #[error("expected {expected}, but tor closed the connection; transcript:\n{transcript}")]
    Closed {
        /// What was waited for.
        expected: String,
        /// The last lines.
        transcript: Box<Transcript>,
    },
    /// It did not come in time.
    #[error("expected {expected} within {waited:.1?}, got {got}; transcript:\n{transcript}")]
    Deadline {
        /// What was waited for.
        expected: String,
        /// What came instead.
        got: String,
        /// How long.
        waited: Duration,
        /// The last lines.
        transcript: Box<Transcript>,
    },
    /// What came is no control protocol, or not the reply that the command has.
    #[error("expected {expected}, got what cannot be read: {problem}\ntranscript:\n{transcript}")]
    Protocol {
        /// What was waited for.
        expected: String,
        /// What is wrong, with its line and a caret.
        problem: String,
        /// The last lines.
        transcript: Box<Transcript>,
    },
    /// tor refused a command.
    #[error("tor refused `{command}`: {status} {text}; transcript:\n{transcript}")]
    Refused {
        /// The command.
        command: String,
        /// The status code of the reply's last line.
        status: StatusCode,
        /// Its text.
        text: String,
        /// The last lines.
        transcript: Box<Transcript>,
    },
    /// Authentication failed.
    #[error("authentication with {method} failed: {source}")]
    Authentication {
        /// The kind of secret that was used.
        method: &'static str,
        /// Why.
        source: AuthError,
    },
    /// The cookie file cannot be read.
    #[error("reading the cookie file {}: {source}", path.display())]
    CookieFile {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The cookie file holds no cookie, and is not sent to anybody.
    #[error("{} is no cookie file: expected {expected} bytes, got {length}", path.display())]
    NoCookie {
        /// The file.
        path: PathBuf,
        /// How long a cookie is, in bytes.
        expected: usize,
        /// How long the file is, in bytes.
        length: usize,
    },
}
