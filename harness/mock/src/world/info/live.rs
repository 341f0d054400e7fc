//! Keys whose values are this mock's own.

use tor_harness_types::UtcSeconds;

use super::Answer;
use crate::connection::ConnectionId;
use crate::world::World;
use crate::world::accounting::shown;

/// The answer to a key that no recording can give.
pub(super) fn answer(world: &World, who: ConnectionId, key: &str) -> Option<Answer> {
    let persona = &world.persona;
    let uptime = world.now.as_secs();
    Some(match key {
        "accounting/enabled" => Answer::value(u8::from(world.accounting_max() > 0)),
        "accounting/bytes-left" => {
            let left = world.accounting_max();
            Answer::value(format_args!("{left} {left}"))
        }
        "accounting/interval-start" | "accounting/interval-wake" => {
            Answer::value(shown(world.accounting.unwrap_or_default().start))
        }
        "accounting/interval-end" => Answer::value(shown(world.accounting.unwrap_or_default().end)),
        "bw-event-cache" => Answer::value(world.bandwidth.text()),
        "config-file" => Answer::value(persona.file("torrc")),
        "config-defaults-file" => Answer::value(persona.file("defaults-torrc")),
        "config-text" => Answer::Value(world.config.text()),
        "current-time/utc" | "current-time/local" => {
            current_time(persona.started.saturating_add(uptime))
        }
        "desc/download-enabled" => Answer::value(u8::from(fetches(world, false))),
        "md/download-enabled" => Answer::value(u8::from(fetches(world, true))),
        "net/listeners/control" => Answer::value(format_args!("\"{}\"", persona.endpoint)),
        "onions/current" => Answer::Value(world.onions(Some(who))),
        "onions/detached" => Answer::Value(world.onions(None)),
        "process/pid" => Answer::value(persona.pid),
        "process/uid" => Answer::value(persona.uid),
        "process/user" => Answer::value(&persona.user),
        "stream-status" => Answer::Value(world.stream_status()),
        "uptime" => Answer::value(uptime),
        // tor has hints for those who look for descriptors while it has the small ones.
        _ if (key.starts_with("desc/id/") || key.starts_with("desc/name/"))
            && world.config.value("UseMicrodescriptors") == Some("0") =>
        {
            Answer::Unrecognized
        }
        _ => {
            return key
                .strip_prefix("address-mappings/")
                .and_then(|which| world.address_mappings(which))
                .map(Answer::Value);
        }
    })
}

/// Whether tor would fetch descriptors of relays, the small ones or the whole ones: those that it
/// uses, or all.
fn fetches(world: &World, small: bool) -> bool {
    let uses_small = world.config.value("UseMicrodescriptors") != Some("0");
    let fetches_all = world.config.value("FetchUselessDescriptors") == Some("1");
    fetches_all || uses_small == small
}

/// The time as `2026-11-21T23:11:09`, by its seconds since 1970.
fn current_time(seconds: u64) -> Answer {
    let time = i64::try_from(seconds).ok().and_then(UtcSeconds::from_unix);
    match time {
        Some(time) => Answer::value(time.to_string().replace(' ', "T")),
        None => Answer::failed("The year has more than four digits"),
    }
}
