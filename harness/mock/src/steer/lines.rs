//! Bytes cut into lines.

/// A line longer than this ends the connection, as in tor.
pub(super) const LONGEST: usize = 1 << 20;

/// What has come of a line.
#[derive(Debug, Default)]
pub(super) struct Lines {
    buffer: Vec<u8>,
    /// How much of it has been given, and how much has no end of line.
    given: usize,
    searched: usize,
}

/// A line was longer than [`LONGEST`].
#[derive(Debug, PartialEq, Eq)]
pub(super) struct TooLong;

impl Lines {
    /// Takes more bytes.
    pub(super) fn push(&mut self, bytes: &[u8]) {
        self.buffer.drain(..self.given);
        if self.buffer.is_empty() {
            // A long line is not kept in store for the next.
            self.buffer = Vec::new();
        }
        self.searched -= self.given;
        self.given = 0;
        self.buffer.extend_from_slice(bytes);
    }

    /// How many bytes wait to be given.
    pub(super) fn waiting(&self) -> usize {
        self.buffer.len() - self.given
    }

    /// The next line without its end, if it is whole.
    pub(super) fn next_line(&mut self) -> Result<Option<&[u8]>, TooLong> {
        let end = self.buffer[self.searched..]
            .iter()
            .position(|byte| *byte == b'\n');
        self.searched = end.map_or(self.buffer.len(), |end| self.searched + end + 1);
        if self.searched - self.given > LONGEST {
            return Err(TooLong);
        }
        if end.is_none() {
            return Ok(None);
        }
        let line = &self.buffer[self.given..self.searched];
        self.given = self.searched;
        Ok(Some(line.trim_ascii()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_pieces_give_the_same_lines() {
        let bytes = b"one\r\n\ntwo\nhalf";
        for size in 1..=bytes.len() {
            let mut lines = Lines::default();
            let mut came = Vec::new();
            for piece in bytes.chunks(size) {
                lines.push(piece);
                while let Some(line) = lines.next_line().unwrap() {
                    came.push(line.to_vec());
                }
            }
            assert_eq!(came, [&b"one"[..], b"", b"two"], "pieces of {size}");
        }
    }

    #[test]
    fn a_line_is_not_endless() {
        let long = [b'x'; LONGEST];
        for (more, whole) in [
            (&b""[..], Ok(false)),
            (b"\n", Err(TooLong)),
            (b"x", Err(TooLong)),
        ] {
            let mut lines = Lines::default();
            lines.push(&long);
            assert_eq!(lines.next_line(), Ok(None));
            lines.push(more);
            assert_eq!(lines.next_line().map(|line| line.is_some()), whole);
        }
    }
}
