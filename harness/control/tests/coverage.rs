//! The table of all that is known here, held against what tor has.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use tor_harness_control::command::Signal;
use tor_harness_control::event::EventCode;
use tor_harness_control::info::{InfoName, InfoValue, KEYS, Kind, List, Name};
use tor_harness_control::{Command, Decoder, Event, reply};

mod recorded;

/// Set to anything, it makes the test write the table anew.
const UPDATE: &str = "TOR_HARNESS_UPDATE";

/// Names of tor 0.4.9 that are not known here.
const EXCEPTIONS: &[&str] = &[];

/// The types of replies that say more than a status, each with its command.
fn replies() -> Vec<(&'static str, &'static str)> {
    macro_rules! replies {
        ($($keyword:literal => $reply:ident,)+) => {
            vec![$(($keyword, {
                let _ = reply::$reply::parse;
                stringify!($reply)
            })),+]
        };
    }
    replies! {
        "ADD_ONION" => AddOnionReply,
        "AUTHCHALLENGE" => AuthChallengeReply,
        "EXTENDCIRCUIT" => ExtendCircuitReply,
        "GETCONF" => GetConfReply,
        "GETINFO" => GetInfoReply,
        "MAPADDRESS" => MapAddressReply,
        "ONION_CLIENT_AUTH_ADD" => AddClientAuthReply,
        "ONION_CLIENT_AUTH_VIEW" => ViewClientAuthReply,
        "PROTOCOLINFO" => ProtocolInfo,
    }
}

#[test]
fn the_table_is_that_of_the_code() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("COVERAGE.md");
    let table = table();
    if std::env::var_os(UPDATE).is_some() {
        std::fs::write(&path, &table).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        written == table,
        "COVERAGE.md is not what the code gives; to write it anew: \
         {UPDATE}=1 cargo test -p tor-harness-control --test coverage"
    );
}

#[test]
fn every_typed_reply_is_in_the_table() {
    let commands = known_commands();
    for (command, reply) in replies() {
        assert!(
            commands.contains(command),
            "{command}, which {reply} answers"
        );
    }
    let in_table: BTreeSet<_> = replies().iter().map(|(command, _)| *command).collect();
    assert_eq!(
        in_table,
        reply::TypedReply::KEYWORDS.iter().copied().collect()
    );
    let in_table: BTreeSet<_> = replies().iter().map(|(_, reply)| *reply).collect();
    let exported = include_str!("../src/reply/mod.rs")
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.ends_with("Reply") && !["Reply", "TypedReply"].contains(word));
    for reply in exported {
        assert!(in_table.contains(reply), "{reply} is not in `replies`");
    }
}

#[test]
fn every_command_that_tor_took_is_known() {
    let commands = known_commands();
    for fixture in tor_fixtures::all() {
        if fixture.path.starts_with("control/reply/") {
            for line in fixture.command.lines() {
                let command = line.split(' ').next().unwrap_or_default();
                let command = command.trim_start_matches('+').to_uppercase();
                assert!(commands.contains(command.as_str()), "{command}");
            }
        }
    }
}

#[test]
fn nothing_of_tor_is_missing() {
    let keys = recorded::reply::value("control/getinfo/info-names", "info/names");
    let keys = List::<InfoName<'_>>::parse(&keys).unwrap();
    let listed = KEYS.iter().filter(|key| key.is_listed);
    for (what, theirs, ours) in [
        (
            "events/names",
            names("events/names"),
            owned(EventCode::KNOWN.iter().map(EventCode::as_str)),
        ),
        (
            "signal/names",
            names("signal/names"),
            owned(Signal::KNOWN.iter().map(Signal::as_str)),
        ),
        (
            "info/names",
            owned(keys.iter().map(|name| name.pattern)),
            owned(listed.map(|key| key.pattern)),
        ),
    ] {
        let missing: Vec<_> = theirs
            .difference(&ours)
            .filter(|name| !EXCEPTIONS.contains(&name.as_str()))
            .collect();
        assert_eq!(missing, [""; 0], "{what}");
    }
}

#[test]
fn no_key_is_said_to_be_listed_that_is_not() {
    let keys = recorded::reply::value("control/getinfo/info-names", "info/names");
    let keys = List::<InfoName<'_>>::parse(&keys).unwrap();
    for key in KEYS.iter().filter(|key| key.is_listed) {
        let is_listed = keys.iter().any(|name| name.pattern == key.pattern);
        assert!(is_listed, "{}", key.pattern);
    }
}

/// All of COVERAGE.md.
fn table() -> String {
    let mut out = String::from(
        "# What is known of tor's control protocol\n\n\
         Made from the code by `tests/coverage.rs`, which also says that no event, signal or\n\
         key of tor 0.4.9 is missing. What is not here is kept as it came.\n",
    );
    section(
        &mut out,
        "Commands",
        &["command", "typed reply"],
        commands(),
    );
    section(
        &mut out,
        "Events",
        &["event", "typed", "in `events/names` of tor 0.4.9"],
        events(),
    );
    section(
        &mut out,
        "Signals",
        &["signal", "in `signal/names` of tor 0.4.9"],
        signals(),
    );
    section(
        &mut out,
        "Keys of GETINFO",
        &[
            "key",
            "`info::Value`",
            "control-spec",
            "in `info/names` of tor 0.4.9",
        ],
        keys(),
    );
    section(
        &mut out,
        "Values of GETINFO",
        &["`info::Value`", "what it is"],
        values(),
    );
    out
}

fn commands() -> Vec<Vec<String>> {
    let replies = replies();
    Command::KEYWORDS
        .iter()
        .map(|keyword| {
            let reply = replies
                .iter()
                .find(|(command, _)| *command == keyword.trim_start_matches('+'))
                .map_or_else(|| "a status".to_owned(), |(_, reply)| code(reply));
            vec![code(keyword), reply]
        })
        .collect()
}

fn events() -> Vec<Vec<String>> {
    let listed = names("events/names");
    EventCode::KNOWN
        .iter()
        .map(EventCode::as_str)
        .map(|name| vec![code(name), yes(has_type(name)), yes(listed.contains(name))])
        .collect()
}

fn signals() -> Vec<Vec<String>> {
    let listed = names("signal/names");
    Signal::KNOWN
        .iter()
        .map(Signal::as_str)
        .map(|name| vec![code(name), yes(listed.contains(name))])
        .collect()
}

fn keys() -> Vec<Vec<String>> {
    KEYS.iter()
        .map(|key| {
            vec![
                code(key.pattern),
                code(key.kind.name()),
                key.section.to_owned(),
                yes(key.is_listed),
            ]
        })
        .collect()
}

fn values() -> Vec<Vec<String>> {
    Kind::ALL
        .iter()
        .map(|kind| vec![code(kind.name()), kind.about().to_owned()])
        .collect()
}

/// The commands without the `+` of those with a data block.
fn known_commands() -> BTreeSet<&'static str> {
    let keywords = Command::KEYWORDS.iter();
    keywords.map(|word| word.trim_start_matches('+')).collect()
}

/// Appends a heading with a table.
fn section(out: &mut String, title: &str, columns: &[&str], rows: Vec<Vec<String>>) {
    let rules = vec!["---"; columns.len()].join("|");
    let columns = columns.join(" | ");
    // Writing into a String cannot fail.
    let _ = write!(out, "\n## {title}\n\n| {columns} |\n|{rules}|\n");
    for row in rows {
        let _ = writeln!(out, "| {} |", row.join(" | "));
    }
}

/// Whether an event has a type of its own: if so, these arguments may be wrong.
fn has_type(name: &str) -> bool {
    let mut decoder = Decoder::new();
    decoder.push(format!("650 {name} x\r\n").as_bytes());
    let message = decoder.next().unwrap().unwrap();
    !matches!(Event::parse(&message), Ok(Event::Other(_)))
}

/// The names in a list that tor 0.4.9 gave.
fn names(key: &str) -> BTreeSet<String> {
    let value = recorded::reply::value(&format!("control/getinfo/{}", key.replace('/', "-")), key);
    let list = List::<Name<'_>>::parse(&value).unwrap();
    owned(list.iter().map(|name| name.0))
}

fn owned<'a>(names: impl Iterator<Item = &'a str>) -> BTreeSet<String> {
    names.map(str::to_owned).collect()
}

fn code(text: &str) -> String {
    format!("`{text}`")
}

fn yes(is_so: bool) -> String {
    if is_so { "yes" } else { "no" }.to_owned()
}
