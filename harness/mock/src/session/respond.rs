//! What becomes of a command: what the script says, or else what tor says.

use std::time::Duration;

use tor_harness_control::auth::ServerHandshake;
use tor_harness_control::{Reply, StatusCode};

use super::answer::{Answer, answer, is_early};
use super::quirks::change_reply;
use super::words::words;
use crate::client::ClientRule;
use crate::recording::Played;
use crate::script::{Came, Fault, Says};
use crate::wire::Gate;
use crate::world::World;

/// What is answered to a command, and how.
#[derive(Debug, Default)]
pub(super) struct Response {
    /// Nothing at all where there are none.
    pub(super) bytes: Vec<u8>,
    pub(super) close: bool,
    /// What goes wrong with it on the way.
    pub(super) faults: Vec<Fault>,
    /// What it waits for.
    pub(super) gate: Option<Gate>,
    /// How much later it comes.
    pub(super) delay: Duration,
    /// The rule that the client broke, as the answer says.
    pub(super) broken: Option<ClientRule>,
}

/// Answers a command, and does what it says; nothing where the answer would
/// have more bytes than `most`. `mark` is its place in the transcript.
pub(super) fn respond(
    handshake: &mut ServerHandshake,
    came: &Came<'_>,
    world: &mut World,
    mark: u64,
    most: usize,
) -> Option<Response> {
    world.playbook.note(came);
    let keyword = came.command.keyword.to_ascii_uppercase();
    // tor does not look at other commands, and so no script does.
    let is_looked_at = is_early(&keyword) || handshake.is_authenticated();
    let plan = if is_looked_at {
        world.playbook.answer(came, mark)
    } else {
        None
    };
    let planned = plan.as_ref().map(|plan| plan.answer.as_ref());
    let (mut bytes, mut close, mut broken) = (Vec::new(), false, None);
    let played = match plan {
        None if is_looked_at => replayed(came, &keyword, world),
        _ => None,
    };
    match planned.map_or(&Says::AsTor, |planned| &planned.says) {
        Says::Nothing => {}
        Says::Reply {
            bytes: reply,
            is_positive,
        } => {
            if keyword == b"AUTHENTICATE" && *is_positive {
                handshake.let_in();
            }
            bytes.clone_from(reply);
        }
        Says::AsTor => {
            let answer = match played {
                Some(played) => played,
                None => answer(handshake, came.connection, &came.command, world, most)?,
            };
            if plan.is_none() {
                world.playbook.untaken(came, mark, answer.is_modelled);
            }
            broken = answer.is_too_early.then_some(ClientRule::AuthenticateFirst);
            (bytes, close) = (answer.bytes, answer.close);
        }
    }
    close |= planned.is_some_and(|planned| planned.close);
    change_reply(world.playbook.quirks(), &keyword, &mut bytes);
    if is_looked_at {
        let now = world.now;
        world.playbook.follow(came, now, &mut world.events);
    }
    Some(Response {
        bytes,
        close,
        faults: planned.map_or_else(Vec::new, |planned| planned.faults.clone()),
        gate: plan.as_ref().and_then(|plan| plan.gate),
        delay: planned.map_or(Duration::ZERO, |planned| planned.delay),
        broken,
    })
}

/// What a recording has for a command that no rule takes.
fn replayed(came: &Came<'_>, keyword: &[u8], world: &mut World) -> Option<Answer> {
    let now = world.now;
    let replay = world.replay.as_mut()?;
    let (bytes, close) = match replay.play(came.connection.0, &came.bytes(), now) {
        Played::Live => return None,
        Played::Recorded { bytes, close } => {
            // What a test emits is heard of by those who asked for it.
            if keyword == b"SETEVENTS" {
                world.set_events(came.connection, words(came.command.arguments));
            }
            (bytes, close)
        }
        Played::Refused(why) => {
            let text = format!("Not as recorded: {why}");
            (Reply::new(StatusCode::INTERNAL_ERROR, text).encode(), false)
        }
    };
    Some(Answer {
        bytes,
        close,
        is_modelled: true,
        is_too_early: false,
    })
}
