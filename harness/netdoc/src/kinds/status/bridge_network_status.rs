//! The bridge network status.

use tor_harness_types::{Fingerprint, UtcSeconds};

use super::super::accessors::accessors;
use super::super::arguments::TIME;
use super::consensus::Flavor;
use super::laws::ENTRY_LAWS;
use super::parts::Parts;
use super::router_status::Routers;
use super::shared::{ENTRY_ITEMS, FLAG_THRESHOLDS};
use crate::forms::Form;
use crate::rules::{Argument, Fields, Place, Rule, Rules, Section, Times};
use crate::structure::Document;

/// What the bridge authority says of all bridges, as CollecTor sanitises it.
///
/// Version 1.0 has but entries; `published` and `flag-thresholds` came with
/// 1.1, `fingerprint` with 1.2.
#[derive(Clone, Copy, Debug)]
pub struct BridgeNetworkStatus<'a> {
    parts: Parts<'a>,
    fields: Fields<'a>,
}

#[rustfmt::skip] // One line a rule: the table is to be read beside the specification.
static RULES: Rules = Rules::new(&[
    Section::new("preamble", Times::AtMost, &[
        Rule::at_most_once("published").at(Place::First).takes(TIME),
        FLAG_THRESHOLDS,
        Rule::at_most_once("fingerprint").takes(&[Argument::one("fingerprint", Form::Fingerprint)]),
    ]),
    Section::new("router status entry", Times::Any, ENTRY_ITEMS),
]).laws(ENTRY_LAWS);

impl<'a> BridgeNetworkStatus<'a> {
    /// What a bridge network status has to be like.
    pub const RULES: &'static Rules = &RULES;

    /// Finds the parts. [`Kind::check`](crate::Kind::check) says all that is wrong.
    #[must_use]
    pub fn read(document: Document<'a>) -> Self {
        let parts = Parts::find(document);
        Self {
            parts,
            fields: Fields::read(parts.preamble(), &RULES.sections[0]),
        }
    }

    /// The entries of the bridges, all fields decoded.
    #[must_use]
    pub fn routers(&self) -> Routers<'a> {
        Routers::new(self.parts.entries(), Flavor::Ns)
    }
}

accessors! { impl BridgeNetworkStatus in parts.document, "Where the items before the entries are." {
    /// `published`: when it was made.
    maybe published: UtcSeconds = "published";
    /// `fingerprint` of the bridge authority.
    maybe fingerprint: Fingerprint = "fingerprint";
}}
