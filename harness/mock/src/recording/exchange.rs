//! A recording as data.

use tor_harness_control::Decoder;

/// What was said on all connections, with stand-ins for what varies.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Recording {
    /// The tor that answered, as `0.4.9.11`.
    pub tor: String,
    /// In the order in which the commands came.
    pub exchanges: Vec<Exchange>,
}

/// A command with all that came behind it on its connection, until the next
/// command's reply.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Exchange {
    /// The connection: they are counted from 1.
    pub connection: u64,
    /// The command's line, then those of its data block with its dot; empty
    /// for what came before the first command.
    pub command: Vec<String>,
    /// The reply's lines, the dot of a data block with them; empty where none came.
    pub reply: Vec<String>,
    /// The lines of the events that came behind the reply.
    pub events: Vec<String>,
    /// Whether tor closed the connection then.
    pub closed: bool,
}

impl Exchange {
    /// Whether the reply is none or one message, stand-ins aside.
    pub(super) fn has_whole_reply(&self) -> bool {
        if self.reply.is_empty() {
            return true;
        }
        let mut decoder = Decoder::new();
        for line in &self.reply {
            decoder.push(line.as_bytes());
            decoder.push(b"\r\n");
        }
        let is_message = matches!(decoder.next(), Ok(Some(_)));
        is_message && decoder.unread().is_empty()
    }
}
