//! The thread that starts every tor of this process.
//!
//! The parent-death signal is sent when the *thread* that forked ends, and a
//! test's thread ends with its test: so one thread, which lives as long as the
//! process, does all the forking.

use std::fs;
use std::io;
use std::os::unix::process::CommandExt as _;
use std::path::PathBuf;
use std::process::{Child, Command};
use std::sync::mpsc::{self, Sender};
use std::sync::{Mutex, PoisonError};
use std::thread;

use nix::errno::Errno;
use nix::sys::prctl::set_pdeathsig;
use nix::sys::signal::Signal;
use nix::unistd::{Pid, getppid};

/// Starts a command in a process group of its own, to be killed by the system
/// when this process ends; its number is written into `pid_file` at once.
pub(crate) fn spawn(command: Command, pid_file: Option<PathBuf>) -> io::Result<Child> {
    let (reply, answer) = mpsc::channel();
    let job = Job {
        command,
        pid_file,
        reply,
    };
    spawner()?.send(job).map_err(|_| gone())?;
    answer.recv().map_err(|_| gone())?
}

struct Job {
    command: Command,
    pid_file: Option<PathBuf>,
    reply: Sender<io::Result<Child>>,
}

fn spawner() -> io::Result<Sender<Job>> {
    static SPAWNER: Mutex<Option<Sender<Job>>> = Mutex::new(None);
    let mut spawner = SPAWNER.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(jobs) = &*spawner {
        return Ok(jobs.clone());
    }
    let (sender, jobs) = mpsc::channel::<Job>();
    thread::Builder::new()
        .name("tor-harness-spawner".to_owned())
        .spawn(move || {
            for job in jobs {
                // `spawn` waits for this.
                let _ = job.reply.send(run(job.command, job.pid_file));
            }
        })?;
    Ok(spawner.insert(sender).clone())
}

fn run(mut command: Command, pid_file: Option<PathBuf>) -> io::Result<Child> {
    command.process_group(0);
    let owner = Pid::this();
    let die_with_owner = move || {
        set_pdeathsig(Signal::SIGKILL)?;
        // The owner may have ended before the signal was set.
        if getppid() != owner {
            return Err(Errno::ESRCH.into());
        }
        Ok(())
    };
    #[expect(
        unsafe_code,
        reason = "the parent-death signal is set between fork and exec"
    )]
    // SAFETY: between fork and exec only prctl(2) and getppid(2) are called,
    // which are async-signal-safe; nothing is allocated, no lock is taken.
    unsafe {
        command.pre_exec(die_with_owner);
    }
    let mut child = command.spawn()?;
    if let Some(file) = pid_file
        && let Err(error) = fs::write(file, format!("{}\n", child.id()))
    {
        let _ = child.kill();
        let _ = child.wait();
        return Err(error);
    }
    Ok(child)
}

fn gone() -> io::Error {
    io::Error::other("the thread that starts processes is gone")
}
