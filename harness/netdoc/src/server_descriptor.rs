//! The server descriptor.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use core::net::{Ipv4Addr, SocketAddr};

use tor_harness_types::{Fingerprint, Nickname, UtcSeconds};

use crate::document::Document;
use crate::item::{Item, Object};
use crate::problem::{ParseError, Problem};
use crate::rules::{Place, Rule, Rules};

/// What a relay says of itself (section 2.1.1).
///
/// The fields are what most readers want; every item, known or not, is in
/// [`ServerDescriptor::document`]. Of an item that is there again, the first counts.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ServerDescriptor<'a> {
    /// The items.
    pub document: Document<'a>,
    /// `router`: name, address, ports.
    pub router: Router,
    /// `bandwidth`.
    pub bandwidth: Bandwidth,
    /// `published`: when it was made.
    pub published: UtcSeconds,
    /// `fingerprint` of the identity key.
    pub fingerprint: Option<Fingerprint>,
    /// `uptime`, in seconds. Before tor 0.1.2.7 it could be negative.
    pub uptime: Option<i64>,
    /// `platform`: tor's version, the operating system.
    pub platform: Option<&'a [u8]>,
    /// `contact`: how to reach the operator; any bytes.
    pub contact: Option<&'a [u8]>,
    /// `proto`: the subprotocols with their versions, not looked into.
    pub proto: Option<&'a [u8]>,
    /// `hibernating`: whether it did not take part when this was made.
    pub hibernating: bool,
    /// Each `or-address`: further addresses for other relays.
    pub or_addresses: Vec<SocketAddr>,
    /// Each `accept` or `reject` line in order, not looked into.
    pub exit_policy: Vec<Item<'a>>,
}

/// The first line of a server descriptor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Router {
    /// The relay's nickname.
    pub nickname: Nickname,
    /// Its address.
    pub address: Ipv4Addr,
    /// The port for other relays; 0 for none.
    pub or_port: u16,
    /// Always 0 since there is a control port.
    pub socks_port: u16,
    /// The port for directory requests; 0 for none.
    pub dir_port: u16,
}

/// How much a relay can carry, in bytes a second.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Bandwidth {
    /// What it is willing to carry over a long time.
    pub average: u64,
    /// What it is willing to carry for a short time.
    pub burst: u64,
    /// What it has been seen to carry.
    pub observed: u64,
}

impl<'a> ServerDescriptor<'a> {
    /// What a server descriptor has to be like today. Before tor 0.4.5.1-alpha
    /// the items for ed25519 and ntor, and `proto`, could be missing.
    #[rustfmt::skip] // One line a rule: the table is to be read beside the specification.
    pub const RULES: Rules = Rules::new(&[
        Rule::exactly_once("router").at(Place::First).with(|item| Router::parse(item).map(drop)),
        Rule::exactly_once("identity-ed25519").at(Place::Second).without_arguments().object("ED25519 CERT"),
        Rule::exactly_once("master-key-ed25519").with_arguments(),
        Rule::exactly_once("bandwidth").with(|item| Bandwidth::parse(item).map(drop)),
        Rule::at_most_once("platform"),
        Rule::exactly_once("published").with(|item| time(item).map(drop)),
        Rule::at_most_once("fingerprint").with(|item| fingerprint(item).map(drop)),
        Rule::at_most_once("hibernating").with(|item| flag(item).map(drop)),
        Rule::at_most_once("uptime").with(|item| uptime(item).map(drop)),
        Rule::at_most_once("onion-key").without_arguments().object("RSA PUBLIC KEY"),
        Rule::at_most_once("onion-key-crosscert").without_arguments().object("CROSSCERT"),
        Rule::exactly_once("ntor-onion-key").with_arguments(),
        Rule::exactly_once("ntor-onion-key-crosscert").with(|item| flag(item).map(drop)).object("ED25519 CERT"),
        Rule::exactly_once("signing-key").without_arguments().object("RSA PUBLIC KEY"),
        Rule::any_number("accept").with_arguments(),
        Rule::any_number("reject").with_arguments(),
        Rule::at_most_once("ipv6-policy").with_arguments(),
        Rule::at_most_once("overload-general").with_arguments(),
        Rule::at_most_once("contact"),
        Rule::at_most_once("bridge-distribution-request").with_arguments(),
        Rule::at_most_once("family"),
        Rule::any_number("family-cert").without_arguments().object("FAMILY CERT"),
        Rule::at_most_once("read-history").with_arguments(),
        Rule::at_most_once("write-history").with_arguments(),
        Rule::at_most_once("eventdns").with(|item| flag(item).map(drop)),
        Rule::at_most_once("caches-extra-info").without_arguments(),
        Rule::at_most_once("extra-info-digest").with_arguments(),
        Rule::at_most_once("hidden-service-dir"),
        Rule::at_most_once("protocols").with_arguments(),
        Rule::at_most_once("allow-single-hop-exits").without_arguments(),
        Rule::any_number("or-address").with(|item| or_address(item).map(drop)),
        Rule::at_most_once("tunnelled-dir-server").without_arguments(),
        Rule::exactly_once("proto"),
        Rule::exactly_once("router-sig-ed25519").at(Place::NextToLast).with_arguments(),
        Rule::exactly_once("router-signature").at(Place::Last).without_arguments().object("SIGNATURE"),
    ]);

    /// Reads the fields. [`Document::check`] with [`Self::RULES`] says all that is wrong.
    ///
    /// # Errors
    /// If `router`, `bandwidth` or `published` is not there, or an item that
    /// becomes a field cannot be read.
    pub fn parse(document: Document<'a>) -> Result<Self, ParseError> {
        let mut router = None;
        let mut bandwidth = None;
        let mut published = None;
        let mut fingerprint = None;
        let mut uptime = None;
        let mut platform = None;
        let mut contact = None;
        let mut proto = None;
        let mut hibernating = None;
        let mut or_addresses = Vec::new();
        let mut exit_policy = Vec::new();
        for item in document.items() {
            match item.keyword() {
                "router" => first(&mut router, || Router::parse(&item))?,
                "bandwidth" => first(&mut bandwidth, || Bandwidth::parse(&item))?,
                "published" => first(&mut published, || time(&item))?,
                "fingerprint" => first(&mut fingerprint, || self::fingerprint(&item))?,
                "uptime" => first(&mut uptime, || self::uptime(&item))?,
                "platform" => first(&mut platform, || Ok(text(&item)))?,
                "contact" => first(&mut contact, || Ok(text(&item)))?,
                "proto" => first(&mut proto, || Ok(text(&item)))?,
                "hibernating" => first(&mut hibernating, || flag(&item))?,
                "or-address" => or_addresses.push(or_address(&item)?),
                "accept" | "reject" => exit_policy.push(item),
                _ => {}
            }
        }
        let source = document.as_bytes();
        let missing = |keyword| Problem::Missing(keyword).of(&source[source.len()..], source);
        Ok(Self {
            document,
            router: router.ok_or_else(|| missing("router"))?,
            bandwidth: bandwidth.ok_or_else(|| missing("bandwidth"))?,
            published: published.ok_or_else(|| missing("published"))?,
            fingerprint,
            uptime,
            platform,
            contact,
            proto,
            hibernating: hibernating.unwrap_or(false),
            or_addresses,
            exit_policy,
        })
    }

    /// The object of the first item with this keyword: `signing-key`,
    /// `router-signature`, ...
    #[must_use]
    pub fn object(&self, keyword: &str) -> Option<Object<'a>> {
        self.document.item(keyword)?.object()
    }
}

impl Router {
    fn parse(item: &Item<'_>) -> Result<Self, ParseError> {
        let mut arguments = item.arguments();
        Ok(Self {
            nickname: arguments.value("a nickname: 1 to 19 letters and digits")?,
            address: arguments.value("an IPv4 address")?,
            or_port: arguments.value("ORPort")?,
            socks_port: arguments.value("SOCKSPort")?,
            dir_port: arguments.value("DirPort")?,
        })
    }
}

/// The arguments of the line.
impl fmt::Display for Router {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            nickname,
            address,
            or_port,
            socks_port,
            dir_port,
        } = self;
        write!(f, "{nickname} {address} {or_port} {socks_port} {dir_port}")
    }
}

impl Bandwidth {
    fn parse(item: &Item<'_>) -> Result<Self, ParseError> {
        let mut arguments = item.arguments();
        Ok(Self {
            average: arguments.value("the average bandwidth, in bytes a second")?,
            burst: arguments.value("the burst bandwidth, in bytes a second")?,
            observed: arguments.value("the observed bandwidth, in bytes a second")?,
        })
    }
}

/// The arguments of the line.
impl fmt::Display for Bandwidth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}", self.average, self.burst, self.observed)
    }
}

/// Reads a value that is not there yet.
fn first<T>(
    field: &mut Option<T>,
    read: impl FnOnce() -> Result<T, ParseError>,
) -> Result<(), ParseError> {
    if field.is_none() {
        *field = Some(read()?);
    }
    Ok(())
}

fn text<'a>(item: &Item<'a>) -> &'a [u8] {
    item.text().unwrap_or_default()
}

fn flag(item: &Item<'_>) -> Result<bool, ParseError> {
    const WHAT: &str = "0 or 1";
    let mut arguments = item.arguments();
    match arguments.clone().value::<u8>(WHAT)? {
        0 => Ok(false),
        1 => Ok(true),
        _ => {
            let argument = arguments.next().unwrap_or_default();
            Err(Problem::Expected(WHAT).of(argument, item.source()))
        }
    }
}

fn time(item: &Item<'_>) -> Result<UtcSeconds, ParseError> {
    parsed(item, "a time: YYYY-MM-DD HH:MM:SS", |text| {
        // What follows the time is for tors to come.
        text.get(..19)?.parse().ok()
    })
}

fn fingerprint(item: &Item<'_>) -> Result<Fingerprint, ParseError> {
    parsed(item, "40 hexadecimal digits in groups of four", |text| {
        let digits: String = text.split([' ', '\t']).collect();
        digits.parse().ok()
    })
}

fn uptime(item: &Item<'_>) -> Result<i64, ParseError> {
    item.arguments().value("a number of seconds")
}

fn or_address(item: &Item<'_>) -> Result<SocketAddr, ParseError> {
    item.arguments().value("ADDRESS:PORT")
}

/// A value of all the arguments.
fn parsed<T>(
    item: &Item<'_>,
    what: &'static str,
    read: impl FnOnce(&str) -> Option<T>,
) -> Result<T, ParseError> {
    let text = item.arguments().rest(what)?;
    read(text).ok_or_else(|| Problem::Expected(what).of(text.as_bytes(), item.source()))
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;
    use alloc::vec;

    use super::*;

    /// A good descriptor, but that nothing in it is signed.
    const GOOD: &str = "\
@type server-descriptor 1.0
router Unnamed 10.0.0.1 9001 0 9030
identity-ed25519
-----BEGIN ED25519 CERT-----
AQQ=
-----END ED25519 CERT-----
master-key-ed25519 AAAA
or-address [2001:db8::1]:9001
platform Tor 0.4.9.11 on Linux
proto Link=3-5
published 2026-11-21 23:09:48
fingerprint 0001 0203 0405 0607 0809 0A0B 0C0D 0E0F 1011 1213
uptime 17
bandwidth 100 200 50
ntor-onion-key AAAA
ntor-onion-key-crosscert 1
-----BEGIN ED25519 CERT-----
AQQ=
-----END ED25519 CERT-----
signing-key
-----BEGIN RSA PUBLIC KEY-----
MIGJ
-----END RSA PUBLIC KEY-----
hibernating 1
contact a  <b> \u{e9}
x-new-item what it may mean
accept *:80
reject *:*
router-sig-ed25519 AAAA
router-signature
-----BEGIN SIGNATURE-----
AAAA
-----END SIGNATURE-----
";

    fn problems(text: &str) -> Vec<String> {
        Document::new(text.as_bytes())
            .check(&ServerDescriptor::RULES)
            .iter()
            .map(|wrong| {
                let place = wrong.span.place(text.as_bytes());
                alloc::format!("{}:{} {}", place.line, place.column, wrong.problem)
            })
            .collect()
    }

    #[test]
    fn reads_the_fields() {
        let document = Document::new(GOOD.as_bytes());
        let read = ServerDescriptor::parse(document).unwrap();
        assert_eq!(read.router.to_string(), "Unnamed 10.0.0.1 9001 0 9030");
        assert_eq!(read.bandwidth.to_string(), "100 200 50");
        assert_eq!(read.published.to_string(), "2026-11-21 23:09:48");
        assert_eq!(
            read.fingerprint.unwrap().to_string(),
            "000102030405060708090A0B0C0D0E0F10111213"
        );
        assert_eq!(read.uptime, Some(17));
        assert_eq!(read.platform, Some(&b"Tor 0.4.9.11 on Linux"[..]));
        assert_eq!(read.contact, Some("a  <b> \u{e9}".as_bytes()));
        assert_eq!(read.proto, Some(&b"Link=3-5"[..]));
        assert!(read.hibernating);
        assert_eq!(
            read.or_addresses,
            ["[2001:db8::1]:9001".parse::<SocketAddr>().unwrap()]
        );
        let policy: Vec<_> = read.exit_policy.iter().map(Item::as_bytes).collect();
        assert_eq!(policy, [&b"accept *:80\n"[..], b"reject *:*\n"]);
        assert_eq!(read.object("signing-key").unwrap().body, b"MIGJ\n");
        let new = read.document.item("x-new-item").unwrap();
        assert_eq!(new.text(), Some(&b"what it may mean"[..]));
        assert_eq!(problems(GOOD), Vec::<String>::new());
    }

    #[test]
    fn says_what_keeps_it_from_being_read() {
        for (from, to, expected) in [
            (
                "router Unnamed",
                "router Un-named",
                "line 2 column 8: expected a nickname",
            ),
            (
                "10.0.0.1 9001",
                "10.0.0.1 65536",
                "line 2 column 25: expected ORPort",
            ),
            (
                "router U",
                "router-x U",
                "line 34 column 1: expected an item \"router\"",
            ),
            ("0 9030", "0", "line 2 column 31: expected DirPort"),
            (
                "200 50",
                "200",
                "line 14 column 18: expected the observed bandwidth",
            ),
            ("23:09:48", "23:09", "line 11 column 11: expected a time"),
            (
                "0001 0203",
                "0001",
                "line 12 column 13: expected 40 hexadecimal digits",
            ),
            (
                "hibernating 1",
                "hibernating 2",
                "line 24 column 13: expected 0 or 1",
            ),
            (
                "[2001:db8::1]:9001",
                "[2001:db8::1]",
                "line 8 column 12: expected ADDRESS:PORT",
            ),
        ] {
            let text = GOOD.replacen(from, to, 1);
            let error = ServerDescriptor::parse(Document::new(text.as_bytes())).unwrap_err();
            let rendered = error.render(text.as_bytes());
            assert!(rendered.starts_with(expected), "{from} -> {to}: {rendered}");
        }
    }

    #[test]
    fn lists_all_problems() {
        let bad = GOOD
            .replace("router Unnamed 10.0.0.1", "router Unnamed example")
            .replace("uptime 17", "uptime soon")
            .replace("published", "publisher")
            .replace("proto Link=3-5\n", "proto Link=3-5\nproto Link=3-5\n")
            .replace("router-signature\n", "router-signature\nfamily\n");
        assert_eq!(
            problems(&bad),
            vec![
                "2:16 expected an IPv4 address",
                "11:1 expected one item \"proto\", and here is more",
                "14:8 expected a number of seconds",
                "30:1 expected the item \"router-sig-ed25519\" right before the last item",
                "31:1 expected an object, -----BEGIN SIGNATURE-----",
                "31:1 expected the item \"router-signature\" at the end",
                "33:1 an object where none belongs",
                "36:1 expected an item \"published\", and there is none",
            ]
        );
    }

    /// Whatever the bytes are: nothing panics, no line is lost.
    fn takes(bytes: &[u8]) {
        let document = Document::new(bytes);
        let _ = ServerDescriptor::parse(document);
        let _ = document.check(&ServerDescriptor::RULES);
        let items: Vec<_> = document.items().map(|item| item.as_bytes()).collect();
        assert_eq!(lines(&items.concat()), lines(bytes));
    }

    /// The lines that are not blank.
    fn lines(bytes: &[u8]) -> Vec<Vec<u8>> {
        bytes
            .split(|byte| *byte == b'\n')
            .filter(|line| !matches!(line, [] | [b'\r']))
            .map(Vec::from)
            .collect()
    }

    #[test]
    fn takes_any_bytes() {
        let good = GOOD.as_bytes();
        for at in 0..good.len() {
            takes(&good[..at]);
            takes(&good[at..]);
            for byte in [b'\n', b' ', b'-', 0xff] {
                let mut bytes = good.to_vec();
                bytes[at] = byte;
                takes(&bytes);
            }
        }
    }
}
