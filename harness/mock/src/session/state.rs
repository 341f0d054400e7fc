//! The state of one connection.

use std::time::Duration;

use tor_harness_control::auth::ServerHandshake;
use tor_harness_control::command::RawCommand;
use tor_harness_control::{CommandDecoder, Reply, StatusCode};

use super::opening::{Opening, PAGE, V0_ERROR, opening};
use super::quirks::change_event;
use super::respond::{Response, respond};
use crate::client::{ClientCheck, ClientRule};
use crate::connection::ConnectionId;
use crate::script::{Came, Fault};
use crate::transcript::Transcript;
use crate::wire::{Delivery, Gate, Happening, Output, Piece, Shaper};
use crate::world::World;

/// One connection of a port.
#[derive(Debug)]
pub(crate) struct Session {
    id: ConnectionId,
    decoder: CommandDecoder,
    handshake: ServerHandshake,
    check: ClientCheck,
    shaper: Shaper,
    output: Output,
    max_output: usize,
    state: State,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Open,
    /// Nothing is read any more; what is to be sent is still sent.
    Closing,
    /// Too much waited to be sent: nothing is.
    Dropped,
}

impl Session {
    /// A new connection, for which only so many bytes may wait.
    pub(crate) fn new(id: ConnectionId, world: &World, max_output: usize) -> Self {
        let playbook = &world.playbook;
        let random = playbook.random.fork(id.0);
        Self {
            id,
            decoder: CommandDecoder::new(),
            handshake: ServerHandshake::new(),
            check: ClientCheck::new(id),
            shaper: Shaper::new(playbook.faults_of(id), random),
            output: Output::new(random),
            max_output,
            state: State::Open,
        }
    }

    /// Takes bytes, and answers every command that is whole by now.
    pub(crate) fn receive(&mut self, world: &mut World, transcript: &mut Transcript, bytes: &[u8]) {
        if self.is_closing() {
            return;
        }
        self.decoder.push(bytes);
        // As tor does, each time that something comes.
        let spoken = match self.handshake.is_authenticated() {
            true => Opening::Control,
            false => opening(self.decoder.unread()),
        };
        let said: &[u8] = match spoken {
            Opening::Control => return self.answer_all(world, transcript),
            Opening::Http => PAGE,
            Opening::V0 => V0_ERROR,
        };
        let unread = self.decoder.unread();
        transcript.received(self.id, world.now, unread);
        if spoken == Opening::Http {
            self.check
                .note(ClientRule::Http, unread, &mut world.client_faults);
        }
        self.say_last(world, transcript, said.to_vec());
    }

    /// Sends an event.
    pub(crate) fn deliver(&mut self, world: &World, transcript: &mut Transcript, event: &Delivery) {
        if self.is_closing() {
            return;
        }
        let mut bytes = event.bytes.clone();
        change_event(world.playbook.quirks(), &mut bytes);
        let pieces = self.shaper.shape(bytes, &event.faults, false, world.now);
        if !self.has_room(&pieces) {
            return self.drop_output(world, transcript);
        }
        self.output.send(pieces);
        self.advance(world, transcript);
    }

    /// More goes wrong from now on.
    pub(crate) fn add_faults(&mut self, faults: impl IntoIterator<Item = Fault>) {
        self.shaper.add(faults);
    }

    /// Opens a gate: how many answers have waited at it.
    pub(crate) fn release(
        &mut self,
        world: &World,
        transcript: &mut Transcript,
        gate: Gate,
    ) -> usize {
        let released = self.output.release(gate);
        self.advance(world, transcript);
        released
    }

    /// Sends what is due.
    pub(crate) fn advance(&mut self, world: &World, transcript: &mut Transcript) {
        let (id, now) = (self.id, world.now);
        self.output.advance(now, |happening| match happening {
            Happening::Sent(bytes) => transcript.sent(id, now, bytes),
            Happening::Note(what) => transcript.note(id, now, what),
        });
        if self.output.has_ended() {
            self.close();
        }
    }

    /// When something is to be sent by the time alone.
    pub(crate) fn due(&self) -> Option<Duration> {
        self.output.due()
    }

    /// How much is to be sent.
    pub(crate) fn output_len(&self) -> usize {
        self.output.len()
    }

    /// Takes what can be sent by now.
    pub(crate) fn take_output(&mut self) -> Vec<u8> {
        self.output.take()
    }

    /// Reads nothing any more, and forgets what waits to be sent.
    pub(crate) fn cut(&mut self) {
        self.output.cut();
        self.close();
    }

    /// Whether nothing more comes than what can be taken.
    pub(crate) fn is_closed(&self) -> bool {
        self.output.has_ended()
    }

    /// Whether it ends with a reset.
    pub(crate) fn is_reset(&self) -> bool {
        self.output.is_reset()
    }

    /// Whether nothing is sent any more either.
    pub(crate) fn is_dropped(&self) -> bool {
        self.state == State::Dropped
    }

    /// Whether nothing is read any more.
    fn is_closing(&self) -> bool {
        self.state != State::Open
    }

    /// Reads nothing any more.
    fn close(&mut self) {
        if self.state == State::Open {
            self.state = State::Closing;
        }
    }

    /// Says something that is no answer to a command, and nothing more.
    fn say_last(&mut self, world: &World, transcript: &mut Transcript, bytes: Vec<u8>) {
        let response = Response {
            bytes,
            close: true,
            ..Response::default()
        };
        self.give(world, transcript, response);
    }

    /// Sends an answer, at once or when its time has come.
    fn give(&mut self, world: &World, transcript: &mut Transcript, response: Response) {
        let Response {
            bytes,
            close,
            faults,
            gate,
            delay,
            ..
        } = response;
        let pieces = self.shaper.shape(bytes, &faults, close, world.now);
        if !self.has_room(&pieces) {
            return self.drop_output(world, transcript);
        }
        let not_before = world.now.saturating_add(delay);
        self.output.answer(pieces, gate, not_before, world.now);
        self.advance(world, transcript);
        if close {
            self.close();
        }
    }

    /// Whether these bytes may wait as well.
    fn has_room(&self, pieces: &[Piece]) -> bool {
        let bytes = pieces.iter().map(Piece::len).sum();
        self.output.len().saturating_add(bytes) <= self.max_output
    }

    /// More than may wait is to be sent.
    fn drop_output(&mut self, world: &World, transcript: &mut Transcript) {
        transcript.note(self.id, world.now, "dropped: it does not read");
        self.output.cut();
        self.output.take();
        self.state = State::Dropped;
    }

    fn answer_all(&mut self, world: &mut World, transcript: &mut Transcript) {
        while !self.is_closing() {
            let bytes = match self.decoder.next_bytes() {
                Ok(Some(bytes)) => bytes,
                Ok(None) => return,
                Err(_) => {
                    self.check
                        .note(ClientRule::LineLength, b"", &mut world.client_faults);
                    let reply = Reply::new(StatusCode::SYNTAX_ERROR, "Line too long.");
                    return self.say_last(world, transcript, reply.encode());
                }
            };
            let mark = transcript.mark();
            transcript.received(self.id, world.now, bytes);
            self.check
                .command(bytes, &world.offer, &mut world.client_faults);
            let line = bytes.split(|byte| *byte == b'\n').next().unwrap_or(bytes);
            let came = Came {
                command: RawCommand::new(bytes),
                line: line.strip_suffix(b"\r").unwrap_or(line),
                connection: self.id,
            };
            let most = self.max_output.saturating_sub(self.output.len());
            let response = respond(&mut self.handshake, &came, world, mark, most);
            let Some(response) = response else {
                return self.drop_output(world, transcript);
            };
            if let Some(rule) = response.broken {
                self.check.note(rule, line, &mut world.client_faults);
            }
            self.give(world, transcript, response);
        }
    }
}
