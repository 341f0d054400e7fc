//! Bytes as tor shows them in its log: quoted, with C's escapes.

/// The bytes in double quotes, printable ASCII throughout.
pub(crate) fn escaped(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() + 2);
    text.push('"');
    for byte in bytes {
        match byte {
            b'\n' => text.push_str("\\n"),
            b'\r' => text.push_str("\\r"),
            b'\t' => text.push_str("\\t"),
            b'\\' | b'"' | b'\'' => {
                text.push('\\');
                text.push(char::from(*byte));
            }
            b' '..=b'~' => text.push(char::from(*byte)),
            _ => text.push_str(&format!("\\{byte:03o}")),
        }
    }
    text.push('"');
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_tor_does() {
        assert_eq!(escaped(b"a\"\xff\\b\n'"), "\"a\\\"\\377\\\\b\\n\\'\"");
    }
}
