//! The promise that no recording touches a network.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::net::{TcpListener, TcpStream};

use anyhow::{Context as _, Result, bail};

const ADVICE: &str =
    "run `cargo xtask record`, which enters an empty network namespace (`unshare -rn`)";

/// Refuses to go on where anything but loopback can be reached, or loopback cannot.
pub(crate) fn is_empty() -> Result<()> {
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
