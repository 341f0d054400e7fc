//! How all nodes of a network are, for whoever waits for one of them in vain.

use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use tor_harness_client::Error as ClientError;
use tor_harness_types::Endpoint;

use super::role::Role;
use crate::log::Log;
use crate::ready::{Access, last_lines};
use crate::tor::Tor;

/// How long the nodes may take to say how they are, all at once.
const PATIENCE: Duration = Duration::from_secs(2);

/// A node, as far as it can be asked.
#[derive(Debug)]
pub(super) struct Member {
    pub(super) nickname: String,
    pub(super) role: Role,
    pub(super) access: Access,
    pub(super) last_run: Mutex<LastRun>,
}

/// What another run of a node changes.
#[derive(Clone, Debug)]
pub(super) struct LastRun {
    endpoint: Endpoint,
    log: Log,
}

impl LastRun {
    pub(super) fn of(tor: &Tor) -> Self {
        Self {
            endpoint: tor.endpoint().clone(),
            log: tor.output().clone(),
        }
    }
}

impl Member {
    /// How it is, in a line.
    fn state(&self, end: Instant) -> String {
        let Self { nickname, role, .. } = self;
        let last_run = self.last_run.lock();
        let LastRun { endpoint, log } = last_run.unwrap_or_else(PoisonError::into_inner).clone();
        let state = match log.has_ended() {
            true => format!("has ended: {}", last_lines(&log.tail(), 1)),
            false => self
                .ask(&endpoint, end)
                .unwrap_or_else(|error| format!("does not answer: {}", first_line(&error))),
        };
        format!("{nickname} ({role:?}) {state}")
    }

    fn ask(&self, endpoint: &Endpoint, end: Instant) -> Result<String, ClientError> {
        let left = || end.saturating_duration_since(Instant::now());
        let mut client = self.access.connect(endpoint, left())?;
        let mut get_info = |key| {
            client.set_deadline(left());
            client.get_info(key)
        };
        let phase = get_info("status/bootstrap-phase")?;
        let consensus = get_info("consensus/valid-after");
        let relays = get_info("ns/all")?;
        let circuits = get_info("circuit-status")?;
        let built = circuits.lines().filter(|line| line.contains(" BUILT "));
        Ok(format!(
            "{}; {}; {} of {} circuits built",
            phase.trim_start_matches("NOTICE BOOTSTRAP "),
            match consensus {
                Ok(time) if !time.is_empty() => format!(
                    "a consensus of {time} that lists {} relays",
                    relays.lines().filter(|line| line.starts_with("r ")).count()
                ),
                _ => "no consensus".to_owned(),
            },
            built.count(),
            circuits.lines().count(),
        ))
    }
}

/// Has the node of a nickname known by another run.
pub(super) fn started_again(members: &[Member], nickname: &str, run: LastRun) {
    let member = members.iter().find(|member| member.nickname == nickname);
    if let Some(member) = member {
        let last_run = member.last_run.lock();
        *last_run.unwrap_or_else(PoisonError::into_inner) = run;
    }
}

/// How all are, a line each.
pub(super) fn states(members: &[Member]) -> String {
    let end = Instant::now() + PATIENCE;
    let states: Vec<_> = thread::scope(|scope| {
        let asked: Vec<_> = members
            .iter()
            .map(|member| scope.spawn(move || member.state(end)))
            .collect();
        let told = asked.into_iter().map(thread::ScopedJoinHandle::join);
        told.map(|state| state.unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
            .collect()
    });
    states.join("\n")
}

fn first_line(error: &ClientError) -> String {
    let text = error.to_string();
    text.lines().next().unwrap_or_default().to_owned()
}
