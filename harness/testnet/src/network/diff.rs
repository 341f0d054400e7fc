//! What changes from one state of a network to another.

use tor_harness_netdoc::{ConsensusDiff, Flavor, MakeError};

use super::settings::Network;

impl Network {
    /// The diff that makes the consensus of this network that of a newer one, as caches give it to
    /// clients (dir-spec section 4.5).
    ///
    /// ```
    /// use tor_harness_netdoc::{ConsensusDiff, Document, Flavor};
    /// use tor_harness_testnet::{Network, Seed};
    ///
    /// let older = Network::new(Seed::new(1), 1, 10, "2026-11-22 12:00:00".parse()?);
    /// let newer = older.after(1);
    /// let diff = older.consensus_diff(Flavor::Microdesc, &newer)?;
    /// let read = ConsensusDiff::read(Document::new(&diff));
    /// let consensus = read.apply(&older.consensus(Flavor::Microdesc).encode())?;
    /// assert_eq!(consensus, newer.consensus(Flavor::Microdesc).encode());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// If a text that was set has a line with nothing but a dot.
    pub fn consensus_diff(&self, flavor: Flavor, newer: &Self) -> Result<Vec<u8>, MakeError> {
        let [from, to] = [self, newer].map(|network| network.consensus(flavor).encode());
        ConsensusDiff::between(&from, &to)
    }
}
