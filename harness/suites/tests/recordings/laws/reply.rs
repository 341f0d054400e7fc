//! A reply.

use tor_harness::control::info::Value;
use tor_harness::control::reply::{GetInfoReply, TypedReply};
use tor_harness::control::{Event, Message, OwnedMessage, Reply};
use tor_harness::fixtures::Fixture;
use tor_harness::runner::Failed;

use super::arguments::arguments;
use super::command::sent;
use super::cut;
use super::same::same;
use crate::fields::Fields;

/// The keyword of the command, and the reply to it, which is read with the type of that command.
pub(crate) fn reply(fixture: &Fixture) -> Result<(String, OwnedMessage), Failed> {
    let keyword = sent(fixture)?;
    let owned = cut::message(fixture.bytes)?;
    let message = owned.as_message();
    same(&Reply::from(message).encode(), fixture.bytes)?;
    let typed =
        TypedReply::parse(&keyword, &message).map_err(|wrong| wrong.render(message.as_bytes()))?;
    if let TypedReply::ViewClientAuth(reply) = &typed {
        for client in &reply.clients {
            arguments(client.keywords)?;
        }
    }
    let again = match &typed {
        TypedReply::GetInfo(reply) => get_info(reply)?,
        TypedReply::Status(message) => status(message)?,
        other => other.to_reply(),
    };
    same(&again.encode(), fixture.bytes)?;
    Ok((keyword, owned))
}

/// A reply with the values of another, each read with the type of its key.
fn get_info(info: &GetInfoReply<'_>) -> Result<Reply, Failed> {
    let mut values = Vec::new();
    for entry in info.entries() {
        let key = str::from_utf8(entry.key)?.to_owned();
        let value = Value::parse(&key, &entry.value)
            .map_err(|wrong| format!("{key}: {}", wrong.render(&entry.value)))?;
        for event in events(&value) {
            let fields = Fields::of(&event).ok_or("an event without a type")?;
            arguments(fields.keywords)?;
        }
        let mut encoded = Vec::new();
        value.encode(&mut encoded);
        values.push((key, encoded));
    }
    let values = values.iter().map(|(key, value)| (&**key, &**value));
    Ok(GetInfoReply::to_reply(values))
}

/// The events that a value has lines of.
fn events<'a>(value: &Value<'a>) -> Vec<Event<'a>> {
    match value {
        Value::Circuits(list) => list.iter().map(Event::Circ).collect(),
        Value::Streams(list) => list.iter().map(Event::Stream).collect(),
        Value::OrConns(list) => list.iter().map(Event::OrConn).collect(),
        Value::Status(status) => vec![Event::Status(*status)],
        Value::ClientsSeen(seen) => vec![Event::ClientsSeen(*seen)],
        _ => Vec::new(),
    }
}

/// A reply with the status codes and texts of another: one where a command was done, and one for each thing that is
/// wrong where it was not.
fn status(message: &Message<'_>) -> Result<Reply, Failed> {
    if message.last().status.is_positive() && message.lines().count() > 1 {
        return Err(format!("more than a status, give it a type: {message:?}").into());
    }
    let lines = message
        .lines()
        .map(|line| (line.status, line.text.to_vec()));
    Ok(Reply::from_lines(lines).ok_or("no line")?)
}
