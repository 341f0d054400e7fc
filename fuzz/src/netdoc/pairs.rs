//! Documents that are made of pairs instead of items.

use proptest::collection::vec;
use proptest::prelude::*;
use tor_harness_netdoc::{
    AuthorityList, BandwidthFile, FallbackList, Form, OwnedItem, Rule, Section, Value,
};

use super::document::section_of;
use super::form::form;
use crate::text::bytes;

/// A bandwidth file: a header, lines of relays.
pub(super) fn bandwidth_file() -> impl Strategy<Value = Vec<u8>> {
    let [header, relay] = BandwidthFile::RULES.sections else {
        unreachable!("a bandwidth file has two tables of keys");
    };
    (pairs(header), vec(pairs(relay), 1..4)).prop_map(|(mut header, relays)| {
        let latest = header
            .iter_mut()
            .find(|pair| pair.keyword == "latest_bandwidth");
        if let Some(text) = latest.and_then(|pair| pair.text.as_mut()) {
            // A timestamp has nine digits or ten.
            text.splice(..4, *b"2026");
        }
        header[0].text = Some(timestamp(&header).to_string().into_bytes());
        let mut lines: Vec<_> = header
            .iter()
            .map(|pair| written(pair, &["timestamp", "terminator"]))
            .collect();
        lines.extend(relays.iter().map(|relay| joined(relay, &[], b' ')));
        with_line_ends(lines)
    })
}

/// What the first line has to say: what the header does, or some moment since 2001.
fn timestamp(header: &[OwnedItem]) -> i64 {
    let is_latest = |pair: &&OwnedItem| pair.keyword == "latest_bandwidth";
    let latest = header
        .iter()
        .find(is_latest)
        .and_then(|pair| pair.text.as_deref());
    match latest.and_then(|text| Form::IsoTime.read(text)) {
        Some(Value::Time(time)) => time.as_unix(),
        _ => 1_784_000_000,
    }
}

/// A list of fallback directories: comments, C strings.
pub(super) fn fallback_list() -> impl Strategy<Value = Vec<u8>> {
    let [header, entry] = FallbackList::RULES.sections else {
        unreachable!("a list of fallback directories has two tables of keys");
    };
    (proptest::option::of(pairs(header)), vec(pairs(entry), 1..4)).prop_map(|(header, entries)| {
        let header = header.unwrap_or_default();
        let comments = header
            .iter()
            .map(|pair| [b"/* ", &*written(pair, &[]), b" */"].concat());
        let strings = entries
            .iter()
            .map(|entry| [b"\"", &*joined(entry, &["dir_address"], b' '), b"\","].concat());
        with_line_ends(comments.chain(strings).collect())
    })
}

/// A list of authorities, each with all that it may have.
pub(super) fn authority_list() -> impl Strategy<Value = Vec<u8>> {
    let [authority] = AuthorityList::RULES.sections else {
        unreachable!("a list of authorities has one table of keys");
    };
    let all: Vec<_> = authority.rules.iter().map(pair).collect();
    let flags = vec(bytes("[a-z]{2,8}"), 0..3);
    vec((all, flags), 1..4).prop_map(|entries| {
        let entries = entries.into_iter().map(|(mut pairs, flags)| {
            pairs.retain(|pair| pair.keyword != "flag");
            let flags = flags
                .into_iter()
                .map(|flag| OwnedItem::new("flag").text(flag));
            pairs.splice(1..1, flags);
            let bare = ["nickname", "flag", "dir_address", "fingerprint"];
            [b"\"", &*joined(&pairs, &bare, b' '), b"\","].concat()
        });
        with_line_ends(entries.collect())
    })
}

/// The pairs of a section as items: each key with its value.
fn pairs(section: &'static Section) -> BoxedStrategy<Vec<OwnedItem>> {
    // No key twice, known or not.
    let unknown = ("x-[a-z]{1,8}", bytes("[a-z0-9=.-]{0,8}"));
    let unknown = unknown.prop_map(|(key, value)| OwnedItem::new(key).text(value));
    section_of(&[], section, pair, unknown.boxed(), 1)
}

const EITHER_FINGERPRINT: Form = Form::Either(&Form::Fingerprint, &Form::SpacedFingerprint);

/// A pair by its rule. What would end a comment or a C string is in no value.
fn pair(rule: &'static Rule) -> BoxedStrategy<OwnedItem> {
    let value = match rule.arguments {
        // Its value would be written without the groups.
        [argument] if argument.form == EITHER_FINGERPRINT => form(Form::Fingerprint),
        [argument] => form(argument.form),
        arguments => unreachable!("a key has one value: {arguments:?}"),
    };
    let plain = |mut value: Vec<u8>| {
        for byte in &mut value {
            if matches!(byte, b'"' | b'*') {
                *byte = b'x';
            }
        }
        OwnedItem::new(rule.keyword).text(value)
    };
    value.prop_map(plain).boxed()
}

/// A pair, or its value alone where the key is one of these.
fn written(pair: &OwnedItem, bare: &[&str]) -> Vec<u8> {
    let value = pair.text.clone().unwrap_or_default();
    match bare.contains(&&*pair.keyword) {
        true => value,
        false => [pair.keyword.as_bytes(), b"=", &value].concat(),
    }
}

/// The bytes of a row of pairs, with this between them; of these keys the value alone.
pub(super) fn joined(pairs: &[OwnedItem], bare: &[&str], between: u8) -> Vec<u8> {
    let pairs: Vec<_> = pairs.iter().map(|pair| written(pair, bare)).collect();
    pairs.join(&between)
}

fn with_line_ends(lines: Vec<Vec<u8>>) -> Vec<u8> {
    let mut lines = lines.join(&b'\n');
    lines.push(b'\n');
    lines
}
