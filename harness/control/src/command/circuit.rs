//! Commands about circuits.

use alloc::borrow::Cow;
use alloc::vec::Vec;

use crate::command::Keyword;
use crate::command::any_case::any_case;
use crate::command::arguments::{Arguments, pair, word};
use crate::command::cursor::Cursor;
use crate::command::keyword::write_keywords;
use crate::problem::ParseError;
use crate::words::words;

words! {
    /// What a circuit is for, as a controller may say it.
    CircuitPurpose {
        /// tor may use it for streams.
        General = "general",
        /// Only the controller uses it.
        Controller = "controller",
    }
}

any_case!(CircuitPurpose);

/// EXTENDCIRCUIT (section 3.10): extend a circuit, or build a new one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ExtendCircuit<'a> {
    /// The circuit, or `0` for a new one.
    pub circuit: Cow<'a, str>,
    /// The relays, by fingerprint or nickname; a new circuit needs none. `$FP=NICK`
    /// is taken only where the first of them is one.
    pub path: Vec<Cow<'a, str>>,
    /// What a new circuit is for.
    pub purpose: Option<CircuitPurpose<'a>>,
    /// What else stands there: tor ignores it.
    pub others: Vec<Keyword<'a>>,
}

impl<'a> ExtendCircuit<'a> {
    /// A new circuit over these relays; tor chooses them where there are none.
    pub fn new(path: impl IntoIterator<Item = &'a str>) -> Self {
        Self {
            circuit: Cow::Borrowed("0"),
            path: path.into_iter().map(Cow::Borrowed).collect(),
            purpose: None,
            others: Vec::new(),
        }
    }
}

impl<'a> Arguments<'a> for ExtendCircuit<'a> {
    fn read(cursor: &mut Cursor<'a>) -> Result<Self, ParseError> {
        let mut extend = Self {
            circuit: Cow::Borrowed(cursor.required("a circuit")?),
            path: Vec::new(),
            purpose: None,
            others: Vec::new(),
        };
        let mut is_first = true;
        while let Some(found) = cursor.keyword()? {
            // The path is what comes first and has no value, or the `=` in it
            // belongs to a fingerprint.
            if is_first && (found.is_bare() || found.key.starts_with('$')) {
                let path = if found.is_bare() {
                    found.key
                } else {
                    found.text
                };
                extend.path = path.split(',').map(Cow::Borrowed).collect();
            } else if extend.purpose.is_none()
                && let Some(value) = found.value
                && !value.is_empty()
                && found.is("purpose")
            {
                extend.purpose = Some(CircuitPurpose::from_any_case(value));
            } else {
                extend.others.push(found.into());
            }
            is_first = false;
        }
        Ok(extend)
    }

    fn write(&self, line: &mut Vec<u8>) {
        word(&self.circuit, line);
        for (at, hop) in self.path.iter().enumerate() {
            line.push(if at == 0 { b' ' } else { b',' });
            line.extend_from_slice(hop.as_bytes());
        }
        pair("purpose", self.purpose.map(|p| p.as_str()), line);
        write_keywords(&self.others, line);
    }
}

/// SETCIRCUITPURPOSE (section 3.11).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SetCircuitPurpose<'a> {
    /// The circuit.
    pub circuit: Cow<'a, str>,
    /// What it is for from now on.
    pub purpose: CircuitPurpose<'a>,
    /// What else stands there: tor ignores it.
    pub others: Vec<Keyword<'a>>,
}

impl<'a> Arguments<'a> for SetCircuitPurpose<'a> {
    fn read(cursor: &mut Cursor<'a>) -> Result<Self, ParseError> {
        let circuit = Cow::Borrowed(cursor.required("a circuit")?);
        let mut others = Vec::new();
        let mut purpose = None;
        while let Some((found, value)) = cursor.pair()? {
            if purpose.is_none() && found.is("purpose") {
                purpose = Some(CircuitPurpose::from_any_case(value));
            } else {
                others.push(found.into());
            }
        }
        Ok(Self {
            circuit,
            purpose: purpose.ok_or_else(|| cursor.missing("purpose="))?,
            others,
        })
    }

    fn write(&self, line: &mut Vec<u8>) {
        word(&self.circuit, line);
        pair("purpose", Some(self.purpose.as_str()), line);
        write_keywords(&self.others, line);
    }
}

/// CLOSECIRCUIT (section 3.17).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct CloseCircuit<'a> {
    /// The circuit.
    pub circuit: Cow<'a, str>,
    /// IfUnused: not while a stream uses it.
    pub if_unused: bool,
    /// What else stands there: tor ignores it.
    pub others: Vec<Keyword<'a>>,
}

impl<'a> Arguments<'a> for CloseCircuit<'a> {
    fn read(cursor: &mut Cursor<'a>) -> Result<Self, ParseError> {
        let mut close = Self {
            circuit: Cow::Borrowed(cursor.required("a circuit")?),
            if_unused: false,
            others: Vec::new(),
        };
        while let Some(found) = cursor.keyword()? {
            if found.is("IfUnused") && found.is_bare() {
                close.if_unused = true;
            } else {
                close.others.push(found.into());
            }
        }
        Ok(close)
    }

    fn write(&self, line: &mut Vec<u8>) {
        word(&self.circuit, line);
        if self.if_unused {
            word("IfUnused", line);
        }
        write_keywords(&self.others, line);
    }
}
