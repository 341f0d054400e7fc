//! Readers of keywords, one line each.

/// Writes methods that read an event's `keywords`.
///
/// | kind | gives |
/// |---|---|
/// | `word NAME: SET` | one of a set of words |
/// | `words NAME: SET` | a list of them, which commas separate |
/// | `text NAME` | a value that needs no escapes |
/// | `string NAME` | a value with quotes and escapes undone |
/// | `bytes NAME` | the same, as bytes |
/// | `number NAME: TYPE` | a number |
/// | `time NAME` | a moment |
/// | `flag NAME` | yes or no |
/// | `address NAME` | an address with a port |
/// | `counts NAME` | numbers by name, behind colons |
macro_rules! accessors {
    (impl $event:ident { $($(#[$doc:meta])* $kind:ident $name:ident $(: $type:ident)? = $key:literal;)+ }) => {
        impl<'a> $event<'a> {
            $($crate::event::accessors::accessor! { $kind [$(#[$doc])*] $name [$($type)?] $key })+
        }
    };
}

macro_rules! accessor {
    (word [$(#[$doc:meta])*] $name:ident [$type:ident] $key:literal) => {
        $(#[$doc])*
        #[must_use]
        pub fn $name(&self) -> Option<$type<'a>> {
            self.keywords.plain($key).map($type::new)
        }
    };
    (words [$(#[$doc:meta])*] $name:ident [$type:ident] $key:literal) => {
        $(#[$doc])*
        pub fn $name(&self) -> impl Iterator<Item = $type<'a>> + use<'a> {
            $crate::value::list(self.keywords.plain($key).unwrap_or_default()).map($type::new)
        }
    };
    (text [$(#[$doc:meta])*] $name:ident [] $key:literal) => {
        $(#[$doc])*
        #[must_use]
        pub fn $name(&self) -> Option<&'a str> {
            self.keywords.plain($key)
        }
    };
    (string [$(#[$doc:meta])*] $name:ident [] $key:literal) => {
        $(#[$doc])*
        #[must_use]
        pub fn $name(&self) -> Option<alloc::borrow::Cow<'a, str>> {
            self.keywords.value($key)
        }
    };
    (bytes [$(#[$doc:meta])*] $name:ident [] $key:literal) => {
        $(#[$doc])*
        #[must_use]
        pub fn $name(&self) -> Option<alloc::borrow::Cow<'a, [u8]>> {
            self.keywords.bytes($key)
        }
    };
    (number [$(#[$doc:meta])*] $name:ident [$type:ident] $key:literal) => {
        $(#[$doc])*
        #[must_use]
        pub fn $name(&self) -> Option<$type> {
            self.keywords.number($key)
        }
    };
    (time [$(#[$doc:meta])*] $name:ident [] $key:literal) => {
        $(#[$doc])*
        #[must_use]
        pub fn $name(&self) -> Option<$crate::value::IsoTime<'a>> {
            self.keywords.time($key)
        }
    };
    (flag [$(#[$doc:meta])*] $name:ident [] $key:literal) => {
        $(#[$doc])*
        #[must_use]
        pub fn $name(&self) -> Option<bool> {
            self.keywords.plain($key).and_then($crate::value::flag)
        }
    };
    (address [$(#[$doc:meta])*] $name:ident [] $key:literal) => {
        $(#[$doc])*
        #[must_use]
        pub fn $name(&self) -> Option<$crate::value::HostPort<'a>> {
            self.keywords.plain($key).map($crate::value::HostPort::new)
        }
    };
    (counts [$(#[$doc:meta])*] $name:ident [] $key:literal) => {
        $(#[$doc])*
        #[must_use]
        pub fn $name(&self) -> Option<$crate::value::Counts<'a>> {
            self.keywords.plain($key).map(|text| $crate::value::Counts::new(text, ':'))
        }
    };
}

pub(crate) use {accessor, accessors};
