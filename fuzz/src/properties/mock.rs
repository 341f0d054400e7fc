//! The laws of the mock's side of a conversation.

use proptest::prelude::*;

use crate::{control, targets};

proptest! {
    /// Whatever a controller sends: the promises that the fuzz target checks.
    #[test]
    fn anything_goes(bytes in prop::collection::vec(any::<u8>(), 0..100)) {
        targets::mock_session(&bytes);
    }

    /// The same for commands of one that may know the password.
    #[test]
    fn commands(
        password in prop_oneof![Just("secret"), Just("wrong")],
        commands in prop::collection::vec(command(), 0..8),
    ) {
        let first = format!("AUTHENTICATE \"{password}\"\r\n").into_bytes();
        targets::mock_session(&[first, commands.concat()].concat());
    }

    /// Scripts of the right words in any order, with any command.
    #[test]
    fn scripts(
        lines in prop::collection::vec(prop::sample::select(SCRIPT), 0..12),
        commands in prop::collection::vec(command(), 0..4),
    ) {
        let sent = [b"AUTHENTICATE\r\n".to_vec(), commands.concat()].concat();
        let script = lines.join("\n").into_bytes();
        targets::mock_script(&[script, b"\n----\n".to_vec(), sent].concat());
    }
}

const SCRIPT: &[&str] = &[
    "[[on]]\ncommand = \"GETINFO *\"",
    "[[on]]\nline = \".\"",
    "[[on.then]]",
    "[[emit]]\nevent = \"BW 1 2\"",
    "[[connection]]",
    "reply = \"250 OK\"",
    "no_reply = true",
    "delay = \"1s\"",
    "hold = \"h\"",
    "release_after = \"GETCONF *\"",
    "after = \"SETEVENTS *\"",
    "every = \"1s\"",
    "times = 1",
    "order = \"o\"",
    "faults = [\"half_line\", { slicer = { average_size = 3, size_variation = 9, delay = \"1s\" } }]",
    "faults = [{ limit_data = { bytes = 20 } }, { latency = { latency = \"1s\", jitter = \"2s\" } }]",
    "faults = [{ bandwidth = { rate = 10 } }, { slow_close = { delay = \"1s\" } }]",
    "faults = [\"close_in_data\", { garbage = { bytes = 9 } }]",
    "whole = true",
    "quirks = [\"event_in_reply\", \"lf_only\", \"one_line_getinfo\"]",
];

fn command() -> impl Strategy<Value = Vec<u8>> {
    let known = [
        "SETEVENTS BW SIGNAL CONF_CHANGED NOTICE",
        "SETCONF Nickname=alice ContactInfo",
        "RESETCONF Nickname",
        "GETCONF Nickname SocksPort",
        "GETINFO version config-text events/names",
        "SIGNAL NEWNYM",
        "SIGNAL RELOAD",
        "TAKEOWNERSHIP",
        "PROTOCOLINFO",
        "AUTHCHALLENGE SAFECOOKIE 00",
    ];
    prop_oneof![
        prop::sample::select(known.to_vec()).prop_map(|line| format!("{line}\r\n").into_bytes()),
        control::command().prop_map(|command| command.encode()),
    ]
}
