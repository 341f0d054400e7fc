//! What the laws of votes and consensuses demand of drawn ones.

use std::collections::BTreeSet;

use data_encoding::BASE64_NOPAD;
use tor_harness_netdoc::OwnedItem;

use super::change::words;

/// What a consensus demands.
pub(super) fn consensus(items: &mut Vec<OwnedItem>) {
    status(items);
    let mut names = BTreeSet::new();
    items.retain(|item| item.keyword != "package" || names.insert(words(item).swap_remove(0)));
    sort(items, "package", |words| words[0].clone());
    sort(items, "dir-source", |words| words[1].clone());
    let starts = authorities(items);
    let ends = starts.iter().skip(1).copied().chain([items.len()]);
    let parts: Vec<_> = starts.iter().copied().zip(ends).collect();
    for (start, end) in parts {
        let has = |keyword| items[start..end].iter().any(|item| item.keyword == keyword);
        if !(has("contact") && has("vote-digest")) {
            edit(&mut items[start], |words| {
                words[0].extend_from_slice(b"-legacy")
            });
        }
    }
}

/// What a consensus demands whose signatures are all of the same hash.
pub(super) fn ns_signatures(items: &mut [OwnedItem]) {
    each(items, "directory-signature", |words| {
        if words.len() > 2 {
            words[0] = b"sha1".to_vec();
        }
    });
}

/// What a vote demands.
pub(super) fn vote(items: &mut Vec<OwnedItem>) {
    items.retain(|item| item.keyword != "bandwidth-weights");
    status(items);
    key_certificate(items);
}

/// What a key certificate demands: it is of before they had to be signed by both keys.
pub(super) fn key_certificate(items: &mut [OwnedItem]) {
    years_apart(items, &["dir-key-published", "dir-key-expires"]);
}

/// That a consensus is valid, then no longer fresh, then over.
pub(super) fn timeline(items: &mut [OwnedItem]) {
    years_apart(items, &["valid-after", "fresh-until", "valid-until"]);
}

/// What votes and consensuses both demand.
fn status(items: &mut [OwnedItem]) {
    // One is told from the other by it.
    let status = items.iter().position(|item| item.keyword == "vote-status");
    items[1..=status.expect("a vote-status")].rotate_right(1);
    timeline(items);
    let mut flags = BTreeSet::new();
    each(items, "s", |words| {
        words.sort();
        words.dedup();
        flags.extend(words.iter().cloned());
    });
    each(items, "known-flags", |words| {
        flags.extend(words.drain(..));
        words.extend(flags.iter().cloned());
    });
    for keyword in ["params", "bandwidth-weights"] {
        each(items, keyword, |words| {
            let key = |pair: &Vec<u8>| pair.split(|byte| *byte == b'=').next().map(<[u8]>::to_vec);
            words.sort_by_key(key);
            words.dedup_by_key(|pair| key(pair));
        });
    }
    for index in authorities(items) {
        edit(&mut items[index], |words| {
            words[0].retain(u8::is_ascii_alphanumeric);
            words[0].insert(0, b'a');
            words[0].truncate(19);
        });
    }
    sort(items, "r", |words| {
        BASE64_NOPAD.decode(&words[1]).unwrap_or_default()
    });
    if items.iter().all(|item| item.keyword != "directory-footer") {
        for keyword in ["consensus-method", "consensus-methods"] {
            // Those of before there was a footer.
            each(items, keyword, |words| {
                for word in words {
                    word.truncate(1);
                    word[0] = word[0].min(b'8');
                }
            });
        }
    }
}

/// Where the authorities begin.
fn authorities(items: &[OwnedItem]) -> Vec<usize> {
    let is_first = |index: &usize| items[*index].keyword == "dir-source";
    (0..items.len()).filter(is_first).collect()
}

/// Makes the moments that these items name each a year later than the one before.
fn years_apart(items: &mut [OwnedItem], keywords: &[&str]) {
    for (year, keyword) in (2001..).zip(keywords) {
        each(items, keyword, |words| {
            words[0].splice(..4, year.to_string().into_bytes());
        });
    }
}

/// Sorts what all items with a keyword say, where they are.
fn sort(items: &mut [OwnedItem], keyword: &str, key: fn(&[Vec<u8>]) -> Vec<u8>) {
    let mut all: Vec<_> = items
        .iter_mut()
        .filter(|item| item.keyword == keyword)
        .collect();
    let mut texts: Vec<_> = all.iter_mut().map(|item| item.text.take()).collect();
    texts.sort_by_key(|text| {
        key(&words(&OwnedItem {
            text: text.clone(),
            ..OwnedItem::default()
        }))
    });
    for (item, text) in all.into_iter().zip(texts) {
        item.text = text;
    }
}

/// Changes the words of each item with a keyword.
fn each(items: &mut [OwnedItem], keyword: &str, mut change: impl FnMut(&mut Vec<Vec<u8>>)) {
    for item in items.iter_mut().filter(|item| item.keyword == keyword) {
        edit(item, &mut change);
    }
}

fn edit(item: &mut OwnedItem, change: impl FnOnce(&mut Vec<Vec<u8>>)) {
    let mut words = words(item);
    change(&mut words);
    item.text = (!words.is_empty()).then(|| words.join(&b' '));
}
