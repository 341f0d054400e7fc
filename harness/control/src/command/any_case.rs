//! Words of tor's that controllers may write in any case.

/// Gives sets of words a reader for any case.
macro_rules! any_case {
    ($($name:ident)+) => {$(
        impl<'a> $name<'a> {
            /// The word's meaning in any case, as tor reads it.
            #[must_use]
            pub fn from_any_case(word: &'a str) -> Self {
                Self::KNOWN
                    .iter()
                    .find(|known| known.as_str().eq_ignore_ascii_case(word))
                    .map_or(Self::Other(word), |known| *known)
            }
        }
    )+};
}

pub(super) use any_case;
