//! This test program once more, as the owner of tors that comes to an end.

use std::env;
use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::mem;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, Stdio};
use std::thread;

use libtest_mimic::Failed;
use nix::unistd::Pid;
use tor_harness_process::{TestNetwork, Tor};

/// Which of the owner's lives this process is to live.
const LIFE: &str = "TOR_HARNESS_TEST_OWNER";

/// Two tors until stdin closes.
pub(crate) const HOLD: &str = "hold";
/// A private network, of [`NODES`], until stdin closes.
pub(crate) const NETWORK: &str = "network";
/// How many nodes that network has.
pub(crate) const NODES: usize = 5;
/// One tor after the other, stopped; then until stdin closes.
pub(crate) const STOP: &str = "stop";
/// Ends in order, but never drops its tor.
pub(crate) const FORGET: &str = "forget";
/// A panic, with a tor.
pub(crate) const PANIC: &str = "panic";
/// A tor that cannot start; its error goes to stderr.
pub(crate) const FAIL: &str = "fail";
/// Starts and drops tors on four threads, for ever.
pub(crate) const CHURN: &str = "churn";

pub(crate) fn asked_for() -> Option<String> {
    env::var(LIFE).ok()
}

/// Lives one of the lives; tells of each tor by a line on stdout.
pub(crate) fn live(life: &str) -> ExitCode {
    match life {
        HOLD => {
            let _tors = [start(), start()];
            let _ = io::stdin().read_to_end(&mut Vec::new());
        }
        NETWORK => {
            let network = TestNetwork::start().expect("a network");
            let nodes = network.nodes().iter();
            nodes.for_each(|node| tell(node.tor().folder()));
            let _ = io::stdin().read_to_end(&mut Vec::new());
        }
        STOP => {
            drop(start());
            let tor = Tor::builder().start().expect("a tor");
            let folder = tor.folder().to_owned();
            tor.stop().expect("an end");
            tell(&folder);
            let _ = io::stdin().read_to_end(&mut Vec::new());
        }
        FORGET => mem::forget(start()),
        PANIC => {
            let _tor = start();
            panic!("as asked");
        }
        FAIL => {
            let error = Tor::builder().torrc_line("NoSuchOption 1").start();
            let _ = write!(
                io::stderr(),
                "{}",
                error.expect_err("there is no such option")
            );
        }
        CHURN => thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| while start().pid() > 0 {});
            }
        }),
        other => panic!("no life {other:?}"),
    }
    ExitCode::SUCCESS
}

fn start() -> Tor {
    let tor = Tor::builder().start().expect("a tor");
    tell(tor.folder());
    tor
}

fn tell(folder: &Path) {
    writeln!(io::stdout(), "{}", folder.display()).expect("a reader");
}

/// An owner seen from outside, killed when dropped.
pub(crate) struct Owner {
    child: Child,
    lines: io::Lines<BufReader<std::process::ChildStdout>>,
}

impl Owner {
    /// Starts an owner in a process group of its own.
    pub(crate) fn start(life: &str, environment: &[(&str, &str)]) -> Result<Self, Failed> {
        // Whoever runs the tests in the background may have them ignore SIGINT.
        let mut child = Command::new("env")
            .arg("--default-signal=INT")
            .arg(env::current_exe()?)
            .env(LIFE, life)
            .env_remove("TOR_HARNESS_KEEP")
            .envs(environment.iter().copied())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .process_group(0)
            .spawn()?;
        let lines = BufReader::new(child.stdout.take().ok_or("no stdout")?).lines();
        Ok(Self { child, lines })
    }

    /// The folder of the owner's next tor.
    pub(crate) fn next_folder(&mut self) -> Result<PathBuf, Failed> {
        let line = self.lines.next().ok_or("the owner has ended")??;
        Ok(PathBuf::from(line))
    }

    pub(crate) fn pid(&self) -> Pid {
        Pid::from_raw(self.child.id().cast_signed())
    }

    /// Waits for its end; what it wrote to stderr.
    pub(crate) fn last_words(mut self) -> Result<String, Failed> {
        let mut words = String::new();
        let mut stderr = self.child.stderr.take().ok_or("no stderr")?;
        stderr.read_to_string(&mut words)?;
        Ok(words)
    }
}

impl Drop for Owner {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
