//! One introduction point of an onion service's descriptor.

use alloc::vec::Vec;

use super::inner::OnionDescriptorInner;
use crate::forms::{Form, LinkSpecifier};
use crate::kinds::accessors::accessors;
use crate::rules::{Argument, Content, Fields, ParseError, Place, Rule, Section, Times};
use crate::structure::Document;

/// A relay through which clients reach the service (rend-spec-v3 section 2.5.2.2).
///
/// Places are those in the introduction point's own bytes.
#[derive(Clone, Copy, Debug)]
pub struct IntroductionPoint<'a> {
    fields: Fields<'a>,
}

/// The type of a key, and the key; of other types nothing is known.
const KEY: &[Argument] = &[Argument::one(
    "KeyType",
    Form::Typed("ntor", &[Form::PaddedBase64(32)]),
)];

#[rustfmt::skip] // One line a rule: the table is to be read beside the specification.
pub(super) const SECTION: Section = Section::new("introduction point", Times::Any, &[
    Rule::exactly_once("introduction-point").at(Place::First).takes(&[Argument::one("link-specifiers", Form::LinkSpecifiers)]),
    // Once with `ntor`; there may be others.
    Rule::at_least_once("onion-key").takes(KEY),
    Rule::exactly_once("auth-key").object("ED25519 CERT", Content::CertificateOfType(9)),
    Rule::at_least_once("enc-key").takes(KEY),
    Rule::exactly_once("enc-key-cert").object("ED25519 CERT", Content::CertificateOfType(11)),
    Rule::at_most_once("legacy-key").object("RSA PUBLIC KEY", Content::RSA_1024).needs(&["legacy-key-cert"]),
    Rule::at_most_once("legacy-key-cert").object("CROSSCERT", Content::Bytes),
]);

impl<'a> IntroductionPoint<'a> {
    /// Finds the items.
    #[must_use]
    pub fn read(document: Document<'a>) -> Self {
        Self {
            fields: Fields::read(document, &OnionDescriptorInner::RULES.sections[1]),
        }
    }

    /// `onion-key ntor`: the relay's key for extending a circuit to it.
    ///
    /// # Errors
    /// If an `onion-key` before it cannot be read.
    pub fn onion_key(&self) -> Result<Option<[u8; 32]>, ParseError> {
        self.fields.typed("onion-key", "ntor")
    }

    /// `enc-key ntor`: the service's key for introductions.
    ///
    /// # Errors
    /// If an `enc-key` before it cannot be read.
    pub fn enc_key(&self) -> Result<Option<[u8; 32]>, ParseError> {
        self.fields.typed("enc-key", "ntor")
    }

    /// `auth-key`: the bytes of an [`Ed25519Certificate`](crate::Ed25519Certificate).
    ///
    /// # Errors
    /// If it is not there, or is no base64.
    pub fn auth_key(&self) -> Result<Vec<u8>, ParseError> {
        self.fields.object("auth-key")
    }

    /// `enc-key-cert`: the bytes of an [`Ed25519Certificate`](crate::Ed25519Certificate).
    ///
    /// # Errors
    /// If it is not there, or is no base64.
    pub fn enc_key_cert(&self) -> Result<Vec<u8>, ParseError> {
        self.fields.object("enc-key-cert")
    }
}

accessors! { impl IntroductionPoint {
    /// `introduction-point`: the ways to the relay.
    one link_specifiers: Vec<LinkSpecifier> = "introduction-point";
}}
