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
}

/// Answers a command, and does what it says; nothing where the answer would
/// have more bytes than `most`.
pub(super) fn answer(
    handshake: &mut ServerHandshake,
    who: ConnectionId,
    command: &RawCommand<'_>,
    world: &mut World,
    most: usize,
) -> Option<Answer> {
    world.playbook.note(command);
    let keyword = command.keyword.to_ascii_uppercase();
    let early = matches!(
        keyword.as_slice(),
        b"PROTOCOLINFO" | b"AUTHENTICATE" | b"AUTHCHALLENGE" | b"QUIT"
    );
    let is_in = handshake.is_authenticated();
    // tor does not look at other commands, and so no script does.
    let looked_at = early || is_in;
    let scripted = looked_at.then(|| world.playbook.answer(command)).flatten();
    let answer = if let Some(scripted) = scripted {
        if keyword == b"AUTHENTICATE" && scripted.is_positive {
            handshake.let_in();
        }
        Answer {
            bytes: scripted.bytes,
            close: scripted.close,
        }
    } else if (early || !is_in)
        && let Some(verdict) = handshake.receive(command, &world.offer, world.random.bytes())
    {
        Answer {
            bytes: verdict.reply.encode(),
            close: verdict.next == Next::Close,
        }
    } else {
        Answer {
            bytes: reply(&keyword, who, command, world, most)?,
            close: false,
        }
    };
    if looked_at {
        world.playbook.follow(command, &mut world.events);
    }
    Some(answer)
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
        b"ADD_ONION" => world.add_onion(who, command),
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
