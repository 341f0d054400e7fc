//! Nothing outlives its owner, however that ends.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::thread;

use libtest_mimic::Failed;
use nix::sys::signal::{Signal, kill, killpg};
use nix::unistd::Pid;
use tor_harness_process::{Tor, find_tor};

use crate::Test;
use crate::owner::{CHURN, FAIL, FORGET, HOLD, NETWORK, NODES, Owner, PANIC, STOP};
use crate::wait::{PROMISED, no_process_left, nothing_left, processes_naming, until};

pub(crate) const TESTS: &[Test] = &[
    (
        "end::stop_and_drop_leave_nothing",
        stop_and_drop_leave_nothing,
    ),
    (
        "end::the_last_tor_takes_all_with_it",
        the_last_tor_takes_all_with_it,
    ),
    ("end::a_panic_leaves_nothing", a_panic_leaves_nothing),
    ("end::a_crash_is_told_by_stop", a_crash_is_told_by_stop),
    (
        "end::a_tor_outlives_the_thread_that_started_it",
        a_tor_outlives_the_thread_that_started_it,
    ),
    (
        "end::sigkill_of_the_owner_leaves_nothing",
        sigkill_of_the_owner_leaves_nothing,
    ),
    (
        "end::sigkill_of_the_owner_leaves_no_network",
        sigkill_of_the_owner_leaves_no_network,
    ),
    (
        "end::the_death_signal_needs_no_guard",
        the_death_signal_needs_no_guard,
    ),
    (
        "end::the_guard_needs_no_death_signal",
        the_guard_needs_no_death_signal,
    ),
    ("end::ctrl_c_leaves_nothing", ctrl_c_leaves_nothing),
    (
        "end::a_forgotten_tor_leaves_nothing",
        a_forgotten_tor_leaves_nothing,
    ),
    (
        "end::sigkill_while_starting_leaves_nothing",
        sigkill_while_starting_leaves_nothing,
    ),
    (
        "end::the_owners_output_is_not_held_open",
        the_owners_output_is_not_held_open,
    ),
    (
        "end::failures_are_kept_when_asked",
        failures_are_kept_when_asked,
    ),
];

fn stop_and_drop_leave_nothing() -> Result<(), Failed> {
    let tor = Tor::builder().start()?;
    let folder = tor.folder().to_owned();
    if processes_naming(&folder) != [tor.pid()] {
        return Err("the tor is not found by its folder".into());
    }
    tor.stop()?;
    nothing_left(&folder)?;

    let tor = Tor::builder().start()?;
    let folder = tor.folder().to_owned();
    drop(tor);
    Ok(nothing_left(&folder)?)
}

fn the_last_tor_takes_all_with_it() -> Result<(), Failed> {
    let mut owner = Owner::start(STOP, &[])?;
    let session = session(&owner.next_folder()?)?;
    // The line comes when the second tor is stopped as well.
    if owner.next_folder()?.exists() || session.exists() {
        return Err(format!("{} is left", session.display()).into());
    }
    Ok(())
}

fn a_panic_leaves_nothing() -> Result<(), Failed> {
    let tor = Tor::builder().start()?;
    let folder = tor.folder().to_owned();
    let panicked = thread::spawn(move || {
        let _tor = tor;
        std::panic::resume_unwind(Box::new(()));
    });
    if panicked.join().is_ok() {
        return Err("expected a panic".into());
    }
    Ok(nothing_left(&folder)?)
}

fn a_crash_is_told_by_stop() -> Result<(), Failed> {
    let tor = Tor::builder().start()?;
    let folder = tor.folder().to_owned();
    kill(pid(tor.pid()), Signal::SIGABRT)?;
    // The end of its control port is the end of tor.
    until(PROMISED, || {
        tor.connect()
            .map_or(Ok(()), |_| Err("tor lives".to_owned()))
    })?;
    let error = tor.stop().map_err(|error| error.to_string()).err();
    if !error
        .as_ref()
        .is_some_and(|error| error.contains("SIGABRT"))
    {
        return Err(format!("expected an error that names SIGABRT, got {error:?}").into());
    }
    Ok(nothing_left(&folder)?)
}

fn a_tor_outlives_the_thread_that_started_it() -> Result<(), Failed> {
    let tor = thread::spawn(|| Tor::builder().start())
        .join()
        .map_err(|_| "a panic")??;
    tor.client()?.get_info("version")?;
    Ok(tor.stop()?)
}

fn sigkill_of_the_owner_leaves_nothing() -> Result<(), Failed> {
    let (owner, session) = holding_owner(&[])?;
    kill(owner.pid(), Signal::SIGKILL)?;
    until(PROMISED, || nothing_left(&session))
}

fn sigkill_of_the_owner_leaves_no_network() -> Result<(), Failed> {
    let mut owner = Owner::start(NETWORK, &[])?;
    let folders = (0..NODES).map(|_| owner.next_folder());
    let folders = folders.collect::<Result<Vec<_>, _>>()?;
    let session = session(&folders[0])?;
    // The guard as well.
    let living = processes_naming(&session).len();
    if living != NODES + 1 {
        return Err(format!("{living} processes live").into());
    }
    kill(owner.pid(), Signal::SIGKILL)?;
    until(PROMISED, || {
        folders.iter().try_for_each(|folder| nothing_left(folder))?;
        nothing_left(&session)
    })
}

fn the_death_signal_needs_no_guard() -> Result<(), Failed> {
    let (owner, session) = holding_owner(&[])?;
    let guard = processes_naming(&session)
        .into_iter()
        .find(|pid| {
            fs::read_link(format!("/proc/{pid}/cwd")).is_ok_and(|cwd| cwd == Path::new("/"))
        })
        .ok_or("no guard")?;
    kill(pid(guard), Signal::SIGKILL)?;
    kill(owner.pid(), Signal::SIGKILL)?;
    let result = until(PROMISED, || no_process_left(&session));
    // Only the guard would have removed it.
    fs::remove_dir_all(&session)?;
    result
}

/// The signal reaches the wrapper, not the tor that it runs.
fn the_guard_needs_no_death_signal() -> Result<(), Failed> {
    let folder = tempfile::tempdir()?;
    let wrapper = folder.path().join("wrapper");
    symlink(
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fakes/wrapper"),
        &wrapper,
    )?;
    symlink(find_tor()?.path(), folder.path().join("tor"))?;
    let wrapper = wrapper.to_str().ok_or("no printable path")?;

    let (owner, session) = holding_owner(&[("TOR_HARNESS_TOR", wrapper)])?;
    kill(owner.pid(), Signal::SIGKILL)?;
    until(PROMISED, || nothing_left(&session))
}

fn ctrl_c_leaves_nothing() -> Result<(), Failed> {
    let (owner, session) = holding_owner(&[])?;
    killpg(owner.pid(), Signal::SIGINT)?;
    until(PROMISED, || nothing_left(&session))
}

fn a_forgotten_tor_leaves_nothing() -> Result<(), Failed> {
    let mut owner = Owner::start(FORGET, &[])?;
    let session = session(&owner.next_folder()?)?;
    owner.last_words()?;
    until(PROMISED, || nothing_left(&session))
}

fn sigkill_while_starting_leaves_nothing() -> Result<(), Failed> {
    for starts in 1..=8 {
        let mut owner = Owner::start(CHURN, &[])?;
        let session = session(&owner.next_folder()?)?;
        for _ in 1..starts {
            owner.next_folder()?;
        }
        kill(owner.pid(), Signal::SIGKILL)?;
        until(PROMISED, || nothing_left(&session))?;
    }
    Ok(())
}

fn the_owners_output_is_not_held_open() -> Result<(), Failed> {
    let (owner, session) = holding_owner(&[])?;
    let own: Vec<PathBuf> = [1, 2]
        .iter()
        .map(|number| fs::read_link(format!("/proc/{}/fd/{number}", owner.pid())))
        .collect::<Result<_, _>>()?;
    let processes = processes_naming(&session);
    if processes.len() != 3 {
        return Err(format!("expected two tors with their guard, found {processes:?}").into());
    }
    for pid in processes {
        for entry in fs::read_dir(format!("/proc/{pid}/fd"))? {
            // Such as a connection that was closed meanwhile.
            let Ok(open) = fs::read_link(entry?.path()) else {
                continue;
            };
            if own.contains(&open) {
                return Err(format!("process {pid} holds {} open", open.display()).into());
            }
        }
    }
    Ok(())
}

fn failures_are_kept_when_asked() -> Result<(), Failed> {
    for life in [PANIC, FAIL] {
        let owner = Owner::start(life, &[("TOR_HARNESS_KEEP", "1")])?;
        let words = owner.last_words()?;
        let (_, folder) = words
            .split_once("kept in ")
            .ok_or_else(|| format!("no folder in: {words}"))?;
        let folder = Path::new(folder.lines().next().unwrap_or_default());
        let session = session(folder)?;
        until(PROMISED, || no_process_left(&session))?;
        let log = fs::read_to_string(folder.join("log"))?;
        fs::remove_dir_all(session)?;
        if !log.contains(" running on ") {
            return Err(format!("expected tor's log, got {log:?}").into());
        }
    }
    Ok(())
}

/// An owner of two tors, and the folder in which it has them.
fn holding_owner(environment: &[(&str, &str)]) -> Result<(Owner, PathBuf), Failed> {
    let mut owner = Owner::start(HOLD, environment)?;
    owner.next_folder()?;
    let session = session(&owner.next_folder()?)?;
    Ok((owner, session))
}

fn session(folder: &Path) -> Result<PathBuf, Failed> {
    Ok(folder.parent().ok_or("no parent")?.to_owned())
}

fn pid(number: u32) -> Pid {
    Pid::from_raw(number.cast_signed())
}
