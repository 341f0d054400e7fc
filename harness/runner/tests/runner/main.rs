//! The runner from outside: a sample suite run as a child process.
//!
//! With `RUNNER_SAMPLE` in its environment this program is the sample. What judges is libtest-mimic
//! alone, so that the runner does not judge itself.

mod cases;
mod child;
mod sample;

use std::process::ExitCode;

use libtest_mimic::{Arguments, Trial};

fn main() -> ExitCode {
    if let Ok(name) = std::env::var(child::SAMPLE) {
        return sample::suite(&name).main();
    }
    let args = Arguments::from_args();
    let trials = cases::all()
        .into_iter()
        .map(|(name, check)| {
            Trial::test(name, move || {
                check();
                Ok(())
            })
        })
        .collect();
    libtest_mimic::run(&args, trials).exit_code()
}
