//! The middle layer of an onion service's descriptor.

use alloc::vec::Vec;

use crate::forms::Form;
use crate::rules::{Argument, Content, Fields, ParseError, Place, Rule, Rules, Section, Times};
use crate::structure::Document;

/// What everybody may read who knows the address: which clients may read more
/// (rend-spec-v3 section 2.5.1.2).
///
/// The NULs with which it is padded before it is encrypted are no part of it.
#[derive(Clone, Copy, Debug)]
pub struct OnionDescriptorMiddle<'a> {
    fields: Fields<'a>,
}

/// The key of the inner layer, encrypted for one client; or random bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct AuthClient {
    /// Which client may decrypt the cookie.
    pub client_id: [u8; 8],
    /// What the encryption started with.
    pub iv: [u8; 16],
    /// The descriptor's cookie, encrypted.
    pub encrypted_cookie: [u8; 16],
}

#[rustfmt::skip] // One line a rule: the table is to be read beside the specification.
static RULES: Rules = Rules::new(&[Section::new("middle layer", Times::Exactly, &[
    // That it comes first is tor's own rule.
    Rule::exactly_once("desc-auth-type").at(Place::First).takes(&[Argument::one("type", Form::OneOf(&["x25519"]))]),
    Rule::exactly_once("desc-auth-ephemeral-key").takes(&[Argument::one("KP_hs_desc_ephem", Form::PaddedBase64(32))]),
    Rule::at_least_once("auth-client").takes(&[Argument::one("client-id", Form::Base64(8)),
        Argument::one("iv", Form::Base64(16)), Argument::one("encrypted-cookie", Form::Base64(16))]),
    Rule::exactly_once("encrypted").object("MESSAGE", Content::Bytes),
])]);

impl<'a> OnionDescriptorMiddle<'a> {
    /// What it has to be like.
    pub const RULES: &'static Rules = &RULES;

    /// Finds the items. Padding behind them is left out.
    #[must_use]
    pub fn read(document: Document<'a>) -> Self {
        Self {
            fields: Fields::read(unpadded(document), &RULES.sections[0]),
        }
    }

    /// Where the items are.
    #[must_use]
    pub fn fields(&self) -> &Fields<'a> {
        &self.fields
    }

    /// `desc-auth-ephemeral-key`: the x25519 key that the cookies are encrypted with.
    ///
    /// # Errors
    /// If it is not there, or cannot be read.
    pub fn ephemeral_key(&self) -> Result<[u8; 32], ParseError> {
        self.fields.one("desc-auth-ephemeral-key")
    }

    /// Each `auth-client`. There are some even if everybody may read the inner layer.
    pub fn auth_clients(&self) -> impl Iterator<Item = Result<AuthClient, ParseError>> {
        self.fields.each("auth-client", |values| {
            Ok(AuthClient {
                client_id: values.one()?,
                iv: values.one()?,
                encrypted_cookie: values.one()?,
            })
        })
    }

    /// `encrypted`: the inner layer, encrypted.
    ///
    /// # Errors
    /// If it is not there, or is no base64.
    pub fn encrypted(&self) -> Result<Vec<u8>, ParseError> {
        self.fields.object("encrypted")
    }
}

/// The document without the NULs behind it.
pub(in crate::kinds) fn unpadded(document: Document<'_>) -> Document<'_> {
    let bytes = document.as_bytes();
    let end = bytes
        .iter()
        .rposition(|byte| *byte != 0)
        .map_or(0, |last| last + 1);
    let start = document.span().start;
    document.part(start, start + end)
}
