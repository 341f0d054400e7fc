//! Replies of a real tor.

use tor_fixtures::Fixture;
use tor_harness_control::reply::GetInfoReply;
use tor_harness_control::{Decoder, OwnedMessage};

/// The message that a fixture holds.
pub(crate) fn message(fixture: &Fixture) -> OwnedMessage {
    let mut decoder = Decoder::new();
    decoder.push(fixture.bytes);
    decoder.next().unwrap().unwrap().into_owned()
}

/// The value of a key in a recorded reply to GETINFO.
pub(crate) fn value(path: &str, key: &str) -> Vec<u8> {
    let fixture = tor_fixtures::find(path).unwrap_or_else(|| panic!("no recording {path}"));
    let message = message(fixture);
    let reply = GetInfoReply::parse(&message.as_message()).unwrap();
    let value = reply.value(key);
    value
        .unwrap_or_else(|| panic!("no {key} in {path}"))
        .into_owned()
}
