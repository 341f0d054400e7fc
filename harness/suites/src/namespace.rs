//! An empty network namespace, in which a real tor may be told anything.

use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::io;
use std::net::{TcpListener, TcpStream};
use std::os::unix::process::CommandExt as _;
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail};

const ADVICE: &str =
    "`cargo xtask` enters an empty network namespace (`unshare -rn`) for what needs one";

/// What is run inside: loopback comes up, then the program takes the shell's place.
const ENTER: &str = r#"ip link set lo up && exec "$@""#;

/// Says so where this process is in one, so that it is not entered twice.
const INSIDE: &str = "TOR_HARNESS_NAMESPACE";

/// Goes on in an empty network namespace: this program takes its own place there.
///
/// # Errors
/// If there is none to be had here; the reason, for people.
pub fn enter() -> Result<(), String> {
    if env::var_os(INSIDE).is_some() {
        return is_empty().map_err(|error| format!("{error:#}"));
    }
    let unshare = || {
        let mut command = Command::new("unshare");
        command.args(["--map-root-user", "--net", "--", "sh", "-c", ENTER, "sh"]);
        command
    };
    let attempt = unshare().arg("true").stdin(Stdio::null()).output();
    match attempt {
        Ok(output) if output.status.success() => {
            let error = match env::current_exe() {
                Ok(program) => unshare()
                    .arg(program)
                    .args(env::args_os().skip(1))
                    .env(INSIDE, "1")
                    .exec(),
                Err(error) => error,
            };
            Err(format!(
                "cannot start again in an empty network namespace: {error}"
            ))
        }
        Ok(output) => Err(format!(
            "no empty network namespace: {}",
            String::from_utf8_lossy(&output.stderr).trim()
        )),
        Err(error) => Err(format!("no empty network namespace: unshare: {error}")),
    }
}

/// Refuses to go on where anything but loopback can be reached, or loopback cannot.
///
/// # Errors
/// If so.
pub fn is_empty() -> Result<()> {
    let others = reachable_interfaces().context("cannot tell what can be reached from here")?;
    if !others.is_empty() {
        let others = others.into_iter().collect::<Vec<_>>().join(", ");
        bail!("expected no network interface but loopback, but {others} is up: {ADVICE}");
    }
    let loopback = || TcpStream::connect(TcpListener::bind("127.0.0.1:0")?.local_addr()?);
    loopback().with_context(|| format!("the loopback interface is not up: {ADVICE}"))?;
    Ok(())
}

/// The interfaces that a route leads to, loopback aside.
///
/// Not /sys/class/net: inside the namespace it may still be the machine's.
/// Not /proc/net/dev: it lists the tunnels that kernels add to every
/// namespace, which are down.
fn reachable_interfaces() -> io::Result<BTreeSet<String>> {
    let column = |table: &str, skip: usize, column: fn(&str) -> Option<&str>| {
        table
            .lines()
            .skip(skip)
            .filter_map(column)
            .filter(|name| *name != "lo")
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    let route = fs::read_to_string("/proc/self/net/route")?;
    let mut names = column(&route, 1, |line| line.split_whitespace().next());
    // A kernel without IPv6 has no such file.
    if let Ok(route) = fs::read_to_string("/proc/self/net/ipv6_route") {
        names.extend(column(&route, 0, |line| line.split_whitespace().last()));
    }
    Ok(names.into_iter().collect())
}
