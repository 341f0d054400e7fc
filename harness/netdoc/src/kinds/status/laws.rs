//! What the tables of status documents cannot say.

use tor_harness_types::UtcSeconds;

use super::consensus::{Consensus, Flavor};
use super::parts::Parts;
use super::router_status::Routers;
use super::router_words::number;
use super::shared::{FRESH_UNTIL, VALID_AFTER, VALID_UNTIL};
use super::vote::Vote;
use crate::kinds::key_certificate::KeyCertificate;
use crate::rules::{Law, Report, Rule, Values};
use crate::structure::{Arguments, Document, Item};

#[rustfmt::skip] // One line a law.
mod list {
    use super::*;

    pub(in super::super::super) const TIMELINE: Law = Law::new("dir-spec 3.4.1", "valid-after before fresh-until before valid-until", timeline);
    const KNOWN_FLAGS: Law = Law::new("dir-spec 3.4.1", "the flags in the order of their names, each once", known_flags);
    const PARAMS: Law = Law::new("dir-spec 3.4.1", "the parameters in the order of their names, each once", params);
    const PACKAGES: Law = Law::new("dir-spec 3.4.1", "the packages in the order of their names and versions, each once", packages);
    const AUTHORITIES: Law = Law::new("dir-spec 3.4.1", "the authorities in the order of their identities, each once", authorities);
    const AUTHORITY_NAMES: Law = Law::new("dir-spec 3.4.1", "an authority's nickname: 1 to 19 letters and digits, -legacy behind it for a legacy key", authority_names);
    const AUTHORITY_ITEMS: Law = Law::new("dir-spec 3.4.1", "a contact and a vote-digest of each authority that is no -legacy", authority_items);
    const ENTRIES: Law = Law::new("dir-spec 3.4.1", "the entries in the order of their identities, each once", entries);
    const ENTRY_FLAGS: Law = Law::new("dir-spec 3.4.1", "a relay's flags in the order of their names, each once", entry_flags);
    const ENTRY_FLAGS_KNOWN: Law = Law::new("dir-spec 3.4.1", "a flag that is among the known-flags", entry_flags_known).told_once();
    const WEIGHT: Law = Law::new("dir-spec 3.4.1", "Measured=0 to 4294967295, Unmeasured=1", weight);
    const FOOTER: Law = Law::new("dir-spec 3.4.1", "directory-footer, since consensus method 9", footer);
    const WEIGHTS: Law = Law::new("dir-spec 3.4.1", "the weights in the order of their names, each once", weights);
    const NO_VOTE: Law = Law::new("dir-spec 3.4.1", "nothing that occurs in votes only", items_of_votes);
    const NO_CONSENSUS: Law = Law::new("dir-spec 3.4.1", "nothing that occurs in consensuses only", items_of_consensuses);
    const NS_SHA1: Law = Law::new("dir-spec 3.4.1", "signatures of an ns consensus by sha1 only", ns_sha1);
    const OLD_VERSIONS: Law = Law::new("dir-spec-v2 3", "client-versions and server-versions where dir-options has Versions", old_versions);

    pub(in super::super) static CONSENSUS_LAWS: &[Law] = &[
        TIMELINE, KNOWN_FLAGS, PARAMS, PACKAGES, AUTHORITIES, AUTHORITY_NAMES, AUTHORITY_ITEMS, ENTRIES, ENTRY_FLAGS, ENTRY_FLAGS_KNOWN, WEIGHT,
        FOOTER, WEIGHTS, NO_VOTE, NS_SHA1,
    ];
    pub(in super::super) static VOTE_LAWS: &[Law] = &[
        TIMELINE, KNOWN_FLAGS, PARAMS, AUTHORITY_NAMES, ENTRIES, ENTRY_FLAGS, ENTRY_FLAGS_KNOWN, WEIGHT, FOOTER, NO_CONSENSUS,
    ];
    pub(in super::super) static ENTRY_LAWS: &[Law] = &[WEIGHT];
    pub(in super::super) static OLD_LAWS: &[Law] = &[OLD_VERSIONS, WEIGHT];
}
pub(in super::super) use list::TIMELINE;
pub(super) use list::{CONSENSUS_LAWS, ENTRY_LAWS, OLD_LAWS, VOTE_LAWS};

fn timeline(document: &Document<'_>, report: Report<'_>) {
    static TIMES: [Rule; 3] = [VALID_AFTER, FRESH_UNTIL, VALID_UNTIL];
    let times = TIMES.iter().filter_map(|rule| {
        let item = document.item(rule.keyword)?;
        let time: UtcSeconds = Values::new(rule, &item).one().ok()?;
        Some((time, item.line()))
    });
    out_of_order(times, report);
}

fn known_flags(document: &Document<'_>, report: Report<'_>) {
    let flags = words_of(Parts::find(*document).preamble(), "known-flags");
    out_of_order(flags.map(|flag| (flag, flag)), report);
}

fn params(document: &Document<'_>, report: Report<'_>) {
    pairs_out_of_order(
        words_of(Parts::find(*document).preamble(), "params"),
        report,
    );
}

fn weights(document: &Document<'_>, report: Report<'_>) {
    pairs_out_of_order(
        words_of(Parts::find(*document).footer(), "bandwidth-weights"),
        report,
    );
}

fn packages(document: &Document<'_>, report: Report<'_>) {
    let items = Parts::find(*document).preamble().items();
    let packages = items.filter(|item| item.keyword_bytes() == b"package");
    let keyed = packages.map(|item| {
        let mut words = item.arguments();
        ((words.next(), words.next()), item.line())
    });
    out_of_order(keyed, report);
}

fn authorities(document: &Document<'_>, report: Report<'_>) {
    let authorities = Consensus::read(*document).authorities();
    let keyed = authorities.filter_map(|authority| {
        let first = authority.fields().item("dir-source")?;
        Some((authority.source().ok()?.identity, first.line()))
    });
    out_of_order(keyed, report);
}

fn authority_names(document: &Document<'_>, report: Report<'_>) {
    let items = Parts::find(*document).authorities().items();
    for item in items.filter(|item| item.keyword_bytes() == b"dir-source") {
        let Some(word) = item.arguments().next() else {
            continue;
        };
        let name = word.strip_suffix(LEGACY).unwrap_or(word);
        if !(1..=19).contains(&name.len()) || !name.iter().all(u8::is_ascii_alphanumeric) {
            report(word);
        }
    }
}

/// What stands behind an authority's nickname in the entry of its obsolete key.
const LEGACY: &[u8] = b"-legacy";

fn authority_items(document: &Document<'_>, report: Report<'_>) {
    for authority in Consensus::read(*document).authorities() {
        let is_there = |keyword| authority.fields().item(keyword).is_some();
        let Some(source) = authority.fields().item("dir-source") else {
            continue;
        };
        let name = source.arguments().next();
        let is_legacy = name.is_some_and(|name| name.ends_with(LEGACY));
        let has_all = is_there("contact") && is_there("vote-digest");
        if !is_legacy && !has_all {
            report(source.line());
        }
    }
}

fn entries(document: &Document<'_>, report: Report<'_>) {
    let keyed = routers(document).filter_map(|router| {
        let router = router.ok()?;
        Some((router.identity, first_line(router.document())))
    });
    out_of_order(keyed, report);
}

fn entry_flags(document: &Document<'_>, report: Report<'_>) {
    for router in routers(document).flatten() {
        out_of_order(router.flags.names().map(|flag| (flag, flag)), report);
    }
}

fn entry_flags_known(document: &Document<'_>, report: Report<'_>) {
    // What is wrong with the line itself is said there.
    let Ok(mut known) = Consensus::read(*document).preamble().known_flags() else {
        return;
    };
    known.sort_unstable();
    for router in routers(document).flatten() {
        let flags = router.flags.names();
        flags
            .filter(|flag| known.binary_search(flag).is_err())
            .for_each(&mut *report);
    }
}

fn weight(document: &Document<'_>, report: Report<'_>) {
    let items = Parts::find(*document).entries().items();
    for item in items.filter(|item| item.keyword_bytes() == b"w") {
        for word in item.arguments().skip(1) {
            let is_good = match word.strip_prefix(b"Measured=") {
                Some(measured) => number::<u32>(measured).is_some(),
                None => !word.starts_with(b"Unmeasured=") || word == b"Unmeasured=1",
            };
            if !is_good {
                report(word);
            }
        }
    }
}

fn footer(document: &Document<'_>, report: Report<'_>) {
    let parts = Parts::find(*document);
    let methods = ["consensus-method", "consensus-methods"]
        .into_iter()
        .flat_map(|keyword| words_of(parts.preamble(), keyword));
    let supports_it = methods.filter_map(number::<u32>).any(|method| method >= 9);
    if supports_it && parts.footer().item("directory-footer").is_none() {
        report(first_line(parts.footer()));
    }
}

fn items_of_votes(document: &Document<'_>, report: Report<'_>) {
    let rules = Consensus::read(*document).flavor().rules();
    find_items(document, report, |keyword| {
        // The certificate is a document of its own.
        !rules.knows(keyword) && Vote::RULES.knows(keyword) && !KeyCertificate::RULES.knows(keyword)
    });
}

fn items_of_consensuses(document: &Document<'_>, report: Report<'_>) {
    find_items(document, report, |keyword| {
        matches!(
            keyword,
            b"consensus-method" | b"vote-digest" | b"bandwidth-weights"
        )
    });
}

fn ns_sha1(document: &Document<'_>, report: Report<'_>) {
    let consensus = Consensus::read(*document);
    if consensus.flavor() == Flavor::Ns {
        for signature in consensus.signatures().flatten() {
            if signature.algorithm != b"sha1" {
                report(signature.algorithm);
            }
        }
    }
}

fn old_versions(document: &Document<'_>, report: Report<'_>) {
    let head = Parts::find(*document).head();
    let Some(options) = head.item("dir-options") else {
        return;
    };
    let has_versions = options.arguments().any(|word| word == b"Versions");
    let is_there = |keyword| head.item(keyword).is_some();
    if has_versions && !(is_there("client-versions") && is_there("server-versions")) {
        report(options.line());
    }
}

/// The entries of a vote or a consensus.
fn routers<'a>(document: &Document<'a>) -> Routers<'a> {
    Consensus::read(*document).routers()
}

/// The words of the first item with this keyword.
fn words_of<'a>(part: Document<'a>, keyword: &str) -> Arguments<'a> {
    let item = part.item(keyword);
    item.map_or_else(|| Arguments::new(&[]), |item| item.arguments())
}

/// The first line of a part.
fn first_line<'a>(part: Document<'a>) -> &'a [u8] {
    let nothing = &part.as_bytes()[..0];
    part.items().next().map_or(nothing, |item| item.line())
}

/// Reports the lines of all items with such keywords.
fn find_items(document: &Document<'_>, report: Report<'_>, is_one: impl Fn(&[u8]) -> bool) {
    let is_one = |item: &Item<'_>| is_one(item.keyword_bytes());
    document
        .items()
        .filter(is_one)
        .for_each(|item| report(item.line()));
}

/// Reports the place of each key that is not greater than the one before it.
fn out_of_order<'a, K: Ord>(keyed: impl Iterator<Item = (K, &'a [u8])>, report: Report<'_>) {
    let mut last = None;
    for (key, place) in keyed {
        if last.as_ref().is_some_and(|last| key <= *last) {
            report(place);
        }
        last = Some(key);
    }
}

/// The same of `KEY=VALUE`. Where a key goes on with `-` behind another, tor
/// sorts by the pair and the specification by the key: both are taken.
fn pairs_out_of_order<'a>(pairs: impl Iterator<Item = &'a [u8]>, report: Report<'_>) {
    let mut last: Option<(&[u8], &[u8])> = None;
    for pair in pairs {
        let key = pair.split(|byte| *byte == b'=').next().unwrap_or_default();
        if let Some((last_key, last)) = last
            && (key == last_key || (key < last_key && pair < last))
        {
            report(pair);
        }
        last = Some((key, pair));
    }
}
