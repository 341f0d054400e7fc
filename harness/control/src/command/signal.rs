//! The signals that SIGNAL sends.

use alloc::vec::Vec;

use crate::command::any_case::any_case;
use crate::command::arguments::{Arguments, word};
use crate::command::cursor::Cursor;
use crate::problem::ParseError;
use crate::words::words;

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

any_case!(Signal);

impl Signal<'_> {
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

impl<'a> Arguments<'a> for Signal<'a> {
    fn read(cursor: &mut Cursor<'a>) -> Result<Self, ParseError> {
        cursor.required("signal").map(Self::from_any_case)
    }

    fn write(&self, line: &mut Vec<u8>) {
        word(self.as_str(), line);
    }
}
