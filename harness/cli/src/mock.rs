//! `tor-harness mock`.

use std::fs;
use std::io::Write as _;
use std::process::ExitCode;

use anyhow::{Context, Result};
use tor_harness::Announcement;
use tor_harness::mock::{Mock, Script};

use crate::args::MockArgs;
use crate::owner::Endings;
use crate::{exit, session};

/// Runs a mock until the command is to end.
pub(crate) fn run(args: MockArgs) -> Result<ExitCode> {
    if args.schema {
        std::io::stdout()
            .write_all(Script::schema().as_bytes())
            .context("writing to standard output")?;
        return Ok(ExitCode::SUCCESS);
    }
    let auth = args.common.auth()?;
    let password = auth.passwords.first().cloned();
    let mut builder = Mock::builder()
        .auth(auth)
        .listen(args.common.listen.clone());
    if let Some(path) = &args.script {
        let origin = path.display().to_string();
        let text = fs::read_to_string(path).with_context(|| format!("--script {origin}"))?;
        builder = builder.script(Script::parse(&text, &origin)?);
    }
    if args.strict {
        builder = builder.strict();
    }
    if args.strict_client {
        builder = builder.strict_client();
    }
    let mock = builder.start()?;
    let endings = Endings::listen(args.common.with_parent)?;
    let announcement = Announcement::mock(&mock, password);
    let code = session::hold(
        &args.common,
        &endings,
        &announcement,
        mock.endpoint(),
        || mock.has_ended(),
    );
    // Asked in any case: a mock that was not asked panics when it is dropped.
    let verdict = mock.verify();
    let report = mock.report();
    let code = code?;
    Ok(match verdict {
        Ok(()) => {
            if !report.is_clean() {
                exit::complain(&anyhow::Error::msg(report));
            }
            code
        }
        Err(unmet) => session::unmet(code, &unmet.into()),
    })
}
