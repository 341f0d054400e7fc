//! The CONF_CHANGED event.

use crate::event::head::Head;
use crate::event::more::MoreLines;
use crate::event::writer::LineWriter;
use crate::keywords::Keywords;
use crate::problem::ParseError;
use crate::reply::{Reply, Setting, StatusCode};

/// CONF_CHANGED: options have changed (section 4.1.18).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct ConfChanged<'a> {
    /// What follows the name.
    pub keywords: Keywords<'a>,
    /// The lines behind the first: the options.
    pub more: MoreLines<'a>,
}

impl<'a> ConfChanged<'a> {
    #[inline]
    pub(crate) fn parse(mut head: Head<'a>) -> Result<Self, ParseError> {
        Ok(Self {
            keywords: head.keywords()?,
            more: head.more,
        })
    }

    /// The options with their values now; one that takes a list comes once a
    /// value, one that is not set any more comes without.
    ///
    /// An item is an error if its value is not well quoted; the place is in
    /// its line.
    pub fn settings(&self) -> impl Iterator<Item = Result<Setting<'a>, ParseError>> + use<'a> {
        self.more.lines().map(|line| Setting::parse(line.text))
    }

    /// The event that says so of these options.
    #[must_use]
    pub fn of<'s>(settings: impl IntoIterator<Item = Setting<'s>>) -> Reply {
        let mut reply = Reply::event("OK").before(StatusCode::EVENT, "CONF_CHANGED");
        for setting in settings {
            reply = reply.before(StatusCode::EVENT, setting.encode());
        }
        reply
    }

    /// The event as tor sends it.
    #[must_use]
    pub fn to_reply(&self) -> Reply {
        LineWriter::new("CONF_CHANGED").end(self.keywords, self.more)
    }
}
