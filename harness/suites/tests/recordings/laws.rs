//! What holds for every recorded file.
//!
//! It is read whole as well as one byte at a time, then encoded to the same bytes: as lines, as items, and with the
//! type that it has.

use tor_harness::control::command::RawCommand;
use tor_harness::control::reply::{AuthChallengeReply, GetConfReply, GetInfoReply, ProtocolInfo};
use tor_harness::control::{
    Command, CommandDecoder, Decoder, Event, Message, OwnedMessage, ParseError, Reply,
};
use tor_harness::fixtures::Fixture;
use tor_harness::netdoc::{Document, OwnedItem, ServerDescriptor, documents, encode};
use tor_harness::runner::Failed;

/// The reply, read with the types of those commands that have one.
pub(crate) fn reply(fixture: &Fixture) -> Result<OwnedMessage, Failed> {
    let owned = message(fixture)?;
    let message = owned.as_message();
    if !message.last().status.is_positive() {
        return Ok(owned);
    }
    let typed = match asked_for(fixture) {
        "PROTOCOLINFO" => Some(ProtocolInfo::parse(&message).map(|info| info.to_reply())),
        "AUTHCHALLENGE" => Some(AuthChallengeReply::parse(&message).map(|reply| reply.to_reply())),
        "GETINFO" => Some(GetInfoReply::parse(&message).map(|info| get_info(&info))),
        "GETCONF" => Some(GetConfReply::parse(&message).map(|conf| conf.to_reply())),
        _ => None,
    };
    if let Some(typed) = typed {
        let typed = typed.map_err(|wrong| drawn(wrong, &message))?;
        same(&typed.encode(), fixture.bytes)?;
    }
    Ok(owned)
}

/// The event.
pub(crate) fn event(fixture: &Fixture) -> Result<OwnedMessage, Failed> {
    let owned = message(fixture)?;
    let message = owned.as_message();
    let event = Event::parse(&message).map_err(|wrong| drawn(wrong, &message))?;
    same(&event.to_reply().encode(), fixture.bytes)?;
    Ok(owned)
}

/// The command.
pub(crate) fn command(fixture: &Fixture) -> Result<Command<'static>, Failed> {
    for size in [fixture.bytes.len(), 1] {
        let mut decoder = CommandDecoder::new();
        let mut found = Vec::new();
        for piece in fixture.bytes.chunks(size) {
            decoder.push(piece);
            while let Some(raw) = decoder.next()? {
                found.push(Command::parse(&raw)?.encode());
            }
        }
        same(&found.concat(), fixture.bytes)?;
    }
    Ok(Command::parse(&RawCommand::new(fixture.bytes))?)
}

/// The document, which is the only one of its file and has nothing wrong.
pub(crate) fn document(
    fixture: &'static Fixture,
    first: &'static str,
) -> Result<Document<'static>, Failed> {
    let all: Vec<_> = documents(fixture.bytes, first).collect();
    let [document] = all[..] else {
        return Err(format!("expected one document, got {}", all.len()).into());
    };
    same(document.as_bytes(), fixture.bytes)?;
    let items: Vec<_> = document.items().map(OwnedItem::from).collect();
    // Blank lines at the end are no items: tor leaves one behind a server descriptor.
    let end = fixture.bytes.trim_ascii_end().len() + 1;
    same(&encode(&items), &fixture.bytes[..end])?;
    if first == "router" {
        let problems = document.check(&ServerDescriptor::RULES);
        if let Some(problem) = problems.first() {
            return Err(format!(
                "{} problems, the first: {}",
                problems.len(),
                problem.render(fixture.bytes)
            )
            .into());
        }
    }
    Ok(document)
}

/// The one message that the file is.
fn message(fixture: &Fixture) -> Result<OwnedMessage, Failed> {
    let whole = decode(fixture.bytes, fixture.bytes.len())?;
    let in_bytes = decode(fixture.bytes, 1)?;
    if whole != in_bytes {
        return Err(format!("one byte at a time it is {in_bytes:?}, whole it is {whole:?}").into());
    }
    let [message] = &whole[..] else {
        return Err(format!("expected one message, got {whole:?}").into());
    };
    same(message.as_message().as_bytes(), fixture.bytes)?;
    same(&Reply::from(message.as_message()).encode(), fixture.bytes)?;
    Ok(message.clone())
}

/// The messages of bytes that come in pieces of `size`.
fn decode(bytes: &[u8], size: usize) -> Result<Vec<OwnedMessage>, Failed> {
    let mut decoder = Decoder::new();
    let mut messages = Vec::new();
    for piece in bytes.chunks(size) {
        decoder.push(piece);
        while let Some(message) = decoder.next()? {
            messages.push(message.into_owned());
        }
    }
    if !decoder.unread().is_empty() {
        return Err(format!("{} bytes are left", decoder.unread().len()).into());
    }
    Ok(messages)
}

/// The keyword of the last command line.
fn asked_for(fixture: &Fixture) -> &'static str {
    let last = fixture.command.lines().last().unwrap_or_default();
    last.split(' ').next().unwrap_or_default()
}

/// A reply with the values of another.
fn get_info(info: &GetInfoReply<'_>) -> Reply {
    let entries: Vec<_> = info
        .entries()
        .map(|entry| (String::from_utf8_lossy(entry.key).into_owned(), entry.value))
        .collect();
    GetInfoReply::to_reply(entries.iter().map(|(key, value)| (&**key, &**value)))
}

/// Fails with the first line that differs.
fn same(encoded: &[u8], recorded: &[u8]) -> Result<(), Failed> {
    if encoded == recorded {
        return Ok(());
    }
    let lines = |bytes: &[u8]| -> Vec<_> {
        bytes
            .split_inclusive(|byte| *byte == b'\n')
            .map(|line| line.escape_ascii().to_string())
            .collect()
    };
    let (encoded, recorded) = (lines(encoded), lines(recorded));
    let at = encoded
        .iter()
        .zip(&recorded)
        .take_while(|(one, other)| one == other)
        .count();
    let line = |lines: &[String]| lines.get(at).cloned().unwrap_or_else(|| "nothing".into());
    Err(format!(
        "line {} was recorded as {} and is encoded as {}",
        at + 1,
        line(&recorded),
        line(&encoded)
    )
    .into())
}

fn drawn(wrong: ParseError, message: &Message<'_>) -> String {
    wrong.render(message.as_bytes())
}
