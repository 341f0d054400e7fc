//! What is made of the documents, in their order.

use std::panic::resume_unwind;
use std::sync::mpsc::Receiver;
use std::thread::JoinHandle;
use std::vec;

use crate::error::ArchiveError;
use crate::pipeline::{Done, Room};
use crate::progress::Progress;

/// What is made of the documents of an archive, in their order, with what went
/// wrong between them.
///
/// Reading goes only a little ahead of what is taken, and ends when this is
/// dropped; a reader that waits for its input then, as one of standard input,
/// ends when more of it comes, or its end.
#[derive(Debug)]
pub struct Mapped<T> {
    pub(crate) queue: Receiver<Receiver<Done<T>>>,
    pub(crate) now: Option<Now<T>>,
    pub(crate) threads: Vec<JoinHandle<()>>,
    pub(crate) progress: Progress,
}

/// The results that are handed out now.
#[derive(Debug)]
pub(crate) struct Now<T> {
    results: vec::IntoIter<Result<T, ArchiveError>>,
    _room: Room,
}

impl<T> Mapped<T> {
    /// How far reading has come; for another thread, too.
    #[must_use]
    pub fn progress(&self) -> Progress {
        self.progress.clone()
    }

    /// What is next in line, when its thread is ready.
    fn wait(&mut self) -> Option<Done<T>> {
        let done = self.queue.recv().ok().and_then(|next| next.recv().ok());
        if done.is_none() {
            // All have ended; by a panic, if at all, that has to be told.
            for thread in self.threads.drain(..) {
                thread.join().unwrap_or_else(|panic| resume_unwind(panic));
            }
        }
        done
    }
}

impl<T> Iterator for Mapped<T> {
    type Item = Result<T, ArchiveError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(now) = &mut self.now
                && let Some(result) = now.results.next()
            {
                return Some(result);
            }
            // What is done makes room before more is waited for.
            self.now = None;
            let Done { results, room } = self.wait()?;
            let results = results.unwrap_or_else(|panic| resume_unwind(panic));
            self.now = Some(Now {
                results,
                _room: room,
            });
        }
    }
}
