//! The variables of the environment that the runner reads.
//!
//! Children inherit them: a test that starts another suite of the runner removes both from its
//! environment ([`Command::env_remove`](std::process::Command::env_remove)), or the child's events
//! mix into those of its parent.

/// The file that [`events`](crate::events) are appended to; none are written when it is unset or
/// empty.
pub const EVENTS: &str = "TOR_HARNESS_EVENTS";

/// When `1`, the suite ends as soon as its standard input does. A parent that holds the other end
/// of that pipe takes the suite along however it dies, SIGKILL included.
pub const WITH_PARENT: &str = "TOR_HARNESS_WITH_PARENT";
