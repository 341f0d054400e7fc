//! Bytes read as what they are to be.

use tor_harness_control::command::RawCommand;
use tor_harness_control::info::Value;
use tor_harness_control::reply::TypedReply;
use tor_harness_control::{
    Command, CommandDecoder, DecodeOptions, Decoder, Event, Message, ParseError, Reply,
};

use crate::control::{MAX_LINE, MAX_MESSAGE, Subject};
use crate::wire;

/// Reads bytes that come in these pieces, and encodes them again from the fields. The place of an
/// error is in `bytes`.
pub(super) fn read(subject: Subject, bytes: &[u8], cuts: &[usize]) -> Result<Vec<u8>, ParseError> {
    match subject {
        Subject::Message => messages(bytes, cuts, |message| Ok(Reply::from(*message))),
        Subject::Event => messages(bytes, cuts, |message| Ok(Event::parse(message)?.to_reply())),
        Subject::Reply(command) => messages(bytes, cuts, |message| {
            Ok(TypedReply::parse_good(command, message)?.to_reply())
        }),
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
