//! The addresses of MAPADDRESS.

use alloc::borrow::Cow;
use alloc::vec::Vec;

use crate::command::arguments::{Arguments, pair};
use crate::command::cursor::Cursor;
use crate::problem::ParseError;

/// One address in place of another, as MAPADDRESS has it (section 3.8).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Mapping<'a> {
    /// What an application asks for; `0.0.0.0`, `::0` or `.` let tor choose it.
    pub from: Cow<'a, str>,
    /// What tor connects to.
    pub to: Cow<'a, str>,
}

/// Any number of them.
impl<'a> Arguments<'a> for Vec<Mapping<'a>> {
    fn read(cursor: &mut Cursor<'a>) -> Result<Self, ParseError> {
        let mut mappings = Vec::new();
        while let Some((found, to)) = cursor.pair()? {
            mappings.push(Mapping {
                from: Cow::Borrowed(found.key),
                to: Cow::Borrowed(to),
            });
        }
        Ok(mappings)
    }

    fn write(&self, line: &mut Vec<u8>) {
        for Mapping { from, to } in self {
            pair(from, Some(to), line);
        }
    }
}
