//! Onion services that a controller adds.

use std::collections::{BTreeMap, BTreeSet};

use tor_harness::control::Event;
use tor_harness::control::event::HsDescAction;
use tor_harness::netdoc::{Document, Kind};
use tor_harness::prelude::*;
use tor_harness::process::Node;
use tor_harness::runner::Test;
use tor_harness_suites::{PRIVATE_TEST_KEY, PUBLIC_TEST_KEY};

use crate::live::{Live, ask, fetch, serve};
use crate::watch::Watch;

/// A v3 onion address with a right checksum, of no service.
pub(crate) const NOBODY: &str = "2gzyxa5ihm7nsggfxnu52rck2vv4rvmdlkiu3zzui5du4xyclen53wid";

pub(crate) fn tests() -> Vec<Test> {
    vec![
        Test::new("onion services: added, visited, ended", added),
        Test::new("onion services: their descriptors can be fetched", fetched),
        Test::new("onion services: nobody's descriptor", nobodys),
        Test::new("onion services: only for who has a key", restricted),
    ]
}

fn added(ctx: &Context) -> TestResult {
    let live = Live::own(ctx)?;
    let server = serve()?;
    let mut control = live.control()?;
    let address = add(live.client()?, &mut control, "", server.address().port())?;
    fetch(&live.socks()?, (format!("{address}.onion"), 80))?;
    ask(&mut control, &format!("DEL_ONION {address}"))?;
    match control.get_info("onions/current")?.as_str() {
        "" => Ok(()),
        left => Err(format!("expected no service, got {left}").into()),
    }
}

fn fetched(ctx: &Context) -> TestResult {
    let live = Live::own(ctx)?;
    let server = serve()?;
    let mut control = live.control()?;
    let address = add(live.client()?, &mut control, "", server.address().port())?;
    let mut watch = Watch::new(live.control()?, &["HS_DESC", "HS_DESC_CONTENT"])?;
    ask(&mut control, &format!("HSFETCH {address}"))?;
    watch.wait("HS_DESC", &[&format!(" REQUESTED {address} ")])?;
    watch.wait("HS_DESC", &[&format!(" RECEIVED {address} ")])?;
    let content = watch.content(&address)?;
    let problems = Kind::OnionDescriptor.check(&Document::new(&content));
    match problems.is_empty() {
        true => watch.end().map(drop),
        false => Err(format!("expected a descriptor without a problem, got {problems:?}").into()),
    }
}

fn nobodys(ctx: &Context) -> TestResult {
    let live = Live::shared(ctx)?;
    let mut watch = Watch::new(live.control()?, &["HS_DESC", "HS_DESC_CONTENT"])?;
    ask(&mut live.control()?, &format!("HSFETCH {NOBODY}"))?;
    watch.wait(
        "HS_DESC",
        &[&format!(" FAILED {NOBODY} "), "REASON=NOT_FOUND"],
    )?;
    watch.wait("HS_DESC_CONTENT", &[NOBODY])?;
    watch.end().map(drop)
}

fn restricted(ctx: &Context) -> TestResult {
    let live = Live::own(ctx)?;
    let server = serve()?;
    let mut control = live.control()?;
    let option = format!("Flags=V3Auth ClientAuthV3={PUBLIC_TEST_KEY}");
    let address = add(
        live.client()?,
        &mut control,
        &option,
        server.address().port(),
    )?;
    let host = format!("{address}.onion");
    if let Ok(()) = fetch(&live.socks()?, (host.clone(), 80)) {
        return Err("somebody without a key was let in".into());
    }
    ask(
        &mut control,
        &format!("ONION_CLIENT_AUTH_ADD {address} x25519:{PRIVATE_TEST_KEY}"),
    )?;
    fetch(&live.socks()?, (host, 80))
}

/// Adds a service whose port 80 is this one of 127.0.0.1, waits until it can be reached, and gives
/// its address.
pub(crate) fn add(
    client: &Node,
    control: &mut Client,
    options: &str,
    port: u16,
) -> Result<String, Failed> {
    let mut events = client.tor().client()?;
    events.set_events(&["HS_DESC"])?;
    let line = format!("ADD_ONION NEW:ED25519-V3 {options} Port=80,127.0.0.1:{port}");
    let reply = control.ask_line(&line)?;
    let text = String::from_utf8_lossy(reply.as_message().as_bytes()).into_owned();
    let address = text
        .lines()
        .find_map(|line| line.strip_prefix("250-ServiceID="))
        .ok_or_else(|| format!("{line}: {text}"))?;
    wait_until_published(&mut events, address)?;
    Ok(address.to_owned())
}

/// Waits until directories have all descriptors of a service: there are two, and clients know by the
/// time of day which of them is that of the present.
fn wait_until_published(events: &mut Client, address: &str) -> TestResult {
    let mut uploads: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut taken = 0;
    while uploads.len() < 2 || taken < uploads.values().map(BTreeSet::len).sum::<usize>() {
        let expected = format!("all descriptors of {address} to be taken (HS_DESC UPLOADED)");
        let event = events.wait_for_event(&expected, |event| event.code.as_str() == "HS_DESC")?;
        if let Event::HsDesc(event) = Event::parse(&event.as_message())?
            && event.address == address
        {
            match (event.action, event.descriptor_id, event.directory) {
                (HsDescAction::Upload, Some(id), Some(directory)) => {
                    let directories = uploads.entry(id.to_owned()).or_default();
                    directories.insert(format!("{directory:?}"));
                }
                (HsDescAction::Uploaded, ..) => taken += 1,
                _ => {}
            }
        }
    }
    Ok(())
}
