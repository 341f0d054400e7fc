//! One line of a text.

use memchr::memchr;

/// The first line without its LF and the CRs before that, and what follows.
#[inline]
pub(crate) fn cut_line(bytes: &[u8]) -> (&[u8], &[u8]) {
    let (mut line, rest) = match memchr(b'\n', bytes) {
        Some(end) => (&bytes[..end], &bytes[end + 1..]),
        // What follows is a part of them even where it is nothing.
        None => bytes.split_at(bytes.len()),
    };
    while let Some(shorter) = line.strip_suffix(b"\r") {
        line = shorter;
    }
    (line, rest)
}

/// The keyword that a line starts with, its `@` included and an `opt` before
/// it not; empty if it starts with none.
#[inline]
pub(crate) fn keyword(line: &[u8]) -> &[u8] {
    word(without_opt(line))
}

/// The line from its keyword on where an `opt` stands before that. Old relays put
/// one before what tors older than they did not know; it says nothing.
#[inline]
pub(crate) fn without_opt(line: &[u8]) -> &[u8] {
    let Some(rest) = line
        .strip_prefix(b"opt")
        .filter(|rest| matches!(rest, [b' ' | b'\t', ..]))
    else {
        return line;
    };
    let spaces = rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t'));
    let rest = &rest[spaces.count()..];
    if word(rest).is_empty() { line } else { rest }
}

/// The keyword at the start of `line`; empty if there is none.
#[inline]
fn word(line: &[u8]) -> &[u8] {
    let mut end = match line {
        [b'@', first, ..] if first.is_ascii_alphanumeric() => 2,
        [first, ..] if first.is_ascii_alphanumeric() => 1,
        _ => return &[],
    };
    while line
        .get(end)
        .is_some_and(|byte| IN_KEYWORD[usize::from(*byte)])
    {
        end += 1;
    }
    match line.get(end) {
        None | Some(b' ' | b'\t') => &line[..end],
        Some(_) => &[],
    }
}

/// Which bytes can be in a keyword: looked up, since every line is asked.
const IN_KEYWORD: [bool; 256] = {
    let mut bytes = [false; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        bytes[byte as usize] = byte.is_ascii_alphanumeric() || byte == b'-';
        byte += 1;
    }
    bytes
};
