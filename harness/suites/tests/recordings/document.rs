//! A network document, as text that a person can check against the bytes.

use std::fmt::Write as _;

use tor_harness::netdoc::{Item, Rule, Stretch, Value, Values};
use tor_harness::runner::Failed;

/// A document: for each item the keyword, the arguments by the names that the
/// rules give them, and the object.
pub(crate) fn document(stretch: &Stretch<'_>) -> Result<String, Failed> {
    let kind = stretch.kind.map_or("unknown", |kind| kind.name());
    let mut out = format!("kind: {kind}\n");
    for item in stretch.document.items() {
        let sections = stretch.kind.map_or(&[][..], |kind| kind.rules().sections);
        let mut rules = sections
            .iter()
            .filter_map(|section| section.rule(item.keyword_bytes()));
        let _ = write!(out, "{}:", item.keyword());
        match rules.next() {
            Some(rule) => out.push_str(&arguments(rule, &item)?),
            None => words(&mut out, item.arguments()),
        }
        if let Some(object) = item.object() {
            let bytes = object.decode().ok_or("an object that is no base64")?;
            let _ = write!(out, " + {} of {} bytes", object.label, bytes.len());
        }
        out.push('\n');
    }
    Ok(out)
}

fn arguments(rule: &'static Rule, item: &Item<'_>) -> Result<String, Failed> {
    let mut out = String::new();
    let mut values = Values::new(rule, item);
    for (argument, value) in values.named()? {
        let _ = write!(out, " {}={}", argument.name, self::value(&value));
    }
    words(
        &mut out,
        values
            .extra()
            .split(|byte| *byte == b' ')
            .filter(|word| !word.is_empty()),
    );
    Ok(out)
}

/// Words of which nothing is known.
fn words<'a>(out: &mut String, words: impl Iterator<Item = &'a [u8]>) {
    for word in words {
        let _ = write!(out, " [{}]", word.escape_ascii());
    }
}

fn value(value: &Value<'_>) -> String {
    match value {
        Value::Text(text) => format!("{:?}", String::from_utf8_lossy(text)),
        Value::Bytes(bytes) => format!("{} bytes", bytes.len()),
        Value::Pair(key, value) => format!("{}:{}", key.escape_ascii(), self::value(value)),
        Value::List(values) => {
            let values: Vec<_> = values.iter().map(self::value).collect();
            format!("[{}]", values.join(" "))
        }
        other => format!("{other:?}"),
    }
}
