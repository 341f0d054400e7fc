//! What a kind of document has to be like, as a table.

use core::fmt;

use crate::item::Item;
use crate::problem::{ParseError, Problem};

/// What a kind of document has to be like; made of [`Rule`]s, and used by
/// [`Document::check`](crate::Document::check).
///
/// ```
/// use tor_harness_netdoc::{Document, Place, Rule, Rules};
///
/// const RULES: Rules = Rules::new(&[
///     Rule::exactly_once("extra-info").at(Place::First),
///     Rule::at_most_once("published"),
///     Rule::any_number("transport"),
/// ]);
/// assert!(Document::new(b"extra-info a B\ntransport obfs4\n").check(&RULES).is_empty());
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Rules {
    pub(crate) items: &'static [Rule],
}

impl Rules {
    /// A table of rules. Items that it does not name may be there any number of times.
    #[must_use]
    pub const fn new(items: &'static [Rule]) -> Self {
        Self { items }
    }
}

/// What one keyword's items have to be like.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    pub(crate) keyword: &'static str,
    pub(crate) times: Times,
    pub(crate) place: Option<Place>,
    pub(crate) object: Option<&'static str>,
    pub(crate) value: Option<Value>,
}

/// Reads an item's arguments, to say what is wrong with them.
type Value = fn(&Item<'_>) -> Result<(), ParseError>;

/// How often an item may be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Times {
    /// Once.
    Exactly,
    /// Once, or not at all.
    AtMost,
    /// Any number of times.
    Any,
}

/// Where an item has to be, annotations not counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Place {
    /// It starts the document.
    First,
    /// It comes right behind the first.
    Second,
    /// It comes right before the last.
    NextToLast,
    /// It ends the document.
    Last,
}

impl Rule {
    /// An item that has to be there, once.
    #[must_use]
    pub const fn exactly_once(keyword: &'static str) -> Self {
        Self::new(keyword, Times::Exactly)
    }

    /// An item that may be there, once.
    #[must_use]
    pub const fn at_most_once(keyword: &'static str) -> Self {
        Self::new(keyword, Times::AtMost)
    }

    /// An item that may be there any number of times.
    #[must_use]
    pub const fn any_number(keyword: &'static str) -> Self {
        Self::new(keyword, Times::Any)
    }

    const fn new(keyword: &'static str, times: Times) -> Self {
        Self {
            keyword,
            times,
            place: None,
            object: None,
            value: None,
        }
    }

    /// The same, at a certain place.
    #[must_use]
    pub const fn at(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }

    /// The same, with an object of this label; without this no object may follow.
    #[must_use]
    pub const fn object(mut self, label: &'static str) -> Self {
        self.object = Some(label);
        self
    }

    /// The same, with arguments that this function reads without an error.
    #[must_use]
    pub const fn with(mut self, value: fn(&Item<'_>) -> Result<(), ParseError>) -> Self {
        self.value = Some(value);
        self
    }

    /// The same, with arguments of which at least one is there.
    #[must_use]
    pub const fn with_arguments(self) -> Self {
        self.with(|item| item.arguments().rest("an argument").map(drop))
    }

    /// The same, without arguments.
    #[must_use]
    pub const fn without_arguments(self) -> Self {
        self.with(|item| match item.arguments().next() {
            Some(argument) => Err(Problem::Trailing.of(argument, item.source())),
            None => Ok(()),
        })
    }
}

impl Place {
    /// Whether `index` of `count` items is the place.
    pub(crate) fn is_at(self, index: usize, count: usize) -> bool {
        match self {
            Self::First => index == 0,
            Self::Second => index == 1,
            Self::NextToLast => index + 2 == count,
            Self::Last => index + 1 == count,
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::First => "at the start",
            Self::Second => "right behind the first item",
            Self::NextToLast => "right before the last item",
            Self::Last => "at the end",
        })
    }
}
