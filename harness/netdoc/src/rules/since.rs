//! Since when something has to be there.

use core::str::from_utf8;

use tor_harness_types::TorVersion;

use crate::structure::Document;

/// Since when an item has to be there; in documents from before it may be missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Since {
    /// Since this version of tor, which `platform` names, or where that names another
    /// program, in what was `published` since the day (`YYYY-MM-DD`) of the version.
    Tor(&'static str, &'static str),
    /// Only before this version of tor, or this day.
    TorBefore(&'static str, &'static str),
    /// Since this consensus method (section 3.8.1).
    Method(u64),
    /// Since documents have all of these, each a keyword, or one with its first
    /// argument: `id ed25519`.
    Items(&'static [&'static str]),
}

impl Since {
    /// Whether a document is of then or newer; one that does not say its age is.
    pub(crate) fn is_met_by(self, document: &Document<'_>) -> bool {
        Age::of(document, true).reaches(self)
    }
}

/// What a document says of its age.
#[derive(Clone, Copy, Debug)]
pub(super) struct Age<'a> {
    document: Document<'a>,
    program: Program<'a>,
    method: Option<u64>,
}

/// What wrote a document.
#[derive(Clone, Copy, Debug)]
enum Program<'a> {
    /// Tor of this version, or one that does not say so.
    Tor(Option<TorVersion>),
    /// Another, on this day, or one that is not said.
    Other(Option<&'a [u8]>),
}

impl<'a> Age<'a> {
    /// The age of a document, which is looked at only where a rule asks for it.
    pub(super) fn of(document: &Document<'a>, is_asked_for: bool) -> Self {
        let words = |keyword| {
            let item = is_asked_for.then(|| document.item(keyword));
            Some(item??.arguments())
        };
        let day = words("published").and_then(|mut words| words.next());
        let program = words("platform");
        let program = program.map_or(Program::Tor(None), |words| Program::of(words, day));
        let method = words("consensus-method")
            .and_then(|mut words| from_utf8(words.next()?).ok()?.parse().ok());
        Self {
            document: *document,
            program,
            method,
        }
    }

    /// Whether a document of this age has to have what is required since then.
    /// One that does not say its age is of today.
    pub(super) fn reaches(self, since: Since) -> bool {
        match since {
            Since::Tor(version, day) => self.program.is_since(version, day),
            Since::TorBefore(version, day) => !self.program.is_since(version, day),
            Since::Method(method) => self.method.is_none_or(|own| own >= method),
            Since::Items(items) => items.iter().all(|item| self.has(item)),
        }
    }

    /// Whether the document has an item with this keyword, or with its first argument, too.
    fn has(self, words: &str) -> bool {
        let (keyword, argument) = words.split_once(' ').unwrap_or((words, ""));
        self.document.items().any(|item| {
            let is_argument = || item.arguments().next() == Some(argument.as_bytes());
            item.keyword() == keyword && (argument.is_empty() || is_argument())
        })
    }
}

impl<'a> Program<'a> {
    /// The program that the words of a `platform` name, and the day of the document.
    fn of(mut words: impl Iterator<Item = &'a [u8]>, day: Option<&'a [u8]>) -> Self {
        match words.next() {
            None | Some(b"Tor") => {
                let version = words.next().and_then(|word| from_utf8(word).ok());
                Self::Tor(version.and_then(|version| version.parse().ok()))
            }
            Some(_) => Self::Other(day),
        }
    }

    /// Whether it is of a version of tor, or of its day, or newer; without either it is.
    fn is_since(self, version: &str, day: &str) -> bool {
        match self {
            Self::Tor(Some(own)) => version.parse().is_ok_and(|version| own >= version),
            Self::Tor(None) => true,
            Self::Other(own) => own.is_none_or(|own| own >= day.as_bytes()),
        }
    }
}
