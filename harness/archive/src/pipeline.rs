//! The threads: one reads, one cuts, the others work; order is kept.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::{thread, vec};

use crate::block::{CHUNK, Shelf};
use crate::cutter::{Cutter, Output};
use crate::error::ArchiveError;
use crate::found::Batch;
use crate::mapped::Mapped;
use crate::progress::Progress;
use crate::source::Source;
use crate::unpack::{Gone, Piece, Unpacker};

/// How much text may be on its way from the one who cuts to the one who takes.
const BUDGET: usize = 16 << 20;
/// What the least thing takes that has no text, such as an error.
const LEAST: usize = 64;
/// How many groups of pieces may wait to be cut.
const WAITING: usize = 4;

/// How the threads work.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pipeline {
    /// How long a document may be.
    pub(crate) longest: usize,
    /// How many work.
    pub(crate) threads: usize,
}

/// What was made of a group of documents.
#[derive(Debug)]
pub(crate) struct Done<T> {
    /// Or the panic of the one who made it.
    pub(crate) results: thread::Result<vec::IntoIter<Result<T, ArchiveError>>>,
    /// Room for more when this is dropped.
    pub(crate) room: Room,
}

/// A group of documents, and where what is made of it is wanted.
struct Job<T> {
    output: Output,
    room: Room,
    done: SyncSender<Done<T>>,
}

impl Pipeline {
    /// Reads `sources` in threads, each of whose batches `work` adds something for.
    pub(crate) fn start<T, F>(self, sources: Vec<Source>, work: F) -> Mapped<T>
    where
        T: Send + 'static,
        F: Fn(Result<Batch, ArchiveError>, &mut Vec<Result<T, ArchiveError>>)
            + Send
            + Sync
            + 'static,
    {
        let progress = Progress::default();
        let (to_cut, pieces) = sync_channel(WAITING);
        let (to_work, jobs) = sync_channel(2 * self.threads);
        let (to_take, queue) = sync_channel(4 * self.threads);
        let mut threads = Vec::new();
        let counted = progress.clone();
        threads.push(thread::spawn(move || read(sources, counted, &to_cut)));
        threads.push(thread::spawn(move || {
            // It fails when nobody takes the results any more.
            let _ = cut(&pieces, self.longest, &to_work, &to_take);
        }));
        let shared = Arc::new((Mutex::new(jobs), work, progress.clone()));
        threads.extend((0..self.threads).map(|_| {
            let shared = Arc::clone(&shared);
            thread::spawn(move || {
                let (jobs, work, progress) = &*shared;
                self::work(jobs, work, progress);
            })
        }));
        Mapped {
            queue,
            now: None,
            threads,
            progress,
        }
    }
}

/// Sends what is in the sources, in groups of some size.
fn read(sources: Vec<Source>, progress: Progress, to_cut: &SyncSender<Vec<Piece>>) {
    let mut group = Vec::new();
    let mut size = 0;
    let mut send = |piece| {
        // A short text takes more room than it is long, an empty one some, too.
        size += match &piece {
            Piece::Bytes(bytes) => bytes.size(),
            Piece::Begin(path) => LEAST + path.len(),
            Piece::Failed(error) => LEAST + error.path.len(),
        };
        group.push(piece);
        if size < CHUNK {
            return Ok(());
        }
        size = 0;
        let group = std::mem::take(&mut group);
        to_cut.send(group).map_err(|_| Gone)
    };
    let mut unpacker = Unpacker {
        send: &mut send,
        shelf: Arc::new(Shelf::default()),
        progress,
    };
    for source in sources {
        if source.read(&mut unpacker).is_err() {
            return;
        }
    }
    // Nobody there to take it is no problem here.
    let _ = to_cut.send(group);
}

/// Cuts the texts into documents, and gives work for them.
fn cut<T>(
    pieces: &Receiver<Vec<Piece>>,
    longest: usize,
    to_work: &SyncSender<Job<T>>,
    to_take: &SyncSender<Receiver<Done<T>>>,
) -> Result<(), Gone> {
    let budget = Arc::new(Budget::default());
    let give = |output: Output| {
        if output.is_empty() {
            return Ok(());
        }
        let room = budget.take(size(&output));
        let (done, next) = sync_channel(1);
        let job = Job { output, room, done };
        to_take.send(next).map_err(|_| Gone)?;
        to_work.send(job).map_err(|_| Gone)
    };
    let mut text: Option<Cutter> = None;
    for group in pieces {
        let mut output = Output::new();
        for piece in group {
            match (piece, &mut text) {
                (Piece::Bytes(bytes), Some(text)) => text.push(bytes, &mut output),
                (Piece::Bytes(_), None) => {}
                (Piece::Begin(path), _) => {
                    let before = text.replace(Cutter::new(path, longest));
                    before.into_iter().for_each(|text| text.finish(&mut output));
                }
                (Piece::Failed(error), _) => {
                    let before = text.take();
                    before.into_iter().for_each(|text| text.finish(&mut output));
                    output.push(Err(error));
                }
            }
        }
        give(output)?;
    }
    let mut output = Output::new();
    text.into_iter().for_each(|text| text.finish(&mut output));
    give(output)
}

/// About how much memory it takes: texts, the places in them, paths, errors.
fn size(output: &Output) -> usize {
    let each = output.iter().map(|output| match output {
        Ok(batch) => batch.path.len() + batch.bytes.size() + size_of_val(&*batch.cuts),
        Err(error) => LEAST + error.path.len(),
    });
    each.sum()
}

/// Works until there are no jobs left.
fn work<T>(
    jobs: &Mutex<Receiver<Job<T>>>,
    work: &impl Fn(Result<Batch, ArchiveError>, &mut Vec<Result<T, ArchiveError>>),
    progress: &Progress,
) {
    loop {
        let job = jobs.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(Job { output, room, done }) = job else {
            return;
        };
        // What `work` leaves behind when it panics is not looked at again.
        let results = catch_unwind(AssertUnwindSafe(|| {
            let mut results = Vec::new();
            let found = output.iter().flatten().map(|batch| batch.cuts.len());
            progress.add_found(found.sum());
            for batch in output {
                work(batch, &mut results);
            }
            progress.add_documents(results.iter().flatten().count());
            results.into_iter()
        }));
        // Nobody may want it any more.
        let _ = done.send(Done { results, room });
    }
}

/// How much text is on its way; more waits until there is room for it.
#[derive(Debug, Default)]
struct Budget {
    used: Mutex<usize>,
    freed: Condvar,
}

/// A part of a budget, until it is dropped.
#[derive(Debug)]
pub(crate) struct Room {
    budget: Arc<Budget>,
    size: usize,
}

impl Budget {
    /// Waits for room; what is larger than all there is gets it alone.
    fn take(self: &Arc<Self>, size: usize) -> Room {
        let used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        let is_full = |used: &mut usize| *used > 0 && *used + size > BUDGET;
        let used = self.freed.wait_while(used, is_full);
        *used.unwrap_or_else(PoisonError::into_inner) += size;
        Room {
            budget: Arc::clone(self),
            size,
        }
    }
}

impl Drop for Room {
    fn drop(&mut self) {
        let used = self.budget.used.lock();
        *used.unwrap_or_else(PoisonError::into_inner) -= self.size;
        self.budget.freed.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::ArchiveProblem;

    #[test]
    fn a_long_path_takes_room() {
        let error = Err(ArchiveError {
            path: "x".repeat(60_000).into(),
            offset: None,
            problem: ArchiveProblem::TooDeep(8),
        });
        let mut output = vec![error];
        assert!(size(&output) > 60_000);
        let mut text = Cutter::new("a".into(), 100);
        text.push(b"router a\n".to_vec().into(), &mut output);
        let before = size(&output);
        text.finish(&mut output);
        assert!(size(&output) > before + 9);
    }
}
