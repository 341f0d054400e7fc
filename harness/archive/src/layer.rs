//! Which layer of an archive an error comes from.

use std::io::{self, BufRead, Read};

/// A reader whose errors say what was read.
#[derive(Debug)]
pub(crate) struct Layer<R> {
    inner: R,
    what: &'static str,
}

impl<R> Layer<R> {
    /// `what` is expected of `inner`: `gz data that is whole`.
    pub(crate) fn new(what: &'static str, inner: R) -> Self {
        Self { inner, what }
    }

    fn explain<T>(&self, result: io::Result<T>) -> io::Result<T> {
        result.map_err(|error| explained(self.what, error))
    }
}

/// This error, with what was expected; one that says that already stays as it is.
pub(crate) fn explained(what: &'static str, error: io::Error) -> io::Error {
    let is_explained = |error: &io::Error| {
        let inner = error.get_ref();
        inner.is_some_and(<dyn std::error::Error + Send + Sync>::is::<Explained>)
    };
    if error.kind() == io::ErrorKind::Interrupted || is_explained(&error) {
        return error;
    }
    io::Error::new(error.kind(), Explained { what, error })
}

/// An error with what was expected.
#[derive(Debug, thiserror::Error)]
#[error("expected {what}: {error}")]
struct Explained {
    what: &'static str,
    #[source]
    error: io::Error,
}

impl<R: Read> Read for Layer<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let result = self.inner.read(buffer);
        self.explain(result)
    }
}

impl<R: BufRead> BufRead for Layer<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        let what = self.what;
        self.inner
            .fill_buf()
            .map_err(|error| explained(what, error))
    }

    fn consume(&mut self, amount: usize) {
        self.inner.consume(amount);
    }
}
