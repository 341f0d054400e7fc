//! Network documents that are read for the time it takes.

use tor_fixtures::Fixture;

use crate::consensus;
use crate::load::Load;

impl Load {
    /// The longest recorded document of a kind, as `server-descriptor`; none where none was
    /// recorded. A blank line that a tor sends behind it, which not everybody reads, is left out.
    #[must_use]
    pub fn document(kind: &'static str) -> Option<Self> {
        let is_of_kind = |fixture: &&Fixture| {
            let path = fixture.path.strip_prefix("netdoc/");
            let rest = path.and_then(|path| path.strip_prefix(kind));
            rest.is_some_and(|rest| rest.starts_with('/'))
        };
        let fixtures = tor_fixtures::all().iter().filter(is_of_kind);
        let longest = fixtures.max_by_key(|fixture| fixture.bytes.len())?;
        Some(Self {
            name: kind,
            bytes: [longest.bytes.trim_ascii_end(), b"\n"].concat(),
            messages: 1,
        })
    }

    /// A consensus of 7,500 relays, made from the longest recorded one of this kind, as
    /// `consensus-microdesc`; none where none was recorded.
    #[must_use]
    pub fn consensus(kind: &'static str) -> Option<Self> {
        let recorded = Self::document(kind)?;
        let text = String::from_utf8(recorded.bytes).expect("a consensus is text");
        Some(Self {
            bytes: consensus::scaled(&text).into_bytes(),
            ..recorded
        })
    }

    /// Each document of a load that holds one again and again.
    pub fn documents(&self) -> impl Iterator<Item = &[u8]> {
        self.bytes.chunks_exact(self.bytes.len() / self.messages)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_cut_where_it_repeats() {
        let one = Load::document("server-descriptor").expect("one is recorded");
        assert!(one.bytes.starts_with(b"router "));
        let three = one.clone().repeat(3);
        assert_eq!(three.documents().collect::<Vec<_>>(), [&one.bytes[..]; 3]);
        assert!(Load::document("server").is_none());
    }
}
