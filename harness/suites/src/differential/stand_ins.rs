//! Words that stand for what a tor makes up.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use regex::bytes::{Captures, Regex};

/// What one side has made up so far: the first address is `<address 1>` on either side.
#[derive(Debug, Default)]
pub(super) struct StandIns {
    by_value: HashMap<Vec<u8>, String>,
    counts: BTreeMap<Kind, usize>,
    /// Whether the last command asked for a new key.
    asks_for_key: bool,
    last_onion: Vec<u8>,
}

/// What is made up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Onion,
    Key,
    Address,
}

impl Kind {
    pub(super) const ALL: [Self; 3] = [Self::Onion, Self::Key, Self::Address];

    /// What is replaced, for people.
    pub(super) fn description(self) -> &'static str {
        match self {
            Self::Onion => "the address of an onion service that tor makes a key for",
            Self::Key => "such a key",
            Self::Address => {
                "a virtual address; `address-mappings/*`, which have the order of tor's hash table, are sorted"
            }
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Onion => "onion",
            Self::Key => "key",
            Self::Address => "address",
        }
    }

    fn pattern(self) -> &'static Regex {
        static PATTERNS: LazyLock<[Regex; 3]> = LazyLock::new(|| {
            // Virtual addresses of the networks that scripts ask for.
            [
                r"\b[a-z2-7]{56}\b",
                r"ED25519-V3:[A-Za-z0-9+/]{86}==",
                r"\b[a-z2-7]{16}\.virtual\b|\b127\.(?:19[2-9]|2[0-9]{2})\.[0-9]+\.[0-9]+\b|\b10\.[0-9]+\.[0-9]+\.[0-9]+\b|\[f[c-f][0-9a-f]{2}:[0-9a-f:]+\]",
            ]
            .map(|pattern| Regex::new(pattern).expect("the patterns above are well formed"))
        });
        &PATTERNS[self as usize]
    }
}

impl StandIns {
    /// A command is sent.
    pub(super) fn sent(&mut self, bytes: &[u8]) {
        let bytes = bytes.to_ascii_uppercase();
        self.asks_for_key = bytes.windows(4).any(|part| part == b"NEW:");
    }

    /// The last address of an onion service that was made up; empty if there is none.
    pub(super) fn last_onion(&self) -> &[u8] {
        &self.last_onion
    }

    /// Replaces what is made up in a message.
    pub(super) fn replace(&mut self, message: Vec<u8>) -> Vec<u8> {
        let message = self.sorted(message);
        Kind::ALL.into_iter().fold(message, |message, kind| {
            let replaced = kind
                .pattern()
                .replace_all(&message, |found: &Captures<'_>| {
                    self.stand_in(kind, &found[0])
                });
            replaced.into_owned()
        })
    }

    /// The mappings of addresses are in the order of tor's hash table: here in that of the alphabet,
    /// and of the names of those that are made up.
    fn sorted(&self, message: Vec<u8>) -> Vec<u8> {
        static MAPPINGS: LazyLock<Regex> = LazyLock::new(|| {
            let lines =
                r"(?m)(?-u)(^250\+address-mappings/[a-z]+=\r\n)((?:[^.\r].*\r\n|\.[^\r].*\r\n)*)";
            Regex::new(lines).expect("the pattern above is well formed")
        });
        let addresses = Kind::Address.pattern();
        let key = |line: &&[u8]| {
            let named = addresses.replace_all(line, |found: &Captures<'_>| {
                let name = self.by_value.get(&found[0]);
                name.cloned().unwrap_or_default().into_bytes()
            });
            (
                addresses.replace_all(line, b"").into_owned(),
                named.into_owned(),
            )
        };
        let replaced = MAPPINGS.replace_all(&message, |found: &Captures<'_>| {
            let mut lines: Vec<_> = found[2].split_inclusive(|byte| *byte == b'\n').collect();
            lines.sort_by_cached_key(key);
            [&found[1], &lines.concat()].concat()
        });
        replaced.into_owned()
    }

    fn stand_in(&mut self, kind: Kind, value: &[u8]) -> Vec<u8> {
        if let Some(known) = self.by_value.get(value) {
            return known.clone().into_bytes();
        }
        // An address that tor has not made up has to be the same on either side.
        if kind != Kind::Address && !self.asks_for_key {
            return value.to_vec();
        }
        if kind == Kind::Onion {
            self.last_onion = value.to_vec();
        }
        let count = self.counts.entry(kind).or_default();
        *count += 1;
        let name = format!("<{} {count}>", kind.name());
        self.by_value.insert(value.to_vec(), name.clone());
        name.into_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stand_for_what_is_made_up() {
        let onion = "7etok4ponbnarmgej4qxaxpapfgr4w7bwtxhwfvpeg6ilkdzd2s3hwqd";
        let mut stand_ins = StandIns::default();
        let mut check = |sent: &str, said: &str, compared: &str| {
            stand_ins.sent(sent.as_bytes());
            let came = stand_ins.replace(said.into());
            assert_eq!(String::from_utf8_lossy(&came), compared);
        };
        let service = format!("250-ServiceID={onion}\r\n");
        check("ADD_ONION ED25519-V3:x", &service, &service);
        check(
            "ADD_ONION new:BEST",
            &service,
            "250-ServiceID=<onion 1>\r\n",
        );
        check("GETINFO onions/current", onion, "<onion 1>");
        check(
            "MAPADDRESS",
            "127.192.3.4=a 10.1.1.1",
            "<address 1>=a <address 2>",
        );
        check(
            "GETINFO",
            "250+address-mappings/all=\r\nz 1\r\n10.1.1.1 2\r\n127.192.3.4 2\r\na 3\r\n.\r\n250 OK\r\n",
            "250+address-mappings/all=\r\n<address 1> 2\r\n<address 2> 2\r\na 3\r\nz 1\r\n.\r\n250 OK\r\n",
        );
        assert_eq!(stand_ins.last_onion(), onion.as_bytes());
    }
}
