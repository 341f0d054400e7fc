//! Items that keep to a rule.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use tor_harness_netdoc::{Argument, Count, Form, OwnedItem, Rule};

use super::form::form;
use super::object::object;
use crate::text::bytes;

/// An item that keeps to its rule: the arguments that have to be there, some of those that may be,
/// now and then one that the rule does not name; the object.
pub fn item(rule: &'static Rule) -> BoxedStrategy<OwnedItem> {
    let words = match rule.longer {
        [] => words(rule.arguments, !rule.no_extra),
        // With more words the line would be the longer one.
        longer => prop_oneof![words(rule.arguments, false), words(longer, !rule.no_extra)].boxed(),
    };
    let object = match rule.object {
        None => Just(None).boxed(),
        Some(label) if rule.object_optional => {
            proptest::option::of(object(label, rule.content)).boxed()
        }
        Some(label) => select(Vec::from_iter([label].into_iter().chain(rule.other_label)))
            .prop_flat_map(|label| object(label, rule.content).prop_map(Some))
            .boxed(),
    };
    (words, object)
        .prop_map(|(words, object)| OwnedItem {
            keyword: rule.keyword.into(),
            text: (!words.is_empty()).then(|| words.join(&b' ')),
            object,
        })
        .boxed()
}

/// An item of which no table says anything, with arguments or without, with an object or without.
///
/// Its keyword begins with `x-`.
pub fn unknown_item() -> BoxedStrategy<OwnedItem> {
    let object = object("ANY THING", tor_harness_netdoc::Content::Bytes);
    (
        "x-[a-z]{1,8}",
        proptest::option::of(form(Form::Text)),
        proptest::option::weighted(0.2, object),
    )
        .prop_map(|(keyword, text, object)| OwnedItem {
            keyword,
            text,
            object,
        })
        .boxed()
}

/// The arguments, each as one string, perhaps what the rule does not name behind them.
fn words(expected: &'static [Argument], may_have_more: bool) -> BoxedStrategy<Vec<Vec<u8>>> {
    let arguments: Vec<_> = expected.iter().map(argument).collect();
    // Where one that may be there is not, there is none behind it.
    let may_end_early: Vec<_> = expected.iter().map(may_be_missing).collect();
    let extra = match expected.last() {
        _ if !may_have_more => Just(Vec::new()).boxed(),
        Some(last) if takes_all(last) => Just(Vec::new()).boxed(),
        _ => prop_oneof![8 => Just(Vec::new()), 1 => vec(bytes("[!-~]{1,8}"), 1..3)].boxed(),
    };
    (arguments, extra)
        .prop_map(move |(arguments, extra)| {
            let mut words = Vec::new();
            for (argument, may_be_missing) in arguments.into_iter().zip(&may_end_early) {
                if argument.is_empty() && *may_be_missing {
                    return words;
                }
                words.extend(argument);
            }
            words.extend(extra);
            words
        })
        .boxed()
}

/// An argument as often as it is there.
fn argument(argument: &'static Argument) -> BoxedStrategy<Vec<Vec<u8>>> {
    let times = match argument.count {
        Count::One => 1..=1,
        Count::Optional => 0..=1,
        Count::Any => 0..=3,
        Count::Some => 1..=3,
    };
    vec(form(argument.form), times).boxed()
}

fn may_be_missing(argument: &Argument) -> bool {
    matches!(argument.count, Count::Optional | Count::Any)
}

fn takes_all(argument: &Argument) -> bool {
    matches!(argument.count, Count::Any | Count::Some)
        || matches!(argument.form, Form::Text | Form::Typed(..))
}
