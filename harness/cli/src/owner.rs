//! What ends the command: signals, the parent's end, the child's end.

use std::process::{Child, ExitStatus};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result};
use nix::unistd::{Pid, getppid};
use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM};
use signal_hook::iterator::SignalsInfo;
use signal_hook::iterator::exfiltrator::WithOrigin;
use signal_hook::low_level::siginfo::Cause;

/// How often it is looked whether the parent and the fixture are still there.
const PERIOD: Duration = Duration::from_millis(100);

/// Something that may end the command.
#[derive(Debug)]
pub(crate) enum Ending {
    /// A signal came from another process, to this one.
    Signal(i32),
    /// A signal came from the terminal, to the whole process group.
    Terminal,
    /// The parent process is gone.
    ParentGone,
    /// The child has ended.
    Child(std::io::Result<ExitStatus>),
}

/// Waits for whatever ends the command first.
#[derive(Debug)]
pub(crate) struct Endings {
    sender: Sender<Ending>,
    receiver: Receiver<Ending>,
    /// The parent whose end has not been told yet.
    parent: Option<Pid>,
}

impl Endings {
    /// Listens to signals from now on, and to the end of this parent, who may
    /// have gone while the fixture started.
    ///
    /// To be called when the fixture has started: until then a signal ends the
    /// command at once, and what has started of the fixture is the guard's.
    pub(crate) fn listen(parent: Option<Pid>) -> Result<Self> {
        let (sender, receiver) = channel();
        let mut signals = SignalsInfo::<WithOrigin>::new([SIGINT, SIGTERM, SIGHUP, SIGQUIT])
            .context("listening to signals")?;
        let to = sender.clone();
        thread::spawn(move || {
            for origin in &mut signals.forever() {
                let _ = to.send(match origin.cause {
                    Cause::Kernel => Ending::Terminal,
                    _ => Ending::Signal(origin.signal),
                });
            }
        });
        Ok(Self {
            sender,
            receiver,
            // The kernel's own notice, PR_SET_PDEATHSIG, follows the thread
            // that started this process, which may end long before its process.
            parent,
        })
    }

    /// Also waits for a child's end.
    pub(crate) fn also_child(&self, mut child: Child) {
        let to = self.sender.clone();
        thread::spawn(move || {
            let _ = to.send(Ending::Child(child.wait()));
        });
    }

    /// Waits for the next ending, or, where there is none yet, gives `None`
    /// from time to time.
    pub(crate) fn next(&mut self) -> Option<Ending> {
        self.receiver.recv_timeout(PERIOD).ok().or_else(|| {
            self.parent
                .take_if(|parent| *parent != getppid())
                .map(|_| Ending::ParentGone)
        })
    }
}
