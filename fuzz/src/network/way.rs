//! The ways of being wrong that have a name.

use std::fmt;

use tor_harness_netdoc::{Flavor, Kind};

use super::given::Given;
use super::made::Made;
use super::ways;

/// A way in which one document of a network is wrong.
#[derive(Clone, Copy, Debug)]
pub struct Way {
    /// What kind of document is wrong.
    pub kind: Kind,
    /// What is wrong, in words.
    pub name: &'static str,
    /// The keywords of the items where it is to be found, and nowhere else; the empty one where it
    /// is only a question of the time. There is none where ours does not find it.
    pub fields: &'static [&'static str],
    pub(super) make: Make,
}

/// How the document is made.
#[derive(Clone, Copy, Debug)]
pub(super) enum Make {
    Any(fn(&Given) -> Made),
    /// A consensus of this flavor.
    Status(fn(&Given, Flavor) -> Made),
}

impl Way {
    /// All of them, by kind.
    pub fn all() -> impl Iterator<Item = Self> {
        ways::all()
    }

    /// The document that is wrong so, of a network where all else is right.
    #[must_use]
    pub fn make(&self, given: &Given) -> Made {
        match self.make {
            Make::Any(make) => make(given),
            Make::Status(make) if self.kind == Kind::Consensus => make(given, Flavor::Ns),
            Make::Status(make) => make(given, Flavor::Microdesc),
        }
    }
}

/// Its kind and its name.
impl fmt::Display for Way {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.kind, self.name)
    }
}
