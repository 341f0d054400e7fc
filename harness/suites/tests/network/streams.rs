//! Streams by SOCKS.

use std::io::Read as _;
use std::net::{Ipv4Addr, TcpListener};
use std::thread;

use tor_harness::prelude::*;
use tor_harness::runner::Test;
use tor_harness::traffic::{EchoServer, Isolation, Status, TrafficCheck};

use crate::circuits::extend;
use crate::live::{Live, PAGE, ask, fetch, serve};
use crate::watch::Watch;

pub(crate) fn tests() -> Vec<Test> {
    vec![
        Test::new("streams: a page comes, and events tell how", a_page_comes),
        Test::new("streams: every byte comes back", every_byte),
        Test::new("streams: nobody listens there", refused),
        Test::new("streams: isolated ones go apart", isolated),
        Test::new("streams: attached to a circuit", attached),
        Test::new("streams: sent to another place", redirected),
        Test::new("streams: closed by the controller", closed),
        Test::new("streams: an address that is mapped", mapped),
    ]
}

fn a_page_comes(ctx: &Context) -> TestResult {
    let live = Live::shared(ctx)?;
    let server = serve()?;
    let mut watch = Watch::new(live.control()?, &["STREAM"])?;
    fetch(&live.socks()?, server.address())?;
    let there = server.address().to_string();
    let new = watch.wait(
        "STREAM",
        &[" NEW 0 ", &there, "SOURCE_ADDR=", "PURPOSE=USER"],
    )?;
    let stream = new.first().ok_or("a stream without a number")?;
    for status in ["SENTCONNECT", "SUCCEEDED", "CLOSED"] {
        watch.wait("STREAM", &[&format!(" {stream} {status} "), &there])?;
    }
    watch.end().map(drop)
}

fn every_byte(ctx: &Context) -> TestResult {
    let live = Live::shared(ctx)?;
    let (socks, server) = (live.socks()?, EchoServer::start()?);
    let check = TrafficCheck::new(500_000, 3);
    let report = check.run(|_stream| socks.connect(server.address()))?;
    match report.bytes() {
        1_500_000 => Ok(()),
        bytes => Err(format!("expected 1500000 bytes, got {bytes}").into()),
    }
}

fn refused(ctx: &Context) -> TestResult {
    let live = Live::shared(ctx)?;
    let mut watch = Watch::new(live.control()?, &["STREAM"])?;
    // An address that nobody else uses: nobody listens there once this does no longer.
    let there = {
        let listener = TcpListener::bind((Ipv4Addr::new(127, 100, 1, 1), 0))?;
        listener.local_addr()?
    };
    // Exits say MISC as a rule, and tor asks others then, and CONNECTREFUSED where the system says so
    // at once.
    let status = live.socks()?.connect(there).map_err(|error| error.status());
    let refused = [Status::GeneralFailure, Status::ConnectionRefused];
    if !matches!(&status, Err(Some(status)) if refused.contains(status)) {
        return Err(format!("expected a failure, got {status:?}").into());
    }
    let there = there.to_string();
    for status in [" FAILED ", " CLOSED "] {
        watch.wait("STREAM", &[status, &there, "REASON=END", "REMOTE_REASON="])?;
    }
    watch.end().map(drop)
}

fn isolated(ctx: &Context) -> TestResult {
    let live = Live::shared(ctx)?;
    let server = serve()?;
    let mut watch = Watch::new(live.control()?, &["STREAM"])?;
    let there = server.address().to_string();
    let mut circuits = Vec::new();
    for password in ["one", "other"] {
        let socks = live
            .socks()?
            .isolated(Isolation::password("somebody", password));
        fetch(&socks, server.address())?;
        let succeeded = watch.wait("STREAM", &[" SUCCEEDED ", &there])?;
        let circuit = succeeded.into_iter().nth(2);
        circuits.push(circuit.ok_or("a stream without a circuit")?);
    }
    // The same password says nothing: of a pair of circuits that are one, tor names either.
    match circuits[0] != circuits[1] {
        true => watch.end().map(drop),
        false => Err(format!("expected two circuits, got {circuits:?}").into()),
    }
}

fn attached(ctx: &Context) -> TestResult {
    let live = Live::own(ctx)?;
    let server = serve()?;
    let mut control = live.control()?;
    let mut watch = Watch::new(live.control()?, &["STREAM", "CIRC"])?;
    let circuit = extend(&mut control, "relay1,relay0,exit1")?;
    watch.wait("CIRC", &[&format!(" {circuit} BUILT ")])?;
    ask(&mut control, "SETCONF __LeaveStreamsUnattached=1")?;
    thread::scope(|scope| {
        let page = scope.spawn(|| fetch(&live.socks()?, server.address()));
        let there = server.address().to_string();
        let new = watch.wait("STREAM", &[" NEW 0 ", &there])?;
        let stream = new.first().ok_or("a stream without a number")?;
        ask(&mut control, &format!("ATTACHSTREAM {stream} {circuit}"))?;
        watch.wait("STREAM", &[&format!(" {stream} SUCCEEDED {circuit} ")])?;
        joined(page.join())
    })?;
    watch.end().map(drop)
}

fn redirected(ctx: &Context) -> TestResult {
    let live = Live::own(ctx)?;
    let server = serve()?;
    let mut control = live.control()?;
    let mut watch = Watch::new(live.control()?, &["STREAM"])?;
    ask(&mut control, "SETCONF __LeaveStreamsUnattached=1")?;
    thread::scope(|scope| {
        let page = scope.spawn(|| fetch(&live.socks()?, ("nowhere.example", 80)));
        let new = watch.wait("STREAM", &[" NEW 0 nowhere.example:80 "])?;
        let stream = new.first().ok_or("a stream without a number")?;
        let port = server.address().port();
        ask(
            &mut control,
            &format!("REDIRECTSTREAM {stream} 127.0.0.1 {port}"),
        )?;
        ask(&mut control, &format!("ATTACHSTREAM {stream} 0"))?;
        watch.wait(
            "STREAM",
            &[
                &format!(" {stream} SUCCEEDED "),
                &format!(" 127.0.0.1:{port}"),
            ],
        )?;
        joined(page.join())
    })?;
    watch.end().map(drop)
}

fn closed(ctx: &Context) -> TestResult {
    let live = Live::shared(ctx)?;
    let server = EchoServer::start()?;
    let mut control = live.control()?;
    let mut watch = Watch::new(live.control()?, &["STREAM"])?;
    let mut stream = live.socks()?.connect(server.address())?;
    let there = server.address().to_string();
    let succeeded = watch.wait("STREAM", &[" SUCCEEDED ", &there])?;
    let number = succeeded.first().ok_or("a stream without a number")?;
    ask(&mut control, &format!("CLOSESTREAM {number} 1"))?;
    watch.wait("STREAM", &[&format!(" {number} CLOSED ")])?;
    // Whether it ends or breaks is the system's to say.
    let read = stream.read(&mut [0; 1]);
    if read.as_ref().is_ok_and(|bytes| *bytes > 0) {
        return Err(format!("expected the stream's end, got {read:?}").into());
    }
    watch.end().map(drop)
}

fn mapped(ctx: &Context) -> TestResult {
    let live = Live::own(ctx)?;
    let server = serve()?;
    let mut watch = Watch::new(live.control()?, &["STREAM", "ADDRMAP"])?;
    ask(&mut live.control()?, "MAPADDRESS mapped.example=127.0.0.1")?;
    fetch(&live.socks()?, ("mapped.example", server.address().port()))?;
    watch.wait("ADDRMAP", &["mapped.example 127.0.0.1 "])?;
    watch.wait("STREAM", &[" REMAP ", " 127.0.0.1:", "SOURCE=CACHE"])?;
    watch.end().map(drop)
}

fn joined(page: thread::Result<TestResult>) -> TestResult {
    page.unwrap_or_else(|_| Err(format!("no {PAGE:?}: the thread panicked").into()))
}
