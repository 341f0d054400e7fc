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
}

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
