//! Bytes of the control protocol.

use proptest::prelude::*;
use proptest::sample::select;
use tor_harness_control::info::KEYS;
use tor_harness_control::reply::GetInfoReply;
use tor_harness_control::{Decoder, Reply, StatusCode};

use crate::mutation::{mutated, mutation};
use crate::targets::{control_command, control_reply, control_value};
use crate::{control, wire};

proptest! {
    #[test]
    fn random_bytes(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        control_reply(&bytes);
        control_command(&bytes);
        control_value(&bytes);
    }

    /// Random bytes would hardly ever be framed, or have a name that is known.
    #[test]
    fn random_arguments(
        name in select(names()),
        bytes in prop::collection::vec(any::<u8>(), 0..100),
    ) {
        let line = [name.as_bytes(), b" ", &bytes].concat();
        for status in [StatusCode::EVENT, StatusCode::OK] {
            control_reply(&Reply::new(status, line.clone()).encode());
            control_reply(&Reply::ok().before_data(status, name.as_str(), bytes.clone()).encode());
        }
        control_command(&[&line[..], b"\r\n"].concat());
    }

    #[test]
    fn mutated_recordings(bytes in mutated(recordings())) {
        control_reply(&bytes);
        control_command(&bytes);
    }

    #[test]
    fn mutated_conversations(
        talk in wire::conversation(),
        mutations in prop::collection::vec(mutation(), 1..5),
    ) {
        let mut bytes = talk.encode();
        let other = bytes.clone();
        mutations.iter().for_each(|mutation| mutation.apply(&mut bytes, &other));
        control_reply(&bytes);
    }

    #[test]
    fn mutated_commands(
        commands in prop::collection::vec(control::command(), 1..4),
        mutations in prop::collection::vec(mutation(), 1..5),
    ) {
        let other: Vec<u8> = commands.iter().flat_map(|command| command.encode()).collect();
        let mut bytes = other.clone();
        mutations.iter().for_each(|mutation| mutation.apply(&mut bytes, &other));
        control_command(&bytes);
    }

    #[test]
    fn mutated_values(bytes in mutated(values())) {
        control_value(&bytes);
    }
}

/// What a message may begin with: names of events, commands and keys.
fn names() -> Vec<String> {
    let events = tor_harness_control::event::EventCode::KNOWN;
    let commands = tor_harness_control::Command::KEYWORDS;
    let keys = KEYS.iter().map(|key| format!("{}=", key.pattern));
    let events = events.iter().map(|code| code.as_str().to_owned());
    let commands = commands.iter().map(|keyword| (*keyword).to_owned());
    events.chain(commands).chain(keys).collect()
}

/// What a real tor said. The few long recordings would take most of the time.
fn recordings() -> Vec<&'static [u8]> {
    tor_fixtures::all()
        .iter()
        .filter(|fixture| fixture.path.starts_with("control/"))
        .map(|fixture| fixture.bytes)
        .filter(|bytes| bytes.len() < 4096)
        .collect()
}

/// The values in it.
fn values() -> Vec<&'static [u8]> {
    let mut values: Vec<&'static [u8]> = Vec::new();
    for bytes in recordings() {
        let mut decoder = Decoder::new();
        decoder.push(bytes);
        if let Ok(Some(message)) = decoder.next()
            && let Ok(reply) = GetInfoReply::parse(&message)
        {
            values.extend(
                reply
                    .entries()
                    .map(|entry| &*entry.value.into_owned().leak()),
            );
        }
    }
    values
}
