//! How often an item is there, and where.

use core::fmt;

/// How often something may be there (section 1.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Times {
    /// Once.
    Exactly,
    /// Once, or not at all.
    AtMost,
    /// Once or more often.
    AtLeast,
    /// Any number of times.
    Any,
}

impl Times {
    /// Whether it has to be there.
    #[must_use]
    pub const fn is_required(self) -> bool {
        matches!(self, Self::Exactly | Self::AtLeast)
    }

    /// Whether it may be there again.
    #[must_use]
    pub const fn may_repeat(self) -> bool {
        matches!(self, Self::AtLeast | Self::Any)
    }
}

/// Where an item has to be in its section, annotations not counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Place {
    /// It starts the section.
    First,
    /// It comes right behind the first.
    Second,
    /// It comes right before the last.
    NextToLast,
    /// It ends the section.
    Last,
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
