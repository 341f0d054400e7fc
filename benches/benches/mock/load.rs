//! How much one port bears.

use std::time::{Duration, Instant};

use nix::sys::resource::{Resource, getrlimit, setrlimit};
use tor_harness::mock::Mock;
use tor_harness::process::{Listen, Tor};
use tor_harness::types::Endpoint;

use crate::Result;
use crate::controller::Controller;
use crate::table::Row;

const CONNECTIONS: usize = 1_000;
const EVENTS: u32 = 1_000_000;
const ROUND_TRIPS: u32 = 5_000;
const TURNS: usize = 5;

/// Both ends of all connections are in this process.
pub(crate) fn allow_many_descriptors() -> Result<()> {
    let (_, most) = getrlimit(Resource::RLIMIT_NOFILE)?;
    Ok(setrlimit(Resource::RLIMIT_NOFILE, most, most)?)
}

pub(crate) fn rows() -> Result<Vec<Row>> {
    let tor = Tor::builder().listen(Listen::Tcp).start().ok();
    let mock = Mock::builder().start()?;
    let mut rows = Vec::new();
    for (what, in_flight) in [
        ("GETINFO version, one after the other", 1),
        ("GETINFO version, 50 in flight", 50),
    ] {
        let (mut mocks, mut tors) = (Vec::new(), Vec::new());
        for _ in 0..TURNS {
            mocks.push(ask(mock.endpoint(), in_flight)?);
            if let Some(tor) = &tor {
                tors.push(ask(tor.endpoint(), in_flight)?);
            }
        }
        rows.push(Row::rates(what, ROUND_TRIPS, &mut mocks, &mut tors));
    }
    let (mut connected, mut told) = (Vec::new(), Vec::new());
    for _ in 0..TURNS {
        let (connect, tell) = tell_all()?;
        connected.push(connect);
        told.push(tell);
    }
    rows.push(Row::times(
        "1,000 connections: connected, let in, subscribed",
        &mut connected,
        &mut [],
    ));
    rows.push(Row::times(
        "1,000 connections: one event read by all",
        &mut told,
        &mut [],
    ));
    rows.push(Row::rates(
        "a flood of 1,000,000 events to one that reads",
        EVENTS,
        &mut [flood()?],
        &mut [],
    ));
    Ok(rows)
}

/// Asks for the version so often, with so many questions on their way.
fn ask(endpoint: &Endpoint, in_flight: u32) -> Result<Duration> {
    let mut controller = Controller::connect(endpoint)?;
    let questions = "GETINFO version\r\n".repeat(usize::try_from(in_flight)?);
    let started = Instant::now();
    for _ in 0..ROUND_TRIPS / in_flight {
        controller.send(&questions)?;
        for _ in 0..in_flight {
            controller.read_to("250 OK")?;
        }
    }
    Ok(started.elapsed())
}

fn tell_all() -> Result<(Duration, Duration)> {
    let mock = Mock::builder().start()?;
    let started = Instant::now();
    let mut all = Vec::new();
    for _ in 0..CONNECTIONS {
        let mut controller = Controller::connect(mock.endpoint())?;
        controller.ask("SETEVENTS NOTICE", "250 OK")?;
        all.push(controller);
    }
    let connected = started.elapsed();
    let started = Instant::now();
    mock.emit("NOTICE to all")?;
    for controller in &mut all {
        controller.read_to("650 NOTICE to all")?;
    }
    Ok((connected, started.elapsed()))
}

fn flood() -> Result<Duration> {
    let mock = Mock::builder().start()?;
    let mut controller = Controller::connect(mock.endpoint())?;
    controller.ask("SETEVENTS BW NOTICE", "250 OK")?;
    let started = Instant::now();
    std::thread::scope(|scope| {
        let reader = scope.spawn(move || {
            controller
                .read_to("650 NOTICE last")
                .map_err(|error| error.to_string())
        });
        for _ in 0..EVENTS {
            mock.emit("BW 1024 2048")?;
        }
        mock.emit("NOTICE last")?;
        reader.join().map_err(|_| "the reader panicked")??;
        Ok(started.elapsed())
    })
}
