//! What a reply says, whatever its form.

use tor_harness_control::{Escapes, Reply, unquote};

/// What a good reply to the command of a keyword says.
///
/// It is the same for a reply and for what its type makes of it, if they differ in nothing but
/// what the docs of `tor_harness_control::reply` list.
pub(super) fn said(keyword: &str, reply: &Reply) -> Vec<u8> {
    let first = reply.lines.first().map_or(&reply.text, |line| &line.text);
    match keyword {
        "AUTHCHALLENGE" => {
            let words: Vec<_> = first.split(|byte| *byte == b' ').take(3).collect();
            words.join(&b' ').to_ascii_uppercase()
        }
        "EXTENDCIRCUIT" => first.strip_suffix(b" ").unwrap_or(first).to_vec(),
        "ONION_CLIENT_AUTH_ADD" => Reply::new(reply.status, &*reply.text).encode(),
        "GETCONF" => with_each_text(reply, without_quotes).encode(),
        "GETINFO" => get_info(reply).encode(),
        "ADD_ONION" => bytes_in_order(&with_ok(reply), b":"),
        "ONION_CLIENT_AUTH_VIEW" => bytes_in_order(&with_ok(reply), b": "),
        "PROTOCOLINFO" => protocol_info(reply),
        _ => reply.encode(),
    }
}

/// A reply with `OK` at the end.
fn with_ok(reply: &Reply) -> Reply {
    let mut reply = reply.clone();
    if reply.text != b"OK" {
        let (status, last) = (reply.status, std::mem::take(&mut reply.text));
        reply = reply.before(status, last);
        reply.text = b"OK".to_vec();
    }
    reply
}

/// A reply with another text on each line.
fn with_each_text(reply: &Reply, text: impl Fn(&[u8]) -> Vec<u8>) -> Reply {
    let mut reply = reply.clone();
    reply.text = text(&reply.text);
    for line in &mut reply.lines {
        line.text = text(&line.text);
    }
    reply
}

/// A setting with what its quotes mean, which may be more than a line.
fn without_quotes(text: &[u8]) -> Vec<u8> {
    let (key, value) = after_equals(text);
    match unquote(value, Escapes::C) {
        Ok((value, _)) => [key, &value].concat(),
        Err(_) => text.to_vec(),
    }
}

/// Without data blocks that are empty, and with those of which tor makes no line.
fn get_info(reply: &Reply) -> Reply {
    let mut reply = with_ok(reply);
    for line in &mut reply.lines {
        let (key, value) = after_equals(&line.text);
        match &line.data {
            None if value.contains(&b'\r') => {
                line.data = Some([value, b"\n"].concat());
                line.text = key.to_vec();
            }
            Some(data) if data.is_empty() => line.data = None,
            _ => {}
        }
    }
    reply
}

/// All that is in the lines; nothing where quotes may hold what tor escapes.
fn protocol_info(reply: &Reply) -> Vec<u8> {
    let mut reply = with_ok(reply);
    let has_escapes = |text: &[u8]| {
        text.iter()
            .any(|byte| !matches!(byte, b' '..=b'~') || matches!(byte, b'\'' | b'\\'))
    };
    if reply.lines.iter().any(|line| has_escapes(&line.text)) {
        return Vec::new();
    }
    // A reply without it gets one that is empty.
    let auth = b"AUTH METHODS=";
    if let Some(line) = reply
        .lines
        .iter_mut()
        .find(|line| line.text.starts_with(auth))
    {
        line.text.drain(..auth.len());
    }
    bytes_in_order(&reply, b" ")
}

/// The bytes of all texts in the order of their values, but for these.
fn bytes_in_order(reply: &Reply, but: &[u8]) -> Vec<u8> {
    let texts = reply.lines.iter().flat_map(|line| &line.text);
    let mut bytes: Vec<u8> = texts.copied().collect();
    bytes.retain(|byte| !but.contains(byte));
    bytes.sort_unstable();
    bytes
}

/// A text cut behind its first `=`.
fn after_equals(text: &[u8]) -> (&[u8], &[u8]) {
    let at = text.iter().position(|byte| *byte == b'=');
    text.split_at(at.map_or(text.len(), |at| at + 1))
}
