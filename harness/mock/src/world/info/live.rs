//! Keys whose values are this mock's own.

use super::{Answer, World};
use crate::world::clock::iso_time;

/// The answer to a key that no recording can give.
pub(super) fn answer(world: &World, key: &str) -> Option<Answer> {
    let persona = &world.persona;
    let uptime = world.now.as_secs();
    Some(match key {
        "config-file" => Answer::value(persona.file("torrc")),
        "config-defaults-file" => Answer::value(persona.file("defaults-torrc")),
        "config-text" => Answer::Value(world.config.text()),
        "current-time/utc" | "current-time/local" => {
            Answer::value(iso_time(persona.started.saturating_add(uptime)))
        }
        "net/listeners/control" => Answer::value(format_args!("\"{}\"", persona.endpoint)),
        "process/pid" => Answer::value(persona.pid),
        "process/uid" => Answer::value(persona.uid),
        "process/user" => Answer::value(&persona.user),
        "uptime" => Answer::value(uptime),
        _ => return None,
    })
}
