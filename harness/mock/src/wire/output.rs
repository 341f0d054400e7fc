//! The queue of one connection.

use std::collections::VecDeque;
use std::time::Duration;

use super::piece::Piece;
use crate::world::Random;

/// What a piece, or an answer that waits, takes beside its bytes.
const OVERHEAD: usize = 128;

/// What holds answers back: each has a number.
pub(crate) type Gate = usize;

/// What is to be sent on a connection, and when.
///
/// Answers that wait stand in a queue of their own: those behind them wait as
/// well, and events pass. What is on the wire stays in its order.
#[derive(Debug)]
pub(crate) struct Output {
    /// What can be sent by now.
    ready: Vec<u8>,
    wire: VecDeque<Piece>,
    /// How much of the bytes in front has been sent.
    sent: usize,
    /// When the wire goes on, where it has to wait.
    resume: Option<Duration>,
    answers: VecDeque<Waiting>,
    /// What the wire and the answers weigh.
    weight: usize,
    muted: bool,
    end: Option<End>,
    random: Random,
}

/// An answer that waits.
#[derive(Debug)]
struct Waiting {
    gate: Option<Gate>,
    not_before: Duration,
    pieces: Vec<Piece>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    Closed,
    Reset,
}

/// What happens on a connection, for the transcript.
#[derive(Debug)]
pub(crate) enum Happening<'p> {
    /// These bytes begin to be sent.
    Sent(&'p [u8]),
    /// Anything else.
    Note(&'static str),
}

impl Output {
    /// An empty queue; `random` is for the size of slices.
    pub(crate) fn new(random: Random) -> Self {
        Self {
            ready: Vec::new(),
            wire: VecDeque::new(),
            sent: 0,
            resume: None,
            answers: VecDeque::new(),
            weight: 0,
            muted: false,
            end: None,
            random,
        }
    }

    /// Puts pieces behind everything on the wire.
    pub(crate) fn send(&mut self, pieces: Vec<Piece>) {
        if self.end.is_none() {
            self.weight = self.weight.saturating_add(weight(&pieces));
            self.wire.extend(pieces);
        }
    }

    /// Puts an answer behind the answers that wait, or on the wire where it
    /// need not wait.
    pub(crate) fn answer(
        &mut self,
        pieces: Vec<Piece>,
        gate: Option<Gate>,
        not_before: Duration,
        now: Duration,
    ) {
        if self.answers.is_empty() && gate.is_none() && not_before <= now {
            return self.send(pieces);
        }
        if self.end.is_none() {
            self.weight = self.weight.saturating_add(weight(&pieces) + OVERHEAD);
            self.answers.push_back(Waiting {
                gate,
                not_before,
                pieces,
            });
        }
    }

    /// Opens a gate for the answers that wait at it: how many those are.
    pub(crate) fn release(&mut self, gate: Gate) -> usize {
        let mut released = 0;
        for answer in &mut self.answers {
            if answer.gate == Some(gate) {
                answer.gate = None;
                released += 1;
            }
        }
        released
    }

    /// Sends what is due, and says what happens.
    pub(crate) fn advance(&mut self, now: Duration, mut happens: impl FnMut(Happening<'_>)) {
        loop {
            while self.answers.front().is_some_and(|first| first.is_due(now))
                && let Some(answer) = self.answers.pop_front()
            {
                self.weight -= OVERHEAD;
                self.wire.extend(answer.pieces);
            }
            if self.resume.is_some_and(|resume| resume > now) {
                return;
            }
            self.resume = None;
            let Some(piece) = self.wire.pop_front() else {
                return;
            };
            match piece {
                Piece::Bytes(bytes, pace) => {
                    if self.sent == 0 && !self.muted {
                        happens(Happening::Sent(&bytes));
                    }
                    let slice = pace.slice(bytes.len() - self.sent, || self.random.number());
                    let end = (self.sent + slice).min(bytes.len());
                    if !self.muted {
                        self.ready.extend_from_slice(&bytes[self.sent..end]);
                    }
                    self.wait(now, pace.pause(end - self.sent, end < bytes.len()));
                    if end < bytes.len() {
                        self.sent = end;
                        self.wire.push_front(Piece::Bytes(bytes, pace));
                        continue;
                    }
                    self.sent = 0;
                    self.weight -= bytes.len() + OVERHEAD;
                    continue;
                }
                Piece::Until(time) => self.resume = Some(time),
                Piece::Pause(time) => self.wait(now, time),
                Piece::Mute => {
                    self.muted = true;
                    happens(Happening::Note("nothing more is sent"));
                }
                Piece::Close => self.finish(End::Closed),
                Piece::Reset => {
                    self.finish(End::Reset);
                    happens(Happening::Note("reset"));
                }
            }
            self.weight = self.weight.saturating_sub(OVERHEAD);
        }
    }

    /// When something is to be sent next, by the time alone.
    pub(crate) fn due(&self) -> Option<Duration> {
        let first = self.answers.front();
        let answer = first.filter(|first| first.gate.is_none());
        let answer = answer.map(|first| first.not_before);
        let due = answer.into_iter().chain(self.resume).min();
        due.filter(|due| *due < Duration::MAX)
    }

    /// Takes what can be sent by now.
    pub(crate) fn take(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.ready)
    }

    /// How many bytes there are, on their way or held.
    pub(crate) fn len(&self) -> usize {
        self.ready.len().saturating_add(self.weight)
    }

    /// Forgets what waits, and closes behind what can be sent by now.
    pub(crate) fn cut(&mut self) {
        self.finish(End::Closed);
    }

    /// Whether nothing more comes than what can be taken.
    pub(crate) fn has_ended(&self) -> bool {
        self.end.is_some()
    }

    /// Whether it ends with a reset.
    pub(crate) fn is_reset(&self) -> bool {
        self.end == Some(End::Reset)
    }

    fn wait(&mut self, now: Duration, time: Duration) {
        self.resume = Some(now.saturating_add(time)).filter(|_| !time.is_zero());
    }

    fn finish(&mut self, end: End) {
        self.end = self.end.or(Some(end));
        self.wire.clear();
        self.answers.clear();
        self.resume = None;
        self.weight = 0;
        self.sent = 0;
    }
}

impl Waiting {
    fn is_due(&self, now: Duration) -> bool {
        self.gate.is_none() && self.not_before <= now
    }
}

fn weight(pieces: &[Piece]) -> usize {
    pieces.iter().map(|piece| piece.len() + OVERHEAD).sum()
}
