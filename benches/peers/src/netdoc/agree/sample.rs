//! The documents of the fixtures.

/// A document of the fixtures: `netdoc/KIND/NAME`, or `netdoc/KIND/bad/NAME`.
pub(super) struct Sample {
    pub(super) path: &'static str,
    pub(super) kind: &'static str,
    pub(super) is_good: bool,
    pub(super) bytes: &'static [u8],
}

impl Sample {
    pub(super) fn all() -> impl Iterator<Item = Self> {
        let recorded = tor_fixtures::all().iter();
        let written = tor_fixtures::written().iter();
        recorded
            .map(|fixture| (fixture.path, fixture.bytes))
            .chain(written.map(|document| (document.path, document.bytes)))
            .filter_map(|(path, bytes)| Self::of(path, bytes))
    }

    fn of(path: &'static str, bytes: &'static [u8]) -> Option<Self> {
        let mut folders = path.split('/');
        if folders.next() != Some("netdoc") {
            return None;
        }
        let (bad, kinds): (Vec<_>, Vec<_>) = folders.partition(|folder| *folder == "bad");
        Some(Self {
            path,
            kind: kinds.first()?,
            is_good: bad.is_empty(),
            bytes,
        })
    }

    /// Without the blank line that tor sends behind a document and that is not part of it.
    pub(super) fn document(&self) -> &'static [u8] {
        match self.bytes.strip_suffix(b"\n\n") {
            Some(document) => &self.bytes[..document.len() + 1],
            None => self.bytes,
        }
    }
}
