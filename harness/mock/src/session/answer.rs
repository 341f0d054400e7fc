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
}

impl Answer {
    fn staying(reply: &Reply) -> Self {
        Self {
            bytes: reply.encode(),
            close: false,
        }
    }
}

/// Where a connection stands.
#[derive(Debug, Default)]
pub(super) struct Standing {
    handshake: ServerHandshake,
    /// A script has let it in.
    let_in: bool,
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

/// Answers a command, and does what it says.
pub(super) fn answer(
    standing: &mut Standing,
    who: ConnectionId,
    command: &RawCommand<'_>,
    world: &mut World,
) -> Answer {
    world.playbook.note(command);
    let keyword = command.keyword.to_ascii_uppercase();
    let early = matches!(
        keyword.as_slice(),
        b"PROTOCOLINFO" | b"AUTHENTICATE" | b"AUTHCHALLENGE" | b"QUIT"
    );
    let is_in = standing.let_in || standing.handshake.is_authenticated();
    if !early && !is_in {
        // tor does not look at it, and so no script does.
        return shake_hands(standing, who, command, world);
    }
    let answer = if let Some(scripted) = world.playbook.answer(command) {
        standing.let_in |= keyword == b"AUTHENTICATE" && scripted.is_positive;
        Answer {
            bytes: scripted.bytes,
            close: scripted.close,
        }
    } else if early {
        shake_hands(standing, who, command, world)
    } else {
        Answer::staying(&reply(&keyword, who, command, world))
    };
    world.playbook.follow(command, &mut world.events);
    answer
}

/// The answer to a command before authentication, or about it.
fn shake_hands(
    standing: &mut Standing,
    who: ConnectionId,
    command: &RawCommand<'_>,
    world: &mut World,
) -> Answer {
    let nonce = world.random.bytes();
    match standing.handshake.receive(command, &world.offer, nonce) {
        Some(verdict) => Answer {
            bytes: verdict.reply.encode(),
            close: verdict.next == Next::Close,
        },
        None => Answer::staying(&reply(command.keyword, who, command, world)),
    }
}

/// The reply to a command of an authenticated controller.
fn reply(keyword: &[u8], who: ConnectionId, command: &RawCommand<'_>, world: &mut World) -> Reply {
    let arguments = words(command.arguments);
    match keyword {
        b"GETINFO" => get_info(world, arguments),
        b"GETCONF" => world.get_conf(arguments),
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
    }
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
