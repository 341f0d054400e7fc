//! SAVECONF.

use alloc::vec::Vec;

use crate::command::Keyword;
use crate::command::arguments::{Arguments, word};
use crate::command::cursor::Cursor;
use crate::command::keyword::write_keywords;
use crate::problem::ParseError;

/// SAVECONF (section 3.6): write the configuration into the torrc.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct SaveConf<'a> {
    /// FORCE: even where the torrc includes others.
    pub force: bool,
    /// What else stands there: tor ignores it.
    pub others: Vec<Keyword<'a>>,
}

impl<'a> Arguments<'a> for SaveConf<'a> {
    fn read(cursor: &mut Cursor<'a>) -> Result<Self, ParseError> {
        let mut save = Self::default();
        while let Some(found) = cursor.keyword()? {
            if found.is("FORCE") && found.is_bare() {
                save.force = true;
            } else {
                save.others.push(found.into());
            }
        }
        Ok(save)
    }

    fn write(&self, line: &mut Vec<u8>) {
        if self.force {
            word("FORCE", line);
        }
        write_keywords(&self.others, line);
    }
}
