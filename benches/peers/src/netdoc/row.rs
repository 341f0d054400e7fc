//! What was measured of one document.

use std::path::Path;

use anyhow::Result;
use tor_harness_benches::{Depth, Load};

use super::reader::Reader;
use super::tor_netdoc::Generation;
use super::{memory, stem};
use crate::stopwatch::{Measured, by_turns};

/// So often each load is read by each reader; the median counts.
const ROUNDS: usize = 15;
/// About how many bytes of one document after the other are read at once.
const IN_MEMORY: usize = 1 << 20;
/// Python is slow enough.
const IN_PYTHON: usize = 1 << 17;

/// One document, read by all.
pub(crate) struct Row {
    pub(crate) kind: &'static str,
    pub(crate) bytes: usize,
    documents: usize,
    times: Vec<(Reader, Measured)>,
    documents_in_python: usize,
    stem: [Measured; 2],
    /// How many bytes each reader takes above the text, of a long document.
    pub(crate) memory: Vec<(String, Result<u64>)>,
}

impl Row {
    /// Has a load of one document read.
    pub(crate) fn measured(load: &Load, python: &Path) -> Self {
        let bytes = load.bytes.len();
        let repeated = load.clone().repeat((IN_MEMORY / bytes).max(1));
        let (readers, mut timed): (Vec<_>, Vec<_>) = Reader::all()
            .filter_map(|reader| Some((reader, reader.timed(load.name)?)))
            .unzip();
        let mut timed: Vec<_> = timed.iter_mut().map(|timed| timed as _).collect();
        let times = by_turns(ROUNDS, &repeated, &mut timed);

        let in_python = load.clone().repeat((IN_PYTHON / bytes).max(1));
        let stem = [stem::Depth::Lazy, stem::Depth::Fields]
            .map(|depth| stem::time(python, &in_python, depth));
        Self {
            kind: load.name,
            bytes,
            documents: repeated.messages,
            memory: match bytes > IN_MEMORY {
                true => peaks(load, &readers, python),
                false => Vec::new(),
            },
            times: readers.into_iter().zip(times).collect(),
            documents_in_python: in_python.messages,
            stem,
        }
    }

    /// Microseconds a document; `None` for who does not read this kind.
    pub(crate) fn time(&self, reader: Reader) -> Option<Result<f64, String>> {
        let (_, time) = self.times.iter().find(|(who, _)| *who == reader)?;
        Some(each(time, self.documents))
    }

    /// Of one of our depths.
    pub(crate) fn ours(&self, depth: Depth) -> Option<f64> {
        self.time(Reader::Ours(depth))?.ok()
    }

    /// Of ours where it verifies many together, or one by one where it does not.
    pub(crate) fn ours_verified(&self) -> Option<f64> {
        let together = self.time(Reader::OursTogether);
        together.map_or_else(|| self.ours(Depth::Verified), Result::ok)
    }

    /// Of the faster of tor-netdoc's readers.
    pub(crate) fn tor_netdoc(&self) -> Option<f64> {
        self.faster(Reader::TorNetdoc)
    }

    /// The same with signatures.
    pub(crate) fn tor_netdoc_verified(&self) -> Option<f64> {
        self.faster(Reader::TorNetdocVerified)
    }

    fn faster(&self, reader: fn(Generation) -> Reader) -> Option<f64> {
        Generation::ALL
            .into_iter()
            .filter_map(|generation| self.time(reader(generation))?.ok())
            .min_by(f64::total_cmp)
    }

    /// Of stem: lazy, every field.
    pub(crate) fn stem(&self) -> [Result<f64, String>; 2] {
        let [lazy, fields] = &self.stem;
        [lazy, fields].map(|time| each(time, self.documents_in_python))
    }
}

fn peaks(load: &Load, readers: &[Reader], python: &Path) -> Vec<(String, Result<u64>)> {
    let ours = readers.iter().map(|reader| {
        let peak = memory::peak(*reader, load);
        (reader.name(), peak)
    });
    let stem = ("stem".to_owned(), stem::memory(python, load));
    ours.chain([stem]).collect()
}

fn each(time: &Measured, documents: usize) -> Result<f64, String> {
    match time {
        Ok(time) => Ok(time.as_secs_f64() * 1e6 / documents as f64),
        Err(error) => Err(format!("{error:#}")),
    }
}
