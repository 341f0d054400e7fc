//! Bytes read as what they are to be.

use tor_harness_control::command::RawCommand;
use tor_harness_control::info::Value;
use tor_harness_control::reply::{
    AddOnionReply, AuthChallengeReply, ExtendCircuitReply, GetConfReply, GetInfoReply,
    MapAddressReply, ProtocolInfo, ViewClientAuthReply,
};
use tor_harness_control::{
    Command, CommandDecoder, DecodeOptions, Decoder, Event, Message, ParseError, Reply,
};

use crate::control::{MAX_BLOCK, MAX_LINE, MAX_MESSAGE, Subject};
use crate::wire;

/// Reads bytes that come in these pieces, and encodes them again from the fields. The place of an
/// error is in `bytes`.
pub(super) fn read(subject: Subject, bytes: &[u8], cuts: &[usize]) -> Result<Vec<u8>, ParseError> {
    match subject {
        Subject::Message => messages(bytes, cuts, |message| Ok(Reply::from(*message))),
        Subject::Event => messages(bytes, cuts, |message| Ok(Event::parse(message)?.to_reply())),
        Subject::Reply(command) => messages(bytes, cuts, |message| answer(command, message)),
        Subject::Value(key) => {
            let mut out = Vec::new();
            Value::parse(key, bytes)?.encode(&mut out);
            Ok(out)
        }
        Subject::Command => commands(bytes, cuts),
    }
}

fn messages(
    bytes: &[u8],
    cuts: &[usize],
    read: impl Fn(&Message<'_>) -> Result<Reply, ParseError>,
) -> Result<Vec<u8>, ParseError> {
    let options = DecodeOptions::default()
        .max_line(MAX_LINE)
        .max_block(MAX_BLOCK)
        .max_message(MAX_MESSAGE);
    let mut decoder = Decoder::with_options(options);
    let (mut spent, mut out) = (0, Vec::new());
    for piece in wire::cut(bytes, cuts) {
        decoder.push(piece);
        while let Some(message) = decoder.next().map_err(|error| error.shifted(spent))? {
            let reply = read(&message).map_err(|error| error.shifted(spent))?;
            out.extend(reply.encode());
            spent += message.as_bytes().len();
        }
    }
    Ok(out)
}

fn answer(command: &str, message: &Message<'_>) -> Result<Reply, ParseError> {
    Ok(match command {
        "PROTOCOLINFO" => ProtocolInfo::parse(message)?.to_reply(),
        "AUTHCHALLENGE" => AuthChallengeReply::parse(message)?.to_reply(),
        "GETINFO" => {
            let reply = GetInfoReply::parse(message)?;
            let entries: Vec<_> = reply.entries().collect();
            let text = |key| str::from_utf8(key).expect("the strategies' keys are ASCII");
            GetInfoReply::to_reply(
                entries
                    .iter()
                    .map(|entry| (text(entry.key), &entry.value[..])),
            )
        }
        "GETCONF" => GetConfReply::parse(message)?.to_reply(),
        "MAPADDRESS" => MapAddressReply::parse(message).to_reply(),
        "EXTENDCIRCUIT" => ExtendCircuitReply::parse(message)?.to_reply(),
        "ADD_ONION" => AddOnionReply::parse(message)?.to_reply(),
        "ONION_CLIENT_AUTH_VIEW" => ViewClientAuthReply::parse(message)?.to_reply(),
        _ => panic!("a reply to {command} has no type here"),
    })
}

fn commands(bytes: &[u8], cuts: &[usize]) -> Result<Vec<u8>, ParseError> {
    let mut decoder = CommandDecoder::new();
    let (mut spent, mut out) = (0, Vec::new());
    for piece in wire::cut(bytes, cuts) {
        decoder.push(piece);
        while let Some(whole) = decoder.next_bytes().map_err(|error| error.shifted(spent))? {
            let raw = RawCommand::new(whole);
            // What stands before the arguments: the keyword, and white space.
            let before = raw.arguments.as_ptr().addr() - whole.as_ptr().addr();
            let command = Command::parse(&raw).map_err(|error| error.shifted(spent + before))?;
            out.extend(command.encode());
            spent += whole.len();
        }
    }
    Ok(out)
}
