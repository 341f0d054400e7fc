//! What sanitising has to replace or to remove in a bridge's documents.

use alloc::vec::Vec;
use core::net::{IpAddr, Ipv6Addr, SocketAddr};
use core::str::{FromStr, from_utf8};

use crate::rules::{ParseError, Problem};
use crate::structure::{Document, Item};

/// What is removed.
const REMOVED: &[&str] = &[
    "@purpose",
    "family-cert",
    "identity-ed25519",
    "ntor-onion-key-crosscert",
    "onion-key",
    "onion-key-crosscert",
    "router-sig-ed25519",
    "router-signature",
    "signing-key",
    "transport-info",
];

/// What is left in the document of a bridge that could find the bridge ("Tor
/// bridge descriptors", section 3): the place of each, in order.
///
/// Ports are looked at only where `@type bridge-server-descriptor 1.2` says that
/// they were replaced. A hash cannot be told from what was hashed.
pub(super) fn problems(document: &Document<'_>) -> Vec<ParseError> {
    let mut scrubbing = Scrubbing {
        are_ports_replaced: false,
        problems: Vec::new(),
    };
    document.items().for_each(|item| scrubbing.item(&item));
    scrubbing.problems
}

struct Scrubbing {
    are_ports_replaced: bool,
    problems: Vec<ParseError>,
}

impl Scrubbing {
    fn item(&mut self, item: &Item<'_>) {
        let mut words = item.arguments();
        let mut word = || words.take_words(1);
        match item.keyword() {
            "@type" => {
                self.are_ports_replaced =
                    word() == b"bridge-server-descriptor" && !matches!(word(), b"1.0" | b"1.1");
            }
            "router" => {
                let [_, address, or_port, _, dir_port] = [(); 5].map(|()| word());
                self.expect(
                    item,
                    address,
                    "an address in 10.0.0.0/8",
                    parse(address).is_some_and(is_replaced),
                );
                self.port(item, or_port, parse(or_port));
                self.port(item, dir_port, parse(dir_port));
            }
            "or-address" => {
                let given = word();
                let address: Option<SocketAddr> = parse(given);
                self.expect(
                    item,
                    given,
                    "an address in 10.0.0.0/8 or fd9f:2e19:3bcf::/104",
                    address.is_some_and(|address| is_replaced(address.ip())),
                );
                self.port(item, given, address.map(|address| address.port()));
            }
            "contact" => {
                let contact = item.text().unwrap_or_default();
                self.expect(item, contact, "somebody", contact == b"somebody");
            }
            "transport" => {
                word();
                let more = words.as_bytes().trim_ascii();
                self.expect(item, more, "the name alone", more.is_empty());
            }
            keyword => self.expect(
                item,
                item.line(),
                "no such item, which sanitising removes",
                !REMOVED.contains(&keyword),
            ),
        }
    }

    fn port(&mut self, item: &Item<'_>, given: &[u8], port: Option<u16>) {
        let is_replaced = matches!(port, Some(0 | 49_152..)) || !self.are_ports_replaced;
        self.expect(item, given, "the port 0, or one from 49152 on", is_replaced);
    }

    /// Notes a problem, if this is not so.
    fn expect(&mut self, item: &Item<'_>, part: &[u8], what: &'static str, is_so: bool) {
        if !is_so {
            let problem = Problem::Expected(what).of(part, item.source());
            self.problems.push(problem);
        }
    }
}

/// Whether an address is one that stands in for others.
fn is_replaced(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => address.octets()[0] == 10,
        IpAddr::V6(address) => {
            let [high @ .., _, _, _] = address.octets();
            let [prefix @ .., _, _, _] =
                Ipv6Addr::new(0xfd9f, 0x2e19, 0x3bcf, 0, 0, 0, 0, 0).octets();
            high == prefix
        }
    }
}

fn parse<T: FromStr>(word: &[u8]) -> Option<T> {
    from_utf8(word).ok()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use crate::structure::Document;
    use crate::testing::placed;

    #[test]
    fn finds_what_is_left() {
        #[rustfmt::skip]
        let cases: &[(&str, &[&str])] = &[
            ("router a 10.1.2.3 9001 0 80\nor-address 10.1.2.3:1\nor-address [fd9f:2e19:3bcf::1e:4b2c]:1\ncontact somebody\n", &[]),
            ("router a 11.1.2.3 9001 0 80\n", &["1:10 expected an address in 10.0.0.0/8"]),
            ("router a\n", &["1:9 expected an address in 10.0.0.0/8"]),
            ("@type bridge-server-descriptor 1.1\nrouter a 10.1.2.3 9001 0 80\n", &[]),
            ("@type bridge-server-descriptor 1.2\nrouter a 10.1.2.3 49152 0 0\nor-address 10.1.2.3:65535\n", &[]),
            ("@type bridge-server-descriptor 1.2\nrouter a 10.1.2.3 49151 0 0\nor-address 10.1.2.3:1\n",
                &["2:19 expected the port 0, or one from 49152 on", "3:12 expected the port 0, or one from 49152 on"]),
            ("or-address 192.0.2.1:1\n", &["1:12 expected an address in 10.0.0.0/8 or fd9f:2e19:3bcf::/104"]),
            ("or-address [fd9f:2e19:3bcf::100:1]:1\n", &["1:12 expected an address in 10.0.0.0/8 or fd9f:2e19:3bcf::/104"]),
            ("contact nobody\n", &["1:9 expected somebody"]),
            ("transport obfs4\ntransport obfs4 192.0.2.1:1\n", &["2:17 expected the name alone"]),
            ("onion-key\nrouter-digest 00\nopt signing-key\n",
                &["1:1 expected no such item, which sanitising removes", "3:1 expected no such item, which sanitising removes"]),
        ];
        for (text, expected) in cases {
            let problems = super::problems(&Document::new(text.as_bytes()));
            assert_eq!(placed(&problems, text.as_bytes()), *expected, "{text}");
        }
    }
}
