//! Requests.

use std::fmt;
use std::time::Duration;

use serde::Deserialize;
use serde::de::{Deserializer, Error as _, MapAccess, Visitor};
use serde_json::{Map, Value};
use tor_harness_types::Endpoint;

use super::error::SteerError;
use crate::plain_words::in_plain_words;

/// The longest time that one request lets pass: a leap year.
const LONGEST_ADVANCE: f64 = 366.0 * 24.0 * 60.0 * 60.0;

/// The fields of a request, each given once.
#[derive(Debug)]
pub(super) struct Fields(pub(super) Map<String, Value>);

/// What is to be done, and in which world.
#[derive(Debug)]
pub(super) struct Request {
    pub(super) world: Option<String>,
    pub(super) operation: Operation,
}

/// What is to be done.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase", deny_unknown_fields)]
pub(super) enum Operation {
    World(Box<NewWorld>),
    Script {
        toml: String,
    },
    Hold {
        command: String,
        name: String,
    },
    Release {
        name: String,
    },
    Emit {
        event: String,
    },
    Advance {
        #[serde(deserialize_with = "seconds")]
        seconds: Duration,
    },
    Disconnect {
        connection: Option<u64>,
    },
    Received {},
    Transcript {},
    Verify {},
    Reset {},
    Close {},
}

/// A world that is to be made.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NewWorld {
    pub(super) name: Option<String>,
    #[serde(default)]
    pub(super) auth: Vec<String>,
    #[serde(default, deserialize_with = "endpoint")]
    pub(super) listen: Option<Endpoint>,
    pub(super) script: Option<String>,
    pub(super) seed: Option<u64>,
    #[serde(default)]
    pub(super) time: Time,
    #[serde(default)]
    pub(super) strict: bool,
    #[serde(default)]
    pub(super) strict_client: bool,
    #[serde(default)]
    pub(super) with_connection: bool,
}

/// Whose time passes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Time {
    #[default]
    Real,
    Virtual,
}

impl Request {
    /// Reads a request without its `"id"`.
    pub(super) fn read(mut fields: Map<String, Value>) -> Result<Self, SteerError> {
        let name = match fields.remove("do") {
            Some(Value::String(name)) => name,
            Some(other) => other.to_string(),
            None => String::new(),
        };
        let world = match fields.remove("world") {
            None => None,
            // What makes a world does not happen in one.
            Some(world) if name == "world" => {
                fields.insert("world".into(), world);
                None
            }
            Some(Value::String(world)) => Some(world),
            Some(other) => return Err(SteerError::World(other)),
        };
        let tagged = Map::from_iter([(name, Value::Object(fields))]);
        match serde_path_to_error::deserialize(Value::Object(tagged)) {
            Ok(operation) => Ok(Self { world, operation }),
            Err(error) => Err(SteerError::Request {
                // An operation that there is not has no path yet.
                field: match error.path().to_string().as_str() {
                    "." => "do".to_owned(),
                    path => path.to_owned(),
                },
                problem: in_plain_words(&error.into_inner().to_string()),
            }),
        }
    }
}

impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Once;

        impl<'de> Visitor<'de> for Once {
            type Value = Fields;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a map")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields, A::Error> {
                let mut fields = Map::new();
                while let Some((name, value)) = map.next_entry::<String, Value>()? {
                    if fields.contains_key(&name) {
                        return Err(A::Error::custom(format_args!("{name:?} is there twice")));
                    }
                    fields.insert(name, value);
                }
                Ok(Fields(fields))
            }
        }

        deserializer.deserialize_map(Once)
    }
}

fn endpoint<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Endpoint>, D::Error> {
    let text = Option::<String>::deserialize(deserializer)?;
    text.map(|text| text.parse().map_err(D::Error::custom))
        .transpose()
}

fn seconds<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Duration, D::Error> {
    struct Expected;

    impl Visitor<'_> for Expected {
        type Value = Duration;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(f, "a number of seconds from 0 to {LONGEST_ADVANCE}")
        }

        fn visit_f64<E: serde::de::Error>(self, seconds: f64) -> Result<Duration, E> {
            Some(seconds)
                .filter(|seconds| *seconds <= LONGEST_ADVANCE)
                .and_then(|seconds| Duration::try_from_secs_f64(seconds).ok())
                .ok_or_else(|| E::invalid_value(serde::de::Unexpected::Float(seconds), &self))
        }

        fn visit_u64<E: serde::de::Error>(self, seconds: u64) -> Result<Duration, E> {
            self.visit_f64(seconds as f64)
        }

        fn visit_i64<E: serde::de::Error>(self, seconds: i64) -> Result<Duration, E> {
            self.visit_f64(seconds as f64)
        }
    }

    deserializer.deserialize_any(Expected)
}
