//! The items that documents may have any number of, from the rule tables.

use std::collections::BTreeSet;

use proptest::strategy::{Strategy as _, ValueTree as _};
use proptest::test_runner::TestRunner;
use tor_harness_netdoc::{Kind, encode};
use tor_strategies::netdoc::item;

use crate::read::every_kind;
use crate::shape::{Shape, shape};

/// A good item of each keyword over and over, read as each kind of document.
pub(crate) fn shapes() -> Vec<Shape> {
    let mut runner = TestRunner::deterministic();
    let mut seen = BTreeSet::new();
    let rules = |kind: Kind| {
        kind.rules()
            .sections
            .iter()
            .flat_map(|section| section.rules)
    };
    Kind::all()
        .flat_map(rules)
        .filter(|rule| seen.insert(rule.keyword))
        .map(|rule| {
            let drawn = item(rule).new_tree(&mut runner).expect("an item").current();
            let again = String::from_utf8_lossy(&encode([&drawn])).into_owned();
            let name = format!("many items `{}`", rule.keyword);
            shape(name.leak(), "", again.leak(), "", every_kind)
        })
        .collect()
}
