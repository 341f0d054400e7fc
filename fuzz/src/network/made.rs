//! A document that somebody made, with what others say of it.

use std::fmt;

use tor_harness_netdoc::Builder;

/// A document that may be wrong.
#[derive(Clone, PartialEq, Eq)]
pub struct Made {
    /// Its bytes.
    pub document: Vec<u8>,
    /// The document whose digest others name in its place; its own otherwise.
    pub named: Option<Vec<u8>>,
}

impl Made {
    /// The document whose digest others name.
    #[must_use]
    pub fn named(&self) -> &[u8] {
        self.named.as_deref().unwrap_or(&self.document)
    }

    /// A document in the place of another, which others name.
    pub(super) fn in_place_of(self, named: &Builder) -> Self {
        Self {
            named: Some(named.encode()),
            ..self
        }
    }
}

impl From<Builder> for Made {
    fn from(builder: Builder) -> Self {
        Self {
            document: builder.encode(),
            named: None,
        }
    }
}

/// The document as text.
impl fmt::Debug for Made {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&String::from_utf8_lossy(&self.document))
    }
}
