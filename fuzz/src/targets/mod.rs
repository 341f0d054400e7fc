//! What the fuzz targets call; a test calls it for every file of the corpus.
//!
//! Each takes any bytes and panics if a promise is broken.

mod control_command;
mod control_reply;
mod control_value;
mod mock_script;
mod mock_session;
mod netdoc;
mod proofs;
mod said;
mod views;

pub use control_command::control_command;
pub use control_reply::control_reply;
pub use control_value::control_value;
pub use mock_script::mock_script;
pub use mock_session::mock_session;
pub use netdoc::{netdoc, netdoc_of};
