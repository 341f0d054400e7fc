//! What some bytes are to be read as.

/// What some bytes are to be read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Subject {
    /// What a control port sends, to be cut into messages.
    Message,
    /// One event.
    Event,
    /// One reply, to the command with this keyword.
    Reply(&'static str),
    /// The value of this key of GETINFO.
    Value(&'static str),
    /// What a controller sends: one command.
    Command,
}
