//! The set of kinds that a message may be of, by name.

/// Makes the set: the name of each in words, and what its messages are to be read as.
macro_rules! kinds {
    ($(#[$doc:meta])* $kinds:ident { $($kind:ident = $words:literal, $subject:expr;)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $kinds {
            $(#[doc = $words] $kind,)+
        }

        impl $kinds {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$kind),+];

            /// What it is, in words.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$kind => $words,)+
                }
            }

            /// What its messages are to be read as.
            #[must_use]
            pub const fn subject(self) -> $crate::control::Subject {
                match self {
                    $(Self::$kind => $subject,)+
                }
            }
        }

        impl std::fmt::Display for $kinds {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}

pub(super) use kinds;
