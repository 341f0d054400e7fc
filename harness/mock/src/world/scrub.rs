//! What tor hides in its log.

use super::World;
use super::escaped::escaped;
use super::lone_bytes::to_text;

const HIDDEN: &str = "[scrubbed]";

impl World {
    /// A client's address as the log shows it.
    pub(super) fn scrubbed(&self, text: &[u8]) -> String {
        match self.hides_clients() {
            true => HIDDEN.to_owned(),
            false => to_text(text).into_owned(),
        }
    }

    /// The same where tor quotes what it does not hide.
    pub(super) fn scrubbed_quoted(&self, text: &[u8]) -> String {
        match self.hides_clients() {
            true => HIDDEN.to_owned(),
            false => escaped(text),
        }
    }

    /// An address of which tor does not say that it is a client's: a relay's log hides it, too.
    pub(super) fn scrubbed_for_all(&self, text: &[u8]) -> String {
        match self.config.value("SafeLogging") {
            None | Some("0") => escaped(text),
            Some(_) => HIDDEN.to_owned(),
        }
    }

    /// `relay` hides what relays see of others: not what this client does itself.
    fn hides_clients(&self) -> bool {
        self.config.value("SafeLogging") == Some("1")
    }
}
