//! Circuits of the controller's making.

use tor_harness::prelude::*;
use tor_harness::runner::Test;
use tor_harness_suites::conversations;

use crate::live::{Live, ask};
use crate::watch::Watch;

pub(crate) fn tests() -> Vec<Test> {
    let talks = conversations(include_str!("../../conversations/circuits.txt"));
    let talks = talks.map(|(name, body)| Test::new(format!("circuits: {name}"), body));
    let ours = [
        Test::new("circuits: those there are can be listed", are_listed),
        Test::new("circuits: why one is closed by a relay's end", relay_ends),
    ];
    talks.chain(ours).collect()
}

fn are_listed(ctx: &Context) -> TestResult {
    let live = Live::shared(ctx)?;
    let mut watch = Watch::new(live.control()?, &["CIRC"])?;
    let mut control = live.control()?;
    let circuit = extend(&mut control, "relay0,exit1")?;
    let built = watch.wait("CIRC", &[&format!(" {circuit} BUILT ")])?;
    let path = built.get(2).ok_or("BUILT without a path")?;
    let listed = control.get_info("circuit-status")?;
    if !listed
        .lines()
        .any(|line| line.starts_with(&format!("{circuit} BUILT {path} ")))
    {
        return Err(format!("circuit {circuit} through {path} is not listed: {listed}").into());
    }
    watch.end().map(drop)
}

fn relay_ends(ctx: &Context) -> TestResult {
    let live = Live::own(ctx)?;
    let mut watch = Watch::new(live.control()?, &["CIRC", "ORCONN"])?;
    let circuit = extend(&mut live.control()?, "relay0,relay1,exit0")?;
    watch.wait("CIRC", &[&format!(" {circuit} BUILT ")])?;
    let relay = live.network()?.node("relay1").ok_or("no relay1")?;
    ask(&mut relay.tor().client()?, "SIGNAL HALT")?;
    let closed = format!(" {circuit} CLOSED ");
    watch.wait(
        "CIRC",
        &[&closed, "REASON=DESTROYED", "REMOTE_REASON=CHANNEL_CLOSED"],
    )?;
    watch.end().map(drop)
}

/// Builds a circuit through these relays, and gives its number.
pub(crate) fn extend(control: &mut Client, path: &str) -> Result<String, Failed> {
    let answer = ask(control, &format!("EXTENDCIRCUIT 0 {path}"))?;
    let circuit = answer.strip_prefix("EXTENDED ").ok_or("no EXTENDED")?;
    Ok(circuit.to_owned())
}
