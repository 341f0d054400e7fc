//! Commands about streams.

use alloc::borrow::Cow;
use alloc::vec::Vec;

use crate::command::Keyword;
use crate::command::arguments::{Arguments, number, number_pair, word};
use crate::command::cursor::Cursor;
use crate::command::keyword::write_keywords;
use crate::problem::ParseError;

/// ATTACHSTREAM (section 3.13).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct AttachStream<'a> {
    /// The stream.
    pub stream: Cow<'a, str>,
    /// The circuit, or `0` to leave the choice to tor.
    pub circuit: Cow<'a, str>,
    /// HOP: the relay at which the stream leaves the circuit, counted from 1.
    pub hop: Option<u32>,
    /// What else stands there: tor refuses it.
    pub others: Vec<Keyword<'a>>,
}

impl<'a> Arguments<'a> for AttachStream<'a> {
    fn read(cursor: &mut Cursor<'a>) -> Result<Self, ParseError> {
        let mut attach = Self {
            stream: Cow::Borrowed(cursor.required("a stream")?),
            circuit: Cow::Borrowed(cursor.required("a circuit")?),
            hop: None,
            others: Vec::new(),
        };
        while let Some((found, value)) = cursor.pair()? {
            if attach.hop.is_none() && found.is("HOP") {
                attach.hop = Some(cursor.parse(value, "HOP")?);
            } else {
                attach.others.push(found.into());
            }
        }
        Ok(attach)
    }

    fn write(&self, line: &mut Vec<u8>) {
        word(&self.stream, line);
        word(&self.circuit, line);
        number_pair("HOP", self.hop.map(u64::from), line);
        write_keywords(&self.others, line);
    }
}

/// REDIRECTSTREAM (section 3.15).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RedirectStream<'a> {
    /// The stream.
    pub stream: Cow<'a, str>,
    /// Where it goes from now on.
    pub address: Cow<'a, str>,
    /// The port, where that changes as well.
    pub port: Option<u16>,
    /// What follows the port: tor ignores it.
    pub others: Vec<Cow<'a, str>>,
}

impl<'a> Arguments<'a> for RedirectStream<'a> {
    fn read(cursor: &mut Cursor<'a>) -> Result<Self, ParseError> {
        Ok(Self {
            stream: Cow::Borrowed(cursor.required("a stream")?),
            address: Cow::Borrowed(cursor.required("an address")?),
            port: match cursor.word()? {
                Some(port) => Some(cursor.parse(port, "a port")?),
                None => None,
            },
            others: Vec::read(cursor)?,
        })
    }

    fn write(&self, line: &mut Vec<u8>) {
        word(&self.stream, line);
        word(&self.address, line);
        if let Some(port) = self.port {
            number(port.into(), line);
        }
        self.others.write(line);
    }
}

/// CLOSESTREAM (section 3.16).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct CloseStream<'a> {
    /// The stream.
    pub stream: Cow<'a, str>,
    /// Why: one of tor-spec's reasons of a RELAY_END cell.
    pub reason: u8,
    /// Flags: there are none yet, and tor ignores them.
    pub flags: Vec<Cow<'a, str>>,
}

impl<'a> Arguments<'a> for CloseStream<'a> {
    fn read(cursor: &mut Cursor<'a>) -> Result<Self, ParseError> {
        Ok(Self {
            stream: Cow::Borrowed(cursor.required("a stream")?),
            reason: cursor.number("a reason")?,
            flags: Vec::read(cursor)?,
        })
    }

    fn write(&self, line: &mut Vec<u8>) {
        word(&self.stream, line);
        number(self.reason.into(), line);
        self.flags.write(line);
    }
}
