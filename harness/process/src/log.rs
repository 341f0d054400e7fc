//! What a process prints, read for as long as it lives.

use std::collections::VecDeque;
use std::fmt;
use std::fs::File;
use std::io::{self, BufRead as _, BufReader, PipeReader, Read as _, Write as _};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Instant;

use tor_harness_types::Endpoint;

/// How many lines are remembered.
const TAIL: usize = 200;
/// The bytes after which a line is broken, so that memory stays bounded.
const LONGEST_LINE: u64 = 4096;

/// The last lines that a process printed, and what they say about it.
#[derive(Clone)]
pub(crate) struct Log {
    shared: Arc<Shared>,
}

/// What is known of a process by its lines.
#[derive(Clone, Debug, Default)]
pub(crate) struct Known {
    /// From `Tor 0.4.9.11 running on Linux ...`.
    pub(crate) version: Option<String>,
    /// From `Opened Control listener connection (ready) on ...`.
    pub(crate) control_port: Option<Endpoint>,
    /// From `Opened OR listener connection (ready) on ...`.
    pub(crate) has_or_port: bool,
    /// From `Registered server transport ...`.
    pub(crate) has_transport: bool,
    /// From Arti's `Listening on ...`.
    pub(crate) has_socks_port: bool,
    /// From Arti's `Sufficiently bootstrapped ...`.
    pub(crate) is_bootstrapped: bool,
    /// Nothing more will come: the process closed its output.
    pub(crate) ended: bool,
}

#[derive(Default)]
struct Shared {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    known: Known,
    tail: VecDeque<String>,
}

impl Log {
    /// Reads a process's output on a thread of its own until it ends, copying
    /// it to a file: a pipe that nobody reads would stop the process.
    pub(crate) fn drain(output: PipeReader, copy: Option<File>) -> io::Result<Self> {
        let shared = Arc::new(Shared::default());
        let reader = Arc::clone(&shared);
        thread::Builder::new()
            .name("tor-harness-log".to_owned())
            .spawn(move || reader.read(output, copy))?;
        Ok(Self { shared })
    }

    /// The last lines, each with its newline.
    pub(crate) fn tail(&self) -> String {
        let state = self.shared.lock();
        state.tail.iter().flat_map(|line| [line, "\n"]).collect()
    }

    /// Whether nothing more can come.
    pub(crate) fn has_ended(&self) -> bool {
        self.shared.lock().known.ended
    }

    /// Waits until what is known satisfies a condition or nothing more can
    /// come; `None` when the deadline passes before.
    pub(crate) fn wait_until(
        &self,
        deadline: Instant,
        condition: impl Fn(&Known) -> bool,
    ) -> Option<Known> {
        let wait = deadline.saturating_duration_since(Instant::now());
        let (state, _) = self
            .shared
            .changed
            .wait_timeout_while(self.shared.lock(), wait, |state| {
                !condition(&state.known) && !state.known.ended
            })
            .unwrap_or_else(PoisonError::into_inner);
        let known = &state.known;
        (condition(known) || known.ended).then(|| known.clone())
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn read(&self, output: PipeReader, mut copy: Option<File>) {
        let mut output = BufReader::new(output);
        let mut line = Vec::new();
        loop {
            line.clear();
            let read = output
                .by_ref()
                .take(LONGEST_LINE)
                .read_until(b'\n', &mut line);
            if matches!(read, Err(_) | Ok(0)) {
                break;
            }
            if let Some(file) = &mut copy {
                // A full disk must not stop the reading.
                let _ = file.write_all(&line);
            }
            let mut state = self.lock();
            state.push(String::from_utf8_lossy(line.trim_ascii_end()).into_owned());
            drop(state);
            self.changed.notify_all();
        }
        self.lock().known.ended = true;
        self.changed.notify_all();
    }
}

impl fmt::Debug for Log {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Log").finish_non_exhaustive()
    }
}

impl State {
    fn push(&mut self, line: String) {
        if self.known.version.is_none() {
            self.known.version = version(&line).map(str::to_owned);
        }
        let known = &mut self.known;
        for (is_known, part) in [
            (
                &mut known.has_or_port,
                "] Opened OR listener connection (ready) on ",
            ),
            (&mut known.has_transport, "Registered server transport"),
            (&mut known.has_socks_port, "Listening on"),
            (&mut known.is_bootstrapped, "Sufficiently bootstrapped"),
        ] {
            *is_known |= line.contains(part);
        }
        if self.known.control_port.is_none() {
            self.known.control_port = control_port(&line);
        }
        if self.tail.len() == TAIL {
            self.tail.pop_front();
        }
        self.tail.push_back(line);
    }
}

fn version(line: &str) -> Option<&str> {
    let (_, rest) = line.split_once("[notice] Tor ")?;
    Some(rest.split_once(" running on ")?.0)
}

fn control_port(line: &str) -> Option<Endpoint> {
    let (_, address) = line.split_once("Opened Control listener connection (ready) on ")?;
    if address.starts_with('/') {
        return Some(Endpoint::Unix(address.to_owned()));
    }
    address.parse().ok()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn drained(bytes: &[u8]) -> (Known, String) {
        let (reader, mut writer) = io::pipe().unwrap();
        let log = Log::drain(reader, None).unwrap();
        writer.write_all(bytes).unwrap();
        drop(writer);
        let deadline = Instant::now() + Duration::from_secs(10);
        let known = log.wait_until(deadline, |_| false).expect("the end");
        (known, log.tail())
    }

    #[test]
    fn learns_from_the_lines() {
        let (known, tail) = drained(
            b"Nov 21 22:56:03.927 [notice] Tor 0.4.9.11 (git-1a2b) running on Linux with ...\r\n\
              \xff\n\
              Nov 21 22:56:03.928 [notice] Opened Control listener connection (ready) on /a b/c\n\
              last",
        );
        assert_eq!(known.version.as_deref(), Some("0.4.9.11 (git-1a2b)"));
        assert_eq!(
            known.control_port,
            Some(Endpoint::Unix("/a b/c".to_owned()))
        );
        assert_eq!(tail.lines().nth(1), Some("\u{fffd}"));
        assert!(tail.ends_with("/a b/c\nlast\n"));
    }

    #[test]
    fn forgets_all_but_the_last_lines() {
        let first = "Listening on 127.0.0.1:1\nRegistered server transport obfs4\n";
        let lines = first.to_owned() + &"a line\n".repeat(3 * TAIL);
        let (known, tail) = drained(lines.as_bytes());
        assert_eq!(known.version, None);
        assert!(known.has_socks_port && known.has_transport && !known.is_bootstrapped);
        assert_eq!(tail.lines().count(), TAIL);
    }

    #[test]
    fn breaks_endless_lines() {
        let (_, tail) = drained(&[b'x'; 10_000]);
        assert_eq!(tail.lines().count(), 3);
    }

    #[test]
    fn gives_up_at_the_deadline() {
        let (reader, _writer) = io::pipe().unwrap();
        let log = Log::drain(reader, None).unwrap();
        let deadline = Instant::now() + Duration::from_millis(1);
        assert!(log.wait_until(deadline, |_| false).is_none());
    }
}
