//! Which command is answered by what.

use tor_harness_control::auth::{Next, ServerHandshake};
use tor_harness_control::command::RawCommand;
use tor_harness_control::{Reply, StatusCode};

use super::words::words;
use crate::connection::ConnectionId;
use crate::world::World;
use crate::world::info::get_info;

/// What is answered to a command.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) bytes: Vec<u8>,
    pub(super) close: bool,
    /// Whether this is what tor would have said.
    pub(super) is_modelled: bool,
    /// Whether the command had to wait for authentication.
    pub(super) is_too_early: bool,
}

/// Commands that tor has and this mock does not model.
const NOT_MODELLED: &[&str] = &[
    "+HSPOST",
    "+LOADCONF",
    "+POSTDESCRIPTOR",
    "ADD_ONION",
    "ATTACHSTREAM",
    "CLOSECIRCUIT",
    "CLOSESTREAM",
    "DEL_ONION",
    "DROPGUARDS",
    "DROPTIMEOUTS",
    "EXTENDCIRCUIT",
    "HSFETCH",
    "MAPADDRESS",
    "ONION_CLIENT_AUTH_ADD",
    "ONION_CLIENT_AUTH_REMOVE",
    "ONION_CLIENT_AUTH_VIEW",
    "REDIRECTSTREAM",
    "RESOLVE",
    "SAVECONF",
    "SETCIRCUITPURPOSE",
];

/// Answers a command as tor does, and does what it says; nothing where the
/// answer would have more bytes than `most`.
pub(super) fn answer(
    handshake: &mut ServerHandshake,
    who: ConnectionId,
    command: &RawCommand<'_>,
    world: &mut World,
    most: usize,
) -> Option<Answer> {
    let keyword = command.keyword.to_ascii_uppercase();
    if (is_early(&keyword) || !handshake.is_authenticated())
        && let Some(verdict) = handshake.receive(command, &world.offer, world.random.bytes())
    {
        return Some(Answer {
            is_modelled: true,
            is_too_early: verdict.reply.status == StatusCode::AUTHENTICATION_REQUIRED,
            bytes: verdict.reply.encode(),
            close: verdict.next == Next::Close,
        });
    }
    let bytes = reply(&keyword, who, command, world, most)?.encode();
    Some(Answer {
        is_modelled: !bytes.starts_with(b"510 ") && !is_missing(&keyword),
        is_too_early: false,
        bytes,
        close: false,
    })
}

/// Whether tor looks at a command before authentication.
pub(super) fn is_early(keyword: &[u8]) -> bool {
    matches!(
        keyword,
        b"PROTOCOLINFO" | b"AUTHENTICATE" | b"AUTHCHALLENGE" | b"QUIT"
    )
}

/// Whether tor has a command that this mock does not model.
fn is_missing(keyword: &[u8]) -> bool {
    NOT_MODELLED.iter().any(|name| name.as_bytes() == keyword)
}

/// The reply to a command of an authenticated controller.
fn reply(
    keyword: &[u8],
    who: ConnectionId,
    command: &RawCommand<'_>,
    world: &mut World,
    most: usize,
) -> Option<Reply> {
    let arguments = words(command.arguments);
    Some(match keyword {
        b"GETINFO" => get_info(world, arguments, most)?,
        b"GETCONF" => world.get_conf(arguments, most)?,
        b"SETCONF" | b"RESETCONF" => world.set_conf(command),
        b"SETEVENTS" => world.set_events(who, arguments),
        b"SIGNAL" => world.signal(command.keyword, arguments),
        b"TAKEOWNERSHIP" => world.set_owner(who, true),
        b"DROPOWNERSHIP" => world.set_owner(who, false),
        b"USEFEATURE" => use_feature(arguments),
        b"SETROUTERPURPOSE" => Reply::new(
            StatusCode::UNIMPLEMENTED_COMMAND,
            "SETROUTERPURPOSE is obsolete.",
        ),
        _ => unknown(keyword, command),
    })
}

/// USEFEATURE: both features there are have been on for long.
fn use_feature<'w>(mut words: impl Iterator<Item = &'w [u8]>) -> Reply {
    let known = |word: &[u8]| {
        let features = [&b"VERBOSE_NAMES"[..], b"EXTENDED_EVENTS"];
        features
            .iter()
            .any(|feature| feature.eq_ignore_ascii_case(word))
    };
    match words.find(|word| !known(word)) {
        None => Reply::ok(),
        Some(word) => Reply::new(
            StatusCode::UNRECOGNIZED_ENTITY,
            [b"Unrecognized feature \"", word, b"\""].concat(),
        ),
    }
}

/// A command that tor does not have, or that this mock does not model: then
/// it says so, rather than to make something up.
fn unknown(keyword: &[u8], command: &RawCommand<'_>) -> Reply {
    if let Some(name) = NOT_MODELLED.iter().find(|name| name.as_bytes() == keyword) {
        let text = format!("{name} is not modelled by this mock: a script can answer it");
        return Reply::new(StatusCode::INTERNAL_ERROR, text);
    }
    Reply::new(
        StatusCode::UNRECOGNIZED_COMMAND,
        [b"Unrecognized command \"", command.keyword, b"\""].concat(),
    )
}
