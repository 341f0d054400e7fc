//! Every reader of network documents there is.

use anyhow::Result;
use tor_harness_benches::{Depth, Load};

use super::tor_netdoc::Generation;
use crate::stopwatch::{Measured, time};

/// Somebody who reads network documents in this process.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reader {
    Ours(Depth),
    TorNetdoc(Generation),
}

/// Reads one document.
pub(crate) type Read = Box<dyn Fn(&[u8]) -> Result<()>>;

/// Reads each document of a load, and says for how long.
pub(crate) type Timed = Box<dyn FnMut(&Load) -> Measured>;

impl Reader {
    pub(crate) fn all() -> impl Iterator<Item = Self> {
        let ours = Depth::ALL.into_iter().map(Self::Ours);
        ours.chain(Generation::ALL.into_iter().map(Self::TorNetdoc))
    }

    pub(crate) fn name(self) -> String {
        match self {
            Self::Ours(depth) => depth.name().to_owned(),
            Self::TorNetdoc(generation) => format!("tor-netdoc {}", generation.name()),
        }
    }

    /// What is timed; `None` if it reads none of this kind.
    pub(crate) fn timed(self, kind: &str) -> Option<Timed> {
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
            Self::TorNetdoc(generation) => {
                let read = generation.reader(kind)?;
                // That it is text has to be found out by whoever has bytes.
                Box::new(move |document| read(std::str::from_utf8(document)?))
            }
        })
    }
}
