//! A value as JSON.

use std::borrow::Cow;
use std::collections::HashSet;

use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;
use tor_harness::netdoc::{Form, LinkSpecifier, Value};

/// A value in its form: a number, true or false, a list, a map of one pair, or
/// text as the document has it.
pub(super) struct Shown<'v, 'a>(pub(super) Form, pub(super) &'v Value<'a>);

impl Serialize for Shown<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(form, value) = *self;
        match (form, value) {
            (_, Value::Number(number)) => serializer.serialize_u64(*number),
            (_, Value::Negative(number)) => serializer.serialize_i64(*number),
            (_, Value::Flag(flag)) => serializer.serialize_bool(*flag),
            (Form::List(form @ Form::Pair(_)), Value::List(values)) if has_own_keys(values) => {
                serializer.collect_map(values.iter().filter_map(|value| match value {
                    Value::Pair(key, _) => Some((lossy(key), Of(*form, value))),
                    _ => None,
                }))
            }
            (Form::List(form) | Form::Array(_, form), Value::List(values)) => {
                serializer.collect_seq(values.iter().map(|value| Shown(*form, value)))
            }
            // The name of the argument is the key already.
            (Form::Named(..), Value::Pair(..)) => Of(form, value).serialize(serializer),
            (_, Value::Pair(key, _)) => {
                let mut map = serializer.serialize_map(Some(1))?;
                map.serialize_entry(&lossy(key), &Of(form, value))?;
                map.end()
            }
            (_, Value::LinkSpecifiers(all)) => serializer.collect_seq(all.iter().map(Link)),
            (Form::Either(first, second), Value::Text(words)) => {
                let form = match first.read(words) {
                    Some(_) => first,
                    None => second,
                };
                Shown(*form, value).serialize(serializer)
            }
            (Form::Decimal | Form::Float, Value::Text(digits)) => match decimal(digits) {
                Some(number) => number.serialize(serializer),
                None => serializer.serialize_str(&lossy(digits)),
            },
            (form, value) => {
                let mut written = Vec::new();
                form.write(value, &mut written);
                serializer.serialize_str(&lossy(&written))
            }
        }
    }
}

/// What a pair says of its key.
pub(super) struct Of<'v, 'a>(pub(super) Form, pub(super) &'v Value<'a>);

impl Serialize for Of<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match (self.0, self.1) {
            (Form::Pair(form) | Form::Named(_, form), Value::Pair(_, value)) => {
                Shown(*form, value).serialize(serializer)
            }
            (form, value) => Shown(form, value).serialize(serializer),
        }
    }
}

/// Whether these are pairs, no two of which have the same key.
fn has_own_keys(values: &[Value<'_>]) -> bool {
    let mut seen = HashSet::new();
    values.iter().all(|value| match value {
        Value::Pair(key, _) => seen.insert(*key),
        _ => false,
    })
}

/// A map with what it is: `socket`, `fingerprint`, `ed25519`, or the number of
/// another `type` with its `data`.
struct Link<'l>(&'l LinkSpecifier);

impl Serialize for Link<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        match self.0 {
            LinkSpecifier::Socket(address) => map.serialize_entry("socket", address)?,
            LinkSpecifier::Fingerprint(fingerprint) => {
                map.serialize_entry("fingerprint", &fingerprint.to_string())?;
            }
            LinkSpecifier::Ed25519(key) => map.serialize_entry("ed25519", &base64(key))?,
            LinkSpecifier::Other { link_type, data } => {
                map.serialize_entry("type", link_type)?;
                map.serialize_entry("data", &hex(data))?;
            }
            // One that came later: as it is written.
            other => {
                let written = LinkSpecifier::write_all(std::slice::from_ref(other));
                map.serialize_entry("data", &hex(&written))?;
            }
        }
        map.end()
    }
}

/// Bytes as text; what is no UTF-8 becomes U+FFFD.
pub(super) fn text(bytes: &[u8]) -> String {
    lossy(bytes).into_owned()
}

/// The same, borrowed where that is possible.
pub(super) fn lossy(bytes: &[u8]) -> Cow<'_, str> {
    String::from_utf8_lossy(bytes)
}

/// Bytes in base64 without `=`.
pub(super) fn base64(bytes: &[u8]) -> String {
    written(Form::Base64(0), bytes)
}

/// Bytes in upper case hexadecimal.
pub(super) fn hex(bytes: &[u8]) -> String {
    written(Form::Hex(0), bytes)
}

fn written(form: Form, bytes: &[u8]) -> String {
    let mut out = Vec::new();
    form.write(&Value::Bytes(bytes.to_vec()), &mut out);
    // Digits are ASCII.
    String::from_utf8(out).unwrap_or_default()
}

/// A number with the digits that it came with, but for zeros before it.
fn decimal(digits: &[u8]) -> Option<Box<RawValue>> {
    let digits = std::str::from_utf8(digits).ok()?;
    let (sign, digits) = match digits.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", digits),
    };
    let is_over = |rest: &str| !rest.starts_with(|digit: char| digit.is_ascii_digit());
    let mut digits = digits;
    while let Some(rest) = digits.strip_prefix('0')
        && !is_over(rest)
    {
        digits = rest;
    }
    RawValue::from_string(format!("{sign}{digits}")).ok()
}
