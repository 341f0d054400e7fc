//! Prints the words of network documents, from the rule tables, as a dictionary of libFuzzer.
//!
//! `cargo xtask fuzz netdoc` uses it.
#![cfg_attr(
    not(test),
    expect(clippy::print_stdout, reason = "the dictionary is what it is for")
)]

use std::collections::BTreeSet;

use tor_harness_netdoc::{Form, Kind, Rule};

#[cfg(not(test))]
fn main() {
    for entry in entries() {
        println!("{entry}");
    }
}

/// Each word in quotes.
fn entries() -> BTreeSet<String> {
    let rules = |kind: Kind| {
        kind.rules()
            .sections
            .iter()
            .flat_map(|section| section.rules)
    };
    let (with_items, others): (Vec<_>, Vec<_>) = Kind::all().partition(|kind| kind.has_items());
    let words = with_items.into_iter().flat_map(rules).flat_map(words);
    let keys = others.into_iter().flat_map(rules);
    let keys = keys.map(|rule| format!("{}=", rule.keyword));
    let types = Kind::all().map(|kind| format!("@type {kind} 1.0\\x0a"));
    let common = [
        "2000-01-01 00:00:00",
        "127.0.0.1",
        "[::1]:9001",
        "(86400 s)",
        "Link=1-5",
        "opt ",
        "*:*",
    ];
    let all = words
        .chain(keys)
        .chain(types)
        .chain(common.map(str::to_owned));
    all.map(|word| format!("\"{word}\"")).collect()
}

/// The keyword of a rule with its line's start, the lines of its object, and words it takes.
fn words(rule: &Rule) -> Vec<String> {
    let mut words = vec![format!("\\x0a{}", rule.keyword)];
    for side in ["BEGIN", "END"] {
        words.extend(
            rule.object
                .map(|label| format!("\\x0a-----{side} {label}-----\\x0a")),
        );
    }
    for argument in rule.arguments {
        if let Form::OneOf(choices) = argument.form {
            words.extend(choices.iter().map(|choice| (*choice).to_owned()));
        }
    }
    words
}

#[test]
fn every_entry_is_one_that_libfuzzer_reads() {
    let entries = entries();
    assert!(entries.contains("\"\\x0arouter\""));
    for entry in entries {
        let inside = entry
            .strip_prefix('"')
            .and_then(|entry| entry.strip_suffix('"'));
        let inside = inside.unwrap_or_default().replace("\\x0a", "");
        let is_plain = inside
            .chars()
            .all(|c| matches!(c, ' '..='~') && c != '"' && c != '\\');
        assert!(is_plain && !inside.is_empty(), "{entry}");
    }
}
