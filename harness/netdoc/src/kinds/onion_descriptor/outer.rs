//! The outer layer of an onion service's descriptor.

use alloc::vec::Vec;

use crate::forms::{Ed25519Certificate, Form};
use crate::rules::{
    Argument, Content, Fields, ParseError, Place, Problem, Rule, Rules, Section, Times,
};
use crate::structure::Document;

/// What a version 3 onion service gives to directories (rend-spec-v3 section 2.4).
///
/// Of an item that is there again, the first counts.
#[derive(Clone, Copy, Debug)]
pub struct OnionDescriptor<'a> {
    fields: Fields<'a>,
}

#[rustfmt::skip] // One line a rule: the table is to be read beside the specification.
static RULES: Rules = Rules::new(&[Section::new("onion descriptor", Times::Exactly, &[
    Rule::exactly_once("hs-descriptor").at(Place::First).takes(&[Argument::one("version-number", Form::OneOf(&["3"]))]),
    Rule::exactly_once("descriptor-lifetime").takes(&[Argument::one("LifetimeMinutes", Form::Within(30, 720))]),
    Rule::exactly_once("descriptor-signing-key-cert").object("ED25519 CERT", Content::CertificateOfType(8)),
    Rule::exactly_once("revision-counter").takes(&[Argument::one("Integer", Form::Number)]),
    Rule::exactly_once("superencrypted").object("MESSAGE", Content::Bytes),
    Rule::exactly_once("signature").at(Place::Last).takes(&[Argument::one("signature", Form::Base64(64))]),
])]);

impl<'a> OnionDescriptor<'a> {
    /// What it has to be like.
    pub const RULES: &'static Rules = &RULES;

    /// Finds the items.
    #[must_use]
    pub fn read(document: Document<'a>) -> Self {
        Self {
            fields: Fields::read(document, &RULES.sections[0]),
        }
    }

    /// Where the items are.
    #[must_use]
    pub fn fields(&self) -> &Fields<'a> {
        &self.fields
    }

    /// `descriptor-lifetime`: how long directories have to keep it, in minutes.
    ///
    /// # Errors
    /// If it is not there, or cannot be read.
    pub fn lifetime(&self) -> Result<u16, ParseError> {
        self.fields.one("descriptor-lifetime")
    }

    /// `revision-counter`: a descriptor with a higher one replaces this.
    ///
    /// # Errors
    /// If it is not there, or cannot be read.
    pub fn revision_counter(&self) -> Result<u64, ParseError> {
        self.fields.one("revision-counter")
    }

    /// `descriptor-signing-key-cert`: the bytes of an [`Ed25519Certificate`] of the
    /// key that signed this, by the blinded key.
    ///
    /// # Errors
    /// If it is not there, or is no base64.
    pub fn signing_key_cert(&self) -> Result<Vec<u8>, ParseError> {
        self.fields.object("descriptor-signing-key-cert")
    }

    /// The service's key for the time period, which its certificate names.
    ///
    /// # Errors
    /// If the certificate is not there, is none, or does not name it.
    pub fn blinded_key(&self) -> Result<[u8; 32], ParseError> {
        let bytes = self.signing_key_cert()?;
        let key = Ed25519Certificate::parse(&bytes)
            .ok()
            .and_then(|certificate| certificate.signing_key());
        key.ok_or_else(|| {
            let document = self.fields.document();
            let item = self.fields.item("descriptor-signing-key-cert");
            let place = item.map_or(document.as_bytes(), |item| item.as_bytes());
            Problem::ObjectContent(Content::CertificateOfType(8)).of(place, document.source())
        })
    }

    /// `superencrypted`: the middle layer, encrypted.
    ///
    /// # Errors
    /// If it is not there, or is no base64.
    pub fn superencrypted(&self) -> Result<Vec<u8>, ParseError> {
        self.fields.object("superencrypted")
    }

    /// `signature` over all before it.
    ///
    /// # Errors
    /// If it is not there, or cannot be read.
    pub fn signature(&self) -> Result<[u8; 64], ParseError> {
        self.fields.one("signature")
    }
}
