//! The laws of network documents.

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use tor_harness_netdoc::{
    AuthorityList, BandwidthFile, Document, FallbackList, Item, Kind, OwnedItem, Rule, Values,
    encode, stretches,
};

use crate::netdoc::{self, Drawn};

proptest! {
    /// A document that keeps to its table has no problems, is found as what it is, and comes out
    /// as it was built: from its items, and from their values.
    #[test]
    fn documents_round_trip(drawn in netdoc::any_document()) {
        check(&drawn);
    }

    /// A file is its stretches: each part is found with its kind.
    #[test]
    fn files_are_their_stretches(parts in netdoc::file()) {
        let pieces: Vec<_> = parts.iter().map(|part| encode(&part.items)).collect();
        let file = pieces.concat();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let cut: Vec<_> = stretches(&file)
            .map(|stretch| (stretch.kind, text(stretch.document.as_bytes())))
            .collect();
        let built: Vec<_> = parts
            .iter()
            .zip(&pieces)
            .map(|(part, piece)| (part.kind, text(piece)))
            .collect();
        prop_assert_eq!(cut, built);
    }
}

/// The property says nothing of a kind that was not drawn, or of a rule.
#[test]
fn every_rule_of_every_kind_is_drawn() {
    let mut runner = TestRunner::deterministic();
    for kind in Kind::all() {
        let strategy = netdoc::document(kind);
        for _ in 0..20 {
            check(&strategy.new_tree(&mut runner).unwrap().current());
        }
        let sections = kind.rules().sections.iter();
        for rule in sections
            .filter(|_| kind.has_items())
            .flat_map(|section| section.rules)
        {
            let strategy = netdoc::item(rule);
            for _ in 0..20 {
                check_item(
                    kind,
                    rule,
                    &strategy.new_tree(&mut runner).unwrap().current(),
                );
            }
        }
    }
}

#[track_caller]
fn check(drawn: &Drawn) {
    let Drawn { kind, items, .. } = drawn;
    let bytes = drawn.encode();
    let text = || String::from_utf8_lossy(&bytes).into_owned();
    let document = Document::new(&bytes);
    let problems: Vec<_> = kind
        .check(&document)
        .iter()
        .map(|problem| problem.render(&bytes))
        .collect();
    assert!(
        problems.is_empty(),
        "{kind}: {}\nin\n{}",
        problems.concat(),
        text()
    );
    let read: Vec<_> = document.items().map(OwnedItem::from).collect();
    assert_eq!(&read, items, "{kind}");
    assert_eq!(encode(&read), bytes, "{kind}");
    check_pairs(*kind, document);
    let annotated = [format!("@type {kind} 1.0\n").as_bytes(), &bytes].concat();
    // Of some kinds little has to be there.
    let mut keywords = items.iter().map(|item| &*item.keyword);
    let has_beginning = match (kind, keywords.next(), keywords.next()) {
        (Kind::BridgeNetworkStatus, Some("published"), second) => {
            matches!(second, Some("flag-thresholds" | "fingerprint" | "r"))
        }
        (Kind::BridgeNetworkStatus, ..) => false,
        (Kind::DetachedSignatures, first, _) => first == Some("consensus-digest"),
        (Kind::ExitList, first, _) => matches!(first, Some("Downloaded" | "ExitNode")),
        _ => true,
    };
    let files = [&annotated, &bytes];
    for bytes in files.into_iter().take(1 + usize::from(has_beginning)) {
        let cut: Vec<_> = stretches(bytes)
            .map(|stretch| {
                let text = String::from_utf8_lossy(stretch.document.as_bytes());
                (stretch.kind, text.into_owned())
            })
            .collect();
        let all = String::from_utf8_lossy(bytes).into_owned();
        assert_eq!(cut, [(Some(*kind), all)]);
    }
}

/// What is read from the pairs of a document without items writes them again.
#[track_caller]
fn check_pairs(kind: Kind, document: Document<'_>) {
    let entries = match kind {
        Kind::BandwidthFile => {
            let file = BandwidthFile::read(document);
            assert_eq!(file.encode(), document.as_bytes());
            file.relays().collect()
        }
        Kind::FallbackList => FallbackList::read(document).entries().to_vec(),
        Kind::AuthorityList => AuthorityList::read(document).entries().to_vec(),
        _ => Vec::new(),
    };
    for entry in entries {
        let mut written = Vec::new();
        entry.write(b' ', &mut written);
        assert_eq!(
            String::from_utf8_lossy(&written),
            String::from_utf8_lossy(entry.as_bytes()),
            "{kind}"
        );
    }
}

/// What is read from an item writes it again.
#[track_caller]
fn check_item(kind: Kind, rule: &'static Rule, item: &OwnedItem) {
    let bytes = encode([item]);
    let document = Document::new(&bytes);
    let read = document.items().next().expect("an item");
    let line = String::from_utf8_lossy(read.line());
    let rebuilt =
        rebuilt(rule, &read).unwrap_or_else(|| panic!("{kind}: {line}: not read by its rule"));
    assert_eq!(String::from_utf8_lossy(&rebuilt), line, "{kind}");
}

/// The line of an item from its values and what its rule does not name.
fn rebuilt(rule: &'static Rule, item: &Item<'_>) -> Option<Vec<u8>> {
    let mut values = Values::new(rule, item);
    let mut line = rule.keyword.as_bytes().to_vec();
    for (argument, value) in values.named().ok()? {
        line.push(b' ');
        argument.form.write(&value, &mut line);
    }
    let extra = values.extra();
    if !extra.is_empty() {
        line.push(b' ');
        line.extend_from_slice(extra);
    }
    Some(line)
}
