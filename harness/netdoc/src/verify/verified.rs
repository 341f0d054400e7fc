//! A document that has been verified.

use core::ops::Deref;

use tor_harness_types::UtcSeconds;

/// A document of which everything holds that it proves.
///
/// Only verifying makes one. Whether it is over is another question: see
/// [`Verified::proved_until`], and [`Timeliness`](super::Timeliness) for what the document says itself.
///
/// ```
/// use tor_harness_netdoc::{Document, Failure, KeyCertificate};
///
/// let claim = KeyCertificate::read(Document::new(b"dir-key-certificate-version 3\n"));
/// let failures = claim.verify().unwrap_err();
/// assert_eq!(failures[0].problem, Failure::Missing("dir-key-certification"));
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Verified<T> {
    document: T,
    proved_until: Option<UtcSeconds>,
}

impl<T> Verified<T> {
    pub(super) fn new(document: T, proved_until: Option<UtcSeconds>) -> Self {
        Self {
            document,
            proved_until,
        }
    }

    /// The document.
    #[must_use]
    pub fn into_inner(self) -> T {
        self.document
    }

    /// When the first certificate ends without which it would not be proved; `None` where
    /// no certificate is needed.
    #[must_use]
    pub fn proved_until(&self) -> Option<UtcSeconds> {
        self.proved_until
    }

    /// Whether the certificates that it needs are not over at this time.
    #[must_use]
    pub fn is_proved_at(&self, now: UtcSeconds) -> bool {
        self.proved_until.is_none_or(|until| now <= until)
    }
}

impl<T> Deref for Verified<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.document
    }
}
