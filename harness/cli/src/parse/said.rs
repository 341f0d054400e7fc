//! What is printed of a document.

use std::io::{self, Write};

use tor_harness::archive::{Found, OwnedFound};

use super::judgement::Judgement;

/// How a document is printed, with what verifying said; gives whether anything is wrong with it.
pub(super) type Say = fn(&Found<'_>, Option<&Judgement>, &mut dyn Write) -> io::Result<bool>;

/// What one document comes to.
pub(super) enum Said {
    /// What is printed.
    Text { text: Vec<u8>, is_wrong: bool },
    /// It is so much that it is made while it is printed.
    Much(OwnedFound, Option<Judgement>),
}

/// What is printed may be so many times as long as the document, and this longer,
/// to be kept until it is its turn.
const TIMES: usize = 4;
const MORE: usize = 64 << 10;

impl Said {
    /// What `say` says of a document.
    pub(super) fn of(found: Found<'_>, judgement: Option<Judgement>, say: Say) -> Self {
        let mut text = Bounded {
            bytes: Vec::new(),
            most: TIMES * found.document.as_bytes().len() + MORE,
        };
        match say(&found, judgement.as_ref(), &mut text) {
            Ok(is_wrong) => Self::Text {
                text: text.bytes,
                is_wrong,
            },
            Err(_) => Self::Much(found.into(), judgement),
        }
    }

    /// Prints it; gives whether anything is wrong with the document.
    pub(super) fn print(&self, say: Say, out: &mut dyn Write) -> io::Result<bool> {
        match self {
            Self::Text { text, is_wrong } => out.write_all(text).map(|()| *is_wrong),
            Self::Much(found, judgement) => say(&found.found(), judgement.as_ref(), out),
        }
    }
}

/// Bytes that fail to grow at some point.
struct Bounded {
    bytes: Vec<u8>,
    most: usize,
}

impl Write for Bounded {
    fn write(&mut self, more: &[u8]) -> io::Result<usize> {
        if self.bytes.len() + more.len() > self.most {
            return Err(io::ErrorKind::OutOfMemory.into());
        }
        self.bytes.extend_from_slice(more);
        Ok(more.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
