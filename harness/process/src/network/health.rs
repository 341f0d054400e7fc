//! What nodes complain of.

use std::fs;

use super::node::Node;
use super::role::Role;
use super::running::TestNetwork;
use crate::error::Error;
use crate::run::LOG;

/// What nodes of a healthy network warn of: those of which role, if not all of them; how the
/// warning begins; why.
#[rustfmt::skip]
const EXPECTED: &[(Option<Role>, &str, &str)] = &[
    (None, "You have used DirAuthority or AlternateDirAuthority", "they are the network's"),
    (None, "TestingTorNetwork is set.", "it is a test's network"),
    (None, "Your log may contain sensitive information", "its addresses are all of this machine"),
    (None, "ControlPort is open, but no authentication method has been configured.", "it was asked for, on loopback"),
    (None, "You are running Tor as root.", "tors run as who runs the tests"),
    (None, "Failed to choose an exit server", "the only exit has no other for its own circuits"),
    (Some(Role::Client), "Only one bridge (transport: ", "conflux would like two"),
    (Some(Role::Client), "Your application (using socks", "a test that asks for an address has no name to hide"),
    (None, "No available nodes when trying to choose node.", "of few relays all may be in another circuit"),
    (Some(Role::OnionService), "HiddenServiceNonAnonymousMode is set.", "a single onion service was asked for"),
    (Some(Role::OnionService), "This copy of Tor was compiled or configured to run in a non-anonymous mode.", "the same"),
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
    EXPECTED
        .iter()
        .any(|(of, start, _)| of.is_none_or(|of| of == role) && text.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn some_warnings_are_expected() {
        for (line, role, expected) in [
            ("Nov 22 11:40:48.880 [notice] Problem", Role::Relay, true),
            (
                "Nov 22 11:40:48.880 [warn] TestingTorNetwork is set.",
                Role::Relay,
                true,
            ),
            ("Nov 22 11:40:48.880 [warn] Problem", Role::Relay, false),
            ("Nov 22 11:40:48.880 [err] Problem", Role::Relay, false),
            (
                "Nov 22 11:40:48.880 [warn] Only one bridge (transport: ",
                Role::Client,
                true,
            ),
            (
                "Nov 22 11:40:48.880 [warn] Only one bridge (transport: ",
                Role::Relay,
                false,
            ),
        ] {
            let is_fine = complaint(line).is_none_or(|text| is_expected(text, role));
            assert_eq!(is_fine, expected, "{line}");
        }
    }
}
