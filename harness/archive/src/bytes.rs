//! Reading into buffers.

use std::io::{self, Read};

/// Reads until `buffer` is full or nothing is left; gives how much came, with
/// the error that ended it.
pub(crate) fn fill(reader: &mut dyn Read, buffer: &mut [u8]) -> (usize, io::Result<()>) {
    let mut filled = 0;
    while filled < buffer.len() {
        match reader.read(&mut buffer[filled..]) {
            Ok(0) => break,
            Ok(count) => filled += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return (filled, Err(error)),
        }
    }
    (filled, Ok(()))
}

/// A reader whose first bytes have been looked at, and are read again.
pub(crate) struct Peeked<'a> {
    first: Vec<u8>,
    given: usize,
    rest: &'a mut dyn Read,
    /// What ended the first bytes, to be said behind them.
    error: Option<io::Error>,
}

impl<'a> Peeked<'a> {
    /// Looks at the first `count` bytes.
    pub(crate) fn new(count: usize, rest: &'a mut dyn Read) -> Self {
        let mut first = vec![0; count];
        let (filled, result) = fill(rest, &mut first);
        first.truncate(filled);
        Self {
            first,
            given: 0,
            rest,
            error: result.err(),
        }
    }

    /// The first bytes; fewer where there are not so many.
    pub(crate) fn first(&self) -> &[u8] {
        &self.first
    }
}

impl Read for Peeked<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let left = &self.first[self.given..];
        if !left.is_empty() {
            let count = left.len().min(buffer.len());
            buffer[..count].copy_from_slice(&left[..count]);
            self.given += count;
            return Ok(count);
        }
        match self.error.take() {
            Some(error) => Err(error),
            None => self.rest.read(buffer),
        }
    }
}
