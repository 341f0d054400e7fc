//! The COMMAND that runs inside the fixture.

use std::env;
use std::io;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Child, Command, ExitCode, ExitStatus};

use anyhow::{Result, anyhow, bail};
use tor_harness::Announcement;

use crate::exit;

/// What stands in a command line for a variable's value.
const PLACEHOLDERS: [(&str, &str); 12] = [
    ("{control_host}", "TOR_CONTROL_HOST"),
    ("{control_port}", "TOR_CONTROL_PORT"),
    ("{control_socket}", "TOR_CONTROL_IPC_PATH"),
    ("{password}", "TOR_CONTROL_PASSWD"),
    ("{cookie_file}", "TOR_CONTROL_COOKIE_AUTH_FILE"),
    ("{steer}", "TOR_HARNESS_STEER"),
    ("{socks_host}", "TOR_SOCKS_HOST"),
    ("{socks_port}", "TOR_SOCKS_PORT"),
    ("{onion}", "TOR_HARNESS_ONION"),
    ("{http}", "TOR_HARNESS_HTTP"),
    ("{echo}", "TOR_HARNESS_ECHO"),
    ("{folder}", "TOR_HARNESS_FOLDER"),
];

/// The COMMAND, with the fixture in its arguments and its environment.
///
/// An error if an argument asks for what the fixture does not have.
pub(crate) fn prepare(command: &[String], announcement: &Announcement) -> Result<Command> {
    let environment = announcement.environment();
    let mut words = command.to_vec();
    for (placeholder, variable) in PLACEHOLDERS {
        let value = environment.iter().find(|(name, _)| *name == variable);
        for word in words.iter_mut().filter(|word| word.contains(placeholder)) {
            match value {
                Some((_, Some(value))) => *word = word.replace(placeholder, value),
                _ => bail!("{placeholder} in COMMAND: this fixture has none; see --help"),
            }
        }
    }
    let (program, arguments) = words
        .split_first()
        .ok_or_else(|| anyhow!("COMMAND is empty"))?;
    let mut command = Command::new(program);
    command.args(arguments);
    for (variable, value) in environment {
        match value {
            Some(value) => command.env(variable, value),
            None => command.env_remove(variable),
        };
    }
    Ok(command)
}

/// Whether there is such a program, as far as can be said before its start; an error is the exit
/// status that shells give.
pub(crate) fn check(command: &Command) -> Result<(), u8> {
    let program = Path::new(command.get_program());
    let is_there = match program.components().nth(1) {
        Some(_) => program.exists(),
        None => env::split_paths(&env::var_os("PATH").unwrap_or_default())
            .any(|folder| folder.join(program).exists()),
    };
    match is_there {
        true => Ok(()),
        false => {
            exit::complain(&anyhow!("running {}: there is none", program.display()));
            Err(exit::NOT_FOUND)
        }
    }
}

/// Starts it; an error is the exit status that shells give.
pub(crate) fn start(mut command: Command) -> Result<Child, u8> {
    command.spawn().map_err(|error| {
        exit::complain(&anyhow!(
            "running {}: {error}",
            command.get_program().display()
        ));
        match error.kind() {
            io::ErrorKind::NotFound => exit::NOT_FOUND,
            _ => exit::NOT_EXECUTABLE,
        }
    })
}

/// Its exit status as one of ours.
pub(crate) fn code(status: ExitStatus) -> ExitCode {
    let code = match (status.code(), status.signal()) {
        (Some(code), _) => u8::try_from(code).unwrap_or(u8::MAX),
        (None, signal) => {
            exit::BY_SIGNAL
                + signal
                    .and_then(|n| u8::try_from(n).ok())
                    .unwrap_or_default()
        }
    };
    code.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn announcement(control: &str) -> Announcement {
        Announcement {
            v: 1,
            event: "ready".into(),
            fixture: "mock".into(),
            control: control.into(),
            password: Some("p w".into()),
            cookie_file: None,
            pid: 1,
            steer: None,
            socks: Some("127.0.0.1:9050".into()),
            onion: None,
            http: None,
            echo: None,
            folder: None,
            nodes: Vec::new(),
        }
    }

    #[test]
    fn finds_the_fixture() {
        for (control, words, expected) in [
            (
                "127.0.0.1:9051",
                &[
                    "x",
                    "{control_host}:{control_port}",
                    "{password}",
                    "{other}",
                ][..],
                Ok("x 127.0.0.1:9051 p w {other}"),
            ),
            ("unix:/c", &["x", "{control_socket}"], Ok("x /c")),
            (
                "unix:/c",
                &["x", "{socks_host}:{socks_port}"],
                Ok("x 127.0.0.1:9050"),
            ),
            ("unix:/c", &["x", "{onion}"], Err("{onion}")),
            ("unix:/c", &["x", "{control_port}"], Err("{control_port}")),
            ("unix:/c", &["x", "{cookie_file}"], Err("{cookie_file}")),
        ] {
            let announcement = announcement(control);
            let words: Vec<_> = words.iter().map(|word| (*word).to_owned()).collect();
            match (prepare(&words, &announcement), expected) {
                (Ok(command), Ok(expected)) => {
                    let words = std::iter::once(command.get_program()).chain(command.get_args());
                    let words: Vec<_> = words.map(|word| word.to_string_lossy()).collect();
                    assert_eq!(words.join(" "), expected);
                }
                (Err(error), Err(expected)) => {
                    assert!(error.to_string().contains(expected), "{error}")
                }
                (got, expected) => panic!("expected {expected:?}, got {got:?}"),
            }
        }
    }
}
