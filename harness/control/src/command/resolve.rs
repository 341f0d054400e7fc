//! RESOLVE.

use alloc::borrow::Cow;
use alloc::vec::Vec;

use crate::command::Keyword;
use crate::command::arguments::{Arguments, pair, word};
use crate::command::cursor::Cursor;
use crate::command::keyword::write_keywords;
use crate::problem::ParseError;

/// RESOLVE (section 3.20): the answers come as ADDRMAP events.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Resolve<'a> {
    /// mode=reverse: from addresses to names.
    pub reverse: bool,
    /// What to look up.
    pub addresses: Vec<Cow<'a, str>>,
    /// What else stands there: tor ignores it.
    pub others: Vec<Keyword<'a>>,
}

impl<'a> Arguments<'a> for Resolve<'a> {
    fn read(cursor: &mut Cursor<'a>) -> Result<Self, ParseError> {
        let mut resolve = Self::default();
        let mut is_first_mode = true;
        while let Some(found) = cursor.keyword()? {
            let value = found.value.unwrap_or_default();
            if value.is_empty() {
                resolve.addresses.push(Cow::Borrowed(found.key));
            } else if is_first_mode && found.is("mode") && value.eq_ignore_ascii_case("reverse") {
                resolve.reverse = true;
            } else {
                resolve.others.push(found.into());
            }
            is_first_mode &= !found.is("mode");
        }
        Ok(resolve)
    }

    fn write(&self, line: &mut Vec<u8>) {
        pair("mode", self.reverse.then_some("reverse"), line);
        for address in &self.addresses {
            word(address, line);
        }
        write_keywords(&self.others, line);
    }
}
