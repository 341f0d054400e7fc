//! An item as JSON.

use std::borrow::Cow;
use std::collections::HashSet;

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use tor_harness::netdoc::{Argument, Count, Form, Item, Object, Rule, Value, Values};

use super::fields::Again;
use super::seq::Seq;
use super::value::{Of, Shown, hex, lossy, text};

/// An item, read as its rule says.
pub(super) struct ItemShown<'a> {
    pub(super) item: Item<'a>,
    pub(super) rule: Option<&'static Rule>,
    /// The line, where there may be several such items.
    pub(super) line: Option<u64>,
}

impl Serialize for ItemShown<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.serialize_with(serializer, None)
    }
}

impl ItemShown<'_> {
    /// With items of the same keyword, of which there should be only one.
    pub(super) fn serialize_with<S: Serializer>(
        &self,
        serializer: S,
        again: Option<&Again<'_, '_>>,
    ) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        self.line
            .map_or(Ok(()), |line| map.serialize_entry("line", &line))?;
        let line = self.item.text().unwrap_or_default();
        let read = self.rule.and_then(|rule| {
            let mut values = Values::new(rule, &self.item);
            let named = values.named().ok()?;
            Some((arguments(rule, &named), named, values.extra()))
        });
        let mut is_kept = false;
        match read {
            Some((arguments, named, extra)) => {
                let mut again = Vec::new();
                for argument in arguments {
                    let values = named.iter().filter(|(of, _)| std::ptr::eq(*of, argument));
                    let values = values.map(|(_, value)| value);
                    argument_shown(&mut map, argument, values, &mut again)?;
                }
                if !again.is_empty() || !extra.is_empty() {
                    map.serialize_entry("extra", &Extra(&again, extra))?;
                }
                is_kept = arguments.iter().any(|argument| argument.form == Form::Text);
            }
            None => map.serialize_entry("words", &Extra(&[], line))?,
        }
        if std::str::from_utf8(line).is_err() {
            map.serialize_entry("hex", &hex(line))?;
        } else if !is_kept && has_odd_blanks(line) {
            map.serialize_entry("text", &lossy(line))?;
        }
        if let Some(object) = self.item.object() {
            map.serialize_entry("object", &ObjectShown(object))?;
        }
        again.map_or(Ok(()), |again| map.serialize_entry("again", again))?;
        map.end()
    }
}

/// The arguments that the values are of: a rule may have two rows of them.
fn arguments(rule: &'static Rule, named: &[(&'static Argument, Value<'_>)]) -> &'static [Argument] {
    let is_longer = named.first().is_some_and(|(of, _)| {
        let mut longer = rule.longer.iter();
        longer.any(|argument| std::ptr::eq(*of, argument))
    });
    match is_longer {
        true => rule.longer,
        false => rule.arguments,
    }
}

/// One argument by its name: a list where it may be there several times, and
/// where these are pairs a map. A key that is there again goes to `extra`.
fn argument_shown<'v, 'a: 'v, M: SerializeMap>(
    map: &mut M,
    argument: &Argument,
    mut values: impl Iterator<Item = &'v Value<'a>> + Clone,
    extra: &mut Vec<String>,
) -> Result<(), M::Error> {
    let (name, form) = (argument.name, argument.form);
    let repeats = matches!(argument.count, Count::Any | Count::Some);
    if repeats && matches!(form, Form::Pair(_)) {
        let (pairs, again) = pairs(values);
        for value in again {
            let mut written = Vec::new();
            form.write(value, &mut written);
            extra.push(text(&written));
        }
        map.serialize_entry(name, &Pairs(form, pairs))
    } else if repeats {
        let shown = Seq(|| values.clone().map(|value| Shown(form, value)));
        map.serialize_entry(name, &shown)
    } else if let Some(value) = values.next() {
        map.serialize_entry(name, &Shown(form, value))
    } else {
        Ok(())
    }
}

/// The values, and those whose key was there already.
fn pairs<'v, 'a: 'v>(
    values: impl Iterator<Item = &'v Value<'a>>,
) -> (Vec<&'v Value<'a>>, Vec<&'v Value<'a>>) {
    let mut seen = HashSet::new();
    values.partition(|value| key(value).is_some_and(|key| seen.insert(key)))
}

/// The key of a pair, as it is shown.
fn key<'v>(value: &'v Value<'_>) -> Option<Cow<'v, str>> {
    match value {
        Value::Pair(key, _) => Some(lossy(key)),
        _ => None,
    }
}

struct Pairs<'v, 'a>(Form, Vec<&'v Value<'a>>);

impl Serialize for Pairs<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let pairs = self
            .1
            .iter()
            .filter_map(|value| Some((key(value)?, Of(self.0, value))));
        serializer.collect_map(pairs)
    }
}

struct ObjectShown<'a>(Object<'a>);

impl Serialize for ObjectShown<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("label", self.0.label)?;
        let base64: Vec<_> = self.0.lines().collect();
        map.serialize_entry("base64", &lossy(&base64.concat()))?;
        map.end()
    }
}

/// Words, and behind them those in a part of a line.
struct Extra<'e>(&'e [String], &'e [u8]);

impl Serialize for Extra<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let first = self.0.iter().map(|word| word.as_str().into());
        serializer.collect_seq(first.chain(words(self.1).map(lossy)))
    }
}

fn words(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let words = bytes.split(|byte| matches!(byte, b' ' | b'\t'));
    words.filter(|word| !word.is_empty())
}

/// Whether there is more between the words than one space.
fn has_odd_blanks(line: &[u8]) -> bool {
    let mut words = line.split(|byte| *byte == b' ');
    !line.is_empty() && words.any(|word| word.is_empty() || word.contains(&b'\t'))
}
