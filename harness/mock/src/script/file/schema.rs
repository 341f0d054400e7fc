//! The JSON schema of scripts.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use super::tables::File;
use crate::script::times::Times;
use crate::script::values::{At, Lines, Time};

/// The schema, as JSON text that ends in LF.
pub(in crate::script) fn schema() -> String {
    let schema = schemars::schema_for!(File);
    let mut text = serde_json::to_string_pretty(&schema).unwrap_or_default();
    text.push('\n');
    text
}

impl<T: JsonSchema> JsonSchema for At<T> {
    fn inline_schema() -> bool {
        T::inline_schema()
    }

    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        T::json_schema(generator)
    }
}

impl JsonSchema for Lines {
    fn schema_name() -> Cow<'static, str> {
        "Lines".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A line, or several of them.",
            "anyOf": [
                {"type": "string"},
                {"type": "array", "items": {"type": "string"}},
            ],
        })
    }
}

impl JsonSchema for Time {
    fn schema_name() -> Cow<'static, str> {
        "Time".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A time, as \"500ms\" or \"1.5s\".",
            "type": "string",
            "pattern": "^[0-9]*\\.?[0-9]+ *m?s$",
        })
    }
}

impl JsonSchema for Times {
    fn schema_name() -> Cow<'static, str> {
        "Times".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A number of times: 2, \"1..\", \"1..3\"; 0 is never.",
            "anyOf": [
                {"type": "integer", "minimum": 0},
                {"type": "string", "pattern": "^[0-9]+(\\.\\.[0-9]*)?$"},
            ],
        })
    }
}

#[cfg(test)]
mod tests {
    use regex::Regex;
    use serde::Deserialize;
    use serde::de::value::{Error, StrDeserializer};
    use serde_json::Value;

    use super::*;

    /// What is written by hand says the same as what reads it.
    #[test]
    fn patterns_are_the_readers() {
        let schema: Value = serde_json::from_str(&schema()).unwrap();
        let pattern = |path: &str| {
            let pattern = schema.pointer(path).and_then(Value::as_str);
            Regex::new(pattern.unwrap()).unwrap()
        };
        let time = pattern("/$defs/Time/pattern");
        for text in [
            "1s", "1.5s", "500ms", "0.5 s", "", "s", "1", "-1s", "1m", "x1s",
        ] {
            let read = Time::deserialize(StrDeserializer::<Error>::new(text));
            assert_eq!(time.is_match(text), read.is_ok(), "{text}");
        }
        let times = pattern("/$defs/Times/anyOf/1/pattern");
        for text in [
            "0", "12", "1..", "1..3", "", "..", "..3", "-1", "1...3", "x",
        ] {
            assert_eq!(
                times.is_match(text),
                text.parse::<Times>().is_ok(),
                "{text}"
            );
        }
    }

    /// Every field has a description, which editors show.
    #[test]
    fn everything_is_described() {
        let schema: Value = serde_json::from_str(&schema()).unwrap();
        let tables = schema["$defs"].as_object().unwrap().iter();
        for (name, table) in tables.chain([(&"Script".to_owned(), &schema)]) {
            let Some(properties) = table["properties"].as_object() else {
                continue;
            };
            assert_eq!(table["additionalProperties"], false, "{name}");
            for (field, property) in properties {
                assert!(property["description"].is_string(), "{name}.{field}");
            }
        }
    }
}
