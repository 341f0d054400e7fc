//! Controllers of others: what they take for tor is tor enough.

use std::env;
use std::path::PathBuf;
use std::process::{Command, ExitCode, Stdio};
use std::sync::LazyLock;

use tor_harness::prelude::*;
use tor_harness::runner::Test;
use tor_harness_suites::{fixture, suite};

fn main() -> ExitCode {
    let stem_as = |name: &'static str, auth: Option<AuthConfig>| {
        let test = Test::new(format!("stem: {name}"), move |ctx: &Context| {
            stem(&*fixture(ctx, auth)?, name)
        });
        test.requires(stem_is_there)
    };
    Method::ALL
        .into_iter()
        .map(|method| stem_as(method.name(), Some(method.auth())))
        .chain([stem_as("any", None)])
        .fold(suite("clients"), Suite::with)
        .main()
}

/// The Python that has stem: `TOR_HARNESS_PYTHON`, or the one that
/// `.ci/install` makes.
fn python() -> PathBuf {
    env::var_os("TOR_HARNESS_PYTHON").map_or_else(
        || concat!(env!("CARGO_MANIFEST_DIR"), "/../../target/venv/bin/python").into(),
        PathBuf::from,
    )
}

/// Asked once: it takes a Python to know.
fn stem_is_there() -> Result<(), String> {
    static IS_THERE: LazyLock<bool> = LazyLock::new(|| {
        let mut import = Command::new(python());
        import.args(["-c", "import stem"]).stderr(Stdio::null());
        import.status().is_ok_and(|status| status.success())
    });
    match *IS_THERE {
        true => Ok(()),
        false => {
            Err("no Python with stem; run .ci/install, or name one in TOR_HARNESS_PYTHON".into())
        }
    }
}

/// Runs a controller made with stem, which authenticates, asks and listens.
fn stem(fixture: &Fixture, method: &str) -> TestResult {
    let mut command = Command::new(python());
    command.args([
        concat!(env!("CARGO_MANIFEST_DIR"), "/clients/stem_client.py"),
        method,
    ]);
    for (variable, value) in fixture.announcement().environment() {
        match value {
            Some(value) => command.env(variable, value),
            None => command.env_remove(variable),
        };
    }
    let output = command.output()?;
    let said = String::from_utf8_lossy(&output.stdout);
    let complete =
        said.contains("version 0.4.") && said.contains("option 1") && said.contains("event BW 0 0");
    if output.status.success() && complete {
        return Ok(());
    }
    let complaints = String::from_utf8_lossy(&output.stderr);
    Err(format!("stem: {}\n{said}\n{complaints}", output.status).into())
}
