//! Networks in which one line of a document is another.

use proptest::prelude::*;
use proptest::sample::{Index, select};
use tor_harness_netdoc::{Builder, Kind, OwnedItem};
use tor_harness_types::UtcSeconds;

use super::given::Given;
use super::made::Made;
use super::settings;
use crate::netdoc;

/// A document of which one line is another, signed as it is then.
#[derive(Clone, Debug)]
pub struct Changed {
    /// What is right.
    pub given: Given,
    /// What kind of document it is.
    pub kind: Kind,
    /// The keyword of the line.
    pub keyword: String,
    /// The document.
    pub made: Made,
}

/// The kinds that networks have documents of.
const KINDS: [Kind; 8] = [
    Kind::ServerDescriptor,
    Kind::ExtraInfo,
    Kind::Microdescriptor,
    Kind::KeyCertificate,
    Kind::Consensus,
    Kind::ConsensusMicrodesc,
    Kind::Vote,
    Kind::OnionDescriptor,
];

/// What becomes of the line.
#[derive(Clone, Debug)]
enum Change {
    /// This in the place of its words.
    Text(String),
    /// The same item of another document.
    Drawn(OwnedItem),
    Without,
    Twice,
}

/// A document of a network of any settings, in which the first line with a keyword has other words,
/// right or not, is not there, or is there twice.
pub fn changed(valid_after: UtcSeconds) -> BoxedStrategy<Changed> {
    let given = settings::given(valid_after);
    (given, select(&KINDS[..]), any::<Index>())
        .prop_flat_map(|(given, kind, index)| {
            let right = given.document(kind).expect("a network has one of each");
            let mut keywords: Vec<_> = right.items().map(|item| item.keyword.clone()).collect();
            keywords.sort_unstable();
            keywords.dedup();
            let keyword = index.get(&keywords).clone();
            let change = change(kind, &keyword);
            (Just((given, kind, keyword, right)), change)
        })
        .prop_map(|((given, kind, keyword, right), change)| Changed {
            made: apply(right, &keyword, change).into(),
            given,
            kind,
            keyword,
        })
        .boxed()
}

fn change(kind: Kind, keyword: &str) -> BoxedStrategy<Change> {
    let sections = kind.rules().sections;
    let mut rules = sections.iter().flat_map(|section| section.rules);
    let text = prop_oneof!["[ -~]{0,12}", "[0-9]{1,12}", "-[0-9]{1,3}"].prop_map(Change::Text);
    // With the first item of a part the rest of it would be of another.
    let others = match sections.iter().any(|section| section.first() == keyword) {
        true => text.boxed(),
        false => {
            prop_oneof![2 => text, 1 => Just(Change::Without), 1 => Just(Change::Twice)].boxed()
        }
    };
    match rules.find(|rule| rule.keyword == keyword) {
        Some(rule) => prop_oneof![others, netdoc::item(rule).prop_map(Change::Drawn)].boxed(),
        None => others.boxed(),
    }
}

fn apply(right: Builder, keyword: &str, change: Change) -> Builder {
    match change {
        Change::Text(text) => right.set(keyword, text),
        Change::Drawn(item) => right.set_item(item),
        Change::Without => right.without(keyword),
        Change::Twice => right.repeat(keyword),
    }
}
