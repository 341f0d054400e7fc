//! A key with its type.

use alloc::borrow::Cow;
use alloc::vec::Vec;

use crate::command::cursor::Cursor;
use crate::command::white_space::is_white;
use crate::problem::{ParseError, Problem};

/// `TYPE:BLOB`, as ADD_ONION and the ONION_CLIENT_AUTH commands have keys.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct TypedKey<'a> {
    /// The type: `NEW`, `ED25519-V3`, `x25519`.
    pub kind: Cow<'a, str>,
    /// The key in base64; for `NEW`, which kind of key tor is to make.
    pub blob: Cow<'a, str>,
}

impl<'a> TypedKey<'a> {
    /// `NEW:BEST`: tor makes the key of an onion service.
    pub const NEW_BEST: TypedKey<'static> = TypedKey {
        kind: Cow::Borrowed("NEW"),
        blob: Cow::Borrowed("BEST"),
    };

    /// A key of that type.
    pub fn new(kind: impl Into<Cow<'a, str>>, blob: impl Into<Cow<'a, str>>) -> Self {
        Self {
            kind: kind.into(),
            blob: blob.into(),
        }
    }

    /// Cuts a text. As with tor, colons more than one do no harm before, between
    /// or behind the parts.
    pub(crate) fn parse(text: &'a str) -> Option<Self> {
        let mut parts = text.split(':').filter(|part| !part.is_empty());
        match (parts.next(), parts.next(), parts.next()) {
            (Some(kind), Some(blob), None) => Some(Self::new(kind, blob)),
            _ => None,
        }
    }

    /// Takes the next word.
    pub(super) fn read(cursor: &mut Cursor<'a>) -> Result<Self, ParseError> {
        let word = cursor.required("a key")?;
        Self::parse(word)
            .ok_or_else(|| cursor.problem(Problem::Expected("TYPE:KEY"), word.as_bytes()))
    }

    /// Appends `TYPE:BLOB`.
    pub(crate) fn write(&self, line: &mut Vec<u8>) {
        // White space at an end would be taken for what separates words, and
        // colons more than one do no harm.
        let is_white = |byte: Option<&u8>| byte.is_some_and(|byte| is_white(*byte));
        if is_white(self.kind.as_bytes().first()) {
            line.push(b':');
        }
        line.extend_from_slice(self.kind.as_bytes());
        line.push(b':');
        line.extend_from_slice(self.blob.as_bytes());
        if is_white(self.blob.as_bytes().last()) {
            line.push(b':');
        }
    }
}
