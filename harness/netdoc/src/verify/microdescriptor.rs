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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kinds::Consensus;
    use crate::structure::Document;
    use crate::testing::recorded;
    use crate::verify::testing::flip;

    #[test]
    fn microdescriptors_are_those_of_a_consensus() {
        let consensus = recorded("netdoc/consensus-microdesc/current");
        let consensus = Consensus::read(Document::new(consensus));
        let digests: Vec<_> = consensus
            .routers()
            .filter_map(|router| router.unwrap().microdescriptor)
            .collect();
        for name in ["authority", "exit", "relay"] {
            let bytes = recorded(&alloc::format!("netdoc/microdescriptor/{name}"));
            fn read(bytes: &[u8]) -> Microdescriptor<'_> {
                Microdescriptor::read(Document::new(bytes))
            }
            let digest = digests
                .iter()
                .find(|digest| read(bytes).verify(digest).is_ok());
            let digest = digest.unwrap_or_else(|| panic!("{name} is not in the consensus"));
            flip(bytes, &[], |bytes| read(bytes).verify(digest).is_err());
        }
    }
}
