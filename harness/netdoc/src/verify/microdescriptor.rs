//! What a microdescriptor proves (section 3.3).

use alloc::vec::Vec;

use super::failure::{Failure, Unproved};
use super::proof::Proof;
use super::verified::Verified;
use crate::kinds::Microdescriptor;
use crate::structure::Sha256;

impl Microdescriptor<'_> {
    /// Verifies that it is the one that a consensus names by this digest. It is not signed:
    /// it is proved as far as the consensus is.
    ///
    /// # Errors
    /// If it is another.
    pub fn verify(self, digest: &Sha256) -> Result<Verified<Self>, Vec<Unproved>> {
        let mut proof = Proof::default();
        let problem = Failure::Differs("the SHA-256", "that of the router status entry");
        proof.expect(self.digest() == *digest, problem, self.document().span());
        proof.finish(self)
    }
}
