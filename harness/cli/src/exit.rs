//! How the command ends, and what it says then.

use std::io::Write;

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

/// The part of `--help` about exit statuses.
pub(crate) const HELP: &str = "\
Exit status:
  0    without COMMAND: it was told to end; with COMMAND: what that returned
  2    the fixture did not start: wrong arguments, a bad script or torrc, no tor
  3    an expectation of the script was not met, or of --strict or --strict-client
       (and COMMAND had succeeded)
  126  COMMAND cannot be run
  127  there is no such COMMAND
  128+N  COMMAND was ended by signal N

The fixture is found in the environment: TOR_CONTROL_HOST, TOR_CONTROL_PORT,
TOR_CONTROL_IPC_PATH, TOR_CONTROL_PASSWD and TOR_CONTROL_COOKIE_AUTH_FILE, and
COMMAND may have {control_host}, {control_port}, {control_socket}, {password}
and {cookie_file} in its arguments.";

/// Says what went wrong, on standard error; a cause that is said already is
/// not said again.
pub(crate) fn complain(error: &anyhow::Error) {
    let mut text = error.to_string();
    for cause in error.chain().skip(1).map(ToString::to_string) {
        if !text.contains(&cause) {
            text += &format!(": {cause}");
        }
    }
    // Where standard error is closed there is nobody to tell.
    let _ = writeln!(std::io::stderr(), "tor-harness: {text}");
}
