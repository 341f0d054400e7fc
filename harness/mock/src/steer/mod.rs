//! Steering by JSON lines: worlds that a program in any language makes, scripts,
//! asks and ends while they run.
//!
//! Each request is one JSON object on a line, and gets one line in answer, in
//! order. `"id"`, if given, comes back. Each answer has `"ok"`; where that is
//! false, `"error"` says what was expected, what came, and what to do.
//!
//! | request | answer, besides `"ok":true` |
//! |---|---|
//! | `{"do":"world"}` and any of `"name":"w1"`, `"auth":["cookie","password=x"]`, `"listen":"127.0.0.1:0"`, `"script":"TOML"`, `"seed":1`, `"time":"virtual"`, `"strict":true`, `"strict_client":true`, `"with_connection":true` | `"world":"w1"`, `"control":"127.0.0.1:40001"`, and, where there is one, `"password":"x"`, `"cookie_file":"/..."` |
//! | `{"do":"script","toml":"..."}`: its rules come first | |
//! | `{"do":"hold","command":"GETINFO *","name":"h"}`: answers wait | |
//! | `{"do":"release","name":"h"}` | `"released":1` |
//! | `{"do":"emit","event":"BW 1 2"}` | |
//! | `{"do":"advance","seconds":1.5}` (where time is virtual) | |
//! | `{"do":"disconnect"}`, or one: `"connection":1` | `"disconnected":1` |
//! | `{"do":"received"}` | `"commands":[{"connection":1,"at":0.1,"command":"GETINFO version"}]` |
//! | `{"do":"transcript"}` | `"transcript":"..."` |
//! | `{"do":"verify"}` | `"met":true` or `false`, and `"report":"..."` where there is something to tell |
//! | `{"do":"reset"}`: as at the world's start; its connections are closed | |
//! | `{"do":"close"}`: its port is closed, its folder gone | as `verify` |
//!
//! An `advance` in which much happens is answered when it is done; other
//! connections are answered in between. What is held a second time before its
//! release is held once, before all rules that have come since.
//!
//! All but the first may have `"world":"w1"`; without it they mean `main`, the
//! world that was there before anyone steered. A world without a name gets one.
//!
//! A world stays when the connection that made it ends, so that each request
//! may have a connection of its own; made with `"with_connection":true` it ends
//! with that, so that a test that is killed leaves nothing.

mod auth;
mod error;
mod lines;
mod request;
mod response;
mod server;
mod steering;
mod worlds;

pub use auth::{AuthWordsError, auth_of};
pub use server::SteeringServer;
pub use steering::Steering;
pub use worlds::{MAIN, Worlds};
