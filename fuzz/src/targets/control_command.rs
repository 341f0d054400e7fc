//! What a controller sends.

use tor_harness_control::command::{AuthToken, RawCommand};
use tor_harness_control::{Command, CommandDecoder, ParseError};

/// What a controller sends: it is cut alike whole and byte by byte, up to the same error at the same
/// place; no reader panics, and what is read encodes to what is read alike.
pub fn control_command(bytes: &[u8]) {
    let size = bytes.len().max(1);
    // Few inputs are as long as tor's own limit.
    let short = || CommandDecoder::new().max_line(64);
    assert_eq!(
        cut(short(), bytes, size),
        cut(short(), bytes, 1),
        "the pieces matter"
    );
    let whole = cut(CommandDecoder::new(), bytes, size);
    assert_eq!(
        whole,
        cut(CommandDecoder::new(), bytes, 1),
        "the pieces matter"
    );
    for raw in whole.0 {
        if let Ok(command) = Command::parse(&RawCommand::new(&raw)) {
            let encoded = command.encode();
            assert_eq!(
                Command::parse(&RawCommand::new(&encoded)),
                Ok(as_written(command)),
                "not what it was"
            );
        }
    }
}

/// The commands, and what is wrong with the next.
fn cut(
    mut decoder: CommandDecoder,
    bytes: &[u8],
    size: usize,
) -> (Vec<Vec<u8>>, Option<ParseError>) {
    let mut commands = Vec::new();
    for piece in bytes.chunks(size) {
        decoder.push(piece);
        loop {
            match decoder.next_bytes() {
                Ok(Some(command)) => commands.push(command.to_vec()),
                Ok(None) => break,
                Err(error) => return (commands, Some(error)),
            }
        }
    }
    (commands, None)
}

/// A quoted secret is written in another way where it has CR.
fn as_written(mut command: Command<'_>) -> Command<'_> {
    if let Command::Authenticate(token) | Command::AuthChallenge { nonce: token, .. } = &mut command
        && let AuthToken::Quoted(secret) = token
        && secret.contains(&b'\r')
    {
        *token = AuthToken::Hex(secret.to_vec());
    }
    command
}
