//! One connection that steers.

use std::time::Duration;

use serde_json::Value;

use super::auth::auth_of;
use super::error::SteerError;
use super::lines::{LONGEST, Lines, TooLong};
use super::request::{Fields, NewWorld, Operation, Request, Time};
use super::response::{Done, line};
use super::worlds::{MAIN, World, Worlds, is_closed};
use crate::connection::ConnectionId;
use crate::script::Script;
use crate::server::Mock;
use crate::world::Random;

/// How long the answers are that are given at once, but for the last of them.
const ENOUGH: usize = 64 << 10;

/// Time that is still to pass.
#[derive(Debug)]
struct Advance {
    id: Option<Value>,
    world: String,
    left: Duration,
}

/// A connection that steers worlds: request lines go in, response lines come
/// out. Dropped, it ends the worlds that were made to end with it.
///
/// ```
/// use tor_harness_mock::Mock;
/// use tor_harness_mock::steer::{Steering, Worlds};
///
/// let worlds = Worlds::new(Mock::builder().in_memory()?, 500);
/// let mut steering = Steering::new(&worlds);
/// steering.receive(b"{\"do\":\"emit\",\"event\":\"BW 1 2\"}\n");
/// assert_eq!(steering.take_output(), b"{\"ok\":true}\n");
/// # Ok::<(), tor_harness_mock::MockError>(())
/// ```
#[derive(Debug)]
pub struct Steering {
    worlds: Worlds,
    lines: Lines,
    is_closed: bool,
    /// What goes on: its answer waits, and so do further requests.
    unfinished: Option<Advance>,
    /// The worlds that end with this connection.
    own: Vec<(String, World)>,
}

impl Steering {
    /// A connection that steers these worlds.
    #[must_use]
    pub fn new(worlds: &Worlds) -> Self {
        Self {
            worlds: worlds.clone(),
            lines: Lines::default(),
            is_closed: false,
            unfinished: None,
            own: Vec::new(),
        }
    }

    /// Takes bytes in any pieces.
    pub fn receive(&mut self, bytes: &[u8]) {
        if !self.is_closed {
            self.lines.push(bytes);
        }
    }

    /// Does what has come, and gives the answers: not all at once, where they
    /// are long; nothing where nothing is left to be done, or where it is
    /// [busy](Self::is_busy).
    pub fn take_output(&mut self) -> Vec<u8> {
        let mut output = self.go_on();
        while output.len() < ENOUGH && !self.is_closed && !self.is_busy() {
            match self.lines.next_line() {
                Ok(None) => break,
                Ok(Some(b"")) => {}
                Ok(Some(request)) if request.ends_with(b" HTTP/1.1") => {
                    output.extend(self.close(SteerError::Http));
                }
                Ok(Some(request)) => {
                    let request = request.to_vec();
                    output.extend(self.answer(&request));
                }
                Err(TooLong) => output.extend(self.close(SteerError::LongLine(LONGEST))),
            }
        }
        output
    }

    /// Whether something goes on that takes long: to be asked for more output once
    /// others have had their turn.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        self.unfinished.is_some()
    }

    /// How many bytes have come of what is still to be done.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.lines.waiting()
    }

    /// Whether the connection is to be closed once the answers are sent.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.is_closed
    }

    fn close(&mut self, error: SteerError) -> Vec<u8> {
        self.is_closed = true;
        self.lines = Lines::default();
        line(None, Err(error))
    }

    fn answer(&mut self, request: &[u8]) -> Vec<u8> {
        let Fields(mut fields) = match serde_json::from_slice(request) {
            Ok(fields) => fields,
            Err(error) => return line(None, Err(SteerError::Json(error))),
        };
        let id = fields.remove("id");
        let result = Request::read(fields).and_then(|request| self.act(request));
        self.finish(id, result)
    }

    /// The answer, unless it has to wait.
    fn finish(&mut self, id: Option<Value>, result: Result<Done, SteerError>) -> Vec<u8> {
        match &mut self.unfinished {
            Some(unfinished) => {
                unfinished.id = id;
                Vec::new()
            }
            None => line(id, result),
        }
    }

    /// Does more of what goes on: the answer, if that was the last of it.
    fn go_on(&mut self) -> Vec<u8> {
        let Some(Advance { id, world, left }) = self.unfinished.take() else {
            return Vec::new();
        };
        let result = self.advance(&world, left);
        self.finish(id, result)
    }

    /// Lets time pass, all of it or as much as nobody has to wait for long.
    fn advance(&mut self, world: &str, time: Duration) -> Result<Done, SteerError> {
        let passed = self.worlds.with(world, |mock| {
            if !mock.is_time_virtual() {
                return Err(SteerError::RealTime(world.to_owned()));
            }
            Ok(mock.advance_a_step(time))
        })?;
        if passed < time {
            self.unfinished = Some(Advance {
                id: None,
                world: world.to_owned(),
                left: time - passed,
            });
        }
        Ok(Done::Nothing {})
    }

    fn act(&mut self, request: Request) -> Result<Done, SteerError> {
        let world = request.world.as_deref().unwrap_or(MAIN);
        let within = |act: &dyn Fn(&Mock) -> Result<Done, SteerError>| self.worlds.with(world, act);
        match request.operation {
            Operation::World(new) => self.open(*new),
            Operation::Script { toml } => {
                let script = Script::parse(&toml, "script")?;
                within(&|mock| {
                    mock.play(&script)?;
                    Ok(Done::Nothing {})
                })
            }
            Operation::Hold { command, name } => within(&|mock| {
                mock.hold(&command, &name)
                    .map_err(|error| SteerError::Command(error.problem))?;
                Ok(Done::Nothing {})
            }),
            Operation::Release { name } => within(&|mock| {
                let released = mock.release(&name);
                Ok(Done::Released { released })
            }),
            Operation::Emit { event } => within(&|mock| {
                mock.emit(&event)?;
                Ok(Done::Nothing {})
            }),
            Operation::Advance { seconds } => self.advance(world, seconds),
            Operation::Disconnect { connection: None } => within(&|mock| {
                let disconnected = mock.disconnect_all();
                Ok(Done::Disconnected { disconnected })
            }),
            Operation::Disconnect {
                connection: Some(connection),
            } => within(&|mock| {
                if mock.disconnect(ConnectionId(connection)) {
                    return Ok(Done::Disconnected { disconnected: 1 });
                }
                let world = world.to_owned();
                Err(SteerError::NoConnection { connection, world })
            }),
            Operation::Received {} => within(&|mock| {
                let commands = mock.received().into_iter().map(Into::into).collect();
                Ok(Done::Received { commands })
            }),
            Operation::Transcript {} => within(&|mock| {
                let transcript = mock.transcript();
                Ok(Done::Transcript { transcript })
            }),
            Operation::Verify {} => within(&|mock| Ok(mock.report().into())),
            Operation::Reset {} => within(&|mock| {
                mock.reset()?;
                Ok(Done::Nothing {})
            }),
            Operation::Close {} => Ok(self.worlds.close(world)?.into()),
        }
    }

    fn open(&mut self, new: NewWorld) -> Result<Done, SteerError> {
        let auth = auth_of(new.auth.iter().map(String::as_str))?;
        let password = auth.passwords.first().cloned();
        let mut builder = Mock::builder().auth(auth);
        if let Some(endpoint) = new.listen {
            builder = builder.listen(endpoint);
        }
        if let Some(script) = &new.script {
            builder = builder.script(Script::parse(script, "script")?);
        }
        if let Some(seed) = new.seed {
            builder = builder.random(Random::Seed(seed));
        }
        if new.strict {
            builder = builder.strict();
        }
        if new.strict_client {
            builder = builder.strict_client();
        }
        if new.time == Time::Virtual {
            builder = builder.virtual_time();
        }
        let (name, world) = self.worlds.open(new.name, || builder.start())?;
        let done = self.worlds.with(&name, |mock| {
            Ok(Done::World {
                world: name.clone(),
                control: mock.endpoint().to_string(),
                password,
                cookie_file: mock.cookie_file().map(Into::into),
            })
        });
        if new.with_connection {
            self.own.retain(|(_, world)| !is_closed(world));
            self.own.push((name, world));
        }
        done
    }
}

impl Drop for Steering {
    fn drop(&mut self) {
        for (name, world) in self.own.drain(..) {
            self.worlds.close_unasked(&name, &world);
        }
    }
}
