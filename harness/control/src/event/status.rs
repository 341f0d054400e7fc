//! The STATUS events.

use alloc::string::{String, ToString};

use crate::event::EventCode;
use crate::event::line::line;
use crate::keywords::Keywords;
use crate::problem::ParseError;
use crate::tokens::Tokens;
use crate::words::words;

/// STATUS_GENERAL, STATUS_CLIENT or STATUS_SERVER: something that a user or
/// an operator may want to know (section 4.1.10).
///
/// `GETINFO status/bootstrap-phase` has a line of the same form, without the
/// name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Status<'a> {
    /// Which of the three.
    pub code: EventCode<'a>,
    /// How bad it is.
    pub severity: Severity<'a>,
    /// What it is: `BOOTSTRAP`, `CLOCK_SKEW`, ...
    pub action: &'a str,
    /// What follows.
    pub keywords: Keywords<'a>,
}

words! {
    /// How bad a status is.
    Severity {
        /// Not bad.
        Notice = "NOTICE",
        /// Something may not work.
        Warn = "WARN",
        /// Something does not work.
        Err = "ERR",
    }
}

impl<'a> Status<'a> {
    /// Reads what follows the event's name.
    pub(crate) fn parse(code: EventCode<'a>, mut tokens: Tokens<'a>) -> Result<Self, ParseError> {
        Ok(Self {
            code,
            severity: Severity::new(tokens.required("severity")?),
            action: tokens.required("action")?,
            keywords: Keywords::new(tokens.rest_text("arguments")?),
        })
    }

    /// The event's line.
    #[must_use]
    pub fn to_line(&self) -> String {
        let words = [self.severity.as_str(), self.action].map(Some);
        line(self.code.as_str().to_string(), &words, self.keywords)
    }
}
