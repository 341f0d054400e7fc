//! Commands about onion services' descriptors.

use alloc::borrow::Cow;
use alloc::vec::Vec;

use crate::command::Keyword;
use crate::command::arguments::{Arguments, pair, word};
use crate::command::cursor::Cursor;
use crate::command::keyword::{take_last, write_keywords};
use crate::problem::ParseError;

/// HSFETCH (section 3.26): the descriptor comes as HS_DESC events.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct HsFetch<'a> {
    /// The onion address without `.onion`; tors that had version 2 also took a
    /// descriptor's id, as `v2-ID`.
    pub target: Cow<'a, str>,
    /// SERVER: the directories to ask, by fingerprint; where there are none,
    /// tor chooses.
    pub servers: Vec<Cow<'a, str>>,
    /// What else stands there: tor refuses it.
    pub others: Vec<Keyword<'a>>,
}

impl<'a> Arguments<'a> for HsFetch<'a> {
    fn read(cursor: &mut Cursor<'a>) -> Result<Self, ParseError> {
        let mut fetch = Self {
            target: Cow::Borrowed(cursor.required("an onion address")?),
            servers: Vec::new(),
            others: Vec::new(),
        };
        while let Some((found, value)) = cursor.pair()? {
            if found.is("SERVER") {
                fetch.servers.push(Cow::Borrowed(value));
            } else {
                fetch.others.push(found.into());
            }
        }
        Ok(fetch)
    }

    fn write(&self, line: &mut Vec<u8>) {
        word(&self.target, line);
        servers(&self.servers, line);
        write_keywords(&self.others, line);
    }
}

/// +HSPOST (section 3.29): upload an onion service's descriptor.
///
/// tor 0.4.9 never answers one without an address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct HsPost<'a> {
    /// SERVER: the directories to send it to, by fingerprint; where there are
    /// none, tor chooses.
    pub servers: Vec<Cow<'a, str>>,
    /// HSADDRESS: the onion address without `.onion`. The last one counts.
    pub address: Option<Cow<'a, str>>,
    /// What else stands there, earlier addresses as well: tor refuses the rest.
    pub others: Vec<Keyword<'a>>,
    /// The descriptor: lines that end in LF.
    pub descriptor: Cow<'a, [u8]>,
}

impl<'a> Arguments<'a> for HsPost<'a> {
    fn read(cursor: &mut Cursor<'a>) -> Result<Self, ParseError> {
        let mut post = Self {
            descriptor: cursor.body()?,
            ..Self::default()
        };
        while let Some((found, value)) = cursor.pair()? {
            if found.is("SERVER") {
                post.servers.push(Cow::Borrowed(value));
            } else {
                post.others.push(found.into());
            }
        }
        post.address = take_last("HSADDRESS", &mut post.others);
        Ok(post)
    }

    fn write(&self, line: &mut Vec<u8>) {
        servers(&self.servers, line);
        // Of several addresses the last counts.
        write_keywords(&self.others, line);
        pair("HSADDRESS", self.address.as_deref(), line);
    }

    fn body(&self) -> Option<&[u8]> {
        Some(&self.descriptor)
    }
}

fn servers(servers: &[Cow<'_, str>], line: &mut Vec<u8>) {
    for server in servers {
        pair("SERVER", Some(server), line);
    }
}
