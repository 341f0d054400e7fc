//! What is in files: the texts, whatever they are packed in.

use std::io::{self, Read};
use std::sync::Arc;

use crate::block::{Block, Shelf};
use crate::bytes::Peeked;
use crate::error::{ArchiveError, ArchiveProblem};
use crate::packing::{ENOUGH, Packing};
use crate::progress::Progress;
use crate::tar::{Damage, Member, members};

/// How many bytes of a text are read first: many are short.
const FIRST_CHUNK: usize = 4 << 10;
/// How many layers of compression and tar there may be inside one another.
const MOST_LAYERS: usize = 8;

/// A piece of what is in the archive, in order.
#[derive(Debug)]
pub(crate) enum Piece {
    /// A text begins, with this path; what was before it is at its end.
    Begin(Arc<str>),
    /// More of the text.
    Bytes(Block),
    /// The text ends here, or another one is not there.
    Failed(ArchiveError),
}

/// Nobody wants more.
#[derive(Debug)]
pub(crate) struct Gone;

/// Unpacks files into pieces.
pub(crate) struct Unpacker<'a> {
    pub(crate) send: &'a mut dyn FnMut(Piece) -> Result<(), Gone>,
    pub(crate) shelf: Arc<Shelf>,
    pub(crate) progress: Progress,
}

impl Unpacker<'_> {
    /// All texts in what `reader` gives.
    pub(crate) fn unpack(&mut self, path: &str, reader: &mut dyn Read) -> Result<(), Gone> {
        self.layer(path, reader, 0)
    }

    /// Says that this cannot be read.
    pub(crate) fn unreadable(&mut self, path: &str, error: io::Error) -> Result<(), Gone> {
        self.failed(path, None, ArchiveProblem::Unreadable(error))
    }

    /// Says what is wrong with this, behind so much of it.
    pub(crate) fn failed(
        &mut self,
        path: &str,
        offset: Option<u64>,
        problem: ArchiveProblem,
    ) -> Result<(), Gone> {
        (self.send)(Piece::Failed(ArchiveError {
            path: path.into(),
            offset,
            problem,
        }))
    }

    fn layer(&mut self, path: &str, reader: &mut dyn Read, depth: usize) -> Result<(), Gone> {
        let mut peeked = Peeked::new(ENOUGH, reader);
        match Packing::of(peeked.first()) {
            None => self.text(path, &mut peeked),
            Some(_) if depth == MOST_LAYERS => {
                self.failed(path, None, ArchiveProblem::TooDeep(MOST_LAYERS))
            }
            Some(Packing::Tar) => self.tar(path, &mut peeked, depth + 1),
            Some(packing) => match packing.decoder(&mut peeked) {
                Ok(mut decoder) => self.layer(path, &mut decoder, depth + 1),
                Err(error) => self.unreadable(path, error),
            },
        }
    }

    fn tar(&mut self, path: &str, reader: &mut dyn Read, depth: usize) -> Result<(), Gone> {
        let damage = members(reader, |member| match member {
            Member::File(name, content) => self.layer(&format!("{path}/{name}"), content, depth),
            Member::Odd(name, what) => {
                let problem = ArchiveProblem::Member(what);
                self.failed(&format!("{path}/{name}"), None, problem)
            }
        })?;
        damage.map_or(Ok(()), |Damage { offset, error }| {
            self.failed(path, Some(offset), ArchiveProblem::Unreadable(error))
        })
    }

    fn text(&mut self, path: &str, reader: &mut dyn Read) -> Result<(), Gone> {
        (self.send)(Piece::Begin(path.into()))?;
        let mut offset = 0;
        let mut block = Block::of(FIRST_CHUNK);
        loop {
            let (is_full, result) = block.fill(reader);
            offset += block.len() as u64;
            self.progress.add_text(block.len());
            if !block.is_empty() {
                let next = self.shelf.block();
                (self.send)(Piece::Bytes(std::mem::replace(&mut block, next)))?;
            }
            if let Err(error) = result {
                return self.failed(path, Some(offset), ArchiveProblem::Unreadable(error));
            }
            if !is_full {
                return Ok(());
            }
        }
    }
}
