//! Bytes of a shape.

use proptest::string::{RegexGeneratorStrategy, bytes_regex};

/// Bytes of this shape, a regular expression.
pub(crate) fn bytes(shape: &str) -> RegexGeneratorStrategy<Vec<u8>> {
    bytes_regex(shape).expect("a regular expression that proptest can generate")
}
