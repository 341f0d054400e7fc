//! POSTDESCRIPTOR.

use alloc::borrow::Cow;
use alloc::vec::Vec;

use crate::command::Keyword;
use crate::command::any_case::any_case;
use crate::command::arguments::{Arguments, pair};
use crate::command::cursor::Cursor;
use crate::command::keyword::write_keywords;
use crate::problem::{ParseError, Problem};
use crate::words::words;

words! {
    /// What a relay is for, as a controller may say it.
    RouterPurpose {
        /// tor may use it for anything.
        General = "general",
        /// Only the controller uses it.
        Controller = "controller",
        /// It is a bridge.
        Bridge = "bridge",
    }
}

any_case!(RouterPurpose);

/// +POSTDESCRIPTOR (section 3.14): tell tor of a relay.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct PostDescriptor<'a> {
    /// What the relay is for.
    pub purpose: Option<RouterPurpose<'a>>,
    /// Whether tor is to keep it on the disk.
    pub cache: Option<bool>,
    /// What else stands there: tor refuses it.
    pub others: Vec<Keyword<'a>>,
    /// The server descriptor: lines that end in LF.
    pub descriptor: Cow<'a, [u8]>,
}

impl<'a> Arguments<'a> for PostDescriptor<'a> {
    fn read(cursor: &mut Cursor<'a>) -> Result<Self, ParseError> {
        let mut post = Self {
            descriptor: cursor.body()?,
            ..Self::default()
        };
        while let Some((found, value)) = cursor.pair()? {
            if post.purpose.is_none() && found.is("purpose") {
                post.purpose = Some(RouterPurpose::from_any_case(value));
            } else if post.cache.is_none() && found.is("cache") {
                post.cache = Some(if value.eq_ignore_ascii_case("yes") {
                    true
                } else if value.eq_ignore_ascii_case("no") {
                    false
                } else {
                    let problem = Problem::Expected("`yes` or `no`");
                    return Err(cursor.problem(problem, value.as_bytes()));
                });
            } else {
                post.others.push(found.into());
            }
        }
        Ok(post)
    }

    fn write(&self, line: &mut Vec<u8>) {
        pair("purpose", self.purpose.map(|p| p.as_str()), line);
        let cache = self.cache.map(|cache| if cache { "yes" } else { "no" });
        pair("cache", cache, line);
        write_keywords(&self.others, line);
    }

    fn body(&self) -> Option<&[u8]> {
        Some(&self.descriptor)
    }
}
