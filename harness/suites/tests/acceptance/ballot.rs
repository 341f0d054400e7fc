//! A real authority that is given the votes of another.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant, SystemTime};

use tor_harness::netdoc::Kind;
use tor_harness::process::{NodeSpec, TestNetwork};
use tor_harness::runner::Failed;
use tor_harness::types::UtcSeconds;
use tor_strategies::network::{Given, Way};

/// How long it may take until an authority knows when it is to vote.
const DEADLINE: Duration = Duration::from_secs(60);
/// Between two votes, in seconds: the most that tor takes.
const INTERVAL: i64 = 1800;
/// From now until the next vote, so that all votes come before it.
const LATER: i64 = 900;
const DAY: i64 = 86_400;

/// Three authorities that vote a while from now, with the keys of those that the votes are of.
pub(crate) struct Ballot {
    given: Given,
    network: TestNetwork,
}

impl Ballot {
    /// Returns when a vote that is right was taken.
    pub(crate) fn open() -> Result<Self, Failed> {
        let offset = (unix()? + LATER) % INTERVAL;
        let authority = |name: &str| {
            NodeSpec::authority(name)
                .torrc_line(format!("TestingV3AuthInitialVotingInterval {INTERVAL}"))
                .torrc_line(format!("V3AuthVotingInterval {INTERVAL}"))
                .torrc_line(format!("TestingV3AuthVotingStartOffset {offset}"))
        };
        let network = TestNetwork::builder()
            .voting()
            .nodes(["auth0", "auth1", "auth2"].map(authority))
            .launch()?;
        let time = next(unix()?, offset);
        let given = Given::small(UtcSeconds::from_unix(time).ok_or("a year of four digits")?);
        let right = given.document(Kind::Vote).ok_or("no vote")?.encode();
        let ballot = Self { given, network };
        let end = Instant::now() + DEADLINE;
        loop {
            let answer = ballot.post(&right);
            match answer {
                Ok(answer) if is_taken(&answer) => return Ok(ballot),
                _ if Instant::now() < end => {}
                answer => return Err(format!("no vote is taken: {answer:?}").into()),
            }
        }
    }

    /// Whether the authority takes a vote that is wrong in a way.
    pub(crate) fn takes(&self, way: &Way) -> Result<bool, Failed> {
        let answer = self.post(&way.make(&self.given).document)?;
        Ok(is_taken(&answer))
    }

    /// What it answers to a vote.
    fn post(&self, vote: &[u8]) -> Result<String, Failed> {
        let authority = self.network.nodes().first().ok_or("no authority")?;
        let address = authority.dir_address().ok_or("no DirPort")?;
        let mut stream = TcpStream::connect(address)?;
        stream.set_read_timeout(Some(DEADLINE))?;
        let length = vote.len();
        write!(
            stream,
            "POST /tor/post/vote HTTP/1.0\r\nContent-Length: {length}\r\n\r\n"
        )?;
        stream.write_all(vote)?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        Ok(answer)
    }
}

/// Of a vote beside another one of the same authority it says so only when it is good.
fn is_taken(answer: &str) -> bool {
    let is = |word| answer.starts_with(word);
    is("HTTP/1.0 200 ") || is("HTTP/1.0 400 Already have a newer pending vote")
}

/// When the next consensus begins to count: as tor has it, no interval is in two days.
fn next(now: i64, offset: i64) -> i64 {
    let midnight = (now / DAY + 1) * DAY;
    (now + 1 + (offset - now - 1).rem_euclid(INTERVAL)).min(midnight)
}

fn unix() -> Result<i64, Failed> {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH)?;
    Ok(i64::try_from(now.as_secs())?)
}
