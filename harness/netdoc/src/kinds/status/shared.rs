//! The items that votes and consensuses share (section 3.4.1).

use super::super::arguments::{PORT, PROTOCOLS, TIME, U32};
use super::super::port_policy::PORT_POLICY;
use crate::forms::Form;
use crate::rules::{Argument, Content, Place, Rule, Section, Times};

const VERSIONS: &[Argument] = &[Argument::optional("versions", Form::List(&Form::Word))];
const SHARED_RANDOM: &[Argument] = &[
    Argument::one("NumReveals", Form::Number),
    Argument::one("Value", Form::PaddedBase64(32)),
];

// In the preamble.
pub(super) const VERSION: Rule = Rule::exactly_once("network-status-version").at(Place::First);
pub(in super::super) const VALID_AFTER: Rule = Rule::exactly_once("valid-after").takes(TIME);
pub(in super::super) const FRESH_UNTIL: Rule = Rule::exactly_once("fresh-until").takes(TIME);
pub(in super::super) const VALID_UNTIL: Rule = Rule::exactly_once("valid-until").takes(TIME);
pub(super) const VOTING_DELAY: Rule = Rule::exactly_once("voting-delay").takes(&[
    Argument::one("VoteSeconds", U32),
    Argument::one("DistSeconds", U32),
]);
pub(super) const CLIENT_VERSIONS: Rule = Rule::at_most_once("client-versions").takes(VERSIONS);
pub(super) const SERVER_VERSIONS: Rule = Rule::at_most_once("server-versions").takes(VERSIONS);
pub(super) const PACKAGE: Rule = Rule::any_number("package").takes(&[
    Argument::one("PackageName", Form::Word),
    Argument::one("Version", Form::Word),
    Argument::one("URL", Form::Word),
    Argument::some("digest", Form::Pair(&Form::Word)),
]);
pub(super) const KNOWN_FLAGS: Rule =
    Rule::exactly_once("known-flags").takes(&[Argument::any("flag", Form::Word)]);
pub(super) const FLAG_THRESHOLDS: Rule =
    Rule::at_most_once("flag-thresholds").takes(&[Argument::any(
        "threshold",
        Form::Pair(&Form::Either(&Form::Percent, &Form::Decimal)),
    )]);
pub(super) const RECOMMENDED_CLIENT: Rule =
    Rule::at_most_once("recommended-client-protocols").takes(PROTOCOLS);
pub(super) const RECOMMENDED_RELAY: Rule =
    Rule::at_most_once("recommended-relay-protocols").takes(PROTOCOLS);
pub(super) const REQUIRED_CLIENT: Rule =
    Rule::at_most_once("required-client-protocols").takes(PROTOCOLS);
pub(super) const REQUIRED_RELAY: Rule =
    Rule::at_most_once("required-relay-protocols").takes(PROTOCOLS);
pub(super) const PARAMS: Rule =
    Rule::at_most_once("params").takes(&[Argument::any("parameter", Form::Pair(&Form::Int32))]);
pub(super) const SHARED_RANDOM_PREVIOUS: Rule =
    Rule::at_most_once("shared-rand-previous-value").takes(SHARED_RANDOM);
pub(super) const SHARED_RANDOM_CURRENT: Rule =
    Rule::at_most_once("shared-rand-current-value").takes(SHARED_RANDOM);

// Of an authority.
pub(super) const DIR_SOURCE: Rule = Rule::exactly_once("dir-source").at(Place::First).takes(&[
    Argument::one("nickname", Form::Word),
    Argument::one("identity", Form::Fingerprint),
    Argument::one("address", Form::Host),
    Argument::one("IP", Form::Ipv4),
    Argument::one("dirport", PORT),
    Argument::one("orport", PORT),
]);
pub(super) const CONTACT: &[Argument] = &[Argument::one("string", Form::Text)];

// Of a relay.
pub(super) static R_ARGUMENTS: [Argument; 7] = [
    Argument::one("nickname", Form::Nickname),
    Argument::one("identity", Form::Base64(20)),
    Argument::one("digest", Form::Base64(20)),
    Argument::one("publication", Form::Time),
    Argument::one("IP", Form::Ipv4),
    Argument::one("ORPort", PORT),
    Argument::one("DirPort", PORT),
];
pub(super) static R_MICRODESC_ARGUMENTS: [Argument; 6] = [
    Argument::one("nickname", Form::Nickname),
    Argument::one("identity", Form::Base64(20)),
    Argument::one("publication", Form::Time),
    Argument::one("IP", Form::Ipv4),
    Argument::one("ORPort", PORT),
    Argument::one("DirPort", PORT),
];
pub(super) static A_ARGUMENTS: [Argument; 1] = [Argument::one("address", Form::Socket)];
pub(super) static M_ARGUMENTS: [Argument; 1] = [Argument::one("digest", Form::Base64(32))];
pub(super) static W_ARGUMENTS: [Argument; 2] = [
    Argument::one("bandwidth", Form::Named("Bandwidth", &U32)),
    Argument::any("weight", Form::Word),
];

/// One of the weights, which a vote may have.
pub(super) static MEASURED: Argument = Argument::one("measured", Form::Named("Measured", &U32));

/// The same; what is measured does not say so.
pub(super) static UNMEASURED: Argument = Argument::one(
    "unmeasured",
    Form::Named("Unmeasured", &Form::OneOf(&["1"])),
);

pub(super) const R: Rule = Rule::exactly_once("r").at(Place::First).takes(&R_ARGUMENTS);
pub(super) const R_MICRODESC: Rule = Rule::exactly_once("r")
    .at(Place::First)
    .takes(&R_MICRODESC_ARGUMENTS);
pub(super) const A: Rule = Rule::any_number("a").takes(&A_ARGUMENTS);
pub(super) const S: Rule = Rule::exactly_once("s").takes(FLAGS);
/// Before version 3.
pub(super) const S_OPTIONAL: Rule = Rule::at_most_once("s").takes(FLAGS);
const FLAGS: &[Argument] = &[Argument::any("flag", Form::Word)];
pub(super) const V: Rule = Rule::at_most_once("v").takes(&[Argument::one("version", Form::Text)]);
pub(super) const PR: Rule = Rule::at_most_once("pr").takes(PROTOCOLS);
pub(super) const W: Rule = Rule::at_most_once("w").takes(&W_ARGUMENTS);
pub(super) const P: Rule = Rule::at_most_once("p").takes(PORT_POLICY);

/// What a relay's entry is in an ns consensus, and by itself.
pub(super) const ENTRY_ITEMS: &[Rule] = &[R, A, S, V, PR, W, P];

// At the end.
pub(super) const FOOTER: Section = Section::new(
    "footer",
    Times::AtMost,
    &[
        Rule::exactly_once("directory-footer").no_extra(),
        Rule::at_most_once("bandwidth-weights")
            .takes(&[Argument::any("weight", Form::Pair(&Form::Int32))]),
    ],
);
pub(super) static FOOTER_SECTION: Section = FOOTER;
pub(in super::super) const DIRECTORY_SIGNATURE: Rule = Rule::exactly_once("directory-signature")
    .takes(SIGNED_BY)
    .or_takes(SIGNED_BY_ALGORITHM)
    .object("SIGNATURE", Content::Bytes);
const SIGNED_BY: &[Argument] = &[
    Argument::one("identity", Form::Fingerprint),
    Argument::one("signing-key-digest", Form::Fingerprint),
];
const SIGNED_BY_ALGORITHM: &[Argument] = &[
    Argument::one("Algorithm", Form::Word),
    Argument::one("identity", Form::Fingerprint),
    Argument::one("signing-key-digest", Form::Fingerprint),
];
