//! What a controller says: commands, encoded by those who ask and decoded by
//! those who answer.

mod decoder;
mod encode;
mod parse;

use alloc::borrow::Cow;
use alloc::vec::Vec;

pub use decoder::{CommandDecoder, RawCommand};

use crate::reply::Setting;
use crate::words::words;

/// A command (section 3).
///
/// Keywords are written in upper case and read in any case.
///
/// ```
/// use tor_harness_control::Command;
///
/// let command = Command::GetInfo(vec!["version".into()]);
/// assert_eq!(command.encode(), b"GETINFO version\r\n");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Command<'a> {
    /// PROTOCOLINFO with the versions that the controller knows (section 3.21).
    ProtocolInfo(Vec<Cow<'a, str>>),
    /// AUTHENTICATE (section 3.5).
    Authenticate(AuthToken<'a>),
    /// AUTHCHALLENGE (section 3.24).
    AuthChallenge {
        /// The kind of challenge: `SAFECOOKIE` is the only one.
        method: Cow<'a, str>,
        /// The controller's contribution to the challenge.
        nonce: AuthToken<'a>,
    },
    /// GETINFO with its keys (section 3.9).
    GetInfo(Vec<Cow<'a, str>>),
    /// GETCONF with the options (section 3.3).
    GetConf(Vec<Cow<'a, str>>),
    /// SETCONF (section 3.1).
    SetConf(Vec<Setting<'a>>),
    /// RESETCONF (section 3.2).
    ResetConf(Vec<Setting<'a>>),
    /// SETEVENTS with the events' names (section 3.4).
    SetEvents(Vec<Cow<'a, str>>),
    /// SIGNAL (section 3.7).
    Signal(Signal<'a>),
    /// QUIT (section 3.11).
    Quit,
    /// Any other command, or one whose arguments are to be sent as they are.
    Other {
        /// The keyword, without `+`.
        keyword: Cow<'a, str>,
        /// What follows the keyword and a space.
        arguments: Cow<'a, [u8]>,
        /// The data block behind a `+` command: lines that end in LF.
        body: Option<Cow<'a, [u8]>>,
    },
}

/// A secret as AUTHENTICATE and AUTHCHALLENGE take it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum AuthToken<'a> {
    /// Nothing.
    None,
    /// Bytes as hexadecimal digits.
    Hex(Vec<u8>),
    /// Bytes as a quoted string.
    Quoted(Cow<'a, [u8]>),
}

words! {
    /// What SIGNAL sends (section 3.7).
    Signal {
        /// Read the configuration again.
        Reload = "RELOAD",
        /// The same as RELOAD.
        Hup = "HUP",
        /// Shut down; a relay waits for its circuits.
        Shutdown = "SHUTDOWN",
        /// The same as SHUTDOWN.
        Int = "INT",
        /// Log what is open.
        Dump = "DUMP",
        /// The same as DUMP.
        Usr1 = "USR1",
        /// Log everything from now on.
        Debug = "DEBUG",
        /// The same as DEBUG.
        Usr2 = "USR2",
        /// End at once.
        Halt = "HALT",
        /// The same as HALT.
        Term = "TERM",
        /// Use new circuits from now on.
        Newnym = "NEWNYM",
        /// Forget what DNS said.
        ClearDnsCache = "CLEARDNSCACHE",
        /// Log how things are.
        Heartbeat = "HEARTBEAT",
        /// Wake up.
        Active = "ACTIVE",
        /// Sleep.
        Dormant = "DORMANT",
    }
}

impl<'a> Signal<'a> {
    /// The signal whose name this is in any case, as tor reads it.
    #[must_use]
    pub fn from_any_case(word: &'a str) -> Self {
        Self::KNOWN
            .iter()
            .find(|known| known.as_str().eq_ignore_ascii_case(word))
            .map_or(Self::Other(word), |known| *known)
    }

    /// The name by which tor reports it: RELOAD for HUP, and so on.
    #[must_use]
    pub fn canonical(self) -> Self {
        match self {
            Self::Hup => Self::Reload,
            Self::Int => Self::Shutdown,
            Self::Usr1 => Self::Dump,
            Self::Usr2 => Self::Debug,
            Self::Term => Self::Halt,
            other => other,
        }
    }
}
