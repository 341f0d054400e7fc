//! Since when something has to be there.

use core::str::from_utf8;

use tor_harness_types::TorVersion;

use crate::structure::Document;

/// Since when an item has to be there; in documents from before it may be missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Since {
    /// Since this version of tor, which `platform` names.
    Tor(&'static str),
    /// Since this consensus method (section 3.8.1).
    Method(u64),
}

/// What a document says of its age.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Age {
    tor: Option<TorVersion>,
    method: Option<u64>,
}

impl Age {
    pub(super) fn of(document: &Document<'_>) -> Self {
        let words = |keyword| Some(document.item(keyword)?.arguments());
        let tor = words("platform").and_then(|mut words| {
            let version = words.find(|word| *word != b"Tor")?;
            from_utf8(version).ok()?.parse().ok()
        });
        let method = words("consensus-method")
            .and_then(|mut words| from_utf8(words.next()?).ok()?.parse().ok());
        Self { tor, method }
    }

    /// Whether a document of this age has to have what is required since then.
    /// One that does not say its age is of today.
    pub(super) fn reaches(self, since: Since) -> bool {
        match since {
            Since::Tor(version) => match (self.tor, version.parse()) {
                (Some(own), Ok(version)) => own >= version,
                _ => true,
            },
            Since::Method(method) => self.method.is_none_or(|own| own >= method),
        }
    }
}
