//! What a reader of data says is wrong, in words of the data.

/// The message of a reader without the names that Rust has for numbers.
pub(crate) fn in_plain_words(message: &str) -> String {
    let Some((came, expected)) = message.rsplit_once(", expected ") else {
        return message.to_owned();
    };
    let came = came.strip_suffix(" as i128").unwrap_or(came);
    let expected = match expected {
        "u64" | "usize" => "a whole number from 0 on",
        "u32" => "a whole number from 0 to 4294967295",
        "a nonzero u64" => "a whole number from 1 on",
        other => other,
    };
    format!("{came}, expected {expected}")
}
