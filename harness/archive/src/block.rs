//! A piece of a text, in memory that is used again.

use std::io::{self, Read};
use std::ops::{Deref, Range};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::bytes::fill;

/// How many bytes of text are handed on at once.
pub(crate) const CHUNK: usize = 1 << 20;
/// How much room is before them, for the start of a document that goes on in them.
const ROOM: usize = 64 << 10;
/// How many blocks are kept to be used again.
const KEPT: usize = 16;

/// A piece of a text.
#[derive(Debug)]
pub(crate) struct Block {
    bytes: Vec<u8>,
    /// Where in them it is.
    range: Range<usize>,
    shelf: Option<Arc<Shelf>>,
}

/// Memory that is not used now. Fresh memory would cost more than cutting does:
/// the kernel has to find and clear each page.
#[derive(Debug, Default)]
pub(crate) struct Shelf {
    blocks: Mutex<Vec<Vec<u8>>>,
}

impl Shelf {
    /// An empty block, which goes back when it is dropped.
    pub(crate) fn block(self: &Arc<Self>) -> Block {
        let kept = self.lock().pop();
        Block {
            bytes: kept.unwrap_or_else(|| vec![0; ROOM + CHUNK]),
            range: ROOM..ROOM,
            shelf: Some(Arc::clone(self)),
        }
    }

    fn put(&self, bytes: Vec<u8>) {
        let mut kept = self.lock();
        if kept.len() < KEPT {
            kept.push(bytes);
        }
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Vec<u8>>> {
        self.blocks.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Block {
    /// An empty block of this size, which nobody uses again.
    pub(crate) fn of(size: usize) -> Self {
        Self {
            bytes: vec![0; size],
            range: 0..0,
            shelf: None,
        }
    }

    /// How much room it takes.
    pub(crate) fn size(&self) -> usize {
        self.bytes.len()
    }

    /// Reads until it is full or nothing is left; whether it is full, and the
    /// error that ended it.
    pub(crate) fn fill(&mut self, reader: &mut dyn Read) -> (bool, io::Result<()>) {
        let (filled, result) = fill(reader, &mut self.bytes[self.range.end..]);
        self.range.end += filled;
        (self.range.end == self.bytes.len(), result)
    }

    /// Puts `more` behind it.
    pub(crate) fn append(&mut self, mut more: Self) {
        let room = more.range.start;
        if let Some(start) = room.checked_sub(self.len()) {
            // Most often this is little, and `more` has room for it.
            more.bytes[start..room].copy_from_slice(self);
            more.range.start = start;
            *self = more;
        } else if self.shelf.is_none() && self.range.end == self.bytes.len() {
            self.bytes.extend_from_slice(&more);
            self.range.end = self.bytes.len();
        } else {
            *self = [&**self, &more].concat().into();
        }
    }

    /// Takes what is before an offset; copies the rest, which is the shorter part
    /// most often.
    pub(crate) fn take(&mut self, end: usize) -> Self {
        let rest = self[end..].to_vec();
        let mut taken = std::mem::replace(self, rest.into());
        taken.range.end = taken.range.start + end;
        taken
    }

    /// Drops what is before an offset.
    pub(crate) fn drop_first(&mut self, end: usize) {
        self.range.start += end;
    }
}

impl From<Vec<u8>> for Block {
    fn from(bytes: Vec<u8>) -> Self {
        Self {
            range: 0..bytes.len(),
            bytes,
            shelf: None,
        }
    }
}

impl Default for Block {
    fn default() -> Self {
        Vec::new().into()
    }
}

impl Deref for Block {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.bytes[self.range.clone()]
    }
}

impl Drop for Block {
    fn drop(&mut self) {
        if let Some(shelf) = self.shelf.take() {
            shelf.put(std::mem::take(&mut self.bytes));
        }
    }
}
