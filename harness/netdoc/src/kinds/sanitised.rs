//! What the sanitised documents of bridges have in common.

use crate::forms::Form;
use crate::rules::{Argument, Place, Rule};

#[rustfmt::skip] // One line a rule: the table is to be read beside the specification.
mod rules {
    use super::*;

    pub(in super::super) const MASTER_KEY: Rule = Rule::at_most_once("master-key-ed25519").takes(&[Argument::one("key", Form::Base64(32))]);
    pub(in super::super) const DIGEST_SHA256: Rule = Rule::at_most_once("router-digest-sha256").takes(&[Argument::one("digest", Form::Base64(32))]);
    pub(in super::super) const DIGEST: Rule = Rule::exactly_once("router-digest").at(Place::Last).takes(&[Argument::one("digest", Form::Hex(20))]);
}
pub(super) use rules::{DIGEST, DIGEST_SHA256, MASTER_KEY};

/// Writes the methods that such a document has besides those of the relays' document in a field.
macro_rules! sanitised {
    (impl $document:ident in $field:ident) => {
        impl $document<'_> {
            /// `router-digest`: the SHA-1 of the SHA-1 of what the bridge wrote.
            ///
            /// # Errors
            /// If it is not there, or cannot be read.
            pub fn digest(&self) -> Result<$crate::structure::Sha1, $crate::rules::ParseError> {
                self.$field.fields().one("router-digest")
            }

            /// `router-digest-sha256`: the SHA-256 of the SHA-256 of what the bridge wrote.
            ///
            /// # Errors
            /// If it cannot be read.
            pub fn digest_sha256(
                &self,
            ) -> Result<Option<$crate::structure::Sha256>, $crate::rules::ParseError> {
                self.$field.fields().maybe("router-digest-sha256")
            }

            /// What sanitising should have replaced or removed; none for a good document.
            #[must_use]
            pub fn scrubbing_problems(&self) -> alloc::vec::Vec<$crate::rules::ParseError> {
                $crate::kinds::scrubbing::problems(&self.$field.document())
            }
        }
    };
}

pub(super) use sanitised;
