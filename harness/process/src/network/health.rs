//! What nodes complain of.

use std::fs;

use super::node::Node;
use super::role::Role;
use super::running::TestNetwork;
use crate::error::Error;
use crate::launch::LOG;

/// What a node of a healthy network warns of.
struct Expected {
    /// How the warning begins.
    start: &'static str,
    /// Of which nodes it is expected.
    of: fn(Role) -> bool,
    /// Why it is.
    #[expect(dead_code, reason = "it is for who reads the list")]
    reason: &'static str,
}

const fn expected(of: fn(Role) -> bool, start: &'static str, reason: &'static str) -> Expected {
    Expected { start, of, reason }
}

const ALL: fn(Role) -> bool = |_| true;
const SERVICES: fn(Role) -> bool = |role| matches!(role, Role::OnionService);
const CLIENTS: fn(Role) -> bool = |role| matches!(role, Role::Client);

#[rustfmt::skip]
const EXPECTED: &[Expected] = &[
    expected(ALL, "You have used DirAuthority or AlternateDirAuthority", "they are the network's"),
    expected(ALL, "TestingTorNetwork is set.", "it is a test's network"),
    expected(ALL, "Your log may contain sensitive information", "its addresses are all of this machine"),
    expected(ALL, "You are running Tor as root.", "tors run as who runs the tests"),
    expected(ALL, "Failed to choose an exit server", "the only exit has no other for its own circuits"),
    expected(CLIENTS, "Only one bridge (transport: ", "conflux would like two"),
    expected(SERVICES, "No available nodes when trying to choose node.", "of few relays all may be in use for another circuit"),
    expected(SERVICES, "HiddenServiceNonAnonymousMode is set.", "a single onion service was asked for"),
    expected(SERVICES, "This copy of Tor was compiled or configured to run in a non-anonymous mode.", "a single onion service was asked for"),
];

impl TestNetwork {
    /// The lines of level `[warn]` and `[err]` in the logs of its nodes that a healthy network does
    /// not have, each behind its node's nickname. Where authorities vote all nodes complain until
    /// they have come to a consensus.
    ///
    /// # Errors
    /// If a log cannot be read.
    pub fn complaints(&self) -> Result<Vec<String>, Error> {
        let mut all = Vec::new();
        for node in self.nodes() {
            let log = node.whole_log()?;
            let unexpected = log
                .lines()
                .filter(|line| complaint(line).is_some_and(|text| !is_expected(text, node.role())));
            all.extend(unexpected.map(|line| format!("{}: {line}", node.nickname())));
        }
        Ok(all)
    }
}

impl Node {
    /// All lines of its log so far; [`Tor::log`](crate::Tor::log) has the last of them.
    ///
    /// # Errors
    /// If its file cannot be read.
    pub fn whole_log(&self) -> Result<String, Error> {
        let file = self.tor().folder().join(LOG);
        let bytes = fs::read(&file).map_err(Error::system(format!("read {}", file.display())));
        bytes.map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
    }
}

/// What a line of the levels `[warn]` and `[err]` says.
fn complaint(line: &str) -> Option<&str> {
    let mut levels = [" [warn] ", " [err] "].into_iter();
    levels.find_map(|level| Some(line.split_once(level)?.1))
}

fn is_expected(text: &str, role: Role) -> bool {
    let mut all = EXPECTED.iter();
    all.any(|expected| (expected.of)(role) && text.starts_with(expected.start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn some_warnings_are_expected() {
        for (line, role, unexpected) in [
            ("Nov 22 11:40:48.880 [notice] Problem", Role::Relay, false),
            (
                "Nov 22 11:40:48.880 [warn] TestingTorNetwork is set. This",
                false,
                false,
            ),
            (
                "Nov 22 11:40:48.880 [warn] Problem bootstrapping.",
                true,
                true,
            ),
            ("Nov 22 11:40:48.880 [err] Problem", Role::Relay, true),
            (
                "Nov 22 11:40:48.880 [warn] Received http status code 404 (",
                true,
                false,
            ),
            (
                "Nov 22 11:40:48.880 [warn] Received http status code 404 (",
                false,
                true,
            ),
        ] {
            let is_unexpected = complaint(line).is_some_and(|text| !is_expected(text, role));
            assert_eq!(is_unexpected, unexpected, "{line}");
        }
    }
}
