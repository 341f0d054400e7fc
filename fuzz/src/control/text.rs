//! Bytes that lines are made of.

use std::ops::Range;

use proptest::collection::vec;
use proptest::prelude::*;

pub(in crate::control) use crate::text::bytes;

/// The value of a data block.
pub(super) fn data() -> impl Strategy<Value = Vec<u8>> {
    lines(0..6)
}

/// The value of a data block of so many lines.
pub(super) fn lines(count: Range<usize>) -> impl Strategy<Value = Vec<u8>> {
    let line = prop_oneof![
        bytes(r"\.{1,3}"),
        bytes(r"250 OK|650 BW 1 2|"),
        bytes(r"(?-u)[^\n]{0,20}")
    ];
    vec(line, count).prop_map(|lines| {
        lines
            .into_iter()
            .flat_map(|mut line| {
                line.push(b'\n');
                line
            })
            .collect()
    })
}

/// Bytes that can stand in a line by themselves.
pub(super) fn line_bytes() -> impl Strategy<Value = Vec<u8>> {
    bytes(r"(?-u)[^\x00\r\n]{0,20}")
}
