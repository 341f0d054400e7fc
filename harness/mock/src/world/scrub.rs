//! What tor hides in its log.

use super::World;
use super::escaped::escaped;
use super::lone_bytes::to_text;

impl World {
    /// An address as the log shows it.
    pub(super) fn scrubbed(&self, text: &[u8]) -> String {
        match self.hides_addresses() {
            true => "[scrubbed]".to_owned(),
            false => to_text(text).into_owned(),
        }
    }

    /// The same where tor quotes what it does not hide.
    pub(super) fn scrubbed_quoted(&self, text: &[u8]) -> String {
        match self.hides_addresses() {
            true => "[scrubbed]".to_owned(),
            false => escaped(text),
        }
    }

    fn hides_addresses(&self) -> bool {
        !matches!(self.config.value("SafeLogging"), None | Some("0"))
    }
}
