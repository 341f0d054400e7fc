//! Every field of a typed kind.

use std::hint::black_box;

use tor_harness_netdoc::{Document, ServerDescriptor};

/// What decodes every field of documents of a kind; `None` where nothing does.
pub(super) fn of(kind: &str) -> Option<fn(Document<'_>)> {
    Some(match kind {
        "server-descriptor" => server_descriptor,
        _ => return None,
    })
}

/// Takes fields, each of which can be read.
macro_rules! take {
    ($($field:expr),* $(,)?) => {
        $(black_box($field.expect("a field can be read"));)*
    };
}

fn server_descriptor(document: Document<'_>) {
    let read = ServerDescriptor::read(document);
    take!(
        read.router(),
        read.bandwidth(),
        read.published(),
        read.fingerprint(),
        read.uptime(),
        read.hibernating(),
    );
    black_box((read.platform(), read.contact(), read.proto()));
    for address in read.or_addresses() {
        take!(address);
    }
    read.exit_policy().for_each(|line| {
        black_box(line);
    });
}
