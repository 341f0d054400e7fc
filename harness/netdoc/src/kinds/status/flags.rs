//! The flags of a relay.

use core::fmt;

use crate::structure::Arguments;

/// Defines the flags with their names.
macro_rules! flags {
    ($($(#[$doc:meta])* $flag:ident,)*) => {
        /// A flag that authorities give to a relay (section 3.4.1).
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum RouterFlag {
            $($(#[$doc])* $flag,)*
        }

        impl RouterFlag {
            /// All that are known, in the order of their names.
            pub const ALL: &'static [Self] = &[$(Self::$flag),*];

            /// The name: `V2Dir`.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$flag => stringify!($flag),)*
                }
            }

            /// The flag that a text begins with, and what follows it and a space.
            ///
            /// Of the few with the same first letter one is tried after the other, since
            /// to look for the end of the word first takes longer.
            #[inline]
            fn begin(text: &[u8]) -> Option<(Self, &[u8])> {
                let first = *text.first()?;
                $(
                    if first == stringify!($flag).as_bytes()[0]
                        && let Some(rest) = text.strip_prefix(stringify!($flag).as_bytes())
                    {
                        match rest {
                            [] => return Some((Self::$flag, rest)),
                            [b' ' | b'\t', rest @ ..] => return Some((Self::$flag, rest)),
                            _ => {}
                        }
                    }
                )*
                None
            }

            /// The flag of this name.
            #[must_use]
            #[inline]
            #[expect(non_upper_case_globals, reason = "the macro knows but one name of each")]
            pub fn from_name(name: &[u8]) -> Option<Self> {
                $(const $flag: &[u8] = stringify!($flag).as_bytes();)*
                match name {
                    $($flag => Some(Self::$flag),)*
                    _ => None,
                }
            }
        }
    };
}

flags! {
    /// It is a directory authority.
    Authority,
    /// It is useless as a directory cache; before tor 0.2.5.
    BadDirectory,
    /// It is useless as an exit.
    BadExit,
    /// It is more useful as an exit than elsewhere.
    Exit,
    /// It can carry much.
    Fast,
    /// It can be an entry guard.
    Guard,
    /// It keeps the descriptors of onion services.
    HSDir,
    /// It can be used in the middle only.
    MiddleOnly,
    /// Its nickname is bound to its identity; before tor 0.2.8.
    Named,
    /// Its ed25519 key is not what the authorities agree on.
    NoEdConsensus,
    /// It can be used now.
    Running,
    /// It runs for long.
    Stable,
    /// Its descriptor is too old.
    StaleDesc,
    /// There are more relays at its address than may be.
    Sybil,
    /// Another's nickname is bound to the name that it has; before tor 0.2.8.
    Unnamed,
    /// It answers directory requests.
    V2Dir,
    /// It is not known to be broken.
    Valid,
}

/// The name.
impl fmt::Display for RouterFlag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// The flags of a relay: a set of bits, and the text for those that are not known.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct RouterFlags<'a> {
    bits: u32,
    text: &'a [u8],
}

impl<'a> RouterFlags<'a> {
    /// Reads the flags of an `s` line.
    #[must_use]
    #[inline]
    pub fn read(text: &'a [u8]) -> Self {
        let mut bits = 0;
        let mut rest = text;
        while !rest.is_empty() {
            rest = match RouterFlag::begin(rest) {
                Some((flag, behind)) => {
                    bits |= 1 << flag as u32;
                    behind
                }
                None => behind_word(rest),
            };
        }
        Self { bits, text }
    }

    /// Whether a flag is among them.
    #[must_use]
    #[inline]
    pub fn contains(self, flag: RouterFlag) -> bool {
        self.bits & (1 << flag as u32) != 0
    }

    /// The names of all, known or not, in the order in which they came.
    pub fn names(self) -> impl Iterator<Item = &'a [u8]> {
        Arguments::new(self.text)
    }

    /// The names of those that are not known.
    pub fn unknown(self) -> impl Iterator<Item = &'a [u8]> {
        self.names()
            .filter(|name| RouterFlag::from_name(name).is_none())
    }
}

/// What follows the first word, and the space or tab behind it.
fn behind_word(text: &[u8]) -> &[u8] {
    let end = text.iter().position(|byte| matches!(byte, b' ' | b'\t'));
    end.map_or(&[], |end| &text[end + 1..])
}

/// The text of the line.
impl fmt::Debug for RouterFlags<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = alloc::string::String::from_utf8_lossy(self.text);
        write!(f, "RouterFlags({text})")
    }
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use super::*;

    #[test]
    fn keep_those_that_are_not_known() {
        let flags = RouterFlags::read(b"Fast New  V2Dir Old Fast");
        let known = RouterFlag::ALL.iter().filter(|flag| flags.contains(**flag));
        assert_eq!(
            known.collect::<Vec<_>>(),
            [&RouterFlag::Fast, &RouterFlag::V2Dir]
        );
        assert_eq!(flags.unknown().collect::<Vec<_>>(), [b"New", b"Old"]);
        assert_eq!(flags.names().count(), 5);
    }

    #[test]
    fn have_names_in_order() {
        let flags = RouterFlag::ALL;
        assert!(flags.is_sorted_by_key(|flag| flag.name()));
        for flag in flags {
            assert_eq!(RouterFlag::from_name(flag.name().as_bytes()), Some(*flag));
        }
    }
}
