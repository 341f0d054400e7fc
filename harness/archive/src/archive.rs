//! What to read, and what of it.

use std::io::Read;
use std::num::NonZero;
use std::ops::RangeInclusive;
use std::path::PathBuf;
use std::thread;

use tor_harness_netdoc::Kind;
use tor_harness_types::UtcSeconds;

use crate::error::ArchiveError;
use crate::filter::Filter;
use crate::found::{Found, OwnedFound};
use crate::mapped::Mapped;
use crate::pipeline::Pipeline;
use crate::source::Source;

/// How long a document may be, unless told otherwise: votes have about 8 MB.
const LONGEST: usize = 32 << 20;

/// Files, folders and streams with documents in them, and which of those are wanted.
///
/// Nothing is opened before [`documents`](Self::documents) or [`map`](Self::map);
/// what cannot be opened is an error in its place then.
#[derive(Debug)]
#[must_use = "nothing is read before `documents` or `map`"]
pub struct Archive {
    sources: Vec<Source>,
    filter: Filter,
    longest: usize,
    threads: Option<NonZero<usize>>,
}

impl Archive {
    /// A file, or a folder with all files in it, by name.
    pub fn path(path: impl Into<PathBuf>) -> Self {
        Self::of(Source::Path(path.into()))
    }

    /// Standard input; its places have the path `-`.
    pub fn stdin() -> Self {
        Self::of(Source::Stdin)
    }

    /// Anything that can be read; its places have this path.
    pub fn reader(path: impl Into<String>, reader: impl Read + Send + 'static) -> Self {
        Self::of(Source::Reader(path.into(), Box::new(reader)))
    }

    fn of(source: Source) -> Self {
        Self {
            sources: vec![source],
            filter: Filter::default(),
            longest: LONGEST,
            threads: None,
        }
    }

    /// The same, and behind it the files of another; what is wanted is as here.
    pub fn and(mut self, other: Self) -> Self {
        self.sources.extend(other.sources);
        self
    }

    /// Only documents of this kind; of each kind that is given where it is called again.
    pub fn kind(mut self, kind: Kind) -> Self {
        self.filter.kinds.push(kind);
        self
    }

    /// What is of no known kind, and has no `@type`, is taken to be of this one.
    pub fn assume(mut self, kind: Kind) -> Self {
        self.filter.assumed = Some(kind);
        self
    }

    /// Only documents that name this relay as an argument: its descriptors, and
    /// what has an entry for it; any of the relays where it is called again.
    pub fn relay(mut self, relay: crate::Relay) -> Self {
        self.filter.relays.push(relay);
        self
    }

    /// Only documents made in this time, which `published`, `valid-after` or
    /// `dir-key-published` says, or else the first time in the document. One
    /// without any, such as a microdescriptor, is not wanted then.
    pub fn between(mut self, time: RangeInclusive<UtcSeconds>) -> Self {
        self.filter.time = Some(time);
        self
    }

    /// How many bytes a document may have; 32 MiB unless told. A longer one is
    /// an error, and left out.
    pub fn longest(mut self, bytes: usize) -> Self {
        self.longest = bytes;
        self
    }

    /// How many threads read documents; one for each core unless told. One more
    /// reads files, and one cuts.
    pub fn threads(mut self, count: NonZero<usize>) -> Self {
        self.threads = Some(count);
        self
    }

    /// How many bytes its files have together; `None` if that is unknown, as of
    /// folders and streams.
    #[must_use]
    pub fn size(&self) -> Option<u64> {
        self.sources.iter().map(Source::size).sum()
    }

    /// The documents, in order.
    pub fn documents(self) -> Mapped<OwnedFound> {
        self.map(|found| OwnedFound::from(found))
    }

    /// What `read` makes of each document, in their order; it is called on all cores.
    ///
    /// A panic in it goes on in the thread that takes the results.
    pub fn map<T, F>(self, read: F) -> Mapped<T>
    where
        T: Send + 'static,
        F: Fn(Found<'_>) -> T + Send + Sync + 'static,
    {
        self.batches(move |wanted, out| out.extend(wanted.map(|found| Ok(read(found)))))
    }

    /// What `work` adds for the wanted documents of each batch.
    pub(crate) fn batches<T, F>(self, work: F) -> Mapped<T>
    where
        T: Send + 'static,
        F: Fn(&mut dyn Iterator<Item = Found<'_>>, &mut Vec<Result<T, ArchiveError>>)
            + Send
            + Sync
            + 'static,
    {
        let all = || thread::available_parallelism().unwrap_or(NonZero::<usize>::MIN);
        let Self {
            sources,
            filter,
            longest,
            threads,
        } = self;
        let pipeline = Pipeline {
            longest,
            threads: threads.unwrap_or_else(all).get(),
        };
        pipeline.start(sources, move |batch: Result<_, ArchiveError>, out| {
            let batch: crate::found::Batch = match batch {
                Ok(batch) => batch,
                Err(error) => return out.push(Err(error)),
            };
            let mut wanted = batch.documents().filter_map(|found| filter.pass(found));
            work(&mut wanted, out);
        })
    }
}
