//! What a table of items cannot say.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;
use core::fmt;

use super::problem::{ParseError, Problem};
use super::problems::Problems;
use crate::structure::Document;

/// What has to hold between the items of a document: an order, a sum, a name
/// that another item has to name.
#[derive(Clone, Copy)]
pub struct Law {
    /// Where the specification says so: `dir-spec 3.4.1`.
    pub section: &'static str,
    /// What is expected where it is broken: `the flags in order`.
    pub expects: &'static str,
    /// Reports each place where it is broken, once through the document at most.
    pub find: fn(&Document<'_>, Report<'_>),
    /// Whether places with the same words are one fault, which is told at the first.
    pub is_told_once: bool,
}

/// Who is told of a place in a document.
pub type Report<'r> = &'r mut dyn FnMut(&[u8]);

impl Law {
    /// A law of a section of the specification: what it expects, and what finds where it is broken.
    #[must_use]
    pub const fn new(
        section: &'static str,
        expects: &'static str,
        find: fn(&Document<'_>, Report<'_>),
    ) -> Self {
        Self {
            section,
            expects,
            find,
            is_told_once: false,
        }
    }

    /// The same, told once for all places with the same words.
    #[must_use]
    pub const fn told_once(mut self) -> Self {
        self.is_told_once = true;
        self
    }

    /// Adds each place of `document` where this is broken.
    pub(crate) fn check(&self, document: &Document<'_>, problems: &mut Problems) {
        let source = document.source();
        let problem = Problem::Expected(self.expects);
        if !self.is_told_once {
            (self.find)(document, &mut |place| {
                problems.push(problem.of(place, source))
            });
            return;
        }
        // For each of the words where they are first, and how often behind that.
        let mut places: BTreeMap<Vec<u8>, (ParseError, usize)> = BTreeMap::new();
        (self.find)(document, &mut |place| match places.get_mut(place) {
            Some((_, more)) => *more += 1,
            None => {
                places.insert(place.into(), (problem.of(place, source), 0));
            }
        });
        problems.extend(places.into_values().map(|(first, more)| match more {
            0 => first,
            more => ParseError {
                problem: Problem::ExpectedOften(self.expects, more),
                ..first
            },
        }));
    }
}

impl fmt::Debug for Law {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Law({}: {})", self.section, self.expects)
    }
}
