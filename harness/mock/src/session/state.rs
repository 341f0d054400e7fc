//! The state of one connection.

use tor_harness_control::auth::ServerHandshake;
use tor_harness_control::command::RawCommand;
use tor_harness_control::{CommandDecoder, Reply, StatusCode};

use super::answer::answer;
use super::http::{Opening, PAGE, opening};
use crate::connection::ConnectionId;
use crate::transcript::Transcript;
use crate::world::World;

/// One connection of a port.
#[derive(Debug)]
pub(crate) struct Session {
    id: ConnectionId,
    /// The first bytes, until they say what the other side speaks.
    opening: Option<Vec<u8>>,
    decoder: CommandDecoder,
    handshake: ServerHandshake,
    output: Vec<u8>,
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
    pub(crate) fn new(id: ConnectionId, max_output: usize) -> Self {
        Self {
            id,
            opening: Some(Vec::new()),
            decoder: CommandDecoder::new(),
            handshake: ServerHandshake::new(),
            output: Vec::new(),
            max_output,
            state: State::Open,
        }
    }

    /// Takes bytes, and answers every command that is whole by now.
    pub(crate) fn receive(&mut self, world: &mut World, transcript: &mut Transcript, bytes: &[u8]) {
        if self.is_closing() {
            return;
        }
        let Some(mut first) = self.opening.take() else {
            self.decoder.push(bytes);
            return self.answer_all(world, transcript);
        };
        first.extend_from_slice(bytes);
        match opening(&first) {
            Opening::Open => self.opening = Some(first),
            Opening::Http => {
                transcript.received(self.id, world.now, &first);
                self.send(world, transcript, PAGE);
                self.close();
            }
            Opening::Control => {
                self.decoder.push(&first);
                self.answer_all(world, transcript);
            }
        }
    }

    /// Sends bytes, unless too many wait already: then the connection is dropped.
    pub(crate) fn send(&mut self, world: &World, transcript: &mut Transcript, bytes: &[u8]) {
        if self.output.len().saturating_add(bytes.len()) > self.max_output {
            return self.drop_output(world, transcript);
        }
        transcript.sent(self.id, world.now, bytes);
        self.output.extend_from_slice(bytes);
    }

    /// What is to be sent.
    pub(crate) fn output(&self) -> &[u8] {
        &self.output
    }

    /// Takes what is to be sent.
    pub(crate) fn take_output(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.output)
    }

    /// Reads nothing any more.
    pub(crate) fn close(&mut self) {
        if self.state == State::Open {
            self.state = State::Closing;
        }
    }

    /// Whether nothing is read any more.
    pub(crate) fn is_closing(&self) -> bool {
        self.state != State::Open
    }

    /// Whether nothing is sent any more either.
    pub(crate) fn is_dropped(&self) -> bool {
        self.state == State::Dropped
    }

    /// More than may wait is to be sent.
    fn drop_output(&mut self, world: &World, transcript: &mut Transcript) {
        transcript.note(self.id, world.now, "dropped: it does not read");
        self.output = Vec::new();
        self.state = State::Dropped;
    }

    fn answer_all(&mut self, world: &mut World, transcript: &mut Transcript) {
        while !self.is_closing() {
            let bytes = match self.decoder.next_bytes() {
                Ok(Some(bytes)) => bytes,
                Ok(None) => return,
                Err(_) => {
                    let reply = Reply::new(StatusCode::SYNTAX_ERROR, "Line too long.");
                    self.send(world, transcript, &reply.encode());
                    return self.close();
                }
            };
            transcript.received(self.id, world.now, bytes);
            let command = RawCommand::new(bytes);
            let most = self.max_output.saturating_sub(self.output.len());
            let Some(answer) = answer(&mut self.handshake, self.id, &command, world, most) else {
                return self.drop_output(world, transcript);
            };
            self.send(world, transcript, &answer.bytes);
            if answer.close {
                self.close();
            }
        }
    }
}
