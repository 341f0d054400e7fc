//! The laws of network documents.

use proptest::prelude::*;
use proptest::string::bytes_regex;

use crate::mutation::mutated;
use crate::targets;

/// A file in which much is right, from where one byte leads astray.
const FILE: &[u8] = include_bytes!("../../corpus/netdoc/descriptors");

proptest! {
    /// Whatever is in a file: the promises that the fuzz target checks.
    #[test]
    fn anything_goes(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        targets::netdoc(&bytes);
    }

    /// The same for lines as documents have them, in any order.
    #[test]
    fn lines_in_any_order(lines in prop::collection::vec(line(), 0..20)) {
        targets::netdoc(&lines.concat());
    }

    /// The same for what is almost a descriptor.
    #[test]
    fn almost_descriptors(at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let mut bytes = FILE.to_vec();
        bytes[at.index(FILE.len())] = byte;
        targets::netdoc(&bytes);
    }

    /// The same for what is almost a document of a real tor.
    #[test]
    fn almost_recordings(bytes in mutated(recordings())) {
        targets::netdoc(&bytes);
    }
}

fn recordings() -> Vec<&'static [u8]> {
    let documents = tor_fixtures::all().iter();
    let documents = documents.filter(|fixture| fixture.path.starts_with("netdoc/"));
    documents.map(|fixture| fixture.bytes).collect()
}

fn line() -> impl Strategy<Value = Vec<u8>> {
    let shapes = [
        r"(opt )?(router|bandwidth|published|uptime|or-address|contact|k)( [ -~]{0,9}){0,5}\r?\n",
        r"@type [a-z]{1,5}\n",
        r"-----(BEGIN|END) (A|RSA PUBLIC KEY)-----\n",
        r"[A-Za-z0-9+/=]{0,9}\n",
        r"(?-u)[^\n]{0,9}\n?",
    ];
    let shapes = shapes.map(|shape| {
        bytes_regex(shape)
            .expect("a regular expression that proptest can generate")
            .boxed()
    });
    proptest::strategy::Union::new(shapes)
}
