//! What a real tor said, parsed once.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::LazyLock;

use tor_fixtures::{Fixture, Kind};
use tor_harness_control::reply::{GetConfReply, GetInfoReply, Setting};
use tor_harness_control::{Decoder, OwnedMessage, StatusCode};

use crate::world::info::Answer;

/// What the recordings of one tor teach.
pub(crate) struct Knowledge {
    /// Its version, as `0.4.9.11`.
    pub(crate) version: String,
    /// Its answers to single GETINFO keys.
    pub(crate) info: BTreeMap<&'static str, Answer>,
    /// The options that it takes but does not list, with the values that some of them have.
    pub(crate) hidden_options: Vec<(String, Option<Vec<u8>>)>,
}

/// The knowledge from the recordings that `tor-fixtures` has.
pub(crate) static KNOWLEDGE: LazyLock<Knowledge> = LazyLock::new(|| {
    let info = tor_fixtures::all()
        .iter()
        .filter_map(recorded_info)
        .collect();
    let mut knowledge = Knowledge {
        version: String::new(),
        info,
        hidden_options: recorded_options("control/getconf/hidden").unwrap_or_default(),
    };
    knowledge.version = knowledge.text("version").to_owned();
    knowledge
});

impl Knowledge {
    /// The recorded value of a key, or nothing where there is none.
    pub(crate) fn text(&self, key: &str) -> &str {
        match self.info.get(key) {
            Some(Answer::Value(value)) => str::from_utf8(value).unwrap_or_default(),
            _ => "",
        }
    }

    /// The words of a recorded list such as `events/names`.
    pub(crate) fn words(&self, key: &str) -> impl Iterator<Item = &str> {
        self.text(key).split_ascii_whitespace()
    }
}

/// The key and the answer, where the fixture is one of GETINFO with one key.
fn recorded_info(fixture: &'static Fixture) -> Option<(&'static str, Answer)> {
    let key = fixture.command.strip_prefix("GETINFO ")?;
    if fixture.kind != Kind::Reply
        || key.contains(' ')
        || !fixture.path.starts_with("control/getinfo/")
    {
        return None;
    }
    let message = decode(fixture.bytes)?;
    let message = message.as_message();
    let last = message.last();
    let text = || String::from_utf8_lossy(last.text).into_owned();
    let answer = match last.status {
        StatusCode::OK => {
            let reply = GetInfoReply::parse(&message).ok()?;
            Answer::Value(reply.value(key)?.into_owned())
        }
        StatusCode::INTERNAL_ERROR => Answer::Failed(text().into()),
        _ if text().starts_with("Unrecognized key ") => Answer::Unrecognized,
        _ => Answer::Unknown(text().into()),
    };
    Some((key, answer))
}

/// The options and values of a recorded GETCONF.
fn recorded_options(path: &str) -> Option<Vec<(String, Option<Vec<u8>>)>> {
    let message = decode(tor_fixtures::find(path)?.bytes)?;
    let message = message.as_message();
    let settings = GetConfReply::parse(&message).ok()?.settings.into_iter();
    let owned = |setting: Setting<'_>| (setting.key.into(), setting.value.map(Cow::into_owned));
    Some(settings.map(owned).collect())
}

fn decode(bytes: &[u8]) -> Option<OwnedMessage> {
    let mut decoder = Decoder::new();
    decoder.push(bytes);
    Some(decoder.next().ok()??.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_what_was_recorded() {
        assert!(KNOWLEDGE.version.starts_with("0."));
        for key in [
            "config/names",
            "config/defaults",
            "info/names",
            "events/names",
        ] {
            assert!(!KNOWLEDGE.text(key).is_empty(), "{key}");
        }
        let hidden = KNOWLEDGE.hidden_options.iter();
        let hidden = |name: &str| hidden.clone().any(|(known, _)| known == name);
        assert!(hidden("AllowDotExit") && !hidden("Nickname"));
        assert_eq!(
            KNOWLEDGE.info.get("address"),
            Some(&Answer::failed("Address unknown"))
        );
        assert_eq!(
            KNOWLEDGE.info.get("exit-policy/full"),
            Some(&Answer::Unknown("Not running in server mode".into()))
        );
        assert_eq!(
            KNOWLEDGE.info.get("network-status"),
            Some(&Answer::Unrecognized)
        );
        assert_eq!(
            KNOWLEDGE.info.get("ns/all"),
            Some(&Answer::Value(Vec::new()))
        );
    }
}
