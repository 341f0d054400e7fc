//! One of the two sides that are compared.

use std::path::Path;
use std::{fs, io};

use anyhow::Result;
use data_encoding::HEXLOWER;

/// A control port that a script is played to.
pub(super) trait Peer {
    /// What is its own.
    fn own(&self) -> &Own;

    /// Sends bytes on a connection, which is opened when it is first named, or named again after
    /// it has hung up. Bytes that nobody reads any more are lost.
    fn send(&mut self, connection: usize, bytes: &[u8]) -> Result<()>;

    /// Closes a connection.
    fn hang_up(&mut self, connection: usize) -> Result<()>;

    /// All that has come since the last call, by connection, once nothing more comes
    /// by itself; nothing on those that have hung up.
    fn take(&mut self) -> Result<Vec<Came>>;
}

/// What differs from peer to peer in what is said.
pub(super) struct Own {
    /// The folder of its tor.
    pub(super) folder: String,
    /// Its cookie in hexadecimal; empty where there is none.
    pub(super) cookie: String,
    /// The options that it was started with.
    pub(super) torrc: String,
}

impl Own {
    /// Reads the cookie; the options are to be asked for.
    pub(super) fn read(folder: &Path, cookie: Option<&Path>) -> io::Result<Self> {
        Ok(Self {
            folder: folder.to_string_lossy().into_owned(),
            cookie: cookie
                .map(fs::read)
                .transpose()?
                .map_or_else(String::new, |bytes| HEXLOWER.encode(&bytes)),
            torrc: String::new(),
        })
    }
}

/// What has come on one connection.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Came {
    pub(super) bytes: Vec<u8>,
    /// Whether it is closed by now.
    pub(super) closed: bool,
}
