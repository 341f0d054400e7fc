//! What a tor offers that is not known here.

use std::collections::BTreeSet;

use anyhow::{Context as _, Result, bail, ensure};
use tor_harness::control::Decoder;
use tor_harness::control::command::Signal;
use tor_harness::control::event::EventCode;
use tor_harness::control::info::{KEYS, Value};
use tor_harness::control::reply::GetInfoReply;
use tor_harness::fixtures;

/// A list of what a tor offers, which GETINFO has.
#[derive(Clone, Copy, Debug)]
pub struct Offers {
    /// What the names of the list are, as `event`.
    pub what: &'static str,
    /// The key of the list.
    pub key: &'static str,
}

impl Offers {
    /// All lists there are. Commands are in none.
    pub const ALL: &'static [Self] = &[
        Self::new("event", "events/names"),
        Self::new("signal", "signal/names"),
        Self::new("GETINFO key", "info/names"),
        Self::new("option", "config/names"),
        Self::new("feature", "features/names"),
    ];

    const fn new(what: &'static str, key: &'static str) -> Self {
        Self { what, key }
    }

    /// The path of the recording that has the list.
    #[must_use]
    pub fn path(&self) -> String {
        format!("control/getinfo/{}", self.key.replace('/', "-"))
    }

    /// The list in a whole reply to GETINFO.
    ///
    /// # Errors
    /// If there is none.
    pub fn value(&self, reply: &[u8]) -> Result<Vec<u8>> {
        let mut decoder = Decoder::new();
        decoder.push(reply);
        let message = decoder.next()?.context("no whole reply")?;
        let value = GetInfoReply::parse(&message)?.value(self.key);
        Ok(value.with_context(|| format!("no {}", self.key))?.into())
    }

    /// The names in a list that are not known here.
    ///
    /// # Errors
    /// If it cannot be read, or is empty.
    pub fn unknown(&self, list: &[u8]) -> Result<Vec<String>> {
        let offered = self.names(list)?;
        ensure!(!offered.is_empty(), "{} lists nothing", self.key);
        Ok(offered.difference(&self.known()?).cloned().collect())
    }

    /// The names that have a type or are in a table; of options and features, which have neither, those that were
    /// recorded.
    fn known(&self) -> Result<BTreeSet<String>> {
        Ok(match self.key {
            "events/names" => EventCode::KNOWN.iter().map(EventCode::to_string).collect(),
            "signal/names" => Signal::KNOWN.iter().map(Signal::to_string).collect(),
            "info/names" => KEYS.iter().map(|key| key.pattern.to_owned()).collect(),
            _ => {
                let path = self.path();
                let recorded = fixtures::find(&path).with_context(|| format!("no {path}"))?;
                self.names(&self.value(recorded.bytes)?)?
            }
        })
    }

    /// The names in a list.
    fn names(&self, list: &[u8]) -> Result<BTreeSet<String>> {
        Ok(match Value::parse(self.key, list)? {
            Value::Events(list) => list.iter().map(|event| event.to_string()).collect(),
            Value::Names(list) => list.iter().map(|name| name.0.to_owned()).collect(),
            Value::InfoNames(list) => list.iter().map(|key| key.pattern.to_owned()).collect(),
            Value::ConfigNames(list) => list.iter().map(|option| option.name.to_owned()).collect(),
            other => bail!("{} is no list of names but {other:?}", self.key),
        })
    }
}

/// Says that `tor` offers something.
#[must_use]
pub fn drift(tor: &str, what: &str, name: &str) -> String {
    format!("{tor} offers the {what} {name}, which is not known here")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The list of tor 0.4.9 with `more` at its end.
    fn newer(offers: &Offers, more: &str) -> Vec<u8> {
        let recorded = fixtures::find(&offers.path()).unwrap();
        let list = offers.value(recorded.bytes).unwrap();
        [&list[..], more.as_bytes()].concat()
    }

    #[test]
    fn names_what_a_newer_tor_adds() {
        for (key, more, unknown) in [
            (
                "events/names",
                " HS_POW HS_DESC_NEW",
                &["HS_DESC_NEW", "HS_POW"][..],
            ),
            ("signal/names", " HIBERNATE", &["HIBERNATE"]),
            (
                "info/names",
                "new/key -- A new key.\nnew/*\n",
                &["new/*", "new/key"],
            ),
            ("config/names", "NewOption Boolean\n", &["NewOption"]),
            ("features/names", " NEW_FEATURE", &["NEW_FEATURE"]),
        ] {
            let offers = Offers::ALL.iter().find(|offers| offers.key == key).unwrap();
            assert_eq!(
                offers.unknown(&newer(offers, "")).unwrap(),
                [""; 0],
                "{key}"
            );
            assert_eq!(
                offers.unknown(&newer(offers, more)).unwrap(),
                unknown,
                "{key}"
            );
        }
    }

    #[test]
    fn a_list_of_nothing_is_none() {
        for offers in Offers::ALL {
            let error = offers.unknown(b"").unwrap_err().to_string();
            assert_eq!(error, format!("{} lists nothing", offers.key));
        }
    }

    #[test]
    fn says_so() {
        assert_eq!(
            drift("tor 0.4.10.1", "event", "FOO"),
            "tor 0.4.10.1 offers the event FOO, which is not known here"
        );
    }
}
