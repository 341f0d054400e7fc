//! How all nodes of a network are, for whoever waits for one of them in vain.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tor_harness_client::Client;
use tor_harness_types::Endpoint;

use super::role::Role;
use crate::log::Log;
use crate::ready::last_lines;

/// How long a node may take to say how it is.
const PATIENCE: Duration = Duration::from_secs(2);

/// A node, as far as it can be asked.
#[derive(Debug)]
pub(super) struct Member {
    pub(super) nickname: String,
    pub(super) role: Role,
    pub(super) endpoint: Endpoint,
    /// Of its last run.
    pub(super) log: Mutex<Log>,
}

impl Member {
    /// How it is, in a line.
    fn state(&self) -> String {
        let Self { nickname, role, .. } = self;
        let log = self.log().clone();
        let state = match log.has_ended() {
            true => format!("has ended: {}", last_lines(&log.tail(), 1)),
            false => self
                .ask()
                .unwrap_or_else(|error| format!("does not answer: {}", first_line(&error))),
        };
        format!("{nickname} ({role:?}) {state}")
    }

    fn log(&self) -> MutexGuard<'_, Log> {
        self.log.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn ask(&self) -> Result<String, tor_harness_client::Error> {
        let mut client = Client::connect(&self.endpoint, PATIENCE)?;
        client.authenticate(&tor_harness_client::Credentials::Null)?;
        let phase = client.get_info("status/bootstrap-phase")?;
        let consensus = client.get_info("consensus/valid-after");
        let relays = client.get_info("ns/all")?;
        let circuits = client.get_info("circuit-status")?;
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

/// Has the node of a nickname known by the log of another run.
pub(super) fn started_again(members: &[Member], nickname: &str, log: &Log) {
    let member = members.iter().find(|member| member.nickname == nickname);
    if let Some(member) = member {
        *member.log() = log.clone();
    }
}

/// How all are, a line each.
pub(super) fn states(members: &[Member]) -> String {
    let states: Vec<_> = members.iter().map(Member::state).collect();
    states.join("\n")
}

fn first_line(error: &tor_harness_client::Error) -> String {
    let text = error.to_string();
    text.lines().next().unwrap_or_default().to_owned()
}
