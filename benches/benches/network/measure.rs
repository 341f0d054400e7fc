//! What is measured, by turns.

use std::time::{Duration, Instant};

use tor_harness::process::{Tor, find_arti};
use tor_harness::traffic::HttpServer;

use crate::Result;
use crate::networks::{
    PHASES, Phases, ask_for_onion, join_arti, join_tor, serve, signed, start, start_with_onion,
    voting,
};
use crate::table::{Row, median, note, note_load, print};

/// How often each is measured.
const TURNS: usize = 20;
/// So many times as fast as with voting, at least, has the first answer to be.
const TIMES_VOTING: f64 = 8.0;
/// What imaginary relays may add to it, in seconds.
const FOR_IMAGINARY: f64 = 0.3;
/// About as many relays as the real network has.
const IMAGINARY: u64 = 8_000;

#[derive(Default)]
struct Measured {
    tor: Vec<Duration>,
    signed: Vec<Phases>,
    imaginary: Vec<Phases>,
    voting: Vec<Phases>,
    onion_asked_for: Vec<Duration>,
    onion_from_nothing: Vec<Duration>,
    plain_tor: Vec<Duration>,
    arti: Vec<Duration>,
}

pub(crate) fn run() -> Result<()> {
    note_load("before");
    let server = serve()?;
    let mut measured = Measured::default();
    for _ in 0..TURNS {
        measured.take_turn(&server)?;
    }
    let missed = measured.report();
    note_load("after");
    match missed {
        0 => Ok(()),
        missed => Err(format!("{missed} of these took longer than they may").into()),
    }
}

impl Measured {
    fn take_turn(&mut self, server: &HttpServer) -> Result<()> {
        self.tor.push(single()?);

        let (network, phases) = start(signed(), server)?;
        self.signed.push(phases);
        self.plain_tor.push(join_tor(&network, server)?);
        if find_arti().is_ok() {
            self.arti.push(join_arti(&network, server)?);
        }
        self.onion_asked_for.push(ask_for_onion(&network, server)?);
        network.stop()?;

        let (network, phases) = start(signed().imaginary(IMAGINARY), server)?;
        self.imaginary.push(phases);
        network.stop()?;

        self.onion_from_nothing.push(start_with_onion(server)?);

        let (network, phases) = start(voting(), server)?;
        self.voting.push(phases);
        network.stop()?;
        Ok(())
    }

    /// Prints all, and says how many limits were missed.
    fn report(self) -> usize {
        let [first, imagined, voted] =
            [&self.signed, &self.imaginary, &self.voting].map(|runs| median(&last_phases(runs)));
        let mut rows = vec![Row::new("a single tor, until it answers", self.tor)];
        rows.extend(phases("4 relays and a client", &self.signed, Some(0.7)));
        rows.extend(phases("with 8,000 imaginary relays", &self.imaginary, None));
        rows.extend(phases("where 2 of the relays vote", &self.voting, None));
        rows.extend([
            Row::new(
                "an onion service visited, after asking",
                self.onion_asked_for,
            )
            .at_most(1.7),
            Row::new("the same, from nothing", self.onion_from_nothing).at_most(2.0),
            Row::new(
                "a page by a tor that joins, its folder empty",
                self.plain_tor,
            )
            .at_most(1.5),
            Row::new("a page by Arti, its folders empty", self.arti).at_most(0.6),
        ]);
        print(&rows);
        if let Err(error) = find_arti() {
            note(&format!("Arti is not measured: {error}"));
        }
        let (times, added) = (voted / first, imagined - first);
        note(&format!(
            "first answer: {times:.1} times as fast as where relays vote (at least {TIMES_VOTING}); \
             8,000 imaginary relays add {added:.2} s (at most {FOR_IMAGINARY})"
        ));
        let missed = rows.iter().filter(|row| row.is_missed()).count();
        missed + usize::from(times < TIMES_VOTING) + usize::from(added > FOR_IMAGINARY)
    }
}

/// A row for each phase, in order; the limit is for the last.
fn phases(network: &str, runs: &[Phases], limit: Option<f64>) -> Vec<Row> {
    let row = |(number, phase)| {
        let times = runs.iter().map(|run| run[number]).collect();
        Row::new(format!("{network}: {phase}"), times)
    };
    let mut rows: Vec<_> = PHASES.into_iter().enumerate().map(row).collect();
    if let Some(last) = rows.last_mut() {
        last.limit = limit;
    }
    rows
}

fn last_phases(runs: &[Phases]) -> Vec<Duration> {
    runs.iter().map(|run| run[PHASES.len() - 1]).collect()
}

/// A throwaway tor.
fn single() -> Result<Duration> {
    let start = Instant::now();
    let tor = Tor::builder().start()?;
    let taken = start.elapsed();
    tor.stop()?;
    Ok(taken)
}
