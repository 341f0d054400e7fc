//! A network namespace that holds nothing but loopback.

use std::io;
use std::process::{Command, Stdio};

use anyhow::{Result, bail};

use crate::cargo;

/// What is run inside: loopback comes up, then the command takes the shell's place.
const ENTER: &str = r#"ip link set lo up && exec "$@""#;

/// Builds a program of the suites, then gives the command that runs it with no network but its own
/// loopback; arguments are added as to any command.
///
/// # Errors
/// When it does not build, or such a namespace cannot be made here; says what is missing.
pub(crate) fn command(program: &str) -> Result<Command> {
    let program = ["-p", "tor-harness-suites", "--bin", program];
    // Inside there is no network that a build could fetch from.
    cargo::run(cargo::cargo(&["build", "--quiet"]).args(program))?;
    check()?;
    let mut cargo = cargo::cargo(&["run", "--quiet", "--offline"]);
    Ok(inside(cargo.args(program).arg("--")))
}

/// The command that runs one of Cargo's there, from the workspace's root.
pub(crate) fn inside(cargo: &Command) -> Command {
    let mut command = unshare();
    command
        .args(["sh", "-c", ENTER, "sh"])
        .arg(cargo.get_program())
        .args(cargo.get_args())
        .current_dir(cargo::root());
    command
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
