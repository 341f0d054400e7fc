//! The lines of a good reply.

use alloc::vec::Vec;

use crate::message::{Line, Message};
use crate::problem::{ParseError, Problem};
use crate::reply::StatusCode;

/// The texts of all lines of a reply that says 250 on each, none with a data block.
pub(super) fn texts<'a>(message: &Message<'a>) -> Result<Vec<&'a [u8]>, ParseError> {
    let whole = message.as_bytes();
    let text = |line: Line<'a>| {
        if line.status != StatusCode::OK {
            return Err(Problem::Expected("250").of(line.text, whole));
        }
        without_block(&line, whole)
    };
    message.lines().map(text).collect()
}

/// The same without the `OK` that ends most replies.
pub(super) fn before_ok<'a>(message: &Message<'a>) -> Result<Vec<&'a [u8]>, ParseError> {
    let mut texts = texts(message)?;
    texts.pop_if(|text| *text == b"OK");
    Ok(texts)
}

/// The text of a line of `whole` that has no data block, which would be lost.
pub(super) fn without_block<'a>(line: &Line<'a>, whole: &[u8]) -> Result<&'a [u8], ParseError> {
    match line.data {
        None => Ok(line.text),
        Some(_) => Err(Problem::Expected("a line without a data block").of(line.text, whole)),
    }
}
