//! What we read in a document, in the words of its specification.

use std::collections::BTreeMap;

use tor_harness::netdoc::{
    BandwidthFile, Document, Entry, Form, Item, Kind, Rule, Values, stretches,
};

/// Lines by their keyword: what follows it, made again from the values.
/// `KEYWORD object` is the base64 of the objects behind them, `documents` how many there are.
pub(crate) type Lines = BTreeMap<String, Vec<String>>;

/// What is read in a good document.
pub(crate) fn lines(kind: Kind, document: Document<'_>) -> Result<Lines, String> {
    let documents = stretches(document.as_bytes()).count();
    let mut lines = Lines::from([("documents".to_owned(), vec![documents.to_string()])]);
    if kind == Kind::BandwidthFile {
        let file = BandwidthFile::read(document);
        let relays: Vec<_> = file.relays().collect();
        for entry in [file.header()].into_iter().chain(&relays) {
            pairs(entry, &mut lines).ok_or_else(|| format!("cannot read {entry:?}"))?;
        }
        return Ok(lines);
    }
    for item in document.items() {
        let keyword = item.keyword();
        let sections = kind.rules().sections.iter();
        let rule = sections.filter_map(|section| section.rule(item.keyword_bytes()));
        if let Some(rule) = rule.into_iter().next() {
            let line = line(rule, &item).ok_or_else(|| format!("cannot read {item:?}"))?;
            lines.entry(keyword.to_owned()).or_default().push(line);
        }
        if let Some(object) = item.object() {
            let body: Vec<u8> = object.lines().flatten().copied().collect();
            let bodies = lines.entry(format!("{keyword} object")).or_default();
            bodies.push(String::from_utf8_lossy(&body).into_owned());
        }
    }
    Ok(lines)
}

/// The pairs of a row by their keys, as lines.
fn pairs(entry: &Entry<'_>, lines: &mut Lines) -> Option<()> {
    for pair in entry.pairs() {
        let rule = entry.section().rule(pair.key);
        let argument = rule.and_then(|rule| rule.arguments.first());
        let form = argument.map_or(Form::Text, |argument| argument.form);
        let mut text = Vec::new();
        form.write(&form.read(pair.value)?, &mut text);
        let key = String::from_utf8_lossy(pair.key).into_owned();
        let text = String::from_utf8_lossy(&text).into_owned();
        lines.entry(key).or_default().push(text);
    }
    Some(())
}

fn line(rule: &'static Rule, item: &Item<'_>) -> Option<String> {
    let mut values = Values::new(rule, item);
    let mut words: Vec<Vec<u8>> = Vec::new();
    for (argument, value) in values.named().ok()? {
        let mut word = Vec::new();
        argument.form.write(&value, &mut word);
        words.push(word);
    }
    if !values.extra().is_empty() {
        words.push(values.extra().to_vec());
    }
    Some(String::from_utf8_lossy(&words.join(&b' ')).into_owned())
}
