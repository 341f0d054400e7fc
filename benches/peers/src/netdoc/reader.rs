//! Every reader of network documents there is.

use anyhow::Result;
use tor_harness_benches::{Depth, Load, Trust};
use tor_harness_netdoc::{Document, ServerDescriptor};

use super::tor_netdoc::Generation;
use crate::stopwatch::{Measured, time};

/// Somebody who reads network documents in this process.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reader {
    Ours(Depth),
    /// Ours, verifying many together.
    OursTogether,
    TorNetdoc(Generation),
    TorNetdocVerified(Generation),
}

/// So many documents are verified together: as many as an archive takes.
const TOGETHER: usize = 64;

/// Reads one document.
pub(crate) type Read = Box<dyn Fn(&[u8]) -> Result<()>>;

/// Reads each document of a load, and says for how long.
pub(crate) type Timed = Box<dyn FnMut(&Load) -> Measured>;

impl Reader {
    pub(crate) fn all() -> impl Iterator<Item = Self> {
        let ours = Depth::ALL.into_iter().map(Self::Ours);
        let theirs = [Self::TorNetdoc, Self::TorNetdocVerified];
        let theirs = theirs
            .into_iter()
            .flat_map(|depth| Generation::ALL.map(depth));
        ours.chain([Self::OursTogether]).chain(theirs)
    }

    pub(crate) fn name(self) -> String {
        match self {
            Self::Ours(depth) => depth.name().to_owned(),
            Self::OursTogether => "verified together".to_owned(),
            Self::TorNetdoc(generation) => format!("tor-netdoc {}", generation.name()),
            Self::TorNetdocVerified(generation) => {
                format!("tor-netdoc {} verified", generation.name())
            }
        }
    }

    /// What is timed; `None` if it reads none of this kind.
    pub(crate) fn timed(self, kind: &str) -> Option<Timed> {
        if self == Self::OursTogether {
            let is_such = kind == "server-descriptor";
            return is_such
                .then(|| Box::new(|load: &Load| time(load, || verify_together(load))) as _);
        }
        let read = self.reader(kind)?;
        Some(Box::new(move |load| {
            time(load, || {
                let mut documents = 0;
                for document in load.each() {
                    read(document)?;
                    documents += 1;
                }
                Ok(documents)
            })
        }))
    }

    /// What reads one document; `None` if it reads none of this kind.
    pub(crate) fn reader(self, kind: &str) -> Option<Read> {
        Some(match self {
            Self::Ours(depth) => {
                let read = depth.reader(kind)?;
                Box::new(move |document| {
                    read(document);
                    Ok(())
                })
            }
            Self::OursTogether => return None,
            // That it is text has to be found out by whoever has bytes.
            Self::TorNetdoc(generation) => {
                let read = generation.reader(kind)?;
                Box::new(move |document| read(std::str::from_utf8(document)?))
            }
            Self::TorNetdocVerified(generation) => {
                let trust = Trust::of_load(kind.parse().ok()?);
                let verify = generation.verifier(kind, &trust)?;
                Box::new(move |document| verify(std::str::from_utf8(document)?))
            }
        })
    }
}

fn verify_together(load: &Load) -> Result<usize> {
    let mut documents = load.each().map(Document::new).map(ServerDescriptor::read);
    let mut verified = 0;
    loop {
        let answers = ServerDescriptor::verify_all(documents.by_ref().take(TOGETHER));
        if answers.is_empty() {
            return Ok(verified);
        }
        verified += answers.iter().filter(|answer| answer.is_ok()).count();
    }
}
