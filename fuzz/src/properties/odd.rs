//! What is odd is good all the same.

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use super::read::read;
use crate::control::{self, Odd, Unusual};
use crate::wire;

proptest! {
    /// It is read, in any pieces, and comes out as it was or means the same.
    #[test]
    fn odd_messages_round_trip(odd in control::odd(), cuts in wire::cuts()) {
        check(&odd, &cuts);
    }
}

/// The property says nothing of an oddity that was not drawn.
#[test]
fn every_oddity_is_drawn_and_read() {
    let mut runner = TestRunner::deterministic();
    for unusual in Unusual::ALL {
        let strategy = control::unusual(*unusual);
        for _ in 0..20 {
            check(&strategy.new_tree(&mut runner).unwrap().current(), &[1000]);
        }
    }
}

fn check(odd: &Odd, cuts: &[usize]) {
    let Odd { unusual, bytes, .. } = odd;
    let (subject, text) = (unusual.subject(), String::from_utf8_lossy(bytes));
    let encoded = read(subject, bytes, cuts)
        .unwrap_or_else(|error| panic!("{unusual}: {}", error.render(bytes)));
    assert!(!encoded.is_empty(), "{unusual}: {text} is nothing whole");
    if unusual.is_kept() {
        assert_eq!(String::from_utf8_lossy(&encoded), text, "{unusual}");
    }
    assert_eq!(
        read(subject, &encoded, cuts),
        Ok(encoded.clone()),
        "{unusual}: {text}"
    );
}
