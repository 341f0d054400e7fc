//! The projects in `harness/cli/examples`, tested as their owners would do it.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Duration;

use tor_harness::prelude::*;
use tor_harness::runner::Test;
use tor_harness_suites::installed;

/// Rust's has to be compiled.
const DEADLINE: Duration = Duration::from_secs(300);

/// How a project is tested.
#[derive(Clone, Copy)]
struct Example {
    name: &'static str,
    folder: &'static str,
    /// What `.ci/install` installs for it, in the folder `target`.
    needs: &'static str,
    command: &'static [&'static str],
    status: i32,
    says: &'static [&'static str],
}

const EXAMPLES: [Example; 5] = [
    Example {
        name: "pytest with stem: a tor for each of 200 tests",
        folder: "pytest-stem",
        needs: "venv/bin/pytest",
        command: &["pytest", "-p", "no:cacheprovider", "-n", "4"],
        status: 0,
        says: &["200 passed"],
    },
    Example {
        name: "pytest with stem: a failure says what was expected and what came",
        folder: "pytest-stem",
        needs: "venv/bin/pytest",
        command: &["pytest", "-p", "no:cacheprovider", "fails_on_purpose.py"],
        status: 1,
        says: &[
            "SIGNAL NEWNYM: expected 2 times, came 1",
            "nearest is SIGNAL DORMANT",
            "what tor heard and said",
            "> SIGNAL NEWNYM",
            "< 650 SIGNAL DORMANT",
            "1 failed",
        ],
    },
    Example {
        name: "trial with txtorcon",
        folder: "txtorcon",
        needs: "venv/bin/trial",
        command: &["python", "-m", "twisted.trial", "test_dormant"],
        status: 0,
        says: &["PASSED (successes=4)"],
    },
    Example {
        name: "cargo test with torut",
        folder: "torut",
        needs: "clients",
        command: &["cargo", "test", "--offline"],
        status: 0,
        says: &["test result: ok. 3 passed"],
    },
    Example {
        name: "a shell script",
        folder: "shell",
        needs: "",
        command: &["./test.sh"],
        status: 0,
        says: &["5 passed, 0 failed"],
    },
];

fn main() -> ExitCode {
    EXAMPLES
        .into_iter()
        .map(Example::test)
        .fold(Suite::new("examples"), Suite::with)
        .main()
}

impl Example {
    fn test(self) -> Test {
        Test::new(self.name, move |_: &Context| self.run())
            .requires(tor_harness_is_there)
            .requires(move || match installed(self.needs).exists() {
                true => Ok(()),
                false => Err(format!("no target/{}; run .ci/install", self.needs)),
            })
            .deadline(DEADLINE)
    }

    fn run(self) -> TestResult {
        let (program, arguments) = self.command.split_first().ok_or("no command")?;
        let projects = Path::new(env!("CARGO_MANIFEST_DIR")).join("../cli/examples");
        let output = Command::new(program)
            .args(arguments)
            .current_dir(projects.join(self.folder).canonicalize()?)
            .env("PATH", path()?)
            .env("CARGO_TARGET_DIR", installed("clients"))
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .output()?;
        let said = String::from_utf8([output.stdout, output.stderr].concat())?;
        let missing = self.says.iter().find(|part| !said.contains(**part));
        match (output.status.code(), missing) {
            (code, None) if code == Some(self.status) => Ok(()),
            (_, missing) => {
                let missing = missing
                    .map(|part| format!(" and {part:?}"))
                    .unwrap_or_default();
                let Self { status, .. } = self;
                Err(format!(
                    "expected status {status}{missing}, got {}\n{said}",
                    output.status
                )
                .into())
            }
        }
    }
}

/// Where the programs of an example are looked for: first those that were built here.
fn path() -> Result<OsString, env::JoinPathsError> {
    let inherited = env::var_os("PATH").unwrap_or_default();
    let folders = [built(), installed("venv/bin")];
    env::join_paths(folders.into_iter().chain(env::split_paths(&inherited)))
}

/// The folder where cargo puts commands: the one above that of its tests.
fn built() -> PathBuf {
    let suite = env::current_exe().unwrap_or_default();
    suite
        .ancestors()
        .nth(2)
        .map(Path::to_owned)
        .unwrap_or_default()
}

fn tor_harness_is_there() -> Result<(), String> {
    match built().join("tor-harness").exists() {
        true => Ok(()),
        false => Err("no tor-harness; run cargo build -p tor-harness-cli".into()),
    }
}
