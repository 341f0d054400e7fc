//! The words of one keyword line.

use tor_harness_types::Span;

/// The arguments of one keyword line, which spaces and tabs separate (section
/// 1.2): an iterator that gives them as bytes.
#[derive(Clone, Copy, Debug)]
pub struct Arguments<'a> {
    rest: &'a [u8],
}

impl<'a> Arguments<'a> {
    pub(crate) fn new(rest: &'a [u8]) -> Self {
        Self { rest }
    }

    /// Whether no word is left.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rest.iter().all(is_space)
    }

    /// What is left, as it came.
    #[must_use]
    pub fn as_bytes(&self) -> &'a [u8] {
        self.rest
    }

    /// Takes what is left, as it came.
    pub fn take_all(&mut self) -> &'a [u8] {
        let (rest, nothing) = self.rest.split_at(self.rest.len());
        self.rest = nothing;
        rest
    }

    /// Takes a word, or the nothing between two spaces.
    pub(crate) fn take_host(&mut self) -> &'a [u8] {
        match self.rest.strip_prefix(b" ") {
            Some(rest @ [b' ', ..]) => {
                self.rest = rest;
                &rest[..0]
            }
            _ => self.take_words(1),
        }
    }

    /// Takes so many words with what is between them; fewer where there are
    /// not so many, and nothing where there are none.
    pub fn take_words(&mut self, count: usize) -> &'a [u8] {
        let all = self.rest;
        let first = if count > 0 { self.next() } else { None };
        let Some(first) = first else {
            return &all[all.len()..];
        };
        // Most arguments are one word.
        let Some(last) = self.by_ref().take(count - 1).last() else {
            return first;
        };
        &all[Span::of(first, all).start..Span::of(last, all).end]
    }
}

impl<'a> Iterator for Arguments<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        let start = self.rest.iter().position(|byte| !is_space(byte));
        let word = &self.rest[start.unwrap_or(self.rest.len())..];
        let end = word.iter().position(is_space).unwrap_or(word.len());
        let (word, rest) = word.split_at(end);
        self.rest = rest;
        start.map(|_| word)
    }
}

fn is_space(byte: &u8) -> bool {
    matches!(byte, b' ' | b'\t')
}
