//! How the command ends.

use std::io::Write;

/// `parse`: all documents are good.
pub(crate) const GOOD: u8 = 0;
/// `parse`: something is wrong with a document.
pub(crate) const PROBLEMS: u8 = 1;
/// The fixture did not start: wrong arguments, a bad script or torrc, no tor.
/// clap uses the same.
pub(crate) const NOT_STARTED: u8 = 2;
/// An expectation was not met.
pub(crate) const UNMET: u8 = 3;
/// The COMMAND is there and cannot be run, as shells have it.
pub(crate) const NOT_EXECUTABLE: u8 = 126;
/// There is no such COMMAND, as shells have it.
pub(crate) const NOT_FOUND: u8 = 127;
/// The COMMAND was ended by a signal: this and the signal's number.
pub(crate) const BY_SIGNAL: u8 = 128;

/// A text on one line, in which all can be seen: what cannot is escaped, as `\n` and `\u{202e}`.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\'' | '"' | '\\' => out.push(letter),
            _ => out.extend(letter.escape_debug()),
        }
    }
    out
}

/// Says what went wrong, on standard error; a cause that is said already is
/// not said again.
pub(crate) fn complain(error: &anyhow::Error) {
    let mut text = error.to_string();
    for cause in error.chain().skip(1).map(ToString::to_string) {
        if !text.contains(&cause) {
            text += &format!(": {cause}");
        }
    }
    let lines: Vec<_> = text.split('\n').map(escaped).collect();
    // Where standard error is closed there is nobody to tell.
    let _ = writeln!(std::io::stderr(), "tor-harness: {}", lines.join("\n"));
}
