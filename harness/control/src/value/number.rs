//! Numbers in hexadecimal.

/// A number behind `0x`: `0xBEEF`.
///
/// Returns `None` where the text is none, or above 64 bits.
#[must_use]
pub fn hex_number(text: &str) -> Option<u64> {
    let digits = text.strip_prefix("0x")?;
    let all_digits = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    // Reading alone would take a sign.
    u64::from_str_radix(digits, 16).ok().filter(|_| all_digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads() {
        for (text, number) in [
            ("0xBEEF", Some(0xbeef)),
            ("0x0", Some(0)),
            ("0xffffffffffffffff", Some(u64::MAX)),
            ("0x10000000000000000", None),
            ("0x", None),
            ("0x+1", None),
            ("BEEF", None),
        ] {
            assert_eq!(hex_number(text), number, "{text}");
        }
    }
}
