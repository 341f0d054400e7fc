//! What `mock`, `tor`, `record` have in common: a fixture that stays until something
//! ends it, with a COMMAND in it or without.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use tor_harness::Announcement;
use tor_harness::control::auth::AuthConfig;
use tor_harness::types::Endpoint;
use tor_harness_scratch::Folder;

use crate::args::CommonArgs;
use crate::owner::{Ending, Endings};
use crate::port_file::PortFile;
use crate::{child, exit};

/// How long COMMAND may go on when nobody is left to wait for it.
const PATIENCE: Duration = Duration::from_secs(5);

/// Refuses, before a tor is started, what could not be had of it: `announcement` has what will be
/// there, whatever the values. The inner error is the exit status for a COMMAND that is not there.
pub(crate) fn check(
    args: &CommonArgs,
    auth: &AuthConfig,
    announcement: Announcement,
) -> Result<Result<(), u8>> {
    if let Some(path) = &args.port_file {
        PortFile::check(path)?;
    }
    if !args.command.is_empty() {
        let announcement = Announcement {
            control: args.listen.to_string(),
            password: auth.passwords.first().cloned(),
            cookie_file: auth.cookie.then(PathBuf::default),
            ..announcement
        };
        return Ok(child::check(&child::prepare(&args.command, &announcement)?));
    }
    Ok(Ok(()))
}

/// Keeps the fixture until the command is to end.
///
/// `has_ended` says whether the fixture is gone by itself: a controller can
/// tell it to. It is asked from time to time, with COMMAND as well.
pub(crate) fn hold(
    args: &CommonArgs,
    endings: &mut Endings,
    announcement: &Announcement,
    endpoint: &Endpoint,
    mut has_ended: impl FnMut() -> bool,
) -> Result<ExitCode> {
    let _port_file = args
        .port_file
        .as_deref()
        .map(|path| PortFile::write(path, endpoint))
        .transpose()?;
    if args.command.is_empty() {
        announce(announcement)?;
        while !has_ended() {
            if endings.next().is_some() {
                break;
            }
        }
        return Ok(ExitCode::SUCCESS);
    }
    let mut command = child::prepare(&args.command, announcement)?;
    // It stays in this process group, which is the terminal's.
    let guarded = Folder::create()?;
    guarded.owns_command(&mut command)?;
    let child = match child::start(command) {
        Ok(child) => child,
        Err(code) => return Ok(code.into()),
    };
    let pid = Pid::from_raw(child.id().cast_signed());
    endings.also_child(child);
    let mut patience = None;
    loop {
        let _ = has_ended();
        match endings.next() {
            None if patience.is_some_and(|end| Instant::now() > end) => {
                pass_on(pid, Signal::SIGKILL as i32)
            }
            None => {}
            Some(Ending::Child(status)) => {
                return Ok(child::code(status.context("waiting for COMMAND")?));
            }
            // The child ends first, and with it the fixture: so it can clean up.
            Some(Ending::Signal(signal)) => pass_on(pid, signal),
            // It has got it as well.
            Some(Ending::Terminal) => {}
            Some(Ending::ParentGone) => {
                pass_on(pid, Signal::SIGTERM as i32);
                patience = Some(Instant::now() + PATIENCE);
            }
        }
    }
}

/// Says where the fixture is, as the first line on standard output.
fn announce(announcement: &Announcement) -> Result<()> {
    let mut out = std::io::stdout().lock();
    serde_json::to_writer(&mut out, announcement)
        .map_err(std::io::Error::from)
        .and_then(|()| out.write_all(b"\n"))
        .and_then(|()| out.flush())
        .context("writing to standard output")
}

fn pass_on(child: Pid, signal: i32) {
    if let Ok(signal) = Signal::try_from(signal) {
        // It may have ended just now.
        let _ = kill(child, signal);
    }
}

/// The exit status where a script's expectations were not met: 3, unless
/// COMMAND failed by itself.
pub(crate) fn unmet(code: ExitCode, report: &anyhow::Error) -> ExitCode {
    exit::complain(report);
    or_unmet(code)
}

/// The same for what was said already.
pub(crate) fn or_unmet(code: ExitCode) -> ExitCode {
    if code == ExitCode::SUCCESS {
        exit::UNMET.into()
    } else {
        code
    }
}
