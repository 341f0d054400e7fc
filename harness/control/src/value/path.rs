//! The hops of a circuit.

use crate::value::text_value::text_value;
use crate::value::{LongName, list};

/// The hops of a circuit, the nearest first (section 4.1.1, `Path`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Path<'a>(&'a str);

text_value! { Path, "A path as it came; any text is one." }

impl<'a> Path<'a> {
    /// The relays, in order.
    pub fn hops(&self) -> impl Iterator<Item = LongName<'a>> + Clone + use<'a> {
        list(self.0).map(LongName::new)
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
