//! One line of a text.

use memchr::memchr;

/// The first line without its LF or CRLF, and what follows.
#[inline]
pub(crate) fn cut_line(bytes: &[u8]) -> (&[u8], &[u8]) {
    let (line, rest) = match memchr(b'\n', bytes) {
        Some(end) => (&bytes[..end], &bytes[end + 1..]),
        None => (bytes, &[][..]),
    };
    (line.strip_suffix(b"\r").unwrap_or(line), rest)
}

/// The keyword that a line starts with, its `@` included and an `opt` before
/// it not; empty if it starts with none.
#[inline]
pub(crate) fn keyword(line: &[u8]) -> &[u8] {
    let keyword = word(line);
    if keyword == b"opt" {
        // Old relays put `opt` before what tors older than they did not know;
        // it says nothing.
        let behind = word(line.get(4..).unwrap_or_default());
        if !behind.is_empty() {
            return behind;
        }
    }
    keyword
}

/// The keyword at the start of `line`; empty if there is none.
#[inline]
fn word(line: &[u8]) -> &[u8] {
    let annotation = usize::from(line.first() == Some(&b'@'));
    let is_keyword = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'-';
    let length = line[annotation..]
        .iter()
        .take_while(|byte| is_keyword(byte));
    let end = annotation + length.count();
    let starts_well = line.get(annotation).is_some_and(u8::is_ascii_alphanumeric);
    let ends_well = matches!(line.get(end), None | Some(b' ' | b'\t'));
    if starts_well && ends_well {
        &line[..end]
    } else {
        &[]
    }
}
