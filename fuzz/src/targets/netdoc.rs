//! Network documents.

use tor_harness_netdoc::{Document, OwnedItem, ServerDescriptor, documents, encode};

/// A file of network documents: no reader panics; the documents give back the
/// file, and the items their document; what is rebuilt from its fields is what
/// it was, except for what the table of [`OwnedItem`] lists; a server
/// descriptor without problems can be read.
pub fn netdoc(bytes: &[u8]) {
    let cut: Vec<_> = documents(bytes, "router").collect();
    let pieces: Vec<_> = cut.iter().map(Document::as_bytes).collect();
    assert_eq!(pieces.concat(), bytes, "the documents are not the file");
    cut.iter().for_each(read);
}

fn read(document: &Document<'_>) {
    let bytes = document.as_bytes();
    let mut end = 0;
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
    let problems = document.check(&ServerDescriptor::RULES);
    for problem in &problems {
        let _ = problem.render(bytes);
    }
    let read = ServerDescriptor::parse(*document);
    assert!(
        read.is_ok() || !problems.is_empty(),
        "{read:?} without a problem"
    );
}

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
    !has(b'\r')
        && !has(b'\t')
        && lines().all(|line| line.len() > 1 && line.ends_with(b"\n") && !line.starts_with(b"opt "))
        && objects_end()
}
