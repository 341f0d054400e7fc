//! Documents whose lines are neither items nor pairs: every change to a line, beside a second reading.
//!
//! No table says what is harmless in them: what the second reading takes is.

use data_encoding::BASE64;
use tor_harness_netdoc::Kind;

/// What letters become.
const LETTERS: &[u8] = b"019acdzAZ,$. =+/-";

/// The changes, by the names that [`Tally`](super::Tally) counts them by.
pub(super) fn changes(text: &[u8]) -> Vec<(&'static str, Vec<u8>)> {
    let lines: Vec<_> = text.split_inclusive(|byte| *byte == b'\n').collect();
    let mut changes = Vec::new();
    for at in 0..lines.len() {
        let (before, behind) = (&lines[..at], &lines[at + 1..]);
        let mut change = |name, line: &[u8]| {
            let changed = [&before.concat(), line, &behind.concat()].concat();
            changes.push((name, changed));
        };
        let line = lines[at];
        change("drop a line", b"");
        change("repeat a line", &line.repeat(2));
        for place in 0..line.trim_ascii_end().len() {
            change("cut off a line", &[&line[..place], b"\n"].concat());
            for letter in LETTERS {
                let mut other = line.to_vec();
                other[place] = *letter;
                change("replace a letter", &other);
            }
        }
    }
    changes.retain(|(_, changed)| changed != text);
    changes
}

/// Whether the part of a document that has no items is as it has to be.
pub(super) fn fits(kind: Kind, text: &[u8]) -> bool {
    match kind {
        Kind::ConsensusDiff => is_script(text),
        Kind::Ed25519Certificate => is_certificate(text),
        other => unreachable!("{other} has items or pairs"),
    }
}

/// Commands of `ed` from the end of a text to its start (dir-spec appendix E).
fn is_script(text: &[u8]) -> bool {
    let text = String::from_utf8_lossy(text);
    let mut lines = text.lines();
    // Behind the first command the last line that the next may be about.
    let mut limit = None;
    while let Some(line) = lines.next() {
        let Some((first, last, action)) = command(line) else {
            return false;
        };
        let is_behind = |limit: u64| last.is_none_or(|last| last > limit);
        if limit.is_some_and(is_behind) {
            return false;
        }
        if action != "d" {
            let before = lines.clone().count();
            let block = lines.by_ref().take_while(|line| *line != ".").count();
            // With the dot one more is gone.
            let has_dot = before - lines.clone().count() > block;
            if block == 0 || !has_dot {
                return false;
            }
        }
        limit = Some(if action == "a" { first } else { first - 1 });
    }
    true
}

/// The first line, the last one unless it is `$`, the action.
fn command(line: &str) -> Option<(u64, Option<u64>, &str)> {
    let number = |digits: &str| {
        let are_digits = digits.bytes().all(|byte| byte.is_ascii_digit());
        digits.parse::<u64>().ok().filter(|_| are_digits)
    };
    let (lines, action) = line.split_at_checked(line.len().checked_sub(1)?)?;
    let (first, last) = match lines.split_once(',') {
        None => (number(lines)?, Some(number(lines)?)),
        Some((first, "$")) if action == "d" => (number(first)?, None),
        Some((first, last)) if action != "a" && number(first)? < number(last)? => {
            (number(first)?, Some(number(last)?))
        }
        Some(_) => return None,
    };
    let is_line = first > 0 || action == "a";
    (is_line && ["a", "c", "d"].contains(&action)).then_some((first, last, action))
}

/// One certificate of version 1 in its armor (cert-spec section 2.1), perhaps with blank lines behind it.
fn is_certificate(text: &[u8]) -> bool {
    let text = String::from_utf8_lossy(text);
    let text = text.trim_ascii_end();
    let body = text
        .strip_prefix("-----BEGIN ED25519 CERT-----\n")
        .and_then(|text| text.strip_suffix("\n-----END ED25519 CERT-----"));
    let digits = body.map(|body| body.replace('\n', ""));
    // Nothing follows padding.
    let digits = digits.filter(|digits| !digits.trim_end_matches('=').contains('='));
    let bytes = digits.and_then(|digits| BASE64.decode(digits.as_bytes()).ok());
    let bytes = bytes.unwrap_or_default();
    let Some((head, mut rest)) = bytes.split_first_chunk::<40>() else {
        return false;
    };
    let hours = u32::from_be_bytes([head[2], head[3], head[4], head[5]]);
    // 9999-12-31 23:00.
    let is_head = head[0] == 1
        && (4..=12).contains(&head[1])
        && head[1] != 7
        && hours <= 70_389_527
        && (1..=3).contains(&head[6]);
    for _ in 0..head[39] {
        let Some((&[high, low, kind, flags], behind)) = rest.split_first_chunk() else {
            return false;
        };
        let length = usize::from(high) * 256 + usize::from(low);
        if behind.len() < length || (kind == 4 && length != 32) || (kind != 4 && flags & 1 == 1) {
            return false;
        }
        rest = &behind[length..];
    }
    is_head && rest.len() == 64
}
