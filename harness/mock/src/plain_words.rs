//! What a reader of data says is wrong, in words of the data.

/// The message of a reader without the words that Rust has for them.
pub(crate) fn in_plain_words(message: &str) -> String {
    let Some((came, expected)) = message.rsplit_once(", expected ") else {
        return message.to_owned();
    };
    let came = came
        .strip_suffix(" as i128")
        .unwrap_or(came)
        .replace("type: sequence", "type: array")
        .replace("type: unit variant", "type: a name alone");
    let expected = match expected {
        "a sequence" => "an array",
        table if table.starts_with("struct variant") => "a table of what belongs to it",
        "u64" | "usize" => "a whole number from 0 on",
        "u32" => "a whole number from 0 to 4294967295",
        "a nonzero u64" => "a whole number from 1 on",
        other => other,
    };
    format!("{came}, expected {expected}")
}
