//! Which command is answered by what.

use tor_harness_control::auth::{Next, ServerHandshake};
use tor_harness_control::command::RawCommand;
use tor_harness_control::{Reply, StatusCode};

use super::words::words;
use crate::connection::ConnectionId;
use crate::world::info::get_info;
use crate::world::{World, circuit};

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
    let bytes = reply(&keyword, who, command, world, most)?;
    Some(Answer {
        is_modelled: !bytes.starts_with(b"510 "),
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

/// The reply to a command of an authenticated controller; nothing where it
/// would have more bytes than `most`.
fn reply(
    keyword: &[u8],
    who: ConnectionId,
    command: &RawCommand<'_>,
    world: &mut World,
    most: usize,
) -> Option<Vec<u8>> {
    let arguments = words(command.arguments);
    let reply = match keyword {
        b"+HSPOST" => return Some(maybe(world.post_onion(command))),
        b"+LOADCONF" => world.load_conf(command),
        b"+POSTDESCRIPTOR" => world.post_router(command),
        b"ADD_ONION" => return Some(maybe(world.add_onion(who, command))),
        b"ATTACHSTREAM" => world.attach_stream(command),
        b"CLOSECIRCUIT" => circuit::close_circuit(command),
        b"CLOSESTREAM" => world.close_stream(command),
        b"DEL_ONION" => world.del_onion(who, command),
        b"DROPGUARDS" => world.drop_guards(command),
        b"DROPOWNERSHIP" => Ok(world.set_owner(who, false)),
        b"DROPTIMEOUTS" => world.drop_timeouts(command),
        b"EXTENDCIRCUIT" => circuit::extend_circuit(command),
        b"GETCONF" => Ok(world.get_conf(arguments, most)?),
        b"GETINFO" => Ok(get_info(world, who, arguments, most)?),
        b"HSFETCH" => world.fetch_onion(command),
        b"MAPADDRESS" => world.map_addresses(command),
        b"ONION_CLIENT_AUTH_ADD" => return Some(all(&world.add_client_auth(command))),
        b"ONION_CLIENT_AUTH_REMOVE" => world.remove_client_auth(command),
        b"ONION_CLIENT_AUTH_VIEW" => world.view_client_auths(command),
        b"REDIRECTSTREAM" => world.redirect_stream(command),
        b"RESOLVE" => world.resolve(who, command),
        b"SAVECONF" => world.save_conf(command),
        b"SETCIRCUITPURPOSE" => circuit::set_circuit_purpose(command),
        b"SETCONF" | b"RESETCONF" => Ok(world.set_conf(command)),
        b"SETEVENTS" => Ok(world.set_events(who, arguments)),
        b"SETROUTERPURPOSE" => Err(Reply::new(
            StatusCode::UNIMPLEMENTED_COMMAND,
            "SETROUTERPURPOSE is obsolete.",
        )),
        b"SIGNAL" => Ok(world.signal(command.keyword, arguments)),
        b"TAKEOWNERSHIP" => Ok(world.set_owner(who, true)),
        b"USEFEATURE" => Ok(use_feature(arguments)),
        _ => Err(Reply::new(
            StatusCode::UNRECOGNIZED_COMMAND,
            [b"Unrecognized command \"", command.keyword, b"\""].concat(),
        )),
    };
    Some(reply.unwrap_or_else(|refusal| refusal).encode())
}

/// A reply, or none at all.
fn maybe(reply: Result<Option<Reply>, Reply>) -> Vec<u8> {
    let reply = reply.unwrap_or_else(Some);
    reply.map(|reply| reply.encode()).unwrap_or_default()
}

/// One reply after the other.
fn all(replies: &[Reply]) -> Vec<u8> {
    replies.iter().flat_map(Reply::encode).collect()
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
