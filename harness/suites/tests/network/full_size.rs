//! A network of which 8,000 relays are imaginary, as controllers of others see it.

use std::collections::BTreeSet;

use tor_harness::Announcement;
use tor_harness::prelude::*;
use tor_harness::process::{Listen, NodeSpec, TestNetwork};
use tor_harness::runner::Test;
use tor_harness_suites::{client, finds, imports};

use crate::live::{WITHIN, relays};

/// How many relays nobody runs.
const IMAGINARY: usize = 8000;

pub(crate) fn tests() -> Vec<Test> {
    let stem = Test::new("full size: stem lists all relays", stem_lists_all);
    let is_there = || match imports("stem") {
        true => Ok(()),
        false => Err("no client made with stem; run .ci/install".into()),
    };
    vec![stem.requires(is_there).deadline(2 * WITHIN)]
}

fn stem_lists_all(ctx: &Context) -> TestResult {
    let network = ctx.setup(|| {
        TestNetwork::builder()
            .nodes(relays())
            .node(NodeSpec::client("client0").listen(Listen::Tcp))
            .imaginary(IMAGINARY as u64)
            .deadline(WITHIN)
            .start()
    })?;
    let node = network.client().ok_or("no client")?;
    let mut command = client("stem_client.py");
    command.args(["null", "list"]);
    finds(&mut command, &Announcement::network(&network, node, None));
    let output = command.output()?;
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let listed: BTreeSet<_> = said.lines().collect();
    let directory = network.directory().ok_or("no directory")?;
    let all = directory.all_relays();
    let all: Vec<_> = all
        .iter()
        .map(|relay| {
            format!(
                "{} {} {}",
                relay.fingerprint(),
                relay.nickname,
                relay.or_port
            )
        })
        .collect();
    let expected: BTreeSet<_> = all.iter().map(String::as_str).collect();
    if expected.len() == relays().count() + IMAGINARY && listed == expected {
        return Ok(());
    }
    let (missing, more) = (expected.difference(&listed), listed.difference(&expected));
    Err(format!(
        "expected {} relays, stem lists {}: it lacks {:?}, it has {:?}\n{}",
        expected.len(),
        listed.len(),
        missing.take(3).collect::<Vec<_>>(),
        more.take(3).collect::<Vec<_>>(),
        String::from_utf8_lossy(&output.stderr)
    )
    .into())
}
