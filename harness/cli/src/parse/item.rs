//! An item as JSON.

use std::collections::HashSet;

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use tor_harness::netdoc::{Argument, Count, Form, Item, Object, Rule, Value, Values};

use super::value::{Of, Shown, text};

/// An item, read as its rule says.
pub(super) struct ItemShown<'i, 'a> {
    pub(super) item: &'i Item<'a>,
    pub(super) rule: Option<&'static Rule>,
    /// The line, where there may be several such items.
    pub(super) line: Option<usize>,
    /// Items with the same keyword, of which there should be only one.
    pub(super) again: &'i [(usize, Item<'a>)],
}

impl Serialize for ItemShown<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        self.line
            .map_or(Ok(()), |line| map.serialize_entry("line", &line))?;
        let read = self.rule.and_then(|rule| {
            let mut values = Values::new(rule, self.item);
            let named = values.named().ok()?;
            Some((rule, named, values.extra()))
        });
        match read {
            Some((rule, named, extra)) => {
                let mut extra = words(extra);
                for argument in rule.arguments {
                    let values = named.iter().filter(|(of, _)| std::ptr::eq(*of, argument));
                    let values: Vec<_> = values.map(|(_, value)| value).collect();
                    argument_shown(&mut map, argument, &values, &mut extra)?;
                }
                if !extra.is_empty() {
                    map.serialize_entry("extra", &extra)?;
                }
            }
            None => map.serialize_entry("words", &words(self.item.text().unwrap_or_default()))?,
        }
        if std::str::from_utf8(self.item.line()).is_err() {
            let bytes = self.item.text().unwrap_or_default();
            let hex: String = bytes.iter().map(|byte| format!("{byte:02X}")).collect();
            map.serialize_entry("hex", &hex)?;
        }
        if let Some(object) = self.item.object() {
            map.serialize_entry("object", &ObjectShown(object))?;
        }
        if !self.again.is_empty() {
            let again = self.again.iter().map(|(line, item)| ItemShown {
                item,
                rule: self.rule,
                line: Some(*line),
                again: &[],
            });
            map.serialize_entry("again", &again.collect::<Vec<_>>())?;
        }
        map.end()
    }
}

/// One argument by its name: a list where it may be there several times, and
/// where these are pairs a map. A key that is there again goes to `extra`.
fn argument_shown<M: SerializeMap>(
    map: &mut M,
    argument: &Argument,
    values: &[&Value<'_>],
    extra: &mut Vec<String>,
) -> Result<(), M::Error> {
    let (name, form) = (argument.name, argument.form);
    let repeats = matches!(argument.count, Count::Any | Count::Some);
    match values {
        _ if repeats && matches!(form, Form::Pair(_)) => {
            let (pairs, again) = pairs(values);
            for value in again {
                let mut written = Vec::new();
                form.write(value, &mut written);
                extra.push(text(&written));
            }
            map.serialize_entry(name, &Pairs(form, pairs))
        }
        _ if repeats => {
            let shown: Vec<_> = values.iter().map(|value| Shown(form, value)).collect();
            map.serialize_entry(name, &shown)
        }
        [value, ..] => map.serialize_entry(name, &Shown(form, value)),
        [] => Ok(()),
    }
}

/// The values with their keys, and those whose key was there already.
fn pairs<'v, 'a>(values: &[&'v Value<'a>]) -> (Vec<(String, &'v Value<'a>)>, Vec<&'v Value<'a>>) {
    let mut seen = HashSet::new();
    let mut pairs = Vec::new();
    let mut again = Vec::new();
    for value in values {
        match value {
            Value::Pair(key, _) if seen.insert(text(key)) => pairs.push((text(key), *value)),
            _ => again.push(*value),
        }
    }
    (pairs, again)
}

struct Pairs<'v, 'a>(Form, Vec<(String, &'v Value<'a>)>);

impl Serialize for Pairs<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.1.iter().map(|(key, value)| (key, Of(self.0, value))))
    }
}

struct ObjectShown<'a>(Object<'a>);

impl Serialize for ObjectShown<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("label", self.0.label)?;
        let base64: Vec<_> = self.0.lines().collect();
        map.serialize_entry("base64", &text(&base64.concat()))?;
        map.end()
    }
}

fn words(bytes: &[u8]) -> Vec<String> {
    let words = bytes.split(|byte| matches!(byte, b' ' | b'\t'));
    words.filter(|word| !word.is_empty()).map(text).collect()
}
