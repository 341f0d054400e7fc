//! Sets whose members have names.

/// Makes an enum of members, each with its name, and with its docs as what it says.
macro_rules! named {
    ($(#[$meta:meta])* pub enum $set:ident {
        $($(#[doc = $doc:literal])+ $(#[serde($serde:meta)])? $variant:ident = $name:literal,)+
    }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum $set {
            $($(#[doc = $doc])+ $(#[serde($serde)])? $variant,)+
        }

        impl $set {
            /// All there are.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Its name, as scripts and reports have it.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)+
                }
            }

            /// What its docs say.
            #[must_use]
            pub fn describe(self) -> &'static str {
                match self {
                    $(Self::$variant => concat!($($doc),+).trim_ascii(),)+
                }
            }
        }

        impl std::fmt::Display for $set {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.name())
            }
        }
    };
}

pub(crate) use named;
