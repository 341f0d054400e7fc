//! One of the two sides that are compared.

use anyhow::Result;

/// A control port that a script is played to.
pub(super) trait Peer {
    /// The folder of its tor, which is in what it says.
    fn folder(&self) -> &str;

    /// Its cookie in hexadecimal; empty where there is none.
    fn cookie(&self) -> &str;

    /// The options that it was started with.
    fn torrc(&self) -> &str;

    /// Sends bytes on a connection, which is opened when it is first named, or named again after
    /// it has hung up. Bytes that nobody reads any more are lost.
    fn send(&mut self, connection: usize, bytes: &[u8]) -> Result<()>;

    /// Closes a connection.
    fn hang_up(&mut self, connection: usize) -> Result<()>;

    /// All that has come since the last call, by connection, once nothing more comes
    /// by itself; nothing on those that have hung up.
    fn take(&mut self) -> Result<Vec<Came>>;
}

/// What has come on one connection.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Came {
    pub(super) bytes: Vec<u8>,
    /// Whether it is closed by now.
    pub(super) closed: bool,
}
