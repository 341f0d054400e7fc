//! Each way of being wrong that has a name, as a real tor judges it.

use std::collections::HashMap;
use std::sync::Mutex;
use std::thread;
use std::time::Duration;

use tor_harness::netdoc::{Document, Flavor, Kind};
use tor_harness::process::{Builder, Tor};
use tor_harness::runner::{Context, Failed, Test, TestResult};
use tor_harness_netdoc::{ExtraInfo, sha256};
use tor_strategies::network::{Column, Given, Made, Table, Way};

use super::ballot::Ballot;
use super::judge::Judge;
use super::time::from_now;
use super::visitor::Visitor;

/// How many tors are asked at once.
const TORS: usize = 4;
/// How long all of them may take; alone it is a few seconds.
const DEADLINE: Duration = Duration::from_secs(240);

/// tor takes what is right, and of what is wrong what the table says.
pub(crate) fn test() -> Test {
    Test::new("ways of being wrong", |_: &Context| check()).deadline(DEADLINE)
}

/// What tor says of each way, by its words; `None` where it is not asked.
type Answers = HashMap<String, Option<bool>>;

fn check() -> TestResult {
    // Networks first: they need all cores for a moment.
    let mut answers = of_votes()?;
    answers.extend(of_onion_services()?);
    let left: Vec<_> = Way::all()
        .filter(|way| !answers.contains_key(&way.to_string()))
        .collect();
    answers.extend(of_others(left)?);
    let answer = |way: &Way| match (*answers.get(&way.to_string())?)? {
        true => Some("takes it".to_owned()),
        false => Some("refuses it".to_owned()),
    };
    Ok(Table::hold(Column::Tor, answer)?)
}

fn of_votes() -> Result<Answers, Failed> {
    let ballot = Ballot::open()?;
    Way::all()
        .filter(|way| way.kind == Kind::Vote)
        .map(|way| Ok((way.to_string(), Some(ballot.takes(&way)?))))
        .collect()
}

fn of_onion_services() -> Result<Answers, Failed> {
    let mut visitor = Visitor::start()?;
    if !visitor.takes(None)? {
        return Err("tor refuses an onion-descriptor that is right".into());
    }
    Way::all()
        .filter(|way| way.kind == Kind::OnionDescriptor)
        .map(|way| Ok((way.to_string(), Some(visitor.takes(Some(&way))?))))
        .collect()
}

fn of_others(ways: Vec<Way>) -> Result<Answers, Failed> {
    let given = Given::small(from_now(-600)?);
    for kind in Kind::all() {
        if let Some(right) = given.document(kind)
            && takes(&mut None, &given, kind, &right.into())? == Some(false)
        {
            return Err(format!("tor refuses a {kind} that is right").into());
        }
    }
    let ways = Mutex::new(ways);
    let answers = Mutex::new(HashMap::new());
    thread::scope(|scope| {
        let ask = || -> Result<(), String> {
            let mut judge = None;
            loop {
                let next = ways.lock().map_err(|error| error.to_string())?.pop();
                let Some(way) = next else { return Ok(()) };
                let taken = takes(&mut judge, &given, way.kind, &way.make(&given));
                let taken = taken.map_err(|error| format!("{way}: {error:?}"))?;
                let mut answers = answers.lock().map_err(|error| error.to_string())?;
                answers.insert(way.to_string(), taken);
            }
        };
        let workers: Vec<_> = (0..TORS).map(|_| scope.spawn(ask)).collect();
        let mut ends = workers.into_iter().map(|one| {
            one.join()
                .unwrap_or_else(|_| Err("a thread panicked".into()))
        });
        ends.find(Result::is_err).unwrap_or(Ok(()))
    })?;
    Ok(answers.into_inner()?)
}

/// Whether tor takes a document of a kind; `None` where it is not asked.
fn takes(
    judge: &mut Option<Judge>,
    given: &Given,
    kind: Kind,
    made: &Made,
) -> Result<Option<bool>, Failed> {
    let document = &made.document;
    Ok(Some(match kind {
        Kind::ServerDescriptor => started(judge)?.takes_server_descriptor(document)?,
        Kind::ExtraInfo => takes_extra_info(given, made)?,
        Kind::Microdescriptor => takes_microdescriptor(given, made)?,
        Kind::KeyCertificate => {
            // Without this one, one of the two that are needed is there.
            let own = given.authority().identity();
            let other = given
                .network()
                .authorities
                .iter()
                .find(|one| one.identity() != own);
            let other = other
                .ok_or("no other authority")?
                .key_certificate()
                .encode();
            let consensus = given.network().consensus(Flavor::Microdesc).encode();
            let tor = knowing(
                given,
                Flavor::Microdesc,
                consensus,
                [other, document.clone()].concat(),
            );
            has_consensus(&tor.start()?)?
        }
        Kind::Consensus => takes_consensus(given, Flavor::Ns, document)?,
        Kind::ConsensusMicrodesc => takes_consensus(given, Flavor::Microdesc, document)?,
        _ => return Ok(None),
    }))
}

fn started(judge: &mut Option<Judge>) -> Result<&mut Judge, Failed> {
    if judge.is_none() {
        *judge = Some(Judge::start()?);
    }
    Ok(judge.as_mut().ok_or("it was started just now")?)
}

fn takes_consensus(given: &Given, flavor: Flavor, consensus: &[u8]) -> Result<bool, Failed> {
    let certificates = given.certificates().concat();
    has_consensus(&knowing(given, flavor, consensus.to_vec(), certificates).start()?)
}

/// In a consensus that names it by its digest.
fn takes_microdescriptor(given: &Given, made: &Made) -> Result<bool, Failed> {
    let own = given.relay().fingerprint();
    let all = given.network().all_relays();
    let place = all.iter().position(|one| one.fingerprint() == own);
    let digest = data_encoding::BASE64_NOPAD.encode(&sha256(made.named()));
    let consensus = given.network().consensus(Flavor::Microdesc);
    let consensus = consensus.part("r", place.unwrap_or_default(), |entry| {
        entry.set("m", digest)
    });
    let certificates = given.certificates().concat();
    let tor = knowing(given, Flavor::Microdesc, consensus.encode(), certificates);
    let annotation = format!("@last-listed {}\n", given.now()).into_bytes();
    let tor = tor.file(
        "data/cached-microdescs",
        [annotation, made.document.clone()].concat(),
    );
    let tor = tor.start()?;
    // There is no such key where tor has none.
    let known = tor.client()?.get_info(&format!("md/id/{own}"));
    Ok(known.is_ok_and(|known| !known.is_empty()))
}

/// Beside the server descriptor that names it.
fn takes_extra_info(given: &Given, made: &Made) -> Result<bool, Failed> {
    let descriptor = given
        .relay()
        .server_descriptor_naming(made.named())
        .encode();
    let tor = Tor::builder()
        .file("data/cached-descriptors", descriptor)
        .file("data/cached-extrainfo", made.document.clone())
        .torrc_line("UseMicrodescriptors 0")
        .torrc_line("DownloadExtraInfo 1")
        .start()?;
    let read = ExtraInfo::read(Document::new(&made.document));
    let digest = data_encoding::HEXUPPER.encode(&read.digest().unwrap_or_default());
    let known = tor
        .client()?
        .get_info(&format!("extra-info/digest/{digest}"));
    Ok(known.is_ok_and(|known| !known.is_empty()))
}

/// A tor that trusts the authorities and finds a consensus and certificates in its cache.
fn knowing(given: &Given, flavor: Flavor, consensus: Vec<u8>, certificates: Vec<u8>) -> Builder {
    let (name, wants_microdescriptors) = match flavor {
        Flavor::Ns => ("consensus", 0),
        Flavor::Microdesc => ("microdesc-consensus", 1),
    };
    Tor::builder()
        .file("data/cached-certs", certificates)
        .file(format!("data/cached-{name}"), consensus)
        .torrc(given.network().torrc(), "its authorities")
        .torrc_line(format!("UseMicrodescriptors {wants_microdescriptors}"))
}

/// Without a consensus the answer is empty.
fn has_consensus(tor: &Tor) -> Result<bool, Failed> {
    Ok(!tor.client()?.get_info("consensus/valid-after")?.is_empty())
}
