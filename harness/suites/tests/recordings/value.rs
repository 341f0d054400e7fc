//! What an argument says, as a person would write it.

use data_encoding::HEXLOWER;
use tor_harness::netdoc::{LinkSpecifier, Value};

/// Text in quotes, all else plain: `"Tor 0.4.9.11"`, `9001`, `[1-5 7]`.
pub(crate) fn value(value: &Value<'_>) -> String {
    match value {
        Value::Text(text) => format!("\"{}\"", text.escape_ascii()),
        Value::Number(number) => number.to_string(),
        Value::Negative(number) => number.to_string(),
        Value::Flag(flag) => flag.to_string(),
        Value::Nickname(nickname) => nickname.to_string(),
        Value::Fingerprint(fingerprint) => fingerprint.to_string(),
        Value::Time(time) => time.to_string(),
        Value::Address(address) => address.to_string(),
        Value::Socket(socket) => socket.to_string(),
        Value::Bytes(bytes) => HEXLOWER.encode(bytes),
        Value::Range(range) => range.to_string(),
        Value::ExitPattern(pattern) => pattern.to_string(),
        Value::Pair(key, of_key) => format!("{}:{}", key.escape_ascii(), self::value(of_key)),
        Value::List(values) => list(values.iter().map(self::value)),
        Value::Typed(kind, values) => {
            let values = list(values.iter().map(self::value));
            format!("{} {values}", kind.escape_ascii())
        }
        Value::LinkSpecifiers(all) => list(all.iter().map(link_specifier)),
        other => format!("{other:?}"),
    }
}

fn link_specifier(one: &LinkSpecifier) -> String {
    match one {
        LinkSpecifier::Socket(socket) => socket.to_string(),
        LinkSpecifier::Fingerprint(fingerprint) => fingerprint.to_string(),
        LinkSpecifier::Ed25519(key) => format!("ed25519 {}", HEXLOWER.encode(key)),
        other => format!("{other:?}"),
    }
}

fn list(values: impl Iterator<Item = String>) -> String {
    let values: Vec<_> = values.collect();
    format!("[{}]", values.join(" "))
}
