//! Commands about the keys for onion services that ask for one.

use alloc::borrow::Cow;
use alloc::vec::Vec;

use crate::command::any_case::any_case;
use crate::command::arguments::{Arguments, list_pair, pair, word};
use crate::command::cursor::Cursor;
use crate::command::keyword::{take_last, write_keywords};
use crate::command::{Keyword, TypedKey};
use crate::problem::ParseError;
use crate::words::words;

words! {
    /// How tor keeps a client's key.
    ClientAuthFlag {
        /// On the disk.
        Permanent = "Permanent",
    }
}

any_case!(ClientAuthFlag);

/// ONION_CLIENT_AUTH_ADD (section 3.30).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct AddClientAuth<'a> {
    /// The service's onion address without `.onion`.
    pub address: Cow<'a, str>,
    /// The client's private key; `x25519` is the only type.
    pub key: TypedKey<'a>,
    /// ClientName: 16 characters at most. The last one counts.
    pub name: Option<Cow<'a, str>>,
    /// Flags.
    pub flags: Vec<ClientAuthFlag<'a>>,
    /// What else stands there, earlier names as well: tor ignores it.
    pub others: Vec<Keyword<'a>>,
}

impl<'a> Arguments<'a> for AddClientAuth<'a> {
    fn read(cursor: &mut Cursor<'a>) -> Result<Self, ParseError> {
        let mut add = Self {
            address: Cow::Borrowed(cursor.required("an onion address")?),
            key: TypedKey::read(cursor)?,
            name: None,
            flags: Vec::new(),
            others: Vec::new(),
        };
        while let Some((found, value)) = cursor.pair()? {
            if found.is("Flags") {
                add.flags.extend(
                    cursor
                        .list(value, "a flag")?
                        .map(ClientAuthFlag::from_any_case),
                );
            } else {
                add.others.push(found.into());
            }
        }
        add.name = take_last("ClientName", &mut add.others);
        Ok(add)
    }

    fn write(&self, line: &mut Vec<u8>) {
        word(&self.address, line);
        line.push(b' ');
        self.key.write(line);
        // Of several names the last counts.
        write_keywords(&self.others, line);
        pair("ClientName", self.name.as_deref(), line);
        list_pair("Flags", self.flags.iter().map(|f| f.as_str()), line);
    }
}

/// ONION_CLIENT_AUTH_REMOVE (section 3.31).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RemoveClientAuth<'a> {
    /// The service's onion address without `.onion`.
    pub address: Cow<'a, str>,
    /// What else stands there: tor ignores it.
    pub others: Vec<Keyword<'a>>,
}

impl<'a> Arguments<'a> for RemoveClientAuth<'a> {
    fn read(cursor: &mut Cursor<'a>) -> Result<Self, ParseError> {
        Ok(Self {
            address: Cow::Borrowed(cursor.required("an onion address")?),
            others: pairs(cursor)?,
        })
    }

    fn write(&self, line: &mut Vec<u8>) {
        word(&self.address, line);
        write_keywords(&self.others, line);
    }
}

/// ONION_CLIENT_AUTH_VIEW (section 3.32).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct ViewClientAuth<'a> {
    /// The service's onion address without `.onion`; without one, all are meant.
    pub address: Option<Cow<'a, str>>,
    /// What else stands there: tor ignores it.
    pub others: Vec<Keyword<'a>>,
}

impl<'a> Arguments<'a> for ViewClientAuth<'a> {
    fn read(cursor: &mut Cursor<'a>) -> Result<Self, ParseError> {
        Ok(Self {
            address: cursor.word()?.map(Cow::Borrowed),
            others: pairs(cursor)?,
        })
    }

    fn write(&self, line: &mut Vec<u8>) {
        if let Some(address) = &self.address {
            word(address, line);
        }
        write_keywords(&self.others, line);
    }
}

fn pairs<'a>(cursor: &mut Cursor<'a>) -> Result<Vec<Keyword<'a>>, ParseError> {
    let mut pairs = Vec::new();
    while let Some((found, _)) = cursor.pair()? {
        pairs.push(found.into());
    }
    Ok(pairs)
}
