//! What values have in common that are any text.

/// Writes how such a value is made of a text, and gives it back.
macro_rules! text_value {
    ($name:ident, $new:literal) => {
        impl<'a> $name<'a> {
            #[doc = $new]
            #[must_use]
            pub const fn new(text: &'a str) -> Self {
                Self(text)
            }

            /// The text, as it came.
            #[must_use]
            pub const fn as_str(&self) -> &'a str {
                self.0
            }
        }

        impl core::fmt::Display for $name<'_> {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.write_str(self.0)
            }
        }
    };
}

pub(crate) use text_value;
