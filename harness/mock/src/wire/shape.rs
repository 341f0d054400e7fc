//! Faults: what becomes of a message on its way.

use std::time::Duration;

use super::piece::{Pace, Piece};
use crate::script::Fault;
use crate::world::Random;

/// What goes wrong with everything on a connection.
#[derive(Debug)]
pub(crate) struct Shaper {
    faults: Vec<Fault>,
    random: Random,
}

impl Shaper {
    /// These faults, for every message.
    pub(crate) fn new(faults: Vec<Fault>, random: Random) -> Self {
        Self { faults, random }
    }

    /// More of them.
    pub(crate) fn add(&mut self, faults: impl IntoIterator<Item = Fault>) {
        self.faults.extend(faults);
    }

    /// Makes pieces of a message, which may have faults of its own, and of the
    /// connection's end where that follows.
    pub(crate) fn shape(
        &mut self,
        bytes: Vec<u8>,
        own: &[Fault],
        close: bool,
        now: Duration,
    ) -> Vec<Piece> {
        let mut pieces = Vec::new();
        if !bytes.is_empty() {
            pieces.push(Piece::Bytes(bytes, Pace::default()));
        }
        if close {
            pieces.push(Piece::Close);
        }
        for fault in own {
            apply(&mut fault.clone(), &mut pieces, now, &mut self.random);
        }
        for fault in &mut self.faults {
            apply(fault, &mut pieces, now, &mut self.random);
        }
        pieces
    }
}

/// Lets a fault happen. One that counts has counted then.
fn apply(fault: &mut Fault, pieces: &mut Vec<Piece>, now: Duration, random: &mut Random) {
    match fault {
        Fault::Latency { latency, jitter } => {
            let spread = u64::try_from(jitter.as_micros()).unwrap_or(u64::MAX);
            let spread = spread.saturating_mul(2).saturating_add(1);
            let more = match spread {
                1 => 0,
                _ => random.number() % spread,
            };
            let latency = latency.saturating_add(Duration::from_micros(more));
            let until = now.saturating_add(latency.saturating_sub(*jitter));
            pieces.insert(0, Piece::Until(until));
        }
        Fault::Slicer {
            average_size,
            size_variation,
            delay,
        } => each_pace(pieces, |pace| {
            pace.slice = Some((*average_size, *size_variation));
            pace.delay = *delay;
        }),
        Fault::Bandwidth { rate } => each_pace(pieces, |pace| pace.rate = Some(*rate)),
        Fault::LimitData { bytes } => limit(pieces, bytes),
        Fault::Timeout { timeout } if timeout.is_zero() => *pieces = vec![Piece::Mute],
        Fault::Timeout { timeout } => {
            *pieces = vec![Piece::Mute, Piece::Pause(*timeout), Piece::Close];
        }
        Fault::ResetPeer { timeout } => *pieces = vec![Piece::Pause(*timeout), Piece::Reset],
        Fault::SlowClose { delay } => {
            if let Some(at) = pieces.iter().position(|piece| *piece == Piece::Close) {
                pieces.insert(at, Piece::Pause(*delay));
            }
        }
        Fault::HalfLine => cut(pieces, half_line, Piece::Mute),
        Fault::CloseInData => cut(pieces, half_data, Piece::Close),
        Fault::LongLine { bytes } => each_text(pieces, |text| {
            let at = text.trim_ascii_end().len();
            let more = bytes.saturating_sub(at - last_line(text));
            text.splice(at..at, std::iter::repeat_n(b'x', more));
        }),
        Fault::Garbage { bytes } => each_text(pieces, |text| {
            *text = (0..*bytes)
                .map(|_| random.number().to_le_bytes()[0])
                .collect();
        }),
        Fault::EventInside { event } => each_text(pieces, |text| {
            let at = last_line(text);
            if at > 0 {
                text.splice(at..at, format!("650 {event}\r\n").into_bytes());
            }
        }),
    }
}

fn each_pace(pieces: &mut [Piece], mut change: impl FnMut(&mut Pace)) {
    for piece in pieces {
        if let Piece::Bytes(_, pace) = piece {
            change(pace);
        }
    }
}

fn each_text(pieces: &mut [Piece], mut change: impl FnMut(&mut Vec<u8>)) {
    for piece in pieces {
        if let Piece::Bytes(text, _) = piece {
            change(text);
        }
    }
}

/// Cuts the bytes somewhere, and lets something else follow.
fn cut(pieces: &mut Vec<Piece>, at: impl Fn(&[u8]) -> usize, then: Piece) {
    let text = pieces
        .iter()
        .position(|piece| matches!(piece, Piece::Bytes(..)));
    if let Some(index) = text
        && let Piece::Bytes(text, _) = &mut pieces[index]
    {
        text.truncate(at(text));
        pieces.insert(index + 1, then);
    }
}

/// Lets no more than so many bytes through.
fn limit(pieces: &mut Vec<Piece>, left: &mut u64) {
    let mut kept = Vec::new();
    for mut piece in pieces.drain(..) {
        if let Piece::Bytes(text, _) = &mut piece {
            text.truncate(usize::try_from(*left).unwrap_or(usize::MAX));
            *left -= u64::try_from(text.len()).unwrap_or(*left);
        }
        kept.push(piece);
        if *left == 0 {
            kept.push(Piece::Close);
            break;
        }
    }
    *pieces = kept;
}

/// Where the last line starts.
fn last_line(text: &[u8]) -> usize {
    let lines = text.strip_suffix(b"\n").unwrap_or(text);
    let before = lines.iter().rposition(|byte| *byte == b'\n');
    before.map_or(0, |at| at + 1)
}

/// The middle of the last line.
fn half_line(text: &[u8]) -> usize {
    usize::midpoint(last_line(text), text.trim_ascii_end().len())
}

/// The middle of the first data block; of everything, where there is none.
fn half_data(text: &[u8]) -> usize {
    let mut start = 0;
    for line in text.split_inclusive(|byte| *byte == b'\n') {
        start += line.len();
        if line.get(3) == Some(&b'+') {
            let mut end = start;
            for line in text[start..].split_inclusive(|byte| *byte == b'\n') {
                if line.trim_ascii_end() == b"." {
                    break;
                }
                end += line.len();
            }
            return usize::midpoint(start, end);
        }
    }
    text.len() / 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_where_it_says() {
        for (text, line, data) in [
            ("250 OK\r\n", "250", "250 "),
            ("250-a=b\r\n250 OK\r\n", "250-a=b\r\n250", "250-a=b\r"),
            (
                "250+a=\r\nbcd\r\n.\r\n250 OK\r\n",
                "250+a=\r\nbcd\r\n.\r\n250",
                "250+a=\r\nbc",
            ),
            (
                "250+a=\r\n.\r\n250 OK\r\n",
                "250+a=\r\n.\r\n250",
                "250+a=\r\n",
            ),
            ("", "", ""),
        ] {
            assert_eq!(text.get(..half_line(text.as_bytes())), Some(line));
            assert_eq!(text.get(..half_data(text.as_bytes())), Some(data));
        }
    }
}
