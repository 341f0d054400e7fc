//! What controllers send, cut into commands.

use crate::buffer::Buffer;
use crate::command::white_space::{is_white, trim_start};
use crate::data::Data;
use crate::message::{cut_line, line_end};
use crate::problem::{ParseError, Problem};

/// One command as it came: a line, and the data block that follows where the
/// line starts with `+`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct RawCommand<'b> {
    /// The first word, `+` included; empty where the line starts with a space.
    pub keyword: &'b [u8],
    /// What follows it, without the white space before and the line end.
    pub arguments: &'b [u8],
    /// The data block.
    pub body: Option<Data<'b>>,
}

impl<'b> RawCommand<'b> {
    /// Cuts a whole command, as [`CommandDecoder`] frames it.
    ///
    /// As with tor, any white space ends the keyword, and a NUL byte hides what is behind
    /// it in the keyword or in the arguments.
    #[must_use]
    pub fn new(bytes: &'b [u8]) -> Self {
        let (line, block) = cut_line(bytes);
        let end = line.iter().position(|b| is_white(*b)).unwrap_or(line.len());
        let (keyword, arguments) = line.split_at(end);
        let before_nul = |text: &'b [u8]| text.split(|&b| b == 0).next().unwrap_or_default();
        let (keyword, arguments) = (before_nul(keyword), before_nul(arguments));
        let body = keyword.starts_with(b"+").then(|| {
            let end = block
                .strip_suffix(b".\r\n")
                .or_else(|| block.strip_suffix(b".\n"));
            Data::stuffed(end.unwrap_or(block))
        });
        Self {
            keyword,
            arguments: trim_start(arguments),
            body,
        }
    }
}

/// Cuts a stream of bytes from a controller into commands.
///
/// As with tor, LF alone ends a line as well as CRLF does.
#[derive(Clone, Debug)]
pub struct CommandDecoder {
    buffer: Buffer,
    in_data: bool,
    handed_out: bool,
    /// The line that has not ended is too long: no more than that is kept of it.
    overlong: bool,
    max_line: usize,
    failed: Option<ParseError>,
}

impl Default for CommandDecoder {
    fn default() -> Self {
        // tor's own: one less than MAX_COMMAND_LINE_LENGTH, line end included.
        Self {
            buffer: Buffer::default(),
            in_data: false,
            handed_out: false,
            overlong: false,
            max_line: (1 << 20) - 1,
            failed: None,
        }
    }
}

impl CommandDecoder {
    /// A decoder that allows a command of nearly 1 MiB, as tor does.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Allows commands of that many bytes, line ends included, and no more.
    #[must_use]
    pub const fn max_line(mut self, bytes: usize) -> Self {
        self.max_line = bytes;
        self
    }

    /// Takes bytes as they came.
    ///
    /// They are kept until [`CommandDecoder::next_bytes`] has looked at them: ask for all
    /// commands before the next push, or memory has no bound. After an error nothing is
    /// kept.
    pub fn push(&mut self, bytes: &[u8]) {
        self.spend();
        if self.failed.is_none() {
            self.buffer.push(bytes);
        }
    }

    /// What has been pushed and is in no line that has been looked at: after a push all
    /// that tor would find in its buffer. Of a line that is too long, nothing.
    #[must_use]
    pub fn unread(&self) -> &[u8] {
        if self.overlong {
            return &[];
        }
        self.buffer.unread()
    }

    /// The next whole command as it came, or `None` until more bytes are pushed.
    ///
    /// # Errors
    /// If a line or a data block is longer than tor allows: tor answers `500
    /// Line too long.` and closes. As with tor, that is known once the line has
    /// ended; until then nothing more of it is kept. The place is in the command,
    /// from the start of that line to the first byte too many. Each further call
    /// gives the same error.
    pub fn next_bytes(&mut self) -> Result<Option<&[u8]>, ParseError> {
        self.spend();
        if let Some(error) = self.failed {
            return Err(error);
        }
        while let Some(range) = self.buffer.next_line() {
            let line = line_end(self.buffer.get(range.clone()));
            let place = self.buffer.in_message(range);
            if self.in_data {
                self.in_data = line != b".";
            } else {
                self.in_data = line.starts_with(b"+");
            }
            if self.overlong || place.end > self.max_line {
                let limit = self.max_line;
                let error = Problem::LineTooLong { limit }.at(place.start..limit + 1);
                self.failed = Some(error);
                self.buffer = Buffer::default();
                return Err(error);
            }
            if !self.in_data {
                self.handed_out = true;
                return Ok(Some(self.buffer.message()));
            }
        }
        if self.buffer.rest().len() > self.max_line {
            self.overlong = true;
            self.buffer.forget_unfinished();
        }
        Ok(None)
    }

    /// [`CommandDecoder::next_bytes`], cut into its parts.
    ///
    /// # Errors
    /// The same.
    #[expect(
        clippy::should_implement_trait,
        reason = "an iterator cannot lend what it owns"
    )]
    pub fn next(&mut self) -> Result<Option<RawCommand<'_>>, ParseError> {
        Ok(self.next_bytes()?.map(RawCommand::new))
    }

    fn spend(&mut self) {
        if self.handed_out {
            self.buffer.finish();
            self.handed_out = false;
        }
    }
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use super::*;

    #[test]
    fn frames_in_any_pieces() {
        let wire = b"GETINFO version\r\n\n \tx\n+LOADCONF a\r\n..b\r\n.\r\nquit\tnow\x00later\r\n";
        for size in 1..=wire.len() {
            let mut decoder = CommandDecoder::new();
            let mut commands = Vec::new();
            for piece in wire.chunks(size) {
                decoder.push(piece);
                while let Some(command) = decoder.next().unwrap() {
                    let body = command.body.map(|data| data.text().into_owned());
                    commands.push((command.keyword.to_vec(), command.arguments.to_vec(), body));
                }
            }
            let plain =
                |keyword: &[u8], arguments: &[u8]| (keyword.to_vec(), arguments.to_vec(), None);
            assert_eq!(
                commands,
                [
                    plain(b"GETINFO", b"version"),
                    plain(b"", b""),
                    plain(b"", b"x"),
                    (b"+LOADCONF".to_vec(), b"a".to_vec(), Some(b".b\n".to_vec())),
                    plain(b"quit", b"now"),
                ]
            );
        }
    }

    #[test]
    fn shows_what_is_unread() {
        let mut decoder = CommandDecoder::new().max_line(9);
        for (piece, unread) in [
            (&b"a\nb"[..], &b"a\nb"[..]),
            (b"c", b"bc"),
            (b"\n+d\n", b"bc\n+d\n"),
            (b"e\nf", b"e\nf"),
            (b"ghijklmnop", b"fghijklmnop"),
            (b"q", b""),
        ] {
            decoder.push(piece);
            assert_eq!(decoder.unread(), unread, "{piece:?}");
            while let Ok(Some(_)) = decoder.next_bytes() {}
        }
    }

    #[test]
    fn bounds_what_it_keeps() {
        let mut decoder = CommandDecoder::new();
        for _ in 0..4096 {
            decoder.push(&[b'x'; 1024]);
            assert_eq!(decoder.next(), Ok(None));
            assert!(decoder.buffer.rest().len() < 1 << 20);
        }
        // tor says nothing until the line ends.
        decoder.push(b"\n");
        let problem = decoder.next().unwrap_err().problem;
        assert!(matches!(problem, Problem::LineTooLong { .. }));
    }

    #[test]
    fn errors_do_not_depend_on_the_pieces() {
        for (wire, whole_before, span) in [
            (&b"GETINFO version\r\nQUIT\r\n"[..], 0, 0..11),
            (b"QUIT\r\nGETINFO version\r\nQUIT\r\n", 1, 0..11),
            (b"+LOADCONF\r\na\r\n.\r\n", 0, 0..11),
            (b"+X\r\na\r\nsome long line\r\n.\r\nQUIT\r\n", 0, 7..11),
            (b"+X\r\na\r\nb\r\n.\r\nQUIT\r\n", 0, 10..11),
        ] {
            let error = Problem::LineTooLong { limit: 10 }.at(span);
            for size in 1..=wire.len() {
                let mut decoder = CommandDecoder::new().max_line(10);
                let (mut commands, mut errors) = (0, 0);
                for piece in wire.chunks(size) {
                    decoder.push(piece);
                    loop {
                        match decoder.next() {
                            Ok(Some(_)) => commands += 1,
                            Ok(None) => break,
                            Err(found) => {
                                assert_eq!(found, error, "{wire:?} in pieces of {size}");
                                errors += 1;
                                break;
                            }
                        }
                    }
                }
                assert_eq!(commands, whole_before, "{wire:?} in pieces of {size}");
                assert!(errors > 0, "{wire:?} in pieces of {size}");
            }
        }
    }

    #[test]
    fn allows_what_tor_allows() {
        for (length, allowed) in [((1 << 20) - 1, true), (1 << 20, false)] {
            let mut line = alloc::vec![b'x'; length];
            line.splice(length - 2.., *b"\r\n");
            for size in [length, 1000] {
                let mut decoder = CommandDecoder::new();
                let (all_but_last, last) = line.split_at(length - 1);
                for piece in all_but_last.chunks(size) {
                    decoder.push(piece);
                    assert_eq!(decoder.next(), Ok(None));
                }
                decoder.push(last);
                assert_eq!(
                    decoder.next().is_ok(),
                    allowed,
                    "{length} in pieces of {size}"
                );
            }
        }
    }
}
