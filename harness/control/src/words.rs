//! Sets of words that tor may add to.

/// Makes an enum of words, each with its spelling, and `Other` for the rest.
macro_rules! words {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $name<'a> {
            $($(#[$doc])* $variant,)+
            /// A word that is not known here, as it came.
            Other(&'a str),
        }

        impl<'a> $name<'a> {
            /// The known words, in the order of their specification.
            pub const KNOWN: &'static [$name<'static>] = &[$($name::$variant),+];

            /// The word's meaning. Case counts, as it does for tor's own words.
            #[must_use]
            pub fn new(word: &'a str) -> Self {
                match word {
                    $($word => Self::$variant,)+
                    _ => Self::Other(word),
                }
            }

            /// The word.
            #[must_use]
            pub fn as_str(&self) -> &'a str {
                match self {
                    $(Self::$variant => $word,)+
                    Self::Other(word) => word,
                }
            }
        }

        impl core::fmt::Display for $name<'_> {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}

pub(crate) use words;
