//! The PT_LOG event.

use crate::event::accessors::accessors;
use crate::event::keywords_alone::keywords_alone;
use crate::event::more::MoreLines;
use crate::keywords::Keywords;
use crate::words::words;

/// PT_LOG: a pluggable transport has logged something (section 4.1.28).
///
/// tor writes it and lets nobody subscribe to it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct PtLog<'a> {
    /// What follows the name.
    pub keywords: Keywords<'a>,
    /// The lines behind the first.
    pub more: MoreLines<'a>,
}

words! {
    /// How bad what a transport has logged is (pt-spec 3.3.4).
    PtSeverity {
        /// It does not work.
        Error = "error",
        /// Something may not work.
        Warning = "warning",
        /// Something that users should see.
        Notice = "notice",
        /// Something that operators may want to see.
        Info = "info",
        /// Something for the transport's developers.
        Debug = "debug",
    }
}

keywords_alone! { PtLog = "PT_LOG" }

impl<'a> PtLog<'a> {
    /// The transport's program; a path with spaces is not quoted.
    #[must_use]
    pub fn program(&self) -> Option<&'a str> {
        self.keywords.phrase("PT")
    }
}

accessors! { impl PtLog {
    /// How bad it is.
    word severity: PtSeverity = "SEVERITY";
    /// The message.
    string message = "MESSAGE";
}}
