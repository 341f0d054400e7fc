//! One running process, killed with its group when dropped.

use std::fs::File;
use std::io;
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use nix::errno::Errno;
use nix::sys::signal::{Signal, killpg};
use nix::unistd::Pid;

use crate::log::Log;
use crate::spawn::spawn;

/// How long the rest of the output of a killed process is waited for.
const LAST_WORDS: Duration = Duration::from_secs(1);

pub(crate) struct Process {
    child: Child,
    log: Log,
    ended: bool,
}

impl Process {
    /// Starts a command whose output goes to the log, and to a file if given.
    pub(crate) fn start(
        mut command: Command,
        copy: Option<File>,
        pid_file: Option<PathBuf>,
    ) -> io::Result<Self> {
        let (output, writer) = io::pipe()?;
        command
            .stdin(Stdio::null())
            .stdout(writer.try_clone()?)
            .stderr(writer);
        let log = Log::drain(output, copy)?;
        let child = spawn(command, pid_file)?;
        Ok(Self {
            child,
            log,
            ended: false,
        })
    }

    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// Whether this was told to end it.
    pub(crate) fn was_ended(&self) -> bool {
        self.ended
    }

    pub(crate) fn log(&self) -> &Log {
        &self.log
    }

    /// Has the process end by SIGTERM, and kills it if it has not in time; none then.
    pub(crate) fn terminate(&mut self, deadline: Instant) -> io::Result<Option<ExitStatus>> {
        self.signal(Signal::SIGTERM)?;
        let ended = self.log.wait_until(deadline, |known| known.ended);
        let status = self.end()?;
        Ok(ended.map(|_| status))
    }

    /// Kills the process with its group, then waits for its end. A process
    /// that had already begun to exit keeps its own status.
    pub(crate) fn end(&mut self) -> io::Result<ExitStatus> {
        self.signal(Signal::SIGKILL)?;
        // From here on its number may belong to another process.
        self.ended = true;
        let status = self.child.wait()?;
        let _ = self
            .log
            .wait_until(Instant::now() + LAST_WORDS, |known| known.ended);
        Ok(status)
    }

    /// Sends a signal to its group.
    fn signal(&self, signal: Signal) -> io::Result<()> {
        if self.ended {
            return Ok(());
        }
        match killpg(Pid::from_raw(self.child.id().cast_signed()), signal) {
            Ok(()) | Err(Errno::ESRCH) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.end();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_does_not_end_in_time_is_killed() {
        for (script, wait, expected) in [
            (
                "echo '[notice] Tor 1 running on x'; exec tail -f /dev/null",
                Duration::from_secs(60),
                true,
            ),
            (
                "trap '' TERM; echo '[notice] Tor 1 running on x'; exec tail -f /dev/null",
                Duration::ZERO,
                false,
            ),
        ] {
            let mut command = Command::new("sh");
            command.args(["-c", script]);
            let mut process = Process::start(command, None, None).unwrap();
            let soon = Instant::now() + Duration::from_secs(60);
            // Its line comes when its signals are set.
            let told = process
                .log
                .wait_until(soon, |known| known.version.is_some());
            assert!(told.is_some(), "{script} prints nothing");
            let status = process.terminate(Instant::now() + wait).unwrap();
            assert_eq!(status.is_some(), expected, "{script}: {status:?}");
        }
    }
}
