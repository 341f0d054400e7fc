//! A network namespace that holds nothing but loopback.

use std::ffi::OsStr;
use std::io;
use std::process::{Command, Stdio};

use anyhow::{Result, bail};

/// What is run inside: loopback comes up, then the command takes the shell's place.
const ENTER: &str = r#"ip link set lo up && exec "$@""#;

/// A command that runs `program` with no network but its own loopback; arguments are added as to
/// any command.
///
/// # Errors
/// When such a namespace cannot be made here; says what is missing.
pub(crate) fn command(program: impl AsRef<OsStr>) -> Result<Command> {
    check()?;
    let mut command = unshare();
    command.args(["sh", "-c", ENTER, "sh"]).arg(program);
    Ok(command)
}

fn unshare() -> Command {
    let mut command = Command::new("unshare");
    command.args(["--map-root-user", "--net", "--"]);
    command
}

/// Whether such a namespace can be made here: tries the two steps one after the other, so that the error can name the one that fails.
pub(crate) fn check() -> Result<()> {
    let attempts: [(&[&str], &str); 2] = [
        (
            &["true"],
            "unshare (util-linux) makes the namespace; where the kernel forbids user namespaces, allow them \
             (sysctl kernel.unprivileged_userns_clone=1, or kernel.apparmor_restrict_unprivileged_userns=0) or run as root",
        ),
        (
            &["ip", "link", "set", "lo", "up"],
            "ip brings its loopback up: apt-get install iproute2",
        ),
    ];
    for (inside, advice) in attempts {
        let problem = match unshare().args(inside).stdin(Stdio::null()).output() {
            Ok(output) if output.status.success() => continue,
            Ok(output) => String::from_utf8_lossy(&output.stderr).trim().to_owned(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                "unshare is not installed".to_owned()
            }
            Err(error) => error.to_string(),
        };
        bail!("cannot enter an empty network namespace: {problem}\n{advice}");
    }
    Ok(())
}
