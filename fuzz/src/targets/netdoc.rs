//! Network documents.

use tor_harness_netdoc::{
    Document, Item, Kind, OwnedItem, Rule, ServerDescriptor, Stretch, Values, encode, stretches,
};

use super::proofs::proofs;
use super::views::views;

/// A file of network documents: no reader panics; the stretches give back the
/// file, and the items their document; what is rebuilt from its fields is what
/// it was, except for what the table of [`OwnedItem`] lists; a document without
/// problems can be read.
pub fn netdoc(bytes: &[u8]) {
    let cut: Vec<_> = stretches(bytes).collect();
    let pieces: Vec<_> = cut.iter().map(|cut| cut.document.as_bytes()).collect();
    assert_eq!(pieces.concat(), bytes, "the stretches are not the file");
    for Stretch { kind, document } in cut {
        items(&document);
        if let Some(kind) = kind {
            read(kind, &document);
        }
    }
}

/// A document of this kind: the same promises as of [`netdoc()`], whatever it begins with.
pub fn netdoc_of(kind: Kind, bytes: &[u8]) {
    let document = Document::new(bytes);
    items(&document);
    read(kind, &document);
}

fn items(document: &Document<'_>) {
    let bytes = document.as_bytes();
    let mut end = match bytes.starts_with(BYTE_ORDER_MARK) {
        true => BYTE_ORDER_MARK.len(),
        false => 0,
    };
    for item in document.items() {
        let span = item.span();
        assert_eq!(&bytes[span.start..span.end], item.as_bytes());
        assert!(
            is_blank(&bytes[end..span.start]),
            "{item:?} is not the next"
        );
        end = span.end;
        let _ = item.arguments().count();
    }
    assert!(is_blank(&bytes[end..]), "not all is in an item");
    if is_plain(document) {
        let items: Vec<_> = document.items().map(OwnedItem::from).collect();
        assert_eq!(encode(&items), bytes, "not what it was");
    }
}

fn read(kind: Kind, document: &Document<'_>) {
    views(kind, *document);
    proofs(kind, *document);
    let problems = kind.check(document);
    for problem in &problems {
        let _ = problem.render(document.as_bytes());
    }
    let has_items = kind.has_items();
    for item in document.items().filter(|_| has_items) {
        let sections = kind.rules().sections.iter();
        let rules = sections.filter_map(|section| section.rule(item.keyword_bytes()));
        rules.for_each(|rule| arguments(rule, &item));
    }
    if kind == Kind::ServerDescriptor {
        let read = ServerDescriptor::read(*document);
        assert!(
            read.router().is_ok() || !problems.is_empty(),
            "{read:?} without a problem"
        );
    }
}

/// What is rebuilt from the values of an item is what they are read from again.
fn arguments(rule: &'static Rule, item: &Item<'_>) {
    let Ok(values) = Values::new(rule, item).named() else {
        return;
    };
    let mut line = Vec::new();
    for (argument, value) in &values {
        line.push(b' ');
        argument.form.write(value, &mut line);
    }
    let mut rebuilt = item.keyword_bytes().to_vec();
    rebuilt.extend(line);
    rebuilt.push(b'\n');
    let document = Document::new(&rebuilt);
    let again = document.items().next().expect("a line with a keyword");
    let again = Values::new(rule, &again).named();
    assert_eq!(again.as_ref(), Ok(&values), "{item:?} is not rebuilt");
}

/// What is no part of the first item.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

fn is_blank(bytes: &[u8]) -> bool {
    bytes.iter().all(|byte| matches!(byte, b'\r' | b'\n'))
}

/// Whether a document has nothing that is encoded otherwise than it came.
fn is_plain(document: &Document<'_>) -> bool {
    let bytes = document.as_bytes();
    let has = |byte| bytes.contains(&byte);
    let lines = || bytes.split_inclusive(|byte| *byte == b'\n');
    let objects_end = || {
        document
            .items()
            .filter_map(|item| item.object())
            .all(|object| object.is_ended)
    };
    !bytes.starts_with(BYTE_ORDER_MARK)
        && !has(b'\r')
        && !has(b'\t')
        && lines().all(|line| line.len() > 1 && line.ends_with(b"\n") && !line.starts_with(b"opt "))
        && objects_end()
}
