//! What is printed of a document.

use std::io::{self, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tor_harness::archive::{Found, OwnedFound};

use super::judgement::Judgement;

/// How a document is printed, with what verifying said; gives whether anything is wrong with it.
pub(super) type Say = fn(&Found<'_>, Option<&Judgement>, &mut dyn Write) -> io::Result<bool>;

/// How documents are printed; what is printed of some is made, on all cores, before it is their turn.
#[derive(Clone)]
pub(super) struct Printer {
    say: Say,
    /// How much room what is made may take, of all documents together; those that are made at
    /// the same time do not know of each other.
    most: usize,
    /// How much it takes.
    kept: Arc<AtomicUsize>,
}

/// What one document comes to.
pub(super) enum Said {
    /// What is printed.
    Text { text: Vec<u8>, is_wrong: bool },
    /// There was no room for it: it is made while it is printed.
    Later(OwnedFound, Option<Judgement>),
}

/// How much room what is made may take: a few times what documents on their way have.
const MOST: usize = 64 << 20;

impl Printer {
    pub(super) fn new(say: Say) -> Self {
        Self {
            say,
            most: MOST,
            kept: Arc::default(),
        }
    }

    /// What there is to say of a document.
    pub(super) fn said(&self, found: Found<'_>, judgement: Option<Judgement>) -> Said {
        let mut text = Bounded {
            bytes: Vec::new(),
            most: self.most.saturating_sub(self.kept.load(Ordering::Relaxed)),
        };
        match (self.say)(&found, judgement.as_ref(), &mut text) {
            Ok(is_wrong) => {
                let text = text.bytes;
                self.kept.fetch_add(text.capacity(), Ordering::Relaxed);
                Said::Text { text, is_wrong }
            }
            Err(_) => Said::Later(found.into(), judgement),
        }
    }

    /// Prints it; gives whether anything is wrong with the document.
    pub(super) fn print(&self, said: Said, out: &mut dyn Write) -> io::Result<bool> {
        match said {
            Said::Text { text, is_wrong } => {
                self.kept.fetch_sub(text.capacity(), Ordering::Relaxed);
                out.write_all(&text).map(|()| is_wrong)
            }
            Said::Later(found, judgement) => (self.say)(&found.found(), judgement.as_ref(), out),
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

#[cfg(test)]
mod tests {
    use tor_harness::archive::Archive;

    use super::*;
    use crate::parse::record;

    /// In any room the same is printed; that made before its turn fits into it.
    #[test]
    fn what_has_no_room_is_made_later() {
        let text = format!("router a\n{}router b\nrouter c\n", "x\n".repeat(500));
        let mut printed = Vec::new();
        for (most, expected_later) in [(0, 3), (5_000, 1), (1 << 20, 0)] {
            let printer = Printer {
                most,
                ..Printer::new(record::write)
            };
            let maker = printer.clone();
            let archive = Archive::reader("a", io::Cursor::new(text.clone()));
            let said: Vec<_> = archive
                .map(move |found| maker.said(found, None))
                .map(Result::unwrap)
                .collect();
            assert!(printer.kept.load(Ordering::Relaxed) <= 2 * most);
            let later = said.iter().filter(|said| matches!(said, Said::Later(..)));
            assert_eq!(later.count(), expected_later, "{most}");
            let mut out = Vec::new();
            for said in said {
                assert!(printer.print(said, &mut out).unwrap());
            }
            assert_eq!(printer.kept.load(Ordering::Relaxed), 0);
            printed.push(out);
        }
        assert_eq!(printed[0].split(|byte| *byte == b'\n').count(), 4);
        assert!(printed.iter().all(|out| *out == printed[0]));
    }
}
