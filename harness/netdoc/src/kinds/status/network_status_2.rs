//! The network status of version 2, before there were consensuses.

use core::net::Ipv4Addr;

use tor_harness_types::{Fingerprint, UtcSeconds};

use super::super::accessors::accessors;
use super::super::arguments::{PORT, TIME};
use super::consensus::Flavor;
use super::laws::OLD_LAWS;
use super::parts::Parts;
use super::router_status::Routers;
use super::shared::{A, CLIENT_VERSIONS, P, PR, R, S_OPTIONAL, SERVER_VERSIONS, V, W};
use crate::forms::Form;
use crate::rules::{Argument, Content, Fields, ParseError, Place, Rule, Rules, Section, Times};
use crate::structure::Document;

/// What one directory authority said of the network from 2005 to 2012
/// (dir-spec version 2, section 3).
#[derive(Clone, Copy, Debug)]
pub struct NetworkStatus2<'a> {
    parts: Parts<'a>,
    fields: Fields<'a>,
}

#[rustfmt::skip] // One line a rule: the table is to be read beside the specification.
static RULES: Rules = Rules::new(&[
    Section::new("preamble", Times::Exactly, &[
        Rule::exactly_once("network-status-version").at(Place::First).takes(&[Argument::one("version", Form::OneOf(&["2"]))]),
        Rule::exactly_once("dir-source").takes(&[
            Argument::one("hostname", Form::Word), Argument::one("address", Form::Ipv4), Argument::one("dirport", PORT)]),
        Rule::exactly_once("fingerprint").takes(&[Argument::one("fingerprint", Form::Fingerprint)]),
        Rule::exactly_once("contact").takes(&[Argument::one("string", Form::Text)]),
        Rule::exactly_once("dir-signing-key").object("RSA PUBLIC KEY", Content::RSA_1024),
        CLIENT_VERSIONS, SERVER_VERSIONS,
        Rule::exactly_once("published").takes(TIME),
        Rule::at_most_once("dir-options").takes(&[Argument::any("option", Form::Word)]),
    ]),
    Section::new("router status entry", Times::Any, &[R, A, S_OPTIONAL, V, PR, W, P]),
    Section::new("signature", Times::Exactly, &[
        Rule::exactly_once("directory-signature").takes(&[Argument::one("nickname", Form::Nickname)])
            .object("SIGNATURE", Content::RSA_1024_SIGNATURE),
    ]),
]).laws(OLD_LAWS);

impl<'a> NetworkStatus2<'a> {
    /// What a network status of version 2 has to be like.
    pub const RULES: &'static Rules = &RULES;

    /// Finds the parts. [`Kind::check`](crate::Kind::check) says all that is wrong.
    #[must_use]
    pub fn read(document: Document<'a>) -> Self {
        let parts = Parts::find(document);
        Self {
            parts,
            fields: Fields::read(parts.head(), &RULES.sections[0]),
        }
    }

    /// `dir-source`: the authority's host, address and port for directory requests.
    ///
    /// # Errors
    /// If it is not there, or cannot be read.
    pub fn source(&self) -> Result<(&'a [u8], Ipv4Addr, u16), ParseError> {
        self.fields.required("dir-source", |values| {
            Ok((values.one()?, values.one()?, values.one()?))
        })
    }

    /// The entries of the relays, all fields decoded.
    #[must_use]
    pub fn routers(&self) -> Routers<'a> {
        Routers::new(self.parts.entries(), Flavor::Ns)
    }
}

accessors! { impl NetworkStatus2 in parts.document, "Where the items before the entries are." {
    /// `fingerprint` of the key that signed.
    one fingerprint: Fingerprint = "fingerprint";
    /// `published`: when it was made.
    one published: UtcSeconds = "published";
}}
