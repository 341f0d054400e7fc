//! Bytes that came, cut into lines.

use alloc::vec::Vec;
use core::ops::Range;

use memchr::{memchr, memrchr};

use crate::data;

/// Bytes of which some have become lines and the rest wait for more.
///
/// ```text
/// | spent | message being gathered | looked at | unseen |
/// 0     start                    line      scanned    len
/// ```
///
/// `0 <= start <= line <= scanned <= len` at all times, and no byte is looked
/// at twice, whatever the sizes of the pieces that come.
#[derive(Clone, Debug, Default)]
pub(crate) struct Buffer {
    bytes: Vec<u8>,
    start: usize,
    line: usize,
    scanned: usize,
}

impl Buffer {
    pub(crate) fn push(&mut self, bytes: &[u8]) {
        // Moving the rest to the front costs at most what is moved in.
        if self.start > 0 && self.start >= self.bytes.len() / 2 {
            self.bytes.drain(..self.start);
            self.line -= self.start;
            self.scanned -= self.start;
            self.start = 0;
        }
        self.bytes.extend_from_slice(bytes);
    }

    /// The next whole line, its line end included; it joins the message.
    pub(crate) fn next_line(&mut self) -> Option<Range<usize>> {
        if let Some(at) = memchr(b'\n', &self.bytes[self.scanned..]) {
            let end = self.scanned + at + 1;
            let line = self.line..end;
            (self.line, self.scanned) = (end, end);
            Some(line)
        } else {
            self.scanned = self.bytes.len();
            None
        }
    }

    /// Takes into the message what lines of a data block need no look, if they
    /// keep the limits; a line must have been there before.
    pub(crate) fn skip_plain_lines(&mut self, max_line: usize, max_message: usize) {
        let unseen = self.scanned;
        if self.bytes[self.line..unseen].starts_with(b".") {
            return; // This may be the lone dot, whose end is not here yet.
        }
        let end = self.bytes.len();
        let end = end.min(self.line.saturating_add(max_line));
        let end = end.min(self.start.saturating_add(max_message));
        let with_the_byte_before = self.bytes.get(unseen - 1..end).unwrap_or_default();
        self.scanned += data::plain(with_the_byte_before);
        if let Some(at) = memrchr(b'\n', &self.bytes[unseen..self.scanned]) {
            self.line = unseen + at + 1;
        }
    }

    /// The message so far: all lines since [`Buffer::finish`].
    pub(crate) fn message(&self) -> &[u8] {
        &self.bytes[self.start..self.line]
    }

    /// The lines so far belong to no message any more.
    pub(crate) fn finish(&mut self) {
        self.start = self.line;
    }

    /// Forgets what there is of a line that has not ended.
    pub(crate) fn forget_unfinished(&mut self) {
        self.bytes.truncate(self.line);
        self.scanned = self.line;
    }

    /// Everything that belongs to no finished message.
    pub(crate) fn rest(&self) -> &[u8] {
        &self.bytes[self.start..]
    }

    /// Everything that is in no line yet.
    pub(crate) fn unread(&self) -> &[u8] {
        &self.bytes[self.line..]
    }

    /// How much of a line that has not ended is there.
    pub(crate) fn unfinished(&self) -> usize {
        self.unread().len()
    }

    pub(crate) fn get(&self, range: Range<usize>) -> &[u8] {
        &self.bytes[range]
    }

    /// A range of the buffer as a range of the message.
    pub(crate) fn in_message(&self, range: Range<usize>) -> Range<usize> {
        range.start - self.start..range.end - self.start
    }
}
