//! Why a request is not done.

use super::auth::AuthWordsError;
use super::worlds::MAIN;
use crate::script::{EventError, ScriptError};
use crate::server::MockError;

/// Why a request is not done.
#[derive(Debug, thiserror::Error)]
pub(super) enum SteerError {
    #[error("expected a JSON object on a line: {0}")]
    Json(serde_json::Error),
    #[error("{field}: {problem}")]
    Request { field: String, problem: String },
    #[error("world: expected a string, got {0}")]
    World(serde_json::Value),
    #[error("world.auth: {0}")]
    Auth(#[from] AuthWordsError),
    #[error("hold.command: {0}")]
    Command(String),
    #[error("world.name: expected a name, got \"\"")]
    NoName,
    #[error(
        "the world {MAIN:?} is closed: make it anew with {{\"do\":\"world\",\"name\":{MAIN:?}}}, or name another"
    )]
    MainClosed,
    #[error("expected a line of {0} bytes at most: this connection ends")]
    LongLine(usize),
    #[error("expected JSON lines, got HTTP: this connection ends")]
    Http,
    #[error(
        "there is no world {0:?}: make it with {{\"do\":\"world\",\"name\":{0:?}}}, or leave \"world\" out for \
         {MAIN:?}"
    )]
    NoWorld(String),
    #[error("there is a world {0:?} already: close it, or take another name")]
    WorldExists(String),
    #[error(
        "there are {0} worlds, which is the limit: close some, or allow more with --max-worlds"
    )]
    TooManyWorlds(usize),
    #[error(
        "expected a world whose time is virtual, but the time of {0:?} passes by itself: make one with \
         \"time\":\"virtual\""
    )]
    RealTime(String),
    #[error("there is no open connection {connection} in the world {world:?}")]
    NoConnection { connection: u64, world: String },
    #[error(transparent)]
    Event(#[from] EventError),
    #[error(transparent)]
    Script(#[from] ScriptError),
    #[error(transparent)]
    Mock(#[from] MockError),
}
