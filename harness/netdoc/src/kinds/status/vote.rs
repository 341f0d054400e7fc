//! The vote.

use super::super::arguments::TIME;
use super::super::arguments::U32;
use super::authority::Authority;
use super::consensus::Flavor;
use super::laws::VOTE_LAWS;
use super::parts::Parts;
use super::preamble::{Footer, Preamble};
use super::router_status::Routers;
use super::shared::{
    A, CLIENT_VERSIONS, CONTACT, DIR_SOURCE, DIRECTORY_SIGNATURE, FLAG_THRESHOLDS, FOOTER,
    FRESH_UNTIL, KNOWN_FLAGS, P, PACKAGE, PARAMS, PR, R, RECOMMENDED_CLIENT, RECOMMENDED_RELAY,
    REQUIRED_CLIENT, REQUIRED_RELAY, S, SERVER_VERSIONS, SHARED_RANDOM_CURRENT,
    SHARED_RANDOM_PREVIOUS, V, VALID_AFTER, VALID_UNTIL, VERSION, VOTING_DELAY, W,
};
use super::signature::{DirectorySignature, signatures};
use crate::forms::Form;
use crate::kinds::key_certificate::{KEY_CERTIFICATE_ITEMS, KeyCertificate};
use crate::rules::{Argument, ParseError, Rule, Rules, Section, Times};
use crate::structure::Document;

/// What one directory authority says of the network, for a consensus to be
/// made of (section 3.4.1).
///
/// It is read as a [`Consensus`](super::Consensus) is.
#[derive(Clone, Copy, Debug)]
pub struct Vote<'a> {
    parts: Parts<'a>,
}

#[rustfmt::skip] // One line a rule: the table is to be read beside the specification.
static RULES: Rules = Rules::new(&[
    Section::new("preamble", Times::Exactly, &[
        VERSION.takes(&[Argument::one("version", Form::OneOf(&["3"])), Argument::optional("flavor", Form::OneOf(&["ns"]))]),
        Rule::exactly_once("vote-status").takes(&[Argument::one("type", Form::OneOf(&["vote", "opinion"]))]),
        Rule::at_most_once("consensus-methods").takes(&[Argument::some("Integer", U32)]),
        Rule::exactly_once("published").takes(TIME),
        VALID_AFTER, FRESH_UNTIL, VALID_UNTIL, VOTING_DELAY, CLIENT_VERSIONS, SERVER_VERSIONS, PACKAGE, KNOWN_FLAGS, FLAG_THRESHOLDS,
        RECOMMENDED_CLIENT, RECOMMENDED_RELAY, REQUIRED_CLIENT, REQUIRED_RELAY, PARAMS, SHARED_RANDOM_PREVIOUS, SHARED_RANDOM_CURRENT,
        Rule::at_most_once("bandwidth-file-headers").takes(&[Argument::any("header", Form::Pair(&Form::Word))]),
        Rule::at_most_once("bandwidth-file-digest").takes(&[Argument::some("digest", Form::Pair(&Form::Base64(0)))]),
    ]),
    Section::new("authority section", Times::Exactly, &[
        DIR_SOURCE,
        Rule::exactly_once("contact").takes(CONTACT),
        Rule::at_most_once("legacy-dir-key").takes(&[Argument::one("fingerprint", Form::Fingerprint)]),
        Rule::at_most_once("shared-rand-participate"),
        Rule::any_number("shared-rand-commit").takes(&[
            Argument::one("Version", Form::Number), Argument::one("AlgName", Form::Word), Argument::one("Identity", Form::Fingerprint),
            Argument::one("Commit", Form::PaddedBase64(40)), Argument::optional("Reveal", Form::PaddedBase64(40))]),
        SHARED_RANDOM_PREVIOUS, SHARED_RANDOM_CURRENT,
    ]),
    Section::new("key certificate", Times::Exactly, KEY_CERTIFICATE_ITEMS),
    Section::new("router status entry", Times::Any, &[
        R, A, S, V, PR, W, P,
        Rule::any_number("m").takes(&[
            Argument::one("methods", Form::List(&Form::Number)), Argument::some("digest", Form::Pair(&Form::Base64(0)))]),
        Rule::at_most_once("id").takes(&[
            Argument::one("type", Form::OneOf(&["ed25519"])),
            Argument::one("identity", Form::Either(&Form::OneOf(&["none"]), &Form::Base64(32)))]),
        Rule::at_most_once("stats").takes(&[Argument::any("stat", Form::Pair(&Form::Decimal))]),
    ]),
    FOOTER,
    Section::new("signature", Times::Exactly, &[DIRECTORY_SIGNATURE]),
]).laws(VOTE_LAWS);

impl<'a> Vote<'a> {
    /// What a vote has to be like.
    pub const RULES: &'static Rules = &RULES;

    /// Finds the parts. [`Kind::check`](crate::Kind::check) says all that is wrong.
    #[must_use]
    pub fn read(document: Document<'a>) -> Self {
        Self {
            parts: Parts::find(document),
        }
    }

    /// All of it.
    #[must_use]
    pub fn document(&self) -> Document<'a> {
        self.parts.document
    }

    /// What it says of itself.
    #[must_use]
    pub fn preamble(&self) -> Preamble<'a> {
        Preamble::read(self.parts.preamble(), &RULES.sections[0])
    }

    /// The authority whose vote it is.
    #[must_use]
    pub fn authority(&self) -> Option<Authority<'a>> {
        Authority::each(self.parts.authorities(), &RULES.sections[1]).next()
    }

    /// The certificate of the key that signed it.
    #[must_use]
    pub fn key_certificate(&self) -> Option<KeyCertificate<'a>> {
        let authorities = self.parts.authorities();
        let first = authorities.item("dir-key-certificate-version")?;
        let certificate = authorities.part(first.span().start, authorities.span().end);
        Some(KeyCertificate::read(certificate))
    }

    /// The entries of the relays, all fields decoded.
    #[must_use]
    pub fn routers(&self) -> Routers<'a> {
        Routers::new(self.parts.entries(), Flavor::Ns)
    }

    /// What stands behind the entries; found without visiting them.
    #[must_use]
    pub fn footer(&self) -> Footer<'a> {
        Footer::read(self.parts.footer())
    }

    /// The signature; broken votes may have more than one.
    pub fn signatures(
        &self,
    ) -> impl Iterator<Item = Result<DirectorySignature<'a>, ParseError>> + use<'a> {
        signatures(self.parts.footer())
    }
}
