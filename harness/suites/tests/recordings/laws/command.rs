//! A command.

use tor_harness::control::Command;
use tor_harness::control::command::RawCommand;
use tor_harness::fixtures::{Fixture, Kind};
use tor_harness::runner::Failed;

use super::cut;
use super::same::same;

/// The command that the file is.
pub(crate) fn command(fixture: &Fixture) -> Result<Command<'static>, Failed> {
    sent(fixture)?;
    let [_] = &cut::commands(fixture.bytes)?[..] else {
        return Err("expected one command".into());
    };
    let command = Command::parse(&RawCommand::new(fixture.bytes))?;
    same(&command.encode(), fixture.bytes)?;
    Ok(command)
}

/// Looks at the commands that were sent for a file; gives the keyword of the last, in upper case and without `+`.
///
/// tor has to have refused the last where it cannot be read here.
pub(super) fn sent(fixture: &Fixture) -> Result<String, Failed> {
    let commands = cut::commands(&wire(fixture))?;
    let (last, before) = commands.split_last().ok_or("no command")?;
    for bytes in before {
        let command = Command::parse(&RawCommand::new(bytes))?;
        same(&command.encode(), bytes)?;
    }
    let raw = RawCommand::new(last);
    match Command::parse(&raw) {
        Ok(command) => same(&command.encode(), last)?,
        Err(_) if was_refused(fixture) => {}
        Err(wrong) => return Err(wrong.into()),
    }
    let keyword = raw.keyword.strip_prefix(b"+").unwrap_or(raw.keyword);
    Ok(String::from_utf8_lossy(keyword).to_uppercase())
}

/// What was sent; the manifest has no CR.
fn wire(fixture: &Fixture) -> Vec<u8> {
    format!("{}\n", fixture.command)
        .replace('\n', "\r\n")
        .into_bytes()
}

fn was_refused(fixture: &Fixture) -> bool {
    fixture.kind == Kind::Reply && fixture.path.starts_with("control/error/")
}
