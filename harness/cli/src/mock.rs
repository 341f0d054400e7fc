//! `tor-harness mock`.

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result, anyhow};
use nix::sys::resource::{Resource, getrlimit, setrlimit};
use tor_harness::Announcement;
use tor_harness::mock::recording::Recording;
use tor_harness::mock::steer::{MAIN, SteeringServer, Worlds};
use tor_harness::mock::{Mock, Script};
use tor_harness::types::{Endpoint, Span};

use crate::args::{MockArgs, Time};
use crate::owner::Endings;
use crate::{exit, session};

/// How many descriptors suffice; more would only slow down a COMMAND that
/// closes all it may have inherited.
const DESCRIPTORS: u64 = 1 << 16;

/// Runs a mock until the command is to end.
pub(crate) fn run(args: MockArgs) -> Result<ExitCode> {
    if args.schema {
        std::io::stdout()
            .write_all(Script::schema().as_bytes())
            .context("writing to standard output")?;
        return Ok(ExitCode::SUCCESS);
    }
    let parent = args.common.parent();
    let auth = args.common.auth()?;
    let password = auth.passwords.first().cloned();
    let mut builder = Mock::builder()
        .auth(auth)
        .listen(args.common.listen.clone());
    let mut script = match &args.script {
        Some(path) => {
            let (text, origin) = read("--script", path)?;
            Script::parse(&text, &origin)?
        }
        None => Script::new(),
    };
    if let Some(path) = &args.replay {
        let (text, origin) = read("--replay", path)?;
        let recording = Recording::parse(&text, &origin)?;
        script = script.replay(recording, args.replay_mode);
    }
    builder = builder.script(script);
    if args.strict {
        builder = builder.strict();
    }
    if args.strict_client {
        builder = builder.strict_client();
    }
    if args.time == Time::Virtual {
        builder = builder.virtual_time();
    }
    allow_many_descriptors();
    let mock = builder.start()?;
    let mut endings = Endings::listen(parent)?;
    let announcement = Announcement::mock(&mock, password);
    let endpoint = mock.endpoint().clone();
    let worlds = Worlds::new(mock, args.max_worlds);
    let code = serve(&args, &mut endings, announcement, &endpoint, &worlds);
    // Ended in any case: a mock that nobody asked panics when it is dropped.
    let reports = worlds.end();
    Ok(reports.into_iter().fold(code?, |code, (world, report)| {
        let said = match world.as_str() {
            MAIN => anyhow!("{report}"),
            world => anyhow!("in the world {world:?}: {report}"),
        };
        if report.is_met() {
            exit::complain(&said);
            code
        } else {
            session::unmet(code, &said)
        }
    }))
}

/// The text of a file, and how it was named.
fn read(option: &str, path: &Path) -> Result<(String, String)> {
    let origin = path.display().to_string();
    let bytes = fs::read(path).with_context(|| format!("{option} {origin}"))?;
    let text = String::from_utf8(bytes).map_err(|error| {
        let start = error.utf8_error().valid_up_to();
        let place = Span::from(start..start + 1).place(error.as_bytes());
        let (line, column, byte) = (place.line, place.column, error.as_bytes()[start]);
        anyhow!("{origin}:{line}:{column}: expected UTF-8, got the byte 0x{byte:02x}")
    })?;
    Ok((text, origin))
}

fn serve(
    args: &MockArgs,
    endings: &mut Endings,
    mut announcement: Announcement,
    endpoint: &Endpoint,
    worlds: &Worlds,
) -> Result<ExitCode> {
    let steering = args
        .steer
        .clone()
        .map(|at| SteeringServer::start(at, worlds).context("--steer"))
        .transpose()?;
    announcement.steer = steering
        .as_ref()
        .map(|steering| steering.endpoint().to_string());
    session::hold(&args.common, endings, &announcement, endpoint, || {
        steering.is_none() && worlds.has_ended(MAIN)
    })
}

/// Worlds and connections take descriptors, of which a process may often have
/// no more than 1024 unless it asks.
fn allow_many_descriptors() {
    if let Ok((now, most)) = getrlimit(Resource::RLIMIT_NOFILE) {
        // With fewer than it could have it works as well, for a while.
        let _ = setrlimit(
            Resource::RLIMIT_NOFILE,
            most.min(DESCRIPTORS).max(now),
            most,
        );
    }
}
