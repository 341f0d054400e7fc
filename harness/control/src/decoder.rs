//! What tor sends, cut into messages.

use crate::buffer::Buffer;
use crate::message::{Message, Separator, StatusLine, line_end};
use crate::problem::{ParseError, Problem};

/// How strict and how patient a [`Decoder`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DecodeOptions {
    /// Take LF alone for the end of a line. No tor sends that; mocks of others do.
    pub accept_bare_lf: bool,
    /// The longest line, in bytes with its CRLF. 16 MiB unless told.
    pub max_line: usize,
    /// The longest data block, in bytes as sent, its lone dot included. 256 MiB unless told.
    pub max_block: usize,
    /// The longest message, in bytes. 256 MiB unless told: `GETINFO ns/all` has 2.4 MB.
    pub max_message: usize,
}

impl Default for DecodeOptions {
    fn default() -> Self {
        Self {
            accept_bare_lf: false,
            max_line: 16 << 20,
            max_block: 256 << 20,
            max_message: 256 << 20,
        }
    }
}

impl DecodeOptions {
    /// These options with LF alone accepted, or not.
    #[must_use]
    pub const fn accept_bare_lf(mut self, accept: bool) -> Self {
        self.accept_bare_lf = accept;
        self
    }

    /// These options with another longest line, in bytes.
    #[must_use]
    pub const fn max_line(mut self, bytes: usize) -> Self {
        self.max_line = bytes;
        self
    }

    /// These options with another longest data block, in bytes.
    #[must_use]
    pub const fn max_block(mut self, bytes: usize) -> Self {
        self.max_block = bytes;
        self
    }

    /// These options with another longest message, in bytes.
    #[must_use]
    pub const fn max_message(mut self, bytes: usize) -> Self {
        self.max_message = bytes;
        self
    }
}

/// Cuts a stream of bytes from tor into [`Message`]s (section 2.3).
///
/// The bytes may come in any pieces; each is looked at once.
#[derive(Clone, Debug, Default)]
pub struct Decoder {
    buffer: Buffer,
    options: DecodeOptions,
    /// Where in the message the data block begins that is being read.
    block: Option<usize>,
    /// The message handed out last is spent when the next is asked for.
    handed_out: bool,
    failed: Option<ParseError>,
}

impl Decoder {
    /// A decoder with the usual options.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A decoder with options of one's own.
    #[must_use]
    pub fn with_options(options: DecodeOptions) -> Self {
        Self {
            options,
            ..Self::default()
        }
    }

    /// Takes bytes as they came.
    ///
    /// They are kept until [`Decoder::next`] has made messages of them, and the limits are
    /// looked at there alone: ask for all messages before the next push, or memory has no
    /// bound. After an error nothing more is kept.
    pub fn push(&mut self, bytes: &[u8]) {
        self.spend();
        // Nothing is made of what follows an error.
        if self.failed.is_none() {
            self.buffer.push(bytes);
        }
    }

    /// The next whole message, or `None` until more bytes are pushed.
    ///
    /// # Errors
    /// If the bytes are no control protocol, or go beyond the limits. The place
    /// is in [`Decoder::unread`]; of what is too long it ends behind the first
    /// byte too many, and of several limits the one crossed first is named.
    /// There is no way to find the next message then: each further call gives
    /// the same error.
    #[expect(
        clippy::should_implement_trait,
        reason = "an iterator cannot lend what it owns"
    )]
    pub fn next(&mut self) -> Result<Option<Message<'_>>, ParseError> {
        self.spend();
        if let Some(error) = self.failed {
            return Err(error);
        }
        match self.gather() {
            Ok(true) => {
                self.handed_out = true;
                Ok(Some(Message::framed(self.buffer.message())))
            }
            Ok(false) => Ok(None),
            Err(error) => {
                self.failed = Some(error);
                Err(error)
            }
        }
    }

    /// The bytes that have not become a message.
    #[must_use]
    pub fn unread(&self) -> &[u8] {
        if self.handed_out {
            &self.buffer.rest()[self.buffer.message().len()..]
        } else {
            self.buffer.rest()
        }
    }

    fn spend(&mut self) {
        if self.handed_out {
            self.buffer.finish();
            self.handed_out = false;
        }
    }

    /// Adds lines to the message until it is whole: then `true`.
    fn gather(&mut self) -> Result<bool, ParseError> {
        let DecodeOptions {
            accept_bare_lf,
            max_line,
            ..
        } = self.options;
        loop {
            if self.block.is_some() {
                self.buffer.skip_plain_lines(max_line, self.most());
            }
            let Some(range) = self.buffer.next_line() else {
                break;
            };
            let line = self.buffer.get(range.clone());
            let place = self.buffer.in_message(range);
            if line.len() > max_line || place.end > self.most() {
                return Err(self.too_long(place.start));
            }
            if !accept_bare_lf && !line.ends_with(b"\r\n") {
                return Err(Problem::BareLf.at(place.end - 1..place.end));
            }
            if self.block.is_some() {
                if line_end(line) == b"." {
                    self.block = None;
                }
                continue;
            }
            let separator = StatusLine::check(line).map_err(|wrong| {
                wrong
                    .problem
                    .at(place.start + wrong.span.start..place.start + wrong.span.end)
            })?;
            match separator {
                Separator::Mid => {}
                Separator::Data => self.block = Some(place.end),
                Separator::End => return Ok(true),
            }
        }
        let unfinished = self.buffer.unfinished();
        let whole = self.buffer.rest().len();
        if unfinished > max_line || whole > self.most() {
            return Err(self.too_long(whole - unfinished));
        }
        Ok(false)
    }

    /// How long the message may be at this point.
    fn most(&self) -> usize {
        let block = self.block.map_or(usize::MAX, |start| {
            start.saturating_add(self.options.max_block)
        });
        block.min(self.options.max_message)
    }

    /// The limit that a line beginning at `line` crosses first.
    ///
    /// More may have come than up to there, so the place is made from the limit:
    /// it is the same in whatever pieces the bytes came.
    #[cold]
    fn too_long(&self, line: usize) -> ParseError {
        let DecodeOptions {
            max_line,
            max_block,
            max_message,
            ..
        } = self.options;
        let message = (
            0,
            max_message,
            Problem::MessageTooLong { limit: max_message },
        );
        let block = self
            .block
            .map(|start| (start, max_block, Problem::BlockTooLong { limit: max_block }));
        let line = (line, max_line, Problem::LineTooLong { limit: max_line });
        let end = |(start, limit, _): (usize, usize, Problem)| start.saturating_add(limit);
        let mut first = message;
        for next in block.into_iter().chain([line]) {
            if end(next) <= end(first) {
                first = next;
            }
        }
        let (start, _, problem) = first;
        problem.at(start..end(first) + 1)
    }
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use super::*;

    /// All messages of `wire`, and what stopped the decoder; the result must not
    /// depend on the pieces it is fed in.
    fn decode(wire: &[u8], options: DecodeOptions) -> (Vec<Vec<u8>>, Option<ParseError>) {
        let run = |pieces: &mut dyn Iterator<Item = &[u8]>| {
            let mut decoder = Decoder::with_options(options);
            let mut messages = Vec::new();
            for piece in pieces {
                decoder.push(piece);
                loop {
                    match decoder.next() {
                        Ok(Some(message)) => messages.push(message.as_bytes().to_vec()),
                        Ok(None) => break,
                        Err(error) => return (messages, Some(error)),
                    }
                }
            }
            (messages, None)
        };
        let whole = run(&mut [wire].into_iter());
        for size in 1..wire.len() {
            let (start, end) = wire.split_at(size);
            for (messages, error) in [
                run(&mut wire.chunks(size)),
                run(&mut [start, end].into_iter()),
            ] {
                assert_eq!(
                    (messages, error),
                    whole,
                    "in pieces of {size}, or cut there"
                );
            }
        }
        whole
    }

    #[test]
    fn frames() {
        for wire in [
            &[&b"250 OK\r\n"[..]][..],
            &[b"250-a=b\r\n250 OK\r\n", b"650 BW 1 2\r\n"],
            &[
                b"250+a=\r\n650 no event\r\n..\r\n.\r\n250 OK\r\n",
                b"510 \r\n",
            ],
            // torut: refuses what is not ASCII, and more than one status.
            &[b"250-\xff\xfe\r\n250 \x00\r\n"],
            &[b"250-a=b\r\n512-no\r\n250 c=d\r\n"],
        ] {
            let (messages, error) = decode(&wire.concat(), DecodeOptions::default());
            assert_eq!(
                (messages, error),
                (wire.iter().map(|m| m.to_vec()).collect(), None)
            );
        }
    }

    #[test]
    fn refuses() {
        let strict = DecodeOptions::default();
        for (wire, options, problem, span) in [
            (&b"250 OK\n"[..], strict, Problem::BareLf, 6..7),
            (b"250-a\r\n25 OK\r\n", strict, Problem::StatusCode, 7..10),
            (b"\r\n", strict, Problem::StatusCode, 0..0),
            (b"250\r\n", strict, Problem::Separator, 3..3),
            (b"250_OK\r\n", strict, Problem::Separator, 3..4),
            (
                b"250 four\r\n",
                strict.max_line(9),
                Problem::LineTooLong { limit: 9 },
                0..10,
            ),
            (
                b"250-a\r\n250 b\r\n",
                strict.max_message(9),
                Problem::MessageTooLong { limit: 9 },
                0..10,
            ),
            (
                b"250-a\r\n250+b\r\nc\r\n.\r\n250 OK\r\n",
                strict.max_block(5),
                Problem::BlockTooLong { limit: 5 },
                14..20,
            ),
            // The limit that is crossed first counts, whichever it is.
            (
                b"250-some line\r\n250 a line that is longer\r\n",
                strict.max_line(18).max_message(20),
                Problem::MessageTooLong { limit: 20 },
                0..21,
            ),
            (
                b"250-some line\r\n250 a line that is longer\r\n",
                strict.max_line(18).max_message(38),
                Problem::LineTooLong { limit: 18 },
                15..34,
            ),
            (
                b"250+a\r\na line of a block\r\n.\r\n250 OK\r\n",
                strict.max_line(12).max_block(10),
                Problem::BlockTooLong { limit: 10 },
                7..18,
            ),
            (
                b"250+a\r\na line of a block\r\n.\r\n250 OK\r\n",
                strict.max_line(10).max_block(12),
                Problem::LineTooLong { limit: 10 },
                7..18,
            ),
            (
                b"250+a\r\nblock\r\n.\r\n250 OK\r\n",
                strict.max_block(9).max_message(14),
                Problem::MessageTooLong { limit: 14 },
                0..15,
            ),
            (
                b"250 four\n",
                strict.max_line(8),
                Problem::LineTooLong { limit: 8 },
                0..9,
            ),
        ] {
            let (messages, error) = decode(wire, options);
            assert_eq!((messages, error), (Vec::new(), Some(problem.at(span))));
        }
    }

    #[test]
    fn long_blocks_are_as_strict_as_short_ones() {
        let strict = DecodeOptions::default();
        let lines = b"0123456789abcdef\r\n".repeat(40);
        let next = [b"650 ", &[b'x'; 200][..], b"\r\n"].concat();
        let end = [&b".\r\n250 OK\r\n"[..], &next].concat();
        let long = [&[b'x'; 300][..], b"\r\n"].concat();
        for (line, options, expected) in [
            (&b"..\r\n"[..], strict, None),
            (b".\r.\r\n", strict, None),
            (b"x\n", strict, Some(Problem::BareLf.at(729..730))),
            (b".\n", strict, Some(Problem::BareLf.at(729..730))),
            (b"x\n", strict.accept_bare_lf(true), None),
            (&long, strict.max_line(302), None),
            (
                &long,
                strict.max_line(301),
                Some(Problem::LineTooLong { limit: 301 }.at(728..1030)),
            ),
            (b"", strict.max_block(1443), None),
            (
                b"",
                strict.max_block(1442),
                Some(Problem::BlockTooLong { limit: 1442 }.at(8..1451)),
            ),
            (b"", strict.max_message(1459), None),
            (
                b"",
                strict.max_message(1458),
                Some(Problem::MessageTooLong { limit: 1458 }.at(0..1459)),
            ),
            (
                b"",
                strict.max_message(500),
                Some(Problem::MessageTooLong { limit: 500 }.at(0..501)),
            ),
        ] {
            let wire = [b"250+a=\r\n", &lines[..], line, &lines, &end].concat();
            let (messages, error) = decode(&wire, options);
            assert_eq!(
                (messages.len(), error),
                (if expected.is_none() { 2 } else { 0 }, expected)
            );
        }
    }

    #[test]
    fn limits_bound_what_never_ends() {
        let mut decoder = Decoder::with_options(DecodeOptions::default().max_line(100));
        decoder.push(&[b'2'; 101]);
        assert_eq!(
            decoder.next().unwrap_err().problem,
            Problem::LineTooLong { limit: 100 }
        );
        decoder.push(b"\r\n250 OK\r\n");
        assert!(decoder.next().is_err(), "a stream that broke stays broken");
    }

    #[test]
    fn accepts_bare_lf_when_told() {
        let options = DecodeOptions::default().accept_bare_lf(true);
        let (messages, error) = decode(b"250+a=\n.\n250 OK\n", options);
        assert_eq!((messages.len(), error), (1, None));
    }
}
