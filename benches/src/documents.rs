//! Network documents that are read for the time it takes.

use tor_fixtures::Fixture;

use crate::authorities;
use crate::consensus;
use crate::load::Load;

/// What is made from a recorded one, because those of the public network are long.
const LONG: [&str; 2] = ["consensus", "consensus-microdesc"];

/// What is read as it was recorded.
const RECORDED: [&str; 7] = [
    "server-descriptor",
    "extra-info",
    "microdescriptor",
    "key-certificate",
    "onion-descriptor",
    "vote",
    "bandwidth-file",
];

impl Load {
    /// A document of each kind, a load each, named by the folder of the fixtures.
    ///
    /// It is the longest good one that was recorded, without the blank line that a tor
    /// sends behind some and that not everybody reads; consensuses are made from that, of
    /// 7,500 relays, signed by the nine authorities of [`Trust::of_load`](crate::Trust::of_load).
    pub fn documents() -> impl Iterator<Item = Self> {
        let long = LONG.map(|folder| {
            let recorded = Self::document(folder);
            let text = String::from_utf8(recorded.bytes).expect("a consensus is text");
            Self {
                bytes: authorities::sign(&consensus::scaled(&text)),
                ..recorded
            }
        });
        long.into_iter().chain(RECORDED.map(Self::document))
    }

    fn document(folder: &'static str) -> Self {
        let is_there = |fixture: &&Fixture| {
            let path = fixture.path.strip_prefix("netdoc/");
            let place = path.and_then(|path| path.split_once('/'));
            place.is_some_and(|(of, name)| of == folder && !name.contains('/'))
        };
        let fixtures = tor_fixtures::all().iter().filter(is_there);
        let longest = fixtures.max_by_key(|fixture| fixture.bytes.len());
        let longest = longest.expect("every kind was recorded");
        Self {
            name: folder,
            bytes: [longest.bytes.trim_ascii_end(), b"\n"].concat(),
            messages: 1,
        }
    }

    /// Each message of a load that is one again and again.
    pub fn each(&self) -> impl Iterator<Item = &[u8]> {
        self.bytes.chunks_exact(self.bytes.len() / self.messages)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Depth;

    #[test]
    fn each_is_read_to_every_depth() {
        for load in Load::documents() {
            for depth in Depth::ALL {
                if let Some(read) = depth.reader(load.name) {
                    read(&load.bytes);
                }
            }
        }
    }

    #[test]
    fn is_cut_where_it_repeats() {
        let one = Load::document("server-descriptor");
        assert!(one.bytes.starts_with(b"router "));
        let three = one.clone().repeat(3);
        assert_eq!(three.each().collect::<Vec<_>>(), [&one.bytes[..]; 3]);
    }
}
