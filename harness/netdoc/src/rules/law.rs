//! What a table of items cannot say.

use core::fmt;

use super::problem::Problem;
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
}

/// Who is told of a place in a document.
pub type Report<'r> = &'r mut dyn FnMut(&[u8]);

impl Law {
    /// Adds each place of `document` where this is broken.
    pub(crate) fn check(&self, document: &Document<'_>, problems: &mut Problems) {
        let problem = Problem::Expected(self.expects);
        (self.find)(document, &mut |place| {
            problems.push(problem.of(place, document.source()));
        });
    }
}

impl fmt::Debug for Law {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Law({}: {})", self.section, self.expects)
    }
}
