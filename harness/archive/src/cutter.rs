//! A text that comes in pieces, cut into documents.

use std::sync::Arc;

use memchr::{memchr_iter, memrchr};
use tor_harness_netdoc::{Kind, Stretch, stretches};

use crate::block::{Block, CHUNK};
use crate::error::{ArchiveError, ArchiveProblem};
use crate::found::{Batch, Cut};

/// How much has to follow a document before it is known to end there: what
/// tells kinds apart that begin with the same keyword comes soon.
const LOOKAHEAD: usize = 8 << 10;

/// Cuts one text into documents, of which it holds only those that have not
/// come to their end.
#[derive(Debug)]
pub(crate) struct Cutter {
    path: Arc<str>,
    /// How long a document may be.
    longest: usize,
    /// What came and is not cut.
    window: Block,
    /// Where that begins in the text.
    offset: u64,
    /// The line that it begins with.
    line: u64,
    /// How long it is when it is looked at again: each time twice as long, so
    /// that no byte is looked at often.
    next: usize,
    /// The kind of the document that is too long, while its rest is left out.
    skipped: Option<Option<Kind>>,
}

/// What comes out: documents, and what is wrong between them.
pub(crate) type Output = Vec<Result<Batch, ArchiveError>>;

impl Cutter {
    pub(crate) fn new(path: Arc<str>, longest: usize) -> Self {
        Self {
            path,
            longest,
            window: Block::default(),
            offset: 0,
            line: 1,
            next: LOOKAHEAD,
            skipped: None,
        }
    }

    /// Takes more of the text.
    pub(crate) fn push(&mut self, chunk: Block, out: &mut Output) {
        self.window.append(chunk);
        if self.window.len() >= self.next {
            self.cut(false, out);
        }
    }

    /// There is no more.
    pub(crate) fn finish(mut self, out: &mut Output) {
        self.cut(true, out);
    }

    fn cut(&mut self, is_end: bool, out: &mut Output) {
        while self.cut_some(is_end, out) {}
        self.next = (2 * self.window.len()).min(self.most().saturating_add(CHUNK));
    }

    /// How much of a document may be there before it is too long, with the start
    /// of the line behind it.
    fn most(&self) -> usize {
        self.longest.saturating_add(LOOKAHEAD)
    }

    /// Cuts what can be; whether there may be more to cut.
    fn cut_some(&mut self, is_end: bool, out: &mut Output) -> bool {
        let whole = match memrchr(b'\n', &self.window) {
            _ if is_end => self.window.len(),
            Some(end) => end + 1,
            None => 0,
        };
        if let Some(kind) = self.skipped {
            return self.skip(kind, whole);
        }
        let known = if is_end {
            whole
        } else {
            self.window.len().saturating_sub(LOOKAHEAD)
        };
        let mut cuts = Vec::new();
        let mut at = 0;
        let mut line = self.line;
        for Stretch { kind, document } in stretches(&self.window[..whole]) {
            let bytes = document.as_bytes();
            let end = at + bytes.len();
            let may_go_on = !is_end && end == whole;
            let is_open = may_go_on || end > known;
            // The start of a line belongs to it, unless it begins another document.
            let with_line = self.window.len() - at;
            let is_too_long = may_go_on && with_line > self.most();
            if bytes.len() > self.longest || is_too_long {
                self.hand_out(cuts, at, line, out);
                self.leave_out(end - at, out);
                self.skipped = may_go_on.then_some(kind);
                return true;
            }
            if is_open {
                break;
            }
            let range = at..end;
            cuts.push(Cut { kind, range, line });
            line += lines(bytes);
            at = end;
        }
        self.hand_out(cuts, at, line, out);
        if whole == at && self.window.len() > self.most() {
            // A line without end.
            self.leave_out(0, out);
            self.skipped = Some(None);
            return true;
        }
        false
    }

    /// Hands out the documents of the first `end` bytes, and keeps the others,
    /// which begin with this line.
    fn hand_out(&mut self, cuts: Vec<Cut>, end: usize, line: u64, out: &mut Output) {
        if cuts.is_empty() {
            return;
        }
        let offset = self.offset;
        self.line = line;
        self.offset += end as u64;
        out.push(Ok(Batch {
            path: Arc::clone(&self.path),
            offset,
            bytes: self.window.take(end),
            cuts,
        }));
    }

    /// Leaves out a document that is too long, of which so many bytes are there.
    fn leave_out(&mut self, length: usize, out: &mut Output) {
        out.push(Err(ArchiveError {
            path: Arc::clone(&self.path),
            offset: Some(self.offset),
            problem: ArchiveProblem::TooLong(self.longest),
        }));
        self.drop_first(length);
    }

    /// Leaves out the rest of a document of this kind; whether another one begins.
    fn skip(&mut self, kind: Option<Kind>, whole: usize) -> bool {
        let mut at = 0;
        for stretch in stretches(&self.window[..whole]) {
            if begins_another(&stretch, kind) {
                self.drop_first(at);
                self.skipped = None;
                return true;
            }
            at += stretch.document.as_bytes().len();
        }
        self.drop_first(whole);
        if self.window.len() > CHUNK {
            // The start of a line: what follows it must not look like one.
            self.drop_first(self.window.len() - 1);
            self.window = vec![b'-'].into();
        }
        false
    }

    fn drop_first(&mut self, count: usize) {
        self.line += lines(&self.window[..count]);
        self.offset += count as u64;
        self.window.drop_first(count);
    }
}

/// Whether another document begins here, and not the rest of one of this kind.
fn begins_another(stretch: &Stretch<'_>, kind: Option<Kind>) -> bool {
    let Some(first) = stretch.document.items().next() else {
        return false;
    };
    if first.is_annotation() {
        return true;
    }
    let keyword = first.keyword_bytes();
    match kind {
        Some(kind) if kind.rules().first().as_bytes() == keyword => true,
        Some(kind) if goes_on_with(kind, keyword) => false,
        _ => stretch.kind.is_some(),
    }
}

/// Whether documents of this kind have items with this keyword that do not begin another.
fn goes_on_with(kind: Kind, keyword: &[u8]) -> bool {
    // Lines of a consensus are in a diff; the others take any lines.
    let takes_all = matches!(
        kind,
        Kind::ConsensusDiff | Kind::SharedRandomState | Kind::State
    );
    takes_all || !kind.has_items() || kind.rules().knows(keyword)
}

fn lines(bytes: &[u8]) -> u64 {
    memchr_iter(b'\n', bytes).count() as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Cuts `text`, which comes in pieces of so many bytes: the documents, each
    /// as `LINE KIND LENGTH`, and what is wrong.
    fn cut(text: &[u8], piece: usize, longest: usize) -> Vec<String> {
        let mut out = Output::new();
        let mut cutter = Cutter::new("a".into(), longest);
        for piece in text.chunks(piece) {
            cutter.push(piece.to_vec().into(), &mut out);
            let window = cutter.window.len();
            let most = 2 * (longest + LOOKAHEAD + CHUNK) + piece.len();
            assert!(window <= most, "{window} bytes, {} in a piece", piece.len());
        }
        cutter.finish(&mut out);
        let mut said = Vec::new();
        for output in &out {
            match output {
                Ok(batch) => said.extend(batch.documents().map(|found| {
                    let bytes = found.document.as_bytes();
                    let at = found.place.offset as usize;
                    assert_eq!(&text[at..at + bytes.len()], bytes);
                    assert_eq!(lines(&text[..at]) + 1, found.place.line);
                    let kind = found.kind.map_or("none", Kind::name);
                    format!("{} {kind} {}", found.place.line, bytes.len())
                })),
                Err(error) => said.push(error.to_string()),
            }
        }
        said
    }

    #[test]
    fn cuts_the_same_in_any_pieces() {
        let long = format!("router long\ncontact {}\n", "x".repeat(20_000));
        let text = format!("{long}@a\nrouter a\n{long}what\n\n@b\nrouter b\nrouter c");
        let expected = cut(text.as_bytes(), text.len(), 1 << 20);
        assert_eq!(
            expected[..3],
            [
                "1 server-descriptor 20021",
                "3 server-descriptor 12",
                "5 server-descriptor 20027"
            ]
        );
        for piece in [1, 7, 4096, 9000, 30_000] {
            assert_eq!(cut(text.as_bytes(), piece, 1 << 20), expected, "{piece}");
        }
    }

    #[test]
    fn leaves_out_what_is_too_long() {
        const SHORT: &str = "router a\n";
        let said = |line, bytes| vec![format!("{line} server-descriptor {bytes}")];
        let complaint = |offset| {
            vec![format!(
                "a: behind byte {offset} of its text: expected a document of at most 20000 bytes, and here is a \
                 longer one, which is left out"
            )]
        };
        for (long, line) in [
            (
                format!("router long\n{}", "uptime 1\n".repeat(100_000)),
                100_002,
            ),
            (
                format!("@a\nrouter long\n{}", "uptime 1\n".repeat(100_000)),
                100_003,
            ),
            (
                format!("@type tea 1.0\nx {}\n", "router b ".repeat(100_000)),
                3,
            ),
            (
                format!("router long\ncontact {}\n", "x".repeat(1_000_000)),
                3,
            ),
            (
                format!("@type tea 1.0\n{}", "what\n".repeat(100_000)),
                100_002,
            ),
        ] {
            for piece in [999, 10_000, 300_000, 2_000_000] {
                let text = format!("{SHORT}{long}{SHORT}{SHORT}");
                let expected = [
                    said(1, 9),
                    complaint(9),
                    said(line + 1, 9),
                    said(line + 2, 9),
                ];
                assert_eq!(
                    cut(text.as_bytes(), piece, 20_000),
                    expected.concat(),
                    "{piece}"
                );
            }
        }
    }
    #[test]
    fn leaves_out_nothing_of_another_kind() {
        let long = "onion-key\nfamily-cert\nuptime 1\n".repeat(10_000);
        let text = format!("router long\n{long}extra-info a\nextra-info b\nrouter c\n");
        for piece in [999, 300_000, 2_000_000] {
            let said = cut(text.as_bytes(), piece, 20_000);
            assert!(said[0].contains("longer one"), "{piece}: {said:?}");
            assert_eq!(
                said[1..],
                [
                    "30002 extra-info 13",
                    "30003 extra-info 13",
                    "30004 server-descriptor 9"
                ],
                "{piece}"
            );
        }
    }
}
