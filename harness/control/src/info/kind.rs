//! A value of any form.

use alloc::vec::Vec;
use core::net::IpAddr;

use tor_harness_types::Fingerprint;

use crate::event::{Circ, ClientsSeen, EventCode, OrConn, Status, Stream};
use crate::info::{
    AccountingBytes, AddressMapping, BwSample, ConfigDefault, ConfigName, Country, Digest,
    DownloadStatus, EntryGuard, Hibernation, InfoName, InfoValue, List, Listener, Liveness, Name,
    OnionService, PolicyRule, TorVersion, VersionStatus, kind_of,
};
use crate::keywords::Keywords;
use crate::problem::ParseError;
use crate::value::IsoTime;

/// Makes the set of forms, and a value of each.
macro_rules! kinds {
    ($(#[doc = $doc:literal] $kind:ident($value:ty),)+) => {
        /// Which form a value of GETINFO has.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Kind {
            $(#[doc = $doc] $kind,)+
        }

        impl Kind {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$kind),+];

            /// The name of the form, which is that of its [`Value`].
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$kind => stringify!($kind),)+
                }
            }

            /// What such a value is, in a few words.
            #[must_use]
            pub const fn about(self) -> &'static str {
                match self {
                    $(Self::$kind => $doc.trim_ascii(),)+
                }
            }
        }

        /// A value of GETINFO, read.
        #[derive(Clone, Debug, PartialEq, Eq)]
        #[non_exhaustive]
        pub enum Value<'a> {
            $(#[doc = $doc] $kind($value),)+
        }

        impl<'a> Value<'a> {
            /// Reads a value of a form.
            ///
            /// # Errors
            /// If it has another form.
            pub fn parse_as(kind: Kind, value: &'a [u8]) -> Result<Self, ParseError> {
                match kind {
                    $(Kind::$kind => InfoValue::parse(value).map(Self::$kind),)+
                }
            }

            /// The form.
            #[must_use]
            pub fn kind(&self) -> Kind {
                match self {
                    $(Self::$kind(_) => Kind::$kind,)+
                }
            }

            /// Appends the value as tor writes it, from what was read alone.
            ///
            /// That is what was read, with these exceptions, which no tor writes:
            ///
            /// | what came | what it becomes |
            /// |---|---|
            /// | zeros in front of a number, or a minus in front of 0 | none |
            /// | another spelling of an IP address | the usual one |
            /// | digits of a digest in lower case | in upper case |
            /// | in quotes, other escapes than [`quote`](crate::quote) makes | those that it makes |
            /// | a space at the end of an event's line | no space |
            pub fn encode(&self, out: &mut Vec<u8>) {
                match self {
                    $(Self::$kind(value) => value.encode(out),)+
                }
            }
        }
    };
}

kinds! {
    /// Circuits, a line each.
    Circuits(List<'a, Circ<'a>>),
    /// Streams, a line each.
    Streams(List<'a, Stream<'a>>),
    /// Connections to relays, a line each.
    OrConns(List<'a, OrConn<'a>>),
    /// Guards, a line each, the preferred first.
    EntryGuards(List<'a, EntryGuard<'a>>),
    /// Addresses with those they are mapped to, a line each.
    AddressMappings(List<'a, AddressMapping<'a>>),
    /// Addresses that tor listens on, quoted, with spaces between.
    Listeners(List<'a, Listener<'a>>),
    /// Options with their types, a line each.
    ConfigNames(List<'a, ConfigName<'a>>),
    /// Options with their default values, a line each.
    ConfigDefaults(List<'a, ConfigDefault<'a>>),
    /// Keys of GETINFO, a line each.
    InfoNames(List<'a, InfoName<'a>>),
    /// Names of events, with spaces between.
    Events(List<'a, EventCode<'a>>),
    /// Names, with spaces between.
    Names(List<'a, Name<'a>>),
    /// Bytes read and written in each second, with spaces between.
    BwSamples(List<'a, BwSample>),
    /// Bytes read and written.
    AccountingBytes(AccountingBytes),
    /// `hard`, `soft` or `awake`.
    Hibernation(Hibernation<'a>),
    /// A moment; empty where there is none.
    Time(Option<IsoTime<'a>>),
    /// `0` or `1`.
    Flag(bool),
    /// A number, not negative.
    Unsigned(u64),
    /// A number; -1 where tor does not know.
    Signed(i64),
    /// A status event without its name.
    Status(Status<'a>),
    /// Where clients come from: a CLIENTS_SEEN event without its name.
    ClientsSeen(ClientsSeen<'a>),
    /// `KEY=value`, with spaces between.
    Keywords(Keywords<'a>),
    /// A version of tor.
    Version(TorVersion<'a>),
    /// Versions of tor, with commas between.
    Versions(List<'a, TorVersion<'a>>),
    /// What the authorities think of a version.
    VersionStatus(VersionStatus<'a>),
    /// Rules of an exit policy, a line each or with commas between.
    ExitPolicy(List<'a, PolicyRule<'a>>),
    /// The code of a country.
    Country(Country<'a>),
    /// Onion services, a line each.
    OnionServices(List<'a, OnionService<'a>>),
    /// `up` or `down`.
    Liveness(Liveness<'a>),
    /// A relay's fingerprint.
    Fingerprint(Fingerprint),
    /// An IP address.
    Address(IpAddr),
    /// How attempts to fetch something go, a line a field.
    DownloadStatus(DownloadStatus<'a>),
    /// SHA-1 digests, a line each.
    Digests(List<'a, Digest>),
    /// Bytes that mean what they are: a name, a path, a configuration.
    Text(&'a [u8]),
    /// A network document, or several, as they are.
    Document(&'a [u8]),
}

impl<'a> Value<'a> {
    /// Reads the value of `key`; that of a key not known here is [`Value::Text`].
    ///
    /// # Errors
    /// If it has not the form that values of this key have.
    pub fn parse(key: &str, value: &'a [u8]) -> Result<Self, ParseError> {
        Self::parse_as(kind_of(key).unwrap_or(Kind::Text), value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Problem;

    /// Reads a value, and sees that it encodes to the same bytes.
    fn check(key: &str, text: &str) {
        let value = Value::parse(key, text.as_bytes())
            .unwrap_or_else(|error| panic!("{key}: {}", error.render(text.as_bytes())));
        let mut encoded = Vec::new();
        value.encode(&mut encoded);
        assert_eq!(encoded, text.as_bytes(), "{key}: {value:?}");
    }

    #[test]
    fn encodes_what_it_read() {
        for (key, text) in [
            (
                "circuit-status",
                "1 LAUNCHED PURPOSE=GENERAL\n2 BUILT $AB~a,b NEW=x y",
            ),
            (
                "stream-status",
                "5 SUCCEEDED 2 2001:db8::1:443 NEW=\"x y\"\n6 NEW 0 a:1\n",
            ),
            ("orconn-status", "$AB~a CONNECTED\n127.0.0.1:1 LAUNCHED\n"),
            ("orconn-status", "a CONNECTED NEW=x"),
            ("accounting/bytes", "18446744073709551615 0"),
            ("accounting/hibernating", "asleep"),
            ("bw-event-cache", "0,0 1670,512"),
            (
                "status/bootstrap-phase",
                "WARN BOOTSTRAP PROGRESS=5 WARNING=\"a \\\"b\\\"\"",
            ),
            ("status/clients-seen", "CountrySummary=us=16,??=8 New=1"),
            ("status/reachability-succeeded", "OR=1 DIR=0 NEW"),
            ("status/version/current", "new in series"),
            ("status/version/recommended", "0.4.8.1,0.4.9.1-alpha"),
            ("process/uid", "-1"),
            ("ip-to-country/::1", "de"),
            ("consensus/packages", "anything\n"),
            ("address/v6", "2001:db8::1"),
            (
                "downloads/desc/descs",
                "2171A44D9B34A730EE66771D831E29B1382C014C\n",
            ),
            ("a/new/key", "anything\n"),
        ] {
            check(key, text);
        }
    }

    #[test]
    fn says_where_a_value_is_wrong() {
        for (key, text, error) in [
            (
                "circuit-status",
                "1 BUILT\n2\n",
                Problem::Missing("status").at(9..9),
            ),
            (
                "accounting/bytes",
                "1 x",
                Problem::Number("bytes written").at(2..3),
            ),
            (
                "accounting/bytes",
                "1",
                Problem::Expected("READ WRITTEN").at(0..1),
            ),
            (
                "status/bootstrap-phase",
                "NOTICE",
                Problem::Missing("action").at(6..6),
            ),
        ] {
            assert_eq!(Value::parse(key, text.as_bytes()), Err(error), "{key}");
        }
    }
}
