//! The hops of a circuit.

use core::fmt;

use crate::value::{LongName, list};

/// The hops of a circuit, the nearest first (section 4.1.1, `Path`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Path<'a>(&'a str);

impl<'a> Path<'a> {
    /// A path as it came; any text is one.
    #[must_use]
    pub const fn new(text: &'a str) -> Self {
        Self(text)
    }

    /// The text.
    #[must_use]
    pub const fn as_str(&self) -> &'a str {
        self.0
    }

    /// The relays, in order.
    pub fn hops(&self) -> impl Iterator<Item = LongName<'a>> + Clone + use<'a> {
        list(self.0).map(LongName::new)
    }
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use super::*;

    #[test]
    fn cuts() {
        for (text, hops) in [
            ("", &[][..]),
            ("moria1", &["moria1"]),
            ("$AB~a,$CD=b,$EF,c", &["$AB~a", "$CD=b", "$EF", "c"]),
        ] {
            let read: Vec<_> = Path::new(text).hops().map(|hop| hop.as_str()).collect();
            assert_eq!(read, hops, "{text}");
        }
    }
}
