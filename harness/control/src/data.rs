//! Data blocks: many lines in one value, ended by a lone dot.

use alloc::borrow::Cow;
use alloc::vec::Vec;
use core::fmt;

use memchr::{memchr, memrchr};

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

/// The block that follows the first byte, which is the end of a line, and what
/// comes after its lone dot.
pub(crate) fn cut(bytes: &[u8]) -> (Data<'_>, &[u8]) {
    let block = bytes.get(1..).unwrap_or_default();
    let mut rest = block;
    loop {
        let plain = plain(&bytes[block.len() - rest.len()..]);
        if let Some(at) = memrchr(b'\n', &rest[..plain]) {
            rest = &rest[at + 1..];
        }
        let (line, after) = cut_line(rest);
        if line == b"." || rest.is_empty() {
            return (Data::stuffed(&block[..block.len() - rest.len()]), after);
        }
        rest = after;
    }
}

/// How many of the bytes after the first are nothing to stop at in a data block:
/// no line that starts with a dot, no LF without CR.
///
/// What it says of long texts is true but short of the end by some bytes, and
/// of short ones it says 0: it looks at blocks that the compiler makes SIMD of.
pub(crate) fn plain(bytes: &[u8]) -> usize {
    const BLOCK: usize = 128;
    let (before, _) = bytes.as_chunks::<BLOCK>();
    let (here, _) = bytes.get(1..).unwrap_or_default().as_chunks::<BLOCK>();
    let stops = |(here, before): &(&[u8; BLOCK], &[u8; BLOCK])| {
        here.iter()
            .zip(*before)
            .fold(false, |stops, (&at, &before)| {
                stops | ((at == b'\n') & (before != b'\r')) | ((at == b'.') & (before == b'\n'))
            })
    };
    let blocks = here.iter().zip(before);
    blocks.take_while(|block| !stops(block)).count() * BLOCK
}

/// Whether a value can only be sent as a data block.
pub(crate) fn needs_block(text: &[u8]) -> bool {
    memchr::memchr2(b'\r', b'\n', text).is_some()
}

#[cfg(test)]
mod tests {
    use alloc::vec;

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

    /// What [`cut`] should do, line by line.
    fn cut_slowly(bytes: &[u8]) -> (&[u8], &[u8]) {
        let block = &bytes[1..];
        let mut before = 0;
        loop {
            let (line, after) = cut_line(&block[before..]);
            if line == b"." || block.len() == before {
                return (&block[..before], after);
            }
            before = block.len() - after.len();
        }
    }

    #[test]
    fn blocks_end_at_the_lone_dot_wherever_it_is() {
        let after = b".\r\n250 OK\r\n".repeat(40);
        for line in [&b"a\r\n"[..], b"..\r\n", b".\r.\r\n", b"\r\n", b"a\n", b"."] {
            for length in 0..400 {
                let mut bytes = b"\n".to_vec();
                bytes.resize(length + 1, b'x');
                bytes.extend_from_slice(line);
                for end in [&b"\r\n.\r\n"[..], b"\n.\n", b""] {
                    let bytes = [&bytes, end, &after].concat();
                    let (data, after) = cut(&bytes);
                    assert_eq!((data.raw(), after), cut_slowly(&bytes), "{length} {line:?}");
                }
            }
        }
        assert_eq!((cut(b"\n").0.raw(), cut(b"").1), (&b""[..], &b""[..]));
    }

    #[test]
    fn plain_bytes_are_counted_up_to_what_stops() {
        for stop in [&b"\r\n."[..], b"x\n"] {
            for length in 0..600 {
                let mut bytes = vec![b'x'; length];
                bytes.extend_from_slice(stop);
                bytes.extend_from_slice(&[b'x'; 300]);
                let stops_at = length + stop.len() - 1; // the byte that stops
                assert_eq!(
                    plain(&bytes),
                    (stops_at - 1) / 128 * 128,
                    "{length} {stop:?}"
                );
            }
        }
        assert_eq!(plain(&b"x\r\n".repeat(1000)), 2944);
        assert_eq!((plain(b""), plain(b"\n")), (0, 0));
    }
}
