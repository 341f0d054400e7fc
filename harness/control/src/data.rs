//! Data blocks: many lines in one value, ended by a lone dot.

use alloc::borrow::Cow;
use alloc::vec::Vec;
use core::fmt;

use memchr::memchr;

use crate::message::cut_line;

/// A data block as it came, dots doubled, without the line `.` that ends it
/// (section 2.3, `CmdData`).
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Data<'b> {
    stuffed: &'b [u8],
}

impl<'b> Data<'b> {
    /// The lines before the lone dot, as they came.
    pub(crate) fn stuffed(stuffed: &'b [u8]) -> Self {
        Self { stuffed }
    }

    /// The bytes as they came: each line with its CRLF, a dot at its start doubled.
    #[must_use]
    pub fn raw(&self) -> &'b [u8] {
        self.stuffed
    }

    /// The lines, without line ends and with the doubled dots undone.
    pub fn lines(&self) -> impl Iterator<Item = &'b [u8]> + use<'b> {
        let mut rest = self.stuffed;
        core::iter::from_fn(move || {
            if rest.is_empty() {
                return None;
            }
            let (line, after) = cut_line(rest);
            rest = after;
            Some(line.strip_prefix(b".").unwrap_or(line))
        })
    }

    /// The value that the block stands for: lines that end in LF.
    ///
    /// Borrowed only where nothing had to be undone, which is the empty block.
    #[must_use]
    pub fn text(&self) -> Cow<'b, [u8]> {
        if self.stuffed.is_empty() {
            return Cow::Borrowed(self.stuffed);
        }
        let mut text = Vec::with_capacity(self.stuffed.len());
        for line in self.lines() {
            text.extend_from_slice(line);
            text.push(b'\n');
        }
        Cow::Owned(text)
    }
}

impl fmt::Debug for Data<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "Data({:?})",
            alloc::string::String::from_utf8_lossy(self.stuffed)
        )
    }
}

/// Writes `text` as a data block with the lone dot at its end.
///
/// Every LF becomes CRLF, and a last line without LF gets one.
pub(crate) fn encode(text: &[u8], out: &mut Vec<u8>) {
    let mut rest = text;
    while !rest.is_empty() {
        let end = memchr(b'\n', rest).unwrap_or(rest.len());
        if rest.starts_with(b".") {
            out.push(b'.');
        }
        out.extend_from_slice(&rest[..end]);
        out.extend_from_slice(b"\r\n");
        rest = rest.get(end + 1..).unwrap_or_default();
    }
    out.extend_from_slice(b".\r\n");
}

/// Whether a value can only be sent as a data block.
pub(crate) fn needs_block(text: &[u8]) -> bool {
    memchr::memchr2(b'\r', b'\n', text).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_blocks() {
        for (text, block) in [
            (&b""[..], &b".\r\n"[..]),
            (b"a\n", b"a\r\n.\r\n"),
            (b".\n..\n\n.a\n", b"..\r\n...\r\n\r\n..a\r\n.\r\n"),
            (b"a\r\n", b"a\r\r\n.\r\n"),
        ] {
            let mut encoded = Vec::new();
            encode(text, &mut encoded);
            assert_eq!(encoded, block);
            let data = Data::stuffed(&block[..block.len() - 3]);
            assert_eq!(data.text(), text);
        }
        let mut encoded = Vec::new();
        encode(b"no end", &mut encoded);
        assert_eq!(encoded, b"no end\r\n.\r\n");
    }
}
