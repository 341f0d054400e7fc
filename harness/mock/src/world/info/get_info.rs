//! What GETINFO answers.

use tor_harness_control::{Reply, StatusCode};

use super::{live, prefix};
use crate::connection::ConnectionId;
use crate::knowledge::KNOWLEDGE;
use crate::world::World;

/// The answer to one key of GETINFO.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    /// A value: one line without its end, or lines that each end in LF.
    Value(Vec<u8>),
    /// There is no such key: tor's usual words for it.
    Unrecognized,
    /// There is no such key: words of its own.
    Unknown(Box<str>),
    /// The key has no value now; no other key is answered either.
    Failed(Box<str>),
}

impl Answer {
    pub(crate) fn value(text: impl ToString) -> Self {
        Self::Value(text.to_string().into_bytes())
    }

    pub(crate) fn failed(text: &str) -> Self {
        Self::Failed(text.into())
    }
}

/// The answer to GETINFO: all values, or all keys that there are not, or the
/// first that failed; nothing where the values have more bytes than `most`.
pub(crate) fn get_info<'k>(
    world: &World,
    who: ConnectionId,
    keys: impl Iterator<Item = &'k [u8]>,
    most: usize,
) -> Option<Reply> {
    let mut good = Reply::ok();
    let mut unknown = Vec::new();
    let mut left = most;
    for key in keys {
        match answer(world, who, key) {
            Answer::Value(value) => {
                left = left.checked_sub(value.len())?;
                good = with_value(good, key, value);
            }
            Answer::Failed(text) => {
                let text = text.into_string();
                return Some(Reply::new(StatusCode::INTERNAL_ERROR, text));
            }
            Answer::Unrecognized => unknown.push([b"Unrecognized key \"", key, b"\""].concat()),
            Answer::Unknown(text) => unknown.push(text.into_string().into_bytes()),
        }
    }
    let unknown = unknown
        .into_iter()
        .map(|text| (StatusCode::UNRECOGNIZED_ENTITY, text));
    Reply::from_lines(unknown).or(Some(good))
}

fn with_value(reply: Reply, key: &[u8], value: Vec<u8>) -> Reply {
    let is_plain = |byte: &u8| byte.is_ascii_graphic() && !b"=\"'".contains(byte);
    if !key.iter().all(is_plain) {
        // tor cannot write such a key, and does not notice.
        return reply.before(StatusCode::OK, "(null)");
    }
    let mut text = key.to_vec();
    text.push(b'=');
    if value.contains(&b'\n') {
        return reply.before_data(StatusCode::OK, text, value);
    }
    text.extend_from_slice(&value);
    reply.before(StatusCode::OK, text)
}

/// What this world knows best, what was recorded, what all keys of a kind have.
fn answer(world: &World, who: ConnectionId, key: &[u8]) -> Answer {
    // What is no text is in no key, but may stand behind one.
    let key = String::from_utf8_lossy(key);
    let key = key.as_ref();
    live::answer(world, who, key)
        .or_else(|| KNOWLEDGE.info.get(key).cloned())
        .or_else(|| prefix::answer(key))
        .unwrap_or(Answer::Unrecognized)
}
