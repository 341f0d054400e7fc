//! Bytes that were good once: cut off, with bits flipped, with parts taken away, put in, doubled,
//! or taken from another.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

/// One change to some bytes. Places are drawn as an [`Index`], so a change fits bytes of any
/// length.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Mutation {
    /// Flips a bit, counted from the lowest.
    Flip(Index, u8),
    /// Takes away so many bytes.
    Remove(Index, usize),
    /// Puts these bytes in.
    Insert(Index, Vec<u8>),
    /// Puts so many bytes in once more, behind themselves.
    Duplicate(Index, usize),
    /// Puts a part of other bytes in, from the one place to the other.
    Splice(Index, Index, Index),
    /// Cuts off all behind a place.
    Truncate(Index),
}

impl Mutation {
    /// Changes `bytes`; a part of `other` is what [`Mutation::Splice`] puts in.
    pub fn apply(&self, bytes: &mut Vec<u8>, other: &[u8]) {
        let place = |at: &Index| at.index(bytes.len() + 1);
        let part = |at: &Index, length: &usize| {
            let start = place(at);
            start..bytes.len().min(start + length)
        };
        match self {
            Self::Flip(at, bit) => {
                let at = place(at);
                if let Some(byte) = bytes.get_mut(at) {
                    *byte ^= 1 << (bit & 7);
                }
            }
            Self::Remove(at, length) => {
                let part = part(at, length);
                bytes.drain(part);
            }
            Self::Insert(at, new) => {
                let at = place(at);
                bytes.splice(at..at, new.iter().copied());
            }
            Self::Duplicate(at, length) => {
                let part = part(at, length);
                let (end, part) = (part.end, bytes[part].to_vec());
                bytes.splice(end..end, part);
            }
            Self::Splice(at, one, another) => {
                let at = place(at);
                let ends = [one, another].map(|end| end.index(other.len() + 1));
                let part = &other[ends[0].min(ends[1])..ends[0].max(ends[1])];
                bytes.splice(at..at, part.iter().copied());
            }
            Self::Truncate(at) => {
                let at = place(at);
                bytes.truncate(at);
            }
        }
    }
}

/// Any change; mostly a small one, to the bytes that mean something in tor's texts.
pub fn mutation() -> impl Strategy<Value = Mutation> {
    let byte = prop_oneof![
        4 => select(&b" \",=~$+-.:;0A\r\n\\\t"[..]),
        1 => any::<u8>(),
    ];
    let at = any::<Index>;
    prop_oneof![
        2 => (at(), 0..8u8).prop_map(|(at, bit)| Mutation::Flip(at, bit)),
        2 => (at(), 1..4usize).prop_map(|(at, length)| Mutation::Remove(at, length)),
        4 => (at(), vec(byte, 1..3)).prop_map(|(at, new)| Mutation::Insert(at, new)),
        1 => (at(), 1..40usize).prop_map(|(at, length)| Mutation::Duplicate(at, length)),
        1 => (at(), at(), at()).prop_map(|(at, one, another)| Mutation::Splice(at, one, another)),
        1 => at().prop_map(Mutation::Truncate),
    ]
}

/// One of the sources, changed in a few places.
///
/// ```
/// use proptest::prelude::*;
/// use tor_harness_control::Decoder;
/// use tor_strategies::mutation::mutated;
///
/// let sources: [&[u8]; 2] = [b"650 BW 1 2\r\n", b"250-version=0.4.9.11\r\n250 OK\r\n"];
/// proptest!(|(bytes in mutated(sources))| {
///     let mut decoder = Decoder::new();
///     decoder.push(&bytes);
///     while let Ok(Some(_)) = decoder.next() {}
/// });
/// ```
pub fn mutated(sources: impl Into<Vec<&'static [u8]>>) -> impl Strategy<Value = Vec<u8>> {
    let sources = sources.into();
    let pair = (select(sources.clone()), select(sources));
    (pair, vec(mutation(), 1..5)).prop_map(|((source, other), mutations)| {
        let mut bytes = source.to_vec();
        for mutation in mutations {
            mutation.apply(&mut bytes, other);
        }
        bytes
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_what_it_says() {
        let mut runner = proptest::test_runner::TestRunner::deterministic();
        let mut places = std::iter::repeat_with(|| {
            use proptest::strategy::ValueTree;
            any::<Index>().new_tree(&mut runner).unwrap().current()
        });
        // An index that gives this place among seven, as there are in and around six bytes.
        let mut at = |place| places.find(|index| index.index(7) == place).unwrap();
        for (mutation, changed) in [
            (Mutation::Flip(at(1), 0), "accdef"),
            (Mutation::Flip(at(6), 0), "abcdef"),
            (Mutation::Remove(at(2), 3), "abf"),
            (Mutation::Remove(at(5), 3), "abcde"),
            (Mutation::Insert(at(0), b"xy".into()), "xyabcdef"),
            (Mutation::Duplicate(at(1), 2), "abcbcdef"),
            (Mutation::Splice(at(6), at(4), at(2)), "abcdef34"),
            (Mutation::Truncate(at(3)), "abc"),
        ] {
            let mut bytes = b"abcdef".to_vec();
            mutation.apply(&mut bytes, b"123456");
            assert_eq!(String::from_utf8(bytes).unwrap(), changed, "{mutation:?}");
        }
    }
}
