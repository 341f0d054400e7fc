//! Values that are lists.

use alloc::vec::Vec;
use core::fmt;
use core::marker::PhantomData;

use memchr::memchr;

use crate::info::InfoValue;
use crate::info::info_value::within;
use crate::problem::ParseError;

/// A form that the items of a [`List`] may have.
pub trait ListItem<'a>: InfoValue<'a> {
    /// Where the first item of a list ends: at the byte that parts it from the
    /// next, or at the list's end. Most lists have an item a line.
    #[must_use]
    fn end(list: &[u8]) -> usize {
        until(b'\n', list)
    }
}

/// A list of values of one form, read when it is iterated.
pub struct List<'a, T> {
    text: &'a [u8],
    item: PhantomData<fn() -> T>,
}

impl<'a, T: ListItem<'a>> List<'a, T> {
    /// The items, in order.
    pub fn iter(&self) -> impl Iterator<Item = T> + use<'a, T> {
        // All were read once before, in `parse`.
        parts::<T>(self.text).filter_map(|(part, _)| T::parse(part).ok())
    }

    /// Whether there is no item.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }
}

impl<'a, T: ListItem<'a>> InfoValue<'a> for List<'a, T> {
    fn parse(text: &'a [u8]) -> Result<Self, ParseError> {
        for (part, _) in parts::<T>(text) {
            T::parse(part).map_err(|error| within(error, part, text))?;
        }
        Ok(Self {
            text,
            item: PhantomData,
        })
    }

    fn encode(&self, out: &mut Vec<u8>) {
        for (part, separator) in parts::<T>(self.text) {
            if let Ok(item) = T::parse(part) {
                item.encode(out);
            }
            // A block's last line ends as the others do; a single line does not.
            out.extend(separator);
        }
    }
}

impl<T> Clone for List<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for List<'_, T> {}

impl<T> PartialEq for List<'_, T> {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl<T> Eq for List<'_, T> {}

impl<'a, T: ListItem<'a> + fmt::Debug> fmt::Debug for List<'a, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

/// Where `separator` first is, or the list ends.
pub(crate) fn until(separator: u8, list: &[u8]) -> usize {
    memchr(separator, list).unwrap_or(list.len())
}

/// The stretch of each item, with what parts it from the next. Behind a
/// separator at the very end comes no item.
fn parts<'a, T: ListItem<'a>>(text: &'a [u8]) -> impl Iterator<Item = (&'a [u8], Option<u8>)> {
    let mut rest = text;
    core::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let (part, after) = rest.split_at_checked(T::end(rest))?;
        let separator = after.first().copied();
        rest = after.get(1..).unwrap_or_default();
        Some((part, separator))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Problem;
    use crate::info::{BwSample, OnionService};

    #[test]
    fn encodes_what_it_read() {
        for text in ["", "a", "a\n", "a\nb", "a\nb\n", "a\n\nb\n", "\n"] {
            let list = List::<OnionService<'_>>::parse(text.as_bytes()).unwrap();
            assert_eq!(list.to_bytes(), text.as_bytes(), "{text:?}");
        }
    }

    #[test]
    fn says_where() {
        let error = List::<BwSample>::parse(b"1,2 3,x 4,5").unwrap_err();
        assert_eq!(error, Problem::Number("bytes written").at(6..7));
    }
}
