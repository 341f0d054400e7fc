//! What all that can stand behind a command's keyword has in common.

use alloc::borrow::Cow;
use alloc::vec::Vec;

use crate::command::cursor::Cursor;
use crate::problem::ParseError;

/// Something that stands behind a command's keyword.
pub(super) trait Arguments<'a>: Sized {
    /// Takes it from the arguments.
    fn read(cursor: &mut Cursor<'a>) -> Result<Self, ParseError>;

    /// Appends it to the command's line, each word with a space before it.
    fn write(&self, line: &mut Vec<u8>);

    /// The data block behind the line.
    fn body(&self) -> Option<&[u8]> {
        None
    }
}

/// A word.
impl<'a> Arguments<'a> for Cow<'a, str> {
    fn read(cursor: &mut Cursor<'a>) -> Result<Self, ParseError> {
        cursor.required("a word").map(Cow::Borrowed)
    }

    fn write(&self, line: &mut Vec<u8>) {
        word(self, line);
    }
}

/// A list of words.
impl<'a> Arguments<'a> for Vec<Cow<'a, str>> {
    fn read(cursor: &mut Cursor<'a>) -> Result<Self, ParseError> {
        let mut words = Vec::new();
        while let Some(word) = cursor.word()? {
            words.push(Cow::Borrowed(word));
        }
        Ok(words)
    }

    fn write(&self, line: &mut Vec<u8>) {
        for each in self {
            word(each, line);
        }
    }
}

/// A data block, with nothing on the line.
impl<'a> Arguments<'a> for Cow<'a, [u8]> {
    fn read(cursor: &mut Cursor<'a>) -> Result<Self, ParseError> {
        cursor.body()
    }

    fn write(&self, _line: &mut Vec<u8>) {}

    fn body(&self) -> Option<&[u8]> {
        Some(self)
    }
}

/// Appends a word.
pub(super) fn word(word: &str, line: &mut Vec<u8>) {
    line.push(b' ');
    line.extend_from_slice(word.as_bytes());
}

/// Appends a number.
pub(super) fn number(number: u64, line: &mut Vec<u8>) {
    line.push(b' ');
    digits(number, line);
}

/// Appends `KEY=VALUE`, where there is a value.
pub(super) fn pair(key: &str, value: Option<&str>, line: &mut Vec<u8>) {
    if let Some(value) = value {
        word(key, line);
        line.push(b'=');
        line.extend_from_slice(value.as_bytes());
    }
}

/// Appends `KEY=NUMBER`, where there is a number.
pub(super) fn number_pair(key: &str, value: Option<u64>, line: &mut Vec<u8>) {
    if let Some(value) = value {
        pair(key, Some(""), line);
        digits(value, line);
    }
}

/// Appends `KEY=A,B`, where there is anything to list.
pub(super) fn list_pair<'w>(
    key: &str,
    words: impl IntoIterator<Item = &'w str>,
    line: &mut Vec<u8>,
) {
    for (at, each) in words.into_iter().enumerate() {
        if at == 0 {
            pair(key, Some(""), line);
        } else {
            line.push(b',');
        }
        line.extend_from_slice(each.as_bytes());
    }
}

fn digits(mut number: u64, line: &mut Vec<u8>) {
    let start = line.len();
    loop {
        line.extend(u8::try_from(number % 10).map(|digit| b'0' + digit));
        number /= 10;
        if number == 0 {
            return line[start..].reverse();
        }
    }
}
