//! The consensus.

use super::super::arguments::U32;
use super::authority::Authority;
use super::laws::CONSENSUS_LAWS;
use super::parts::Parts;
use super::preamble::{Footer, Preamble};
use super::router_status::Routers;
use super::shared::{
    A, CLIENT_VERSIONS, CONTACT, DIR_SOURCE, DIRECTORY_SIGNATURE, ENTRY_ITEMS, FOOTER, FRESH_UNTIL,
    KNOWN_FLAGS, M_ARGUMENTS, P, PACKAGE, PARAMS, PR, R_MICRODESC, RECOMMENDED_CLIENT,
    RECOMMENDED_RELAY, REQUIRED_CLIENT, REQUIRED_RELAY, S, SERVER_VERSIONS, SHARED_RANDOM_CURRENT,
    SHARED_RANDOM_PREVIOUS, V, VALID_AFTER, VALID_UNTIL, VERSION, VOTING_DELAY, W,
};
use super::signature::{DirectorySignature, signatures};
use crate::forms::Form;
use crate::rules::{Argument, ParseError, Rule, Rules, Section, Since, Times};
use crate::structure::Document;

/// What the directory authorities agreed on (sections 3.4.1 and 3.9).
///
/// To read it finds the parts, from both ends; the entries are not visited
/// before [`Consensus::routers`] is. Every item, known or not, is in
/// [`Consensus::document`].
///
/// ```
/// use tor_harness_netdoc::{Consensus, Document, Flavor, RouterFlag};
///
/// let document = Document::new(b"network-status-version 3 microdesc\nvote-status consensus\n\
///     valid-after 2026-11-21 12:00:00\n\
///     r moria1 lpXfw1/+uGEym58asExGOXAgzjE 2000-01-01 00:00:00 128.31.0.34 9101 9131\n\
///     m KBMYJCQIHJlhqVPfBXBSg21M5HcF7HVoxuZcFOUzUwM\ns Authority Running V2Dir Valid\n");
/// let consensus = Consensus::read(document);
/// assert_eq!(consensus.flavor(), Flavor::Microdesc);
/// assert_eq!(consensus.preamble().valid_after()?.to_string(), "2026-11-21 12:00:00");
/// for router in consensus.routers() {
///     let router = router?;
///     assert_eq!(router.nickname.as_str(), "moria1");
///     assert!(router.flags.contains(RouterFlag::Authority));
/// }
/// # Ok::<(), tor_harness_netdoc::ParseError>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Consensus<'a> {
    parts: Parts<'a>,
    flavor: Flavor,
}

/// What a consensus says of the relays (section 3.9).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Flavor {
    /// The digests of their server descriptors, and exit policies.
    Ns,
    /// The digests of their microdescriptors.
    Microdesc,
}

#[rustfmt::skip] // One line a rule: the table is to be read beside the specification.
static NS: Rules = Rules::new(&[
    Section::new("preamble", Times::Exactly, &[
        VERSION.takes(&[Argument::one("version", Form::OneOf(&["3"])), Argument::optional("flavor", Form::OneOf(&["ns"]))]),
        VOTE_STATUS, CONSENSUS_METHOD, VALID_AFTER, FRESH_UNTIL, VALID_UNTIL, VOTING_DELAY, CLIENT_VERSIONS, SERVER_VERSIONS, PACKAGE, KNOWN_FLAGS,
        RECOMMENDED_CLIENT, RECOMMENDED_RELAY, REQUIRED_CLIENT, REQUIRED_RELAY, PARAMS, SHARED_RANDOM_PREVIOUS, SHARED_RANDOM_CURRENT,
    ]),
    AUTHORITY,
    Section::new("router status entry", Times::Any, ENTRY_ITEMS),
    FOOTER,
    SIGNATURE,
]).laws(CONSENSUS_LAWS);

#[rustfmt::skip] // As above.
static MICRODESC: Rules = Rules::new(&[
    Section::new("preamble", Times::Exactly, &[
        VERSION.takes(&[Argument::one("version", Form::OneOf(&["3"])), Argument::one("flavor", Form::OneOf(&["microdesc"]))]),
        VOTE_STATUS, CONSENSUS_METHOD, VALID_AFTER, FRESH_UNTIL, VALID_UNTIL, VOTING_DELAY, CLIENT_VERSIONS, SERVER_VERSIONS, PACKAGE, KNOWN_FLAGS,
        RECOMMENDED_CLIENT, RECOMMENDED_RELAY, REQUIRED_CLIENT, REQUIRED_RELAY, PARAMS, SHARED_RANDOM_PREVIOUS, SHARED_RANDOM_CURRENT,
    ]),
    AUTHORITY,
    Section::new("router status entry", Times::Any, &[
        R_MICRODESC, A, Rule::exactly_once("m").since(Since::Method(13)).takes(&M_ARGUMENTS), S, V, PR, W, P,
    ]),
    FOOTER,
    SIGNATURE,
]).laws(CONSENSUS_LAWS);

const VOTE_STATUS: Rule =
    Rule::exactly_once("vote-status").takes(&[Argument::one("type", Form::OneOf(&["consensus"]))]);
const CONSENSUS_METHOD: Rule = Rule::at_most_once("consensus-method")
    .takes(&[Argument::one("Integer", U32)])
    .no_extra();

/// The entry of a legacy key has but the first of these: a law says so.
const AUTHORITY: Section = Section::new(
    "authority section",
    Times::AtLeast,
    &[
        DIR_SOURCE,
        Rule::at_most_once("contact").takes(CONTACT),
        Rule::at_most_once("vote-digest").takes(&[Argument::one("digest", Form::Hex(20))]),
    ],
)
.in_order();

const SIGNATURE: Section = Section::new("signature", Times::AtLeast, &[DIRECTORY_SIGNATURE]);

impl Flavor {
    pub(super) fn rules(self) -> &'static Rules {
        match self {
            Self::Ns => &NS,
            Self::Microdesc => &MICRODESC,
        }
    }
}

impl<'a> Consensus<'a> {
    /// What an ns consensus has to be like.
    pub const RULES: &'static Rules = &NS;
    /// What a microdesc consensus has to be like.
    pub const MICRODESC_RULES: &'static Rules = &MICRODESC;

    /// Finds the parts. [`Kind::check`](crate::Kind::check) says all that is wrong.
    #[must_use]
    pub fn read(document: Document<'a>) -> Self {
        let mut version = document.item(NS.first()).map(|item| item.arguments());
        let flavor = version.as_mut().and_then(|words| words.nth(1));
        Self {
            parts: Parts::find(document),
            flavor: match flavor {
                Some(b"microdesc") => Flavor::Microdesc,
                _ => Flavor::Ns,
            },
        }
    }

    /// All of it.
    #[must_use]
    pub fn document(&self) -> Document<'a> {
        self.parts.document
    }

    /// Its flavor; one that is not known is read as [`Flavor::Ns`].
    #[must_use]
    pub fn flavor(&self) -> Flavor {
        self.flavor
    }

    /// What it says of itself.
    #[must_use]
    pub fn preamble(&self) -> Preamble<'a> {
        Preamble::read(self.parts.preamble(), &NS.sections[0])
    }

    /// The authorities whose votes it was made of, and their legacy keys.
    pub fn authorities(&self) -> impl Iterator<Item = Authority<'a>> + use<'a> {
        Authority::each(self.parts.authorities(), &NS.sections[1])
    }

    /// The entries of the relays, all fields decoded.
    #[must_use]
    pub fn routers(&self) -> Routers<'a> {
        Routers::new(self.parts.entries(), self.flavor)
    }

    /// What stands behind the entries; found without visiting them.
    #[must_use]
    pub fn footer(&self) -> Footer<'a> {
        Footer::read(self.parts.footer())
    }

    /// The signatures.
    pub fn signatures(
        &self,
    ) -> impl Iterator<Item = Result<DirectorySignature<'a>, ParseError>> + use<'a> {
        signatures(self.parts.footer())
    }
}
