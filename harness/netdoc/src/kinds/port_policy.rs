//! An exit policy in short.

use alloc::vec::Vec;
use core::fmt;

use crate::forms::{Form, List, Range};
use crate::rules::{Argument, ParseError, Values};

/// What a line takes that sums an exit policy up.
pub(super) const PORT_POLICY: &[Argument] = &[
    Argument::one("policy", Form::OneOf(&["accept", "reject"])),
    Argument::one("PortList", Form::List(&Form::Range(65_535))),
];

/// An exit policy that names ports alone: `accept 80,443` (section 3.8.2).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PortPolicy {
    /// Whether the ports are those that it lets through, and not the others.
    pub is_accept: bool,
    /// The ports.
    pub ports: Vec<Range>,
}

impl PortPolicy {
    pub(super) fn read(values: &mut Values<'_>) -> Result<Self, ParseError> {
        let word: &[u8] = values.one()?;
        Ok(Self {
            is_accept: word == b"accept",
            ports: values.one::<List<_>>()?.0,
        })
    }

    /// Whether it lets streams to this port through.
    #[must_use]
    pub fn accepts(&self, port: u16) -> bool {
        let is_named = self.ports.iter().any(|range| range.contains(port.into()));
        is_named == self.is_accept
    }
}

/// The arguments of the line.
impl fmt::Display for PortPolicy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.is_accept { "accept" } else { "reject" })?;
        self.ports
            .iter()
            .enumerate()
            .try_for_each(|(index, ports)| {
                let before = if index == 0 { ' ' } else { ',' };
                write!(f, "{before}{ports}")
            })
    }
}
