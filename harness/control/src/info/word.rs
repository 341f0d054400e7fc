//! Values that are one word of a set.

use alloc::vec::Vec;

use crate::event::EventCode;
use crate::info::info_value::utf8;
use crate::info::list::until;
use crate::info::{InfoValue, ListItem};
use crate::problem::ParseError;
use crate::words::words;

words! {
    /// Whether tor thinks that the network can be reached.
    Liveness {
        /// It can.
        Up = "up",
        /// It cannot.
        Down = "down",
    }
}

/// Makes values of the sets that `words!` makes.
macro_rules! word_values {
    ($($name:ident: $what:literal,)+) => {
        $(impl<'a> $crate::info::InfoValue<'a> for $name<'a> {
            fn parse(text: &'a [u8]) -> Result<Self, $crate::problem::ParseError> {
                $crate::info::info_value::utf8(text, $what).map(Self::new)
            }

            fn encode(&self, out: &mut alloc::vec::Vec<u8>) {
                out.extend_from_slice(self.as_str().as_bytes());
            }
        })+
    };
}

pub(crate) use word_values;

word_values! {
    EventCode: "event",
    Liveness: "liveness",
}

/// A word of a list that spaces separate: a feature, a signal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name<'a>(
    /// The word.
    pub &'a str,
);

impl<'a> InfoValue<'a> for Name<'a> {
    fn parse(text: &'a [u8]) -> Result<Self, ParseError> {
        utf8(text, "name").map(Self)
    }

    fn encode(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(self.0.as_bytes());
    }
}

impl<'a> ListItem<'a> for Name<'a> {
    fn end(list: &[u8]) -> usize {
        until(b' ', list)
    }
}

impl<'a> ListItem<'a> for EventCode<'a> {
    fn end(list: &[u8]) -> usize {
        until(b' ', list)
    }
}
