//! The CIRC event.

use alloc::borrow::Cow;
use alloc::string::{String, ToString};

use crate::event::line::line;
use crate::keywords::Keywords;
use crate::problem::ParseError;
use crate::tokens::Tokens;
use crate::words::words;

/// CIRC: a circuit's status has changed (section 4.1.1).
///
/// `GETINFO circuit-status` has lines of the same form, without the name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Circ<'a> {
    /// The circuit.
    pub id: &'a str,
    /// Its status now.
    pub status: CircStatus<'a>,
    /// The hops so far, as they came; LAUNCHED has none.
    pub path: Option<&'a str>,
    /// What follows.
    pub keywords: Keywords<'a>,
}

words! {
    /// A circuit's status.
    CircStatus {
        /// It was begun.
        Launched = "LAUNCHED",
        /// It is there, and is not used until it is clear that no better guard works.
        GuardWait = "GUARD_WAIT",
        /// All hops are there.
        Built = "BUILT",
        /// Another hop is there.
        Extended = "EXTENDED",
        /// It could not be built.
        Failed = "FAILED",
        /// It is no more.
        Closed = "CLOSED",
    }
}

/// A relay in a path: `LongName` or `ServerID` (section 2.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Hop<'a> {
    /// The fingerprint in hexadecimal, without `$`; old tors sent names alone.
    pub fingerprint: Option<&'a str>,
    /// The nickname, behind `~` or `=`.
    pub nickname: Option<&'a str>,
}

impl<'a> Hop<'a> {
    fn new(word: &'a str) -> Self {
        let Some(word) = word.strip_prefix('$') else {
            return Self {
                fingerprint: None,
                nickname: Some(word),
            };
        };
        match word.split_once(['~', '=']) {
            Some((fingerprint, nickname)) => Self {
                fingerprint: Some(fingerprint),
                nickname: Some(nickname),
            },
            None => Self {
                fingerprint: Some(word),
                nickname: None,
            },
        }
    }
}

impl<'a> Circ<'a> {
    /// Reads what follows the event's name.
    pub(crate) fn parse(mut tokens: Tokens<'a>) -> Result<Self, ParseError> {
        let id = tokens.required("circuit")?;
        let status = CircStatus::new(tokens.required("status")?);
        // A path starts with a fingerprint or is one name: never `KEY=value`.
        let mut ahead = tokens;
        let path = match ahead.word() {
            Some(word) if word.starts_with(b"$") || !word.contains(&b'=') => {
                Some(tokens.required("path")?)
            }
            _ => None,
        };
        let keywords = Keywords::new(tokens.rest_text("arguments")?);
        Ok(Self {
            id,
            status,
            path,
            keywords,
        })
    }

    /// The hops so far.
    pub fn hops(&self) -> impl Iterator<Item = Hop<'a>> + use<'a> {
        self.path
            .unwrap_or_default()
            .split(',')
            .filter(|word| !word.is_empty())
            .map(Hop::new)
    }

    /// What the circuit is for.
    #[must_use]
    pub fn purpose(&self) -> Option<Cow<'a, str>> {
        self.keywords.value("PURPOSE")
    }

    /// Why it failed or was closed.
    #[must_use]
    pub fn reason(&self) -> Option<Cow<'a, str>> {
        self.keywords.value("REASON")
    }

    /// The event's line.
    #[must_use]
    pub fn to_line(&self) -> String {
        line(
            "CIRC".to_string(),
            &[Some(self.id), Some(self.status.as_str()), self.path],
            self.keywords,
        )
    }
}
