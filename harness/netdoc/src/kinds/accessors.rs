//! Readers of fields, one line each.

/// Writes methods that read the `fields` of a typed document.
///
/// | kind | gives |
/// |---|---|
/// | `one NAME: TYPE` | the only argument of an item that has to be there |
/// | `maybe NAME: TYPE` | the only argument of an item that need not be there |
/// | `text NAME` | the text behind an item's keyword |
///
/// Without any of them it writes those that every typed document has. Where
/// `fields` are but of what it begins with, `in FIELD` names where all of it is.
macro_rules! accessors {
    (impl $document:ident { $($accessors:tt)* }) => {
        $crate::kinds::accessors::accessors! {
            impl $document ["The items." fields.document()] ["Where the items are."] { $($accessors)* }
        }
    };
    (impl $document:ident in $($whole:ident).+, $head:literal { $($accessors:tt)* }) => {
        $crate::kinds::accessors::accessors! {
            impl $document ["All of it." $($whole).+] [$head] { $($accessors)* }
        }
    };
    (impl $document:ident [$all:literal $($whole:tt)+] [$head:literal] {
        $($(#[$doc:meta])* $kind:ident $name:ident $(: $type:ty)? = $keyword:literal;)*
    }) => {
        impl<'a> $document<'a> {
            #[doc = $all]
            #[must_use]
            pub fn document(&self) -> $crate::structure::Document<'a> {
                self.$($whole)+
            }

            #[doc = $head]
            #[must_use]
            pub fn fields(&self) -> &$crate::rules::Fields<'a> {
                &self.fields
            }

            $($crate::kinds::accessors::accessor! { $kind [$(#[$doc])*] $name [$($type)?] $keyword })*
        }
    };
}

macro_rules! accessor {
    (one [$(#[$doc:meta])*] $name:ident [$type:ty] $keyword:literal) => {
        $(#[$doc])*
        ///
        /// # Errors
        /// If it is not there, or cannot be read.
        pub fn $name(&self) -> Result<$type, $crate::rules::ParseError> {
            self.fields.one($keyword)
        }
    };
    (maybe [$(#[$doc:meta])*] $name:ident [$type:ty] $keyword:literal) => {
        $(#[$doc])*
        ///
        /// # Errors
        /// If it cannot be read.
        pub fn $name(&self) -> Result<Option<$type>, $crate::rules::ParseError> {
            self.fields.maybe($keyword)
        }
    };
    (text [$(#[$doc:meta])*] $name:ident [] $keyword:literal) => {
        $(#[$doc])*
        #[must_use]
        pub fn $name(&self) -> Option<&'a [u8]> {
            self.fields.text($keyword)
        }
    };
}

pub(super) use {accessor, accessors};
