//! The values that stand-ins have in a replay.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use tor_harness_types::UtcSeconds;

use super::exchange::Exchange;
use super::stand_in::{StandIns, unescaped};
use crate::world::{OnionKey, Persona};

/// What each stand-in's name, as `onion1`, is worth.
#[derive(Clone, Debug)]
pub(super) struct Values {
    values: BTreeMap<String, String>,
    /// The key of each onion service, where the recording has both.
    keys: BTreeMap<String, String>,
    started: u64,
}

impl Values {
    /// The values that a mock of this name has from the start.
    pub(super) fn new(persona: &Persona, exchanges: &[Exchange]) -> Self {
        let values = [
            ("folder", persona.folder.clone()),
            ("pid", persona.pid.to_string()),
            ("bytes", "0".into()),
            ("bandwidth", String::new()),
        ];
        Self {
            values: values.map(|(name, value)| (name.into(), value)).into(),
            keys: exchanges.iter().filter_map(service).collect(),
            started: persona.started,
        }
    }

    /// Lets it be so late.
    pub(super) fn at(&mut self, now: Duration) {
        let seconds = self.started.saturating_add(now.as_secs());
        let time = i64::try_from(seconds).ok().and_then(UtcSeconds::from_unix);
        let time = time.map(|time| time.to_string()).unwrap_or_default();
        let iso_time = time.replace(' ', "T");
        for (name, value) in [
            ("uptime", now.as_secs().to_string()),
            (
                "precise_time",
                format!("{iso_time}.{:06}", now.subsec_micros()),
            ),
            ("iso_time", iso_time),
            ("time", time),
        ] {
            self.values.insert(name.into(), value);
        }
    }

    /// Lines as they are sent, with their stand-ins filled in; those that have
    /// no value stay as they are.
    pub(super) fn fill(&mut self, lines: &[String], stand_ins: &mut StandIns) -> Vec<u8> {
        let mut out = Vec::new();
        for line in lines {
            for (literal, name) in parts(line) {
                out.extend(unescaped(literal));
                match name.and_then(|name| self.value(name, stand_ins)) {
                    Some(value) => out.extend_from_slice(value.as_bytes()),
                    None => out.extend(
                        name.iter()
                            .flat_map(|name| format!("{{{name}}}").into_bytes()),
                    ),
                }
            }
            out.extend_from_slice(b"\r\n");
        }
        out
    }

    /// The value of a stand-in, made up where it is new: then the client's
    /// commands are known by it.
    fn value(&mut self, name: &str, stand_ins: &mut StandIns) -> Option<&str> {
        if !self.values.contains_key(name) {
            let kind = name.trim_end_matches(|c: char| c.is_ascii_digit());
            let number = name.strip_prefix(kind)?.parse().ok()?;
            let value = match kind {
                "onion" => self.address(name, number, stand_ins)?,
                "key" => made_up(number).to_base64(),
                "virtual" => {
                    let [high, middle, low] = [16, 8, 0].map(|shift| number >> shift & 0xff);
                    format!("127.{}.{middle}.{low}", 192 + high % 64)
                }
                "virtual_ip_six" => format!("[fe80::{:x}:{:x}]", number >> 16, number & 0xffff),
                "virtual_host" => format!("virtualx{}.virtual", letters(number)),
                _ => return None,
            };
            self.values.insert(name.into(), value);
        }
        let value = self.values.get(name)?;
        stand_ins.know(name, value.as_bytes());
        Some(value)
    }

    /// The address of an onion service: of the key that the client gave for it,
    /// or of one that is made up with it.
    fn address(&mut self, name: &str, number: u32, stand_ins: &StandIns) -> Option<String> {
        let key = self.keys.get(name);
        let given = key.and_then(|key| stand_ins.value(key));
        let given = given.and_then(|given| OnionKey::from_base64(str::from_utf8(given).ok()?));
        let secret = given.unwrap_or_else(|| made_up(number));
        if let Some(key) = key {
            self.values.insert(key.clone(), secret.to_base64());
        }
        Some(secret.address()?.to_string())
    }
}

/// The key of that number, the same each time: a test key, of no service.
fn made_up(number: u32) -> OnionKey {
    let mut seed = [0; 32];
    seed[..4].copy_from_slice(&number.to_le_bytes());
    OnionKey::from_seed(seed)
}

/// A number as eight letters.
fn letters(number: u32) -> String {
    let letter =
        |shift: u32| char::from(b'a' + u8::try_from(number >> shift & 0xf).unwrap_or_default());
    (0..8).rev().map(|digit| letter(4 * digit)).collect()
}

/// The names of a service and its key, where an exchange has one of each.
fn service(exchange: &Exchange) -> Option<(String, String)> {
    let lines = exchange.command.iter().chain(&exchange.reply);
    let names: BTreeSet<_> = lines
        .flat_map(|line| parts(line))
        .filter_map(|(_, name)| name)
        .collect();
    let of = |kind: &str| {
        let mut all = names.iter().filter(|name| name.starts_with(kind));
        all.next()
            .filter(|_| all.next().is_none())
            .map(|name| (*name).to_owned())
    };
    Some((of("onion")?, of("key")?))
}

/// A line cut at its stand-ins: what is before each, and its name; at last what
/// is behind all.
fn parts(line: &str) -> impl Iterator<Item = (&str, Option<&str>)> {
    let mut rest = Some(line);
    std::iter::from_fn(move || {
        let text = rest.take()?;
        let cut = text.split_once('{').and_then(|(before, after)| {
            let (name, behind) = after.split_once('}')?;
            Some((before, name, behind))
        });
        let Some((before, name, behind)) = cut else {
            return Some((text, None));
        };
        rest = Some(behind);
        Some((before, Some(name)))
    })
}
