//! How far reading has come.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// How far reading has come; from any thread, at any time.
#[derive(Clone, Debug, Default)]
pub struct Progress {
    shared: Arc<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    read: AtomicU64,
    text: AtomicU64,
    found: AtomicU64,
    documents: AtomicU64,
}

/// What has been read so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Bytes of files, as they are stored.
    pub read: u64,
    /// Bytes of text, decompressed.
    pub text: u64,
    /// Documents.
    pub found: u64,
    /// Documents that passed the filters.
    pub documents: u64,
}

impl Progress {
    /// What has been read so far.
    #[must_use]
    pub fn counts(&self) -> Counts {
        let Shared {
            read,
            text,
            found,
            documents,
        } = &*self.shared;
        let [read, text, found, documents] =
            [read, text, found, documents].map(|count| count.load(Ordering::Relaxed));
        Counts {
            read,
            text,
            found,
            documents,
        }
    }

    pub(crate) fn add_read(&self, bytes: usize) {
        self.shared.read.fetch_add(bytes as u64, Ordering::Relaxed);
    }

    pub(crate) fn add_text(&self, bytes: usize) {
        self.shared.text.fetch_add(bytes as u64, Ordering::Relaxed);
    }

    pub(crate) fn add_found(&self, count: usize) {
        self.shared.found.fetch_add(count as u64, Ordering::Relaxed);
    }

    pub(crate) fn add_documents(&self, count: usize) {
        self.shared
            .documents
            .fetch_add(count as u64, Ordering::Relaxed);
    }
}
