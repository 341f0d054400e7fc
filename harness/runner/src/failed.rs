//! What a test's body returns.

use std::fmt::Display;
use std::panic::Location;

/// What a test's body returns: `Ok(())`, or why the test did not pass.
pub type TestResult = Result<(), Failed>;

/// Why a test did not pass.
///
/// Anything that can be displayed becomes one, so `?` works on every error; the place of the `?`
/// (or `.into()`) is kept. A skip found out at run time ([`Context::skip`](crate::Context::skip))
/// travels the same way.
#[derive(Debug)]
pub struct Failed(pub(crate) Cause);

#[derive(Debug)]
pub(crate) enum Cause {
    Failed { message: String },
    Skipped { reason: String },
}

impl<M: Display> From<M> for Failed {
    #[track_caller]
    fn from(message: M) -> Self {
        // The alternate form makes anyhow's errors show their causes.
        Self(Cause::Failed {
            message: format!("{message:#}\nat {}", Location::caller()),
        })
    }
}
