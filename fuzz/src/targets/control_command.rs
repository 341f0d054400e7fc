//! What a controller sends.

use tor_harness_control::command::RawCommand;
use tor_harness_control::{Command, CommandDecoder};

/// What a controller sends: no reader panics, and what is read encodes to
/// what is read alike.
pub fn control_command(bytes: &[u8]) {
    let mut decoder = CommandDecoder::new();
    decoder.push(bytes);
    while let Ok(Some(raw)) = decoder.next() {
        if let Ok(command) = Command::parse(&raw)
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
