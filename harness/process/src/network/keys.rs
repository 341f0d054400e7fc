//! The keys that other nodes know a node by, made by tor's own programs.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;
use std::time::Instant;

use tor_harness_types::Fingerprint;

use super::layout::Place;
use crate::error::Error;
use crate::executable::Executable;
use crate::process::Process;

/// What other nodes know a node by.
#[derive(Clone, Copy, Debug)]
pub(super) struct Identity {
    /// Of its relay identity key.
    pub(super) relay: Fingerprint,
    /// Of its authority identity key, as in `v3ident=`.
    pub(super) authority: Option<Fingerprint>,
}

/// Makes the keys of these nodes at the same time, those of authorities as well.
pub(super) fn make(tor: &Executable, places: &mut [Place], deadline: Instant) -> Result<(), Error> {
    let gencert = match places.iter().any(|place| place.role().is_authority()) {
        true => Some(gencert(tor)?),
        false => None,
    };
    let make_one = |place: &Place| {
        let relay = relay(tor, place, deadline)?;
        let authority = match &gencert {
            Some(gencert) if place.role().is_authority() => {
                Some(authority(gencert, place, deadline)?)
            }
            _ => None,
        };
        Ok::<_, Error>(Identity { relay, authority })
    };
    thread::scope(|scope| {
        let workers: Vec<_> = places
            .iter_mut()
            .filter(|place| place.role().relays())
            .map(|place| {
                scope.spawn(move || {
                    place.identity = Some(make_one(place).map_err(|error| place.failed(error))?);
                    Ok(())
                })
            })
            .collect();
        workers.into_iter().try_for_each(|worker| {
            worker
                .join()
                .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        })
    })
}

/// `tor-gencert`: beside tor, as where both were built, or on `PATH`.
fn gencert(tor: &Executable) -> Result<Executable, Error> {
    let beside = tor.path().with_file_name("tor-gencert");
    Executable::named(beside).or_else(|_| Executable::named("tor-gencert"))
}

/// Has tor make a relay's keys; it starts nothing.
fn relay(tor: &Executable, place: &Place, deadline: Instant) -> Result<Fingerprint, Error> {
    let mut command = tor.command(place.folder());
    let empty = place.folder.write("empty", b"").map_err(Error::Folder)?;
    command
        .arg("-f")
        .arg(&empty)
        .arg("--defaults-torrc")
        .arg(&empty)
        .arg("--DataDirectory")
        .arg(place.data())
        .args(["--Nickname", place.nickname()])
        .args(["--DisableNetwork", "1", "--ORPort", "1"])
        .args(["--DirAuthority", NOBODY, "--quiet", "--list-fingerprint"]);
    let file = place.data().join("fingerprint");
    run("tor --list-fingerprint", command, deadline, &file, |text| {
        text.split_whitespace().nth(1)?.parse().ok()
    })
}

/// The authority of a tor that is to make keys and nothing else.
const NOBODY: &str = "nobody 127.0.0.1:1 ffffffffffffffffffffffffffffffffffffffff";

/// Has tor-gencert make an authority's keys, with an empty passphrase.
fn authority(gencert: &Executable, place: &Place, deadline: Instant) -> Result<Fingerprint, Error> {
    let keys = place.data().join("keys");
    let certificate = keys.join("authority_certificate");
    let mut command = gencert.command(place.folder());
    let file = |flag: &str, name: &str| -> [OsString; 2] { [flag.into(), keys.join(name).into()] };
    command
        .args(["--create-identity-key", "-m", "12", "--passphrase-fd", "0"])
        .args(["-a", &place.dir_address().to_string()])
        .args(file("-i", "authority_identity_key"))
        .args(file("-s", "authority_signing_key"))
        .arg("-c")
        .arg(&certificate);
    run("tor-gencert", command, deadline, &certificate, |text| {
        text.lines()
            .find_map(|line| line.strip_prefix("fingerprint "))?
            .parse()
            .ok()
    })
}

/// Runs a program to its end, then reads what is looked for in a file of its.
fn run<T>(
    program: &str,
    command: Command,
    deadline: Instant,
    file: &Path,
    read: impl Fn(&str) -> Option<T>,
) -> Result<T, Error> {
    let path = PathBuf::from(command.get_program());
    let mut process =
        Process::start(command, None, None).map_err(|source| Error::Unrunnable { path, source })?;
    let ended = process.log().wait_until(deadline, |known| known.ended);
    let status = process.end().map_err(Error::system("end a program"))?;
    let problem = match (ended, fs::read_to_string(file)) {
        (None, _) => "it did not end in time".to_owned(),
        (_, Err(error)) => format!("{error} ({status})"),
        (_, Ok(text)) => match read(&text) {
            Some(value) => return Ok(value),
            None => format!("it holds no fingerprint: {text:?}"),
        },
    };
    Err(Error::Keys {
        program: program.to_owned(),
        file: file.to_owned(),
        problem,
        output: process.log().tail(),
    })
}
