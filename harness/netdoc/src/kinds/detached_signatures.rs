//! The signatures of a consensus, without it.

use alloc::vec::Vec;

use tor_harness_types::UtcSeconds;

use super::accessors::accessors;
use super::status::{
    DIRECTORY_SIGNATURE, DirectorySignature, FRESH_UNTIL, TIMELINE, VALID_AFTER, VALID_UNTIL,
    signatures,
};
use crate::forms::Form;
use crate::rules::{
    Argument, Content, Fields, ParseError, Place, Rule, Rules, Section, Times, Values,
};
use crate::structure::Document;

/// What authorities send each other when they have signed a consensus (section 3.10).
#[derive(Clone, Copy, Debug)]
pub struct DetachedSignatures<'a> {
    fields: Fields<'a>,
}

/// The digest of a consensus of another flavor than ns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AdditionalDigest<'a> {
    /// The flavor: `microdesc`.
    pub flavor: &'a [u8],
    /// The hash: `sha256`.
    pub algorithm: &'a [u8],
    /// The digest.
    pub digest: Vec<u8>,
}

/// The signature of a consensus of another flavor than ns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AdditionalSignature<'a> {
    /// The flavor: `microdesc`.
    pub flavor: &'a [u8],
    /// Who signed, and the signature.
    pub signature: DirectorySignature<'a>,
}

#[rustfmt::skip] // One line a rule: the table is to be read beside the specification.
static RULES: Rules = Rules::new(&[Section::new("detached signatures", Times::Exactly, &[
    Rule::at_most_once("consensus-digest").at(Place::First).takes(&[Argument::one("Digest", Form::Hex(20))]),
    VALID_AFTER, FRESH_UNTIL, VALID_UNTIL,
    Rule::any_number("additional-digest").takes(&[
        Argument::one("flavor", Form::Word), Argument::one("algname", Form::Word), Argument::one("digest", Form::Hex(0))]),
    Rule::any_number("additional-signature").takes(&[
        Argument::one("flavor", Form::Word), Argument::one("algname", Form::Word),
        Argument::one("identity", Form::Fingerprint), Argument::one("signing-key-digest", Form::Fingerprint)])
        .object("SIGNATURE", Content::Bytes),
    DIRECTORY_SIGNATURE.times(Times::Any),
])]).laws(&[TIMELINE]);

impl<'a> DetachedSignatures<'a> {
    /// What detached signatures have to be like.
    pub const RULES: &'static Rules = &RULES;

    /// Finds the items. [`Kind::check`](crate::Kind::check) says all that is wrong.
    #[must_use]
    pub fn read(document: Document<'a>) -> Self {
        Self {
            fields: Fields::read(document, &RULES.sections[0]),
        }
    }

    /// `consensus-digest`: the SHA-1 of the ns consensus.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn consensus_digest(&self) -> Result<Option<[u8; 20]>, ParseError> {
        self.fields.maybe("consensus-digest")
    }

    /// The digests of the other flavors.
    pub fn additional_digests(
        &self,
    ) -> impl Iterator<Item = Result<AdditionalDigest<'a>, ParseError>> {
        self.fields.each("additional-digest", |values| {
            Ok(AdditionalDigest {
                flavor: values.one()?,
                algorithm: values.one()?,
                digest: values.one()?,
            })
        })
    }

    /// The signatures of the other flavors.
    pub fn additional_signatures(
        &self,
    ) -> impl Iterator<Item = Result<AdditionalSignature<'a>, ParseError>> {
        let rule = RULES.sections[0].rule(b"additional-signature");
        self.fields
            .all("additional-signature")
            .filter_map(move |item| {
                let mut values = Values::new(rule?, &item);
                let flavor = values.one();
                Some(flavor.and_then(|flavor| {
                    let signature = DirectorySignature::read(&item, &mut values)?;
                    Ok(AdditionalSignature { flavor, signature })
                }))
            })
    }

    /// The signatures of the ns consensus.
    pub fn signatures(
        &self,
    ) -> impl Iterator<Item = Result<DirectorySignature<'a>, ParseError>> + use<'a> {
        signatures(self.document())
    }
}

accessors! { impl DetachedSignatures {
    /// `valid-after` of the consensus.
    one valid_after: UtcSeconds = "valid-after";
    /// `fresh-until` of the consensus.
    one fresh_until: UtcSeconds = "fresh-until";
    /// `valid-until` of the consensus.
    one valid_until: UtcSeconds = "valid-until";
}}
