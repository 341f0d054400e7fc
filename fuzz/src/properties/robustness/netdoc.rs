//! Bytes of network documents.

use proptest::prelude::*;
use proptest::sample::select;
use tor_harness_netdoc::Kind;

use crate::mutation::mutated;
use crate::netdoc;
use crate::targets;
use crate::text::bytes;

/// A file in which much is right, from where one byte leads astray.
const FILE: &[u8] = include_bytes!("../../../corpus/netdoc/descriptors");

proptest! {
    #[test]
    fn random_bytes(
        bytes in prop::collection::vec(any::<u8>(), 0..200),
        kind in select(Kind::all().collect::<Vec<_>>()),
    ) {
        targets::netdoc(&bytes);
        targets::netdoc_of(kind, &bytes);
    }

    /// Random bytes would hardly ever be a keyword line, or one that is known.
    #[test]
    fn random_arguments(
        (kind, keyword) in select(keywords()),
        text in prop::collection::vec(any::<u8>(), 0..100),
    ) {
        targets::netdoc_of(kind, &[keyword.as_bytes(), b" ", &text].concat());
    }

    /// Lines as documents have them, in any order.
    #[test]
    fn lines_in_any_order(lines in prop::collection::vec(line(), 0..20)) {
        targets::netdoc(&lines.concat());
    }

    /// What is almost a descriptor.
    #[test]
    fn almost_descriptors(at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let mut bytes = FILE.to_vec();
        bytes[at.index(FILE.len())] = byte;
        targets::netdoc(&bytes);
    }

    /// What is almost a document of a real tor, or one by the specification.
    #[test]
    fn mutated_fixtures(bytes in mutated(fixtures())) {
        targets::netdoc(&bytes);
    }

    /// What is almost a document of each kind.
    #[test]
    fn mutated_documents((kind, bytes) in netdoc::mutated()) {
        targets::netdoc(&bytes);
        targets::netdoc_of(kind, &bytes);
    }
}

/// All keywords of all kinds.
fn keywords() -> Vec<(Kind, &'static str)> {
    let rules = |kind: Kind| {
        kind.rules()
            .sections
            .iter()
            .flat_map(|section| section.rules)
    };
    let of = |kind| rules(kind).map(move |rule| (kind, rule.keyword));
    Kind::all()
        .filter(|kind| kind.has_items())
        .flat_map(of)
        .collect()
}

/// What a real tor said, and what none of today says. The few long recordings would take most of the time.
fn fixtures() -> Vec<&'static [u8]> {
    let recorded = tor_fixtures::all()
        .iter()
        .filter(|fixture| fixture.path.starts_with("netdoc/"))
        .map(|fixture| fixture.bytes);
    let written = tor_fixtures::written().iter();
    recorded
        .chain(written.map(|document| document.bytes))
        .filter(|bytes| bytes.len() < 8192)
        .collect()
}

fn line() -> impl Strategy<Value = Vec<u8>> {
    let shapes = [
        r"(opt )?(router|bandwidth|published|uptime|or-address|contact|k)( [ -~]{0,9}){0,5}\r?\n",
        r"@type [a-z]{1,5}\n",
        r"-----(BEGIN|END) (A|RSA PUBLIC KEY)-----\n",
        r"[A-Za-z0-9+/=]{0,9}\n",
        r"(?-u)[^\n]{0,9}\n?",
    ];
    proptest::strategy::Union::new(shapes.map(|shape| bytes(shape).boxed()))
}
