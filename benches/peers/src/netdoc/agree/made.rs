//! Documents of networks that are made up, as all judge them.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Error, Result, anyhow, ensure};
use proptest::strategy::{Strategy as _, ValueTree as _};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use tor_harness_netdoc::Kind;
use tor_strategies::network::{Given, Made, network, said};

use super::ways::{TIME, takes};
use crate::netdoc::tor_netdoc::Generation;

/// By kind what became of its documents.
type Tally = BTreeMap<&'static str, Judged>;

/// What became of the documents of a kind.
#[derive(Default)]
struct Judged {
    /// How many were made, how many of them each generation of tor-netdoc took.
    counts: [usize; 3],
    /// How long it took all to judge them.
    time: Duration,
}

/// After how many networks it says how far it is.
const STEP: u64 = 1000;

/// Makes so many networks of any settings, with one authority each, and has a document of each kind
/// that tor-netdoc knows judged by us and by both of its generations; prints how many were taken, and
/// how long that took, also where one was not.
///
/// # Errors
/// If one was not.
pub(crate) fn agree_made(count: u64) -> Result<()> {
    let start = Instant::now();
    let (next, all) = (AtomicU64::new(0), Mutex::new(Tally::new()));
    let work = || -> Result<()> {
        let mut tally = Tally::new();
        let mut end = Ok(());
        while end.is_ok() {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= count {
                break;
            }
            if number > 0 && number.is_multiple_of(STEP) {
                println!("{number} networks: {:.1} s", start.elapsed().as_secs_f32());
            }
            end = judge(number, &mut tally).with_context(|| format!("network {number}"));
        }
        let mut all = all.lock().map_err(|error| anyhow!("{error}"))?;
        for (kind, one) in tally {
            let sum = all.entry(kind).or_default();
            for (sum, count) in sum.counts.iter_mut().zip(one.counts) {
                *sum += count;
            }
            sum.time += one.time;
        }
        end
    };
    let end = thread::scope(|scope| {
        let cores = thread::available_parallelism().map_or(1, usize::from);
        let workers: Vec<_> = (0..cores).map(|_| scope.spawn(work)).collect();
        // All are waited for: each adds what it has judged.
        let ends: Vec<_> = workers.into_iter().map(|one| one.join()).collect();
        ends.into_iter()
            .map(|end| end.unwrap_or_else(|_| Err(anyhow!("a thread panicked"))))
            .collect::<Result<()>>()
    });
    print(&all.into_inner()?);
    println!("{:.1} s", start.elapsed().as_secs_f32());
    end
}

fn print(all: &Tally) {
    println!(
        "{:<20} {:>7} {:>7} {:>7} {:>9}",
        "kind", "ours", "parse2", "parse", "seconds"
    );
    for (kind, Judged { counts, time }) in all {
        let [made, parse2, parse] = counts.map(|count| match count {
            0 => "-".to_owned(),
            count => count.to_string(),
        });
        let seconds = time.as_secs_f32();
        println!("{kind:<20} {made:>7} {parse2:>7} {parse:>7} {seconds:>9.1}");
    }
}

fn judge(number: u64, tally: &mut Tally) -> Result<()> {
    let given = drawn(number)?;
    for (kind, made) in documents(&given)? {
        let start = Instant::now();
        let said = said(&given, kind, &made);
        ensure!(said.is_empty(), "{kind}: we say {said:?} of\n{made:?}");
        let judged = tally.entry(kind.name()).or_default();
        judged.counts[0] += 1;
        for (index, generation) in Generation::ALL.into_iter().enumerate() {
            let taken = takes(generation, &given, kind, &made).transpose();
            let taken =
                taken.with_context(|| format!("{kind}, {}, of\n{made:?}", generation.name()));
            judged.counts[1 + index] += usize::from(taken?.is_some());
        }
        judged.time += start.elapsed();
    }
    Ok(())
}

/// The network with this number.
fn drawn(number: u64) -> Result<Given> {
    let mut seed = [0; 32];
    seed[..8].copy_from_slice(&number.to_be_bytes());
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &seed);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let tree = network(TIME.parse()?)
        .new_tree(&mut runner)
        .map_err(|reason| Error::msg(reason.to_string()))?;
    let mut network = tree.current();
    // Most of the time is theirs: an RSA key of 3072 bits takes ten times as long as one of 1024.
    network.authorities.truncate(1);
    network.status.with_votes = false;
    // tor-netdoc's parse2 takes none without any.
    network
        .status
        .params
        .entry("circwindow".into())
        .or_insert(1000);
    Ok(Given::new(network))
}

/// A document of each kind that tor-netdoc knows.
fn documents(given: &Given) -> Result<Vec<(Kind, Made)>> {
    let mut all = given.network().documents();
    let of_one = [
        Kind::ServerDescriptor,
        Kind::ExtraInfo,
        Kind::Microdescriptor,
        Kind::Vote,
        Kind::OnionDescriptor,
    ];
    let mut made = Vec::new();
    for kind in of_one {
        made.push((kind, given.document(kind).context("it has one")?.into()));
    }
    let certificate = all.key_certificates.pop().context("it has one")?;
    for (kind, document) in [
        (Kind::KeyCertificate, certificate),
        (Kind::Consensus, all.consensus),
        (Kind::ConsensusMicrodesc, all.microdesc_consensus),
    ] {
        made.push((
            kind,
            Made {
                document,
                named: None,
            },
        ));
    }
    Ok(made)
}
