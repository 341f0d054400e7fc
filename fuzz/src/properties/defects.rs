//! Each defect is found, as what it is and where it is.

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use super::read::read;
use crate::control::{self, Defect, Defective};
use crate::wire;

proptest! {
    /// In any pieces.
    #[test]
    fn defects_are_found(bad in control::defective(), cuts in wire::cuts()) {
        check(&bad, &cuts);
    }
}

/// The property says nothing of a defect that was not drawn.
#[test]
fn every_defect_is_drawn_and_found() {
    let mut runner = TestRunner::deterministic();
    for defect in Defect::ALL {
        let strategy = control::with_defect(*defect);
        for _ in 0..20 {
            check(&strategy.new_tree(&mut runner).unwrap().current(), &[5000]);
        }
    }
}

fn check(bad: &Defective, cuts: &[usize]) {
    let Defective {
        defect,
        bytes,
        place,
        ..
    } = bad;
    let shown = || String::from_utf8_lossy(&bytes[..bytes.len().min(2000)]).into_owned();
    let Err(error) = read(defect.subject(), bytes, cuts) else {
        panic!("{defect}: nobody found it in {:?}", shown())
    };
    assert!(
        defect.shows_as(error.problem),
        "{defect}: {error} in {:?}",
        shown()
    );
    let span = error.span;
    assert!(
        place.start <= span.start && span.end <= place.end,
        "{defect}: {error} at {span:?}, not in {place:?} of {:?}",
        shown()
    );
}
