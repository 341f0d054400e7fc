//! What documents have to have at their age.

use std::collections::BTreeSet;

use tor_harness_netdoc::{OwnedItem, Rules, Since};

/// The keywords that only documents of some age have to have, and one of these items has to.
pub(super) fn asked_for(rules: &Rules, items: &[OwnedItem]) -> BTreeSet<&'static str> {
    let rules = rules.sections.iter().flat_map(|section| section.rules);
    rules
        .filter(|rule| {
            rule.times.is_required() && rule.since.is_some_and(|since| reaches(items, since))
        })
        .map(|rule| rule.keyword)
        .collect()
}

/// Whether a document is as new; one that does not say its age is.
fn reaches(items: &[OwnedItem], since: Since) -> bool {
    match since {
        Since::Tor(version, day) => is_since(items, version, day),
        Since::TorBefore(version, day) => !is_since(items, version, day),
        Since::Items(needed) => needed.iter().all(|needed| {
            let (keyword, argument) = needed.split_once(' ').unwrap_or((needed, ""));
            items.iter().any(|item| {
                let text = String::from_utf8_lossy(item.text.as_deref().unwrap_or_default());
                let word = text.split_ascii_whitespace().next();
                item.keyword == keyword && (argument.is_empty() || word == Some(argument))
            })
        }),
        Since::Method(method) => word(items, "consensus-method", 0)
            .and_then(|word| word.parse().ok())
            .is_none_or(|own: u64| own >= method),
    }
}

/// Whether it is of this version of tor or a newer; of another program, whether it is of this day.
fn is_since(items: &[OwnedItem], version: &str, day: &str) -> bool {
    match is_of_another(items) {
        true => word(items, "published", 0).is_none_or(|own| *own >= *day),
        false => tor(items).is_none_or(|own| Some(own) >= numbers(version)),
    }
}

/// The version of tor that wrote it, where it says so.
fn tor(items: &[OwnedItem]) -> Option<[u32; 4]> {
    numbers(&word(items, "platform", 1)?)
}

/// Whether it says that another program than tor wrote it.
fn is_of_another(items: &[OwnedItem]) -> bool {
    word(items, "platform", 0).is_some_and(|word| word != "Tor")
}

/// A word of the first item with a keyword, counted from 0.
fn word(items: &[OwnedItem], keyword: &str, at: usize) -> Option<String> {
    let item = items.iter().find(|item| item.keyword == keyword)?;
    let text = String::from_utf8_lossy(item.text.as_deref()?);
    Some(text.split_ascii_whitespace().nth(at)?.to_owned())
}

/// The numbers of a version, without `-alpha` and such behind them; at least three of them.
fn numbers(version: &str) -> Option<[u32; 4]> {
    let version = version.split('-').next()?;
    let parts: Option<Vec<u32>> = version.split('.').map(|part| part.parse().ok()).collect();
    match *parts? {
        [a, b, c] => Some([a, b, c, 0]),
        [a, b, c, d] => Some([a, b, c, d]),
        _ => None,
    }
}
