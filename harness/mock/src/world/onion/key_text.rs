//! Keys as text, read as leniently as tor reads them.

use std::sync::LazyLock;

use data_encoding::{BASE32_NOPAD, BASE64_NOPAD, Encoding, Specification};

/// The same, but the bits that are left over may be any.
fn lenient(encoding: &Encoding) -> Specification {
    Specification {
        check_trailing_bits: false,
        ..encoding.specification()
    }
}

/// base64 without its padding.
static BASE64: LazyLock<Option<Encoding>> =
    LazyLock::new(|| lenient(&BASE64_NOPAD).encoding().ok());

/// base32 in upper case without its padding.
static BASE32: LazyLock<Option<Encoding>> =
    LazyLock::new(|| lenient(&BASE32_NOPAD).encoding().ok());

/// Reads so many bytes; what follows the first `=` does not count.
pub(super) fn from_base64<const N: usize>(text: &str) -> Option<[u8; N]> {
    let digits = text.split('=').next().unwrap_or_default();
    let bytes = BASE64.as_ref()?.decode(digits.as_bytes()).ok()?;
    bytes.try_into().ok()
}

/// Whether a text in any case, without padding, is base32 of 32 bytes.
pub(super) fn is_base32_key(text: &str) -> bool {
    let upper = text.to_ascii_uppercase();
    let decoded = BASE32.as_ref().map(|base| base.decode(upper.as_bytes()));
    text.len() == 52 && matches!(decoded, Some(Ok(bytes)) if bytes.len() == 32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_tor_reads() {
        for (text, bytes) in [
            ("AAEC", Some([0, 1, 2])),
            ("AAEC=junk", Some([0, 1, 2])),
            ("AAECAw", None),
            ("AAE", None),
            ("A EC", None),
        ] {
            assert_eq!(from_base64(text), bytes, "{text}");
        }
        assert_eq!(from_base64("AX=="), Some([1]));
        for (text, is_key) in [
            ("A".repeat(52), true),
            ("a7".repeat(26), true),
            ("A".repeat(51), false),
            ("1".repeat(52), false),
        ] {
            assert_eq!(is_base32_key(&text), is_key, "{text}");
        }
    }
}
