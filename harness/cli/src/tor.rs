//! `tor-harness tor`.

use std::fs;
use std::process::ExitCode;

use anyhow::{Context, Result};
use tor_harness::Announcement;
use tor_harness::process::Tor;

use crate::args::TorArgs;
use crate::owner::Endings;
use crate::session;

/// Runs a throwaway tor until the command is to end.
pub(crate) fn run(args: TorArgs) -> Result<ExitCode> {
    let parent = args.common.parent();
    let auth = args.common.auth()?;
    if let Err(code) = session::check(&args.common, &auth, Announcement::default())? {
        return Ok(code.into());
    }
    let password = auth.passwords.first().cloned();
    let mut builder = Tor::builder().auth(auth).listen(args.common.listen.clone());
    if let Some(path) = args.tor {
        builder = builder.executable(path);
    }
    if let Some(path) = args.torrc {
        let origin = path.display().to_string();
        let text = fs::read_to_string(&path).with_context(|| format!("--torrc {origin}"))?;
        builder = builder.torrc(text, origin);
    }
    let tor = builder.start()?;
    let mut endings = Endings::listen(parent)?;
    let announcement = Announcement::tor(&tor, password);
    session::hold(
        &args.common,
        &mut endings,
        &announcement,
        tor.endpoint(),
        || tor.has_ended(),
    )
}
