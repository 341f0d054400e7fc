//! What has come but not gone yet.

use std::collections::VecDeque;
use std::time::Instant;

use crate::watched::Watched;

/// The bytes that a queue holds before nothing more is read.
const MOST: usize = 1024 * 1024;

/// What has come in one direction of a connection.
#[derive(Debug, Default)]
pub(super) struct Queue {
    waiting: Watched<Waiting>,
}

#[derive(Debug, Default)]
struct Waiting {
    chunks: VecDeque<Chunk>,
    bytes: usize,
    /// Nothing more comes.
    ended: bool,
    /// Nothing more is taken.
    abandoned: bool,
}

/// Bytes that came at once; none is the end of the stream.
#[derive(Debug)]
pub(super) struct Chunk {
    pub(super) arrived: Instant,
    pub(super) bytes: Vec<u8>,
}

impl Queue {
    /// Adds what came now, once there is room; false if nobody takes it any more.
    pub(super) fn push(&self, bytes: Vec<u8>) -> bool {
        let arrived = Instant::now();
        let mut waiting = self.waiting.lock();
        while waiting.bytes >= MOST && !waiting.abandoned {
            waiting = self.waiting.wait(waiting, None);
        }
        let wanted = !waiting.abandoned;
        drop(waiting);
        self.waiting.change(|waiting| {
            waiting.bytes += bytes.len();
            waiting.ended |= bytes.is_empty();
            waiting.chunks.push_back(Chunk { arrived, bytes });
        });
        wanted
    }

    /// The next, when it comes.
    pub(super) fn pop(&self) -> Option<Chunk> {
        let mut waiting = self.waiting.lock();
        while waiting.chunks.is_empty() && !waiting.ended {
            waiting = self.waiting.wait(waiting, None);
        }
        drop(waiting);
        self.waiting.change(|waiting| {
            let chunk = waiting.chunks.pop_front()?;
            waiting.bytes -= chunk.bytes.len();
            Some(chunk)
        })
    }

    /// Takes no more.
    pub(super) fn abandon(&self) {
        self.waiting.change(|waiting| waiting.abandoned = true);
    }
}
