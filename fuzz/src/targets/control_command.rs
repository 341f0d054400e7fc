//! What a controller sends.

use tor_harness_control::command::RawCommand;
use tor_harness_control::{Command, CommandDecoder};

/// What a controller sends: it is cut alike whole and byte by byte; no reader
/// panics, and what is read encodes to what is read alike.
pub fn control_command(bytes: &[u8]) {
    let whole = commands(bytes, bytes.len().max(1));
    assert_eq!(whole, commands(bytes, 1), "the pieces matter");
    for raw in whole {
        if let Ok(command) = Command::parse(&RawCommand::new(&raw))
            && !matches!(command, Command::Other { .. })
        {
            let encoded = command.encode();
            assert_eq!(
                Command::parse(&RawCommand::new(&encoded)),
                Ok(command),
                "not what it was"
            );
        }
    }
}

fn commands(bytes: &[u8], size: usize) -> Vec<Vec<u8>> {
    let mut decoder = CommandDecoder::new();
    let mut commands = Vec::new();
    for piece in bytes.chunks(size) {
        decoder.push(piece);
        while let Ok(Some(command)) = decoder.next_bytes() {
            commands.push(command.to_vec());
        }
    }
    commands
}
