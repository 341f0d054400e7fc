//! A value as JSON.

use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};
use tor_harness::netdoc::{Form, Value};

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
            (Form::List(form), Value::List(values)) => {
                serializer.collect_seq(values.iter().map(|value| Shown(*form, value)))
            }
            (_, Value::Pair(key, _)) => {
                let mut map = serializer.serialize_map(Some(1))?;
                map.serialize_entry(&text(key), &Of(form, value))?;
                map.end()
            }
            (Form::Decimal | Form::Float, Value::Text(digits)) => match decimal(digits) {
                Some(number) => serializer.serialize_f64(number),
                None => serializer.serialize_str(&text(digits)),
            },
            (form, value) => {
                let mut written = Vec::new();
                form.write(value, &mut written);
                serializer.serialize_str(&text(&written))
            }
        }
    }
}

/// What a pair says of its key.
pub(super) struct Of<'v, 'a>(pub(super) Form, pub(super) &'v Value<'a>);

impl Serialize for Of<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match (self.0, self.1) {
            (Form::Pair(form), Value::Pair(_, value)) => Shown(*form, value).serialize(serializer),
            (form, value) => Shown(form, value).serialize(serializer),
        }
    }
}

/// Bytes as text; what is no UTF-8 becomes U+FFFD.
pub(super) fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn decimal(digits: &[u8]) -> Option<f64> {
    std::str::from_utf8(digits).ok()?.parse().ok()
}
