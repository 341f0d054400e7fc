//! The types that CollecTor's annotations name.

use core::str::from_utf8;

use super::kind::Kind;
use crate::structure::Item;

/// What an annotation says of the document that follows: `@type tordnsel 1.0`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TypeName<'a> {
    /// The name, known or not.
    pub name: &'a [u8],
    /// The version; empty if there is none.
    pub version: &'a [u8],
}

/// A type of documents in CollecTor's archives, or one that stem names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CollectorType {
    /// The name in `@type`.
    pub name: &'static str,
    /// The newest version that is known; those before differ in the number behind the dot.
    pub newest: &'static str,
    /// The [`Kind`] that reads it; `None` if nothing here does.
    pub read_as: Option<Kind>,
}

const fn read_as(name: &'static str, newest: &'static str, kind: Kind) -> CollectorType {
    CollectorType {
        name,
        newest,
        read_as: Some(kind),
    }
}

/// A type that is only known by its name.
const fn unread(name: &'static str, newest: &'static str) -> CollectorType {
    CollectorType {
        name,
        newest,
        read_as: None,
    }
}

#[rustfmt::skip] // One line a type.
static TYPES: &[CollectorType] = &[
    read_as("server-descriptor", "1.0", Kind::ServerDescriptor),
    read_as("extra-info", "1.0", Kind::ExtraInfo),
    read_as("microdescriptor", "1.0", Kind::Microdescriptor),
    read_as("network-status-consensus-3", "1.0", Kind::Consensus),
    read_as("network-status-microdesc-consensus-3", "1.0", Kind::ConsensusMicrodesc),
    read_as("network-status-vote-3", "1.0", Kind::Vote),
    read_as("dir-key-certificate-3", "1.0", Kind::KeyCertificate),
    read_as("detached-signature-3", "1.0", Kind::DetachedSignatures),
    read_as("network-status-2", "1.0", Kind::NetworkStatus2),
    unread("directory", "1.0"),
    read_as("bridge-network-status", "1.2", Kind::BridgeNetworkStatus),
    read_as("bridge-server-descriptor", "1.2", Kind::BridgeServerDescriptor),
    read_as("bridge-extra-info", "1.3", Kind::BridgeExtraInfo),
    unread("bridge-pool-assignment", "1.0"),
    unread("bridgedb-metrics", "1.0"),
    unread("bridgestrap-stats", "1.0"),
    unread("snowflake-stats", "1.0"),
    read_as("bandwidth-file", "1.0", Kind::BandwidthFile),
    read_as("tordnsel", "1.0", Kind::ExitList),
    unread("torperf", "1.1"),
    // Log files of web servers; they have no annotation, only this name.
    unread("webstats", "1.0"),
    // stem's.
    read_as("hidden-service-descriptor", "1.0", Kind::OnionDescriptor2),
    read_as("hidden-service-descriptor-3", "1.0", Kind::OnionDescriptor),
];

impl CollectorType {
    /// All types.
    #[must_use]
    pub fn all() -> &'static [Self] {
        TYPES
    }

    /// The type of a name.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        TYPES.iter().find(|known| known.name == name)
    }
}

impl<'a> TypeName<'a> {
    /// What `item` says, if it is a `@type`.
    #[must_use]
    pub fn read(item: &Item<'a>) -> Option<Self> {
        let mut words = item.arguments();
        let name = (item.keyword_bytes() == b"@type").then(|| words.next())??;
        let version = words.next().unwrap_or_default();
        Some(Self { name, version })
    }

    /// The type of that name; `None` for one that nobody knows.
    #[must_use]
    pub fn known(&self) -> Option<&'static CollectorType> {
        TYPES
            .iter()
            .find(|known| known.name.as_bytes() == self.name)
    }

    /// The kind that reads it: of CollecTor's type, or of a kind's own name. None for
    /// a version that is not compatible: with another number before the dot.
    #[must_use]
    pub fn kind(&self) -> Option<Kind> {
        match self.known() {
            Some(known) if self.is_like(known.newest) => known.read_as,
            Some(_) => None,
            None => from_utf8(self.name).ok()?.parse().ok(),
        }
    }

    /// Whether the version's first number is the same, or there is no version.
    fn is_like(&self, newest: &str) -> bool {
        let first = |version: &[u8]| {
            version
                .split(|byte| *byte == b'.')
                .next()
                .map(<[u8]>::to_vec)
        };
        self.version.is_empty() || first(self.version) == first(newest.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::structure::Document;

    #[test]
    fn finds_the_kind() {
        for (line, expected) in [
            ("@type server-descriptor 1.0", Some(Kind::ServerDescriptor)),
            ("@type server-descriptor 1.9", Some(Kind::ServerDescriptor)),
            ("@type server-descriptor", Some(Kind::ServerDescriptor)),
            ("@type server-descriptor 2.0", None),
            ("@type tordnsel 1.0", Some(Kind::ExitList)),
            (
                "@type hidden-service-descriptor-3 1.0",
                Some(Kind::OnionDescriptor),
            ),
            (
                "@type onion-descriptor-inner 1.0",
                Some(Kind::OnionDescriptorInner),
            ),
            ("@type torperf 1.1", None),
            ("@type tea 1.0", None),
        ] {
            let item = Document::new(line.as_bytes()).items().next().unwrap();
            assert_eq!(TypeName::read(&item).unwrap().kind(), expected, "{line}");
        }
        for line in ["@type", "@source", "type x"] {
            let item = Document::new(line.as_bytes()).items().next().unwrap();
            assert_eq!(TypeName::read(&item), None, "{line}");
        }
    }

    #[test]
    fn names_each_type_once() {
        for (index, one) in TYPES.iter().enumerate() {
            assert!(TYPES[..index].iter().all(|other| other.name != one.name));
        }
    }
}
