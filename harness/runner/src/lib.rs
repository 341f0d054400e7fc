//! A timed test runner on [`libtest_mimic`] for integration suites with `harness = false`.
//!
//! ```no_run
//! use tor_harness_runner::{Context, Suite, TestResult};
//!
//! fn counts(ctx: &Context) -> TestResult {
//!     let text = ctx.setup(|| std::fs::read_to_string("numbers.txt"))?;
//!     ctx.attach("numbers.txt", {
//!         let text = text.clone();
//!         move || text
//!     });
//!     if text.lines().count() != 3 {
//!         return Err("expected three numbers".into());
//!     }
//!     Ok(())
//! }
//!
//! fn main() -> std::process::ExitCode {
//!     Suite::new("numbers").test("counts", counts).main()
//! }
//! ```
//!
//! What it adds to libtest-mimic: each test's run time with the set-up of its fixture apart, a
//! deadline, skips with a reason, the place of a failure, attachments, several filters at once, and
//! [`events`] for other programs to read. What it keeps: the command line of `libtest`, its output,
//! and its closing line, so that `cargo test` and `cargo nextest run` work as they do with any
//! test.
//!
//! The runner reads two variables of its environment, named in [`mod@env`]. It sets none.

mod body;
mod context;
pub mod env;
pub mod events;
mod failed;
mod panics;
mod parent;
mod selection;
mod sink;
mod suite;

pub use context::Context;
pub use failed::{Failed, TestResult};
pub use suite::{Suite, Test};
