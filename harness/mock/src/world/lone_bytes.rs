//! Text in which bytes that are no UTF-8 are kept.

use std::borrow::Cow;

/// Stands, with the byte added, for a byte that is no UTF-8: the end of the private use area,
/// whose own characters are kept byte by byte.
const FIRST: u32 = 0xF700;

/// The text of these bytes; [`to_bytes`] gives them back.
pub(super) fn to_text(bytes: &[u8]) -> Cow<'_, str> {
    match str::from_utf8(bytes) {
        Ok(text) if !text.contains(stands_for_byte) => Cow::Borrowed(text),
        _ => Cow::Owned(bytes.utf8_chunks().fold(String::new(), |mut text, chunk| {
            for character in chunk.valid().chars() {
                match stands_for_byte(character) {
                    false => text.push(character),
                    true => {
                        let mut buffer = [0; 4];
                        let bytes = character.encode_utf8(&mut buffer).bytes();
                        text.extend(bytes.filter_map(stand_in));
                    }
                }
            }
            text.extend(chunk.invalid().iter().copied().filter_map(stand_in));
            text
        })),
    }
}

/// The bytes of a text from [`to_text`].
pub(super) fn to_bytes(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    for character in text.chars() {
        match u8::try_from(u32::from(character).wrapping_sub(FIRST)) {
            Ok(byte) => bytes.push(byte),
            Err(_) => bytes.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes()),
        }
    }
    bytes
}

fn stands_for_byte(character: char) -> bool {
    u8::try_from(u32::from(character).wrapping_sub(FIRST)).is_ok()
}

fn stand_in(byte: u8) -> Option<char> {
    char::from_u32(FIRST + u32::from(byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_every_byte() {
        for bytes in [
            b"".as_slice(),
            b"plain",
            "\u{e9}\u{20ac}".as_bytes(),
            b"a\xffb\xc3",
            "\u{f700}\u{f741}\u{f7ff}\u{f800}".as_bytes(),
            b"\xfe\xef\x9d\x81",
        ] {
            assert_eq!(to_bytes(&to_text(bytes)), bytes, "{}", bytes.escape_ascii());
        }
        assert!(matches!(to_text(b"plain"), Cow::Borrowed("plain")));
    }
}
