//! What authorities serve of their network.

use anyhow::{Context as _, Result};
use data_encoding::{BASE64_NOPAD, HEXUPPER};
use sha3::{Digest as _, Sha3_256};
use tor_harness::fixtures::Kind;

use super::nodes::{AUTHORITIES, AUTHORITY, BRIDGE, BRIDGE_AUTHORITY, CLIENT, RELAYS};
use super::session::{Session, ask};
use super::wait;
use crate::http::Request;

/// The flavors of a consensus: what follows `consensus` in names and requests.
const FLAVORS: &[(&str, Kind)] = &[
    ("", Kind::Consensus),
    ("-microdesc", Kind::ConsensusMicrodesc),
];

/// The same consensus in both flavors.
pub(super) struct Consensuses {
    plain: String,
    microdesc: String,
}

/// Records the consensus that there is, in both flavors; of a certain time if given.
///
/// An authority that has a consensus serves it a little later: it compresses it first.
pub(super) fn consensuses(
    session: &mut Session<'_>,
    name: &str,
    valid_after: Option<&str>,
) -> Result<Consensuses> {
    let address = session.dir_address(AUTHORITY)?;
    let expected = match valid_after {
        Some(time) => format!("both flavors of the consensus of {time}"),
        None => "both flavors of a consensus".to_owned(),
    };
    let [plain, microdesc] = wait::until(&expected, || {
        let mut texts = Vec::new();
        for (flavor, _) in FLAVORS {
            texts.extend(current(flavor).send(address)?);
        }
        let times: Vec<_> = texts
            .iter()
            .filter_map(|text| self::valid_after(text))
            .collect();
        let same = |time: &String| times.first() == Some(time);
        let wanted = |time: &String| valid_after.is_none_or(|wanted| wanted == time);
        let are_there =
            times.len() == FLAVORS.len() && times.iter().all(|time| same(time) && wanted(time));
        let texts = <[Vec<u8>; 2]>::try_from(texts).ok();
        Ok(texts
            .filter(|_| are_there)
            .ok_or_else(|| format!("consensuses that are valid after {times:?}")))
    })?;
    let texts = [&plain, &microdesc].map(|text| String::from_utf8_lossy(text).into_owned());
    for ((flavor, kind), bytes) in FLAVORS.iter().zip([plain, microdesc]) {
        let path = format!("netdoc/consensus{flavor}/{name}");
        session.add(AUTHORITY, path, *kind, current(flavor).command(), bytes)?;
    }
    let [plain, microdesc] = texts;
    Ok(Consensuses { plain, microdesc })
}

fn current(flavor: &str) -> Request {
    Request::get(format!("/tor/status-vote/current/consensus{flavor}"))
}

/// Records the documents of the consensus of a time, and how it differs from an earlier one.
pub(super) fn record(
    session: &mut Session<'_>,
    valid_after: &str,
    earlier: &Consensuses,
) -> Result<()> {
    let consensus = consensuses(session, "current", Some(valid_after))?;
    let texts = [earlier.plain.as_str(), &consensus.plain];
    diff(session, "ns", "", texts)?;
    let texts = [earlier.microdesc.as_str(), &consensus.microdesc];
    diff(session, "microdesc", "-microdesc", texts)?;
    of_authorities(session)?;
    of_relays(session, &consensus)?;
    of_the_bridge(session)
}

/// How a consensus differs from an earlier one. Authorities find that out in the background: for a while they still
/// tell how the one before does.
fn diff(
    session: &mut Session<'_>,
    name: &str,
    flavor: &str,
    [earlier, later]: [&str; 2],
) -> Result<()> {
    let digest = |text: &str| HEXUPPER.encode(&Sha3_256::digest(text));
    let from = digest(signed_part(earlier)?);
    let start = format!(
        "network-status-diff-version 1\nhash {from} {}\n",
        digest(later)
    );
    let request = current(flavor).header("X-Or-Diff-From-Consensus", &from);
    let bytes = wait::until("a diff between the two recorded consensuses", || {
        let bytes = session.fetch(AUTHORITY, &request)?;
        if bytes.starts_with(start.as_bytes()) {
            return Ok(Ok(bytes));
        }
        let text = String::from_utf8_lossy(&bytes);
        let first: Vec<_> = text.lines().take(2).collect();
        Ok(Err(format!("one that begins with {first:?}")))
    })?;
    let path = format!("netdoc/consensus-diff/{name}");
    session.add(
        AUTHORITY,
        path,
        Kind::ConsensusDiff,
        request.command(),
        bytes,
    )
}

/// What the signatures of a consensus are of: all up to the space behind the first
/// `directory-signature`.
fn signed_part(consensus: &str) -> Result<&str> {
    const END: &str = "\ndirectory-signature ";
    let end = consensus
        .find(END)
        .context("a consensus without signatures")?;
    consensus.get(..end + END.len()).context("a consensus")
}

fn of_authorities(session: &mut Session<'_>) -> Result<()> {
    for (name, nickname) in AUTHORITIES {
        let vote = Request::get("/tor/status-vote/current/authority");
        session.get(nickname, format!("netdoc/vote/{name}"), Kind::Vote, &vote)?;
        let v3ident = session
            .node(nickname)?
            .v3ident()
            .context("an authority without v3ident")?;
        let certificate = Request::get(format!("/tor/keys/fp/{v3ident}"));
        let path = format!("netdoc/key-certificate/{name}");
        session.get(AUTHORITY, path, Kind::KeyCertificate, &certificate)?;
    }
    Ok(())
}

/// What the consensus says of relays, by the digests that it has.
fn of_relays(session: &mut Session<'_>, consensus: &Consensuses) -> Result<()> {
    for (name, nickname) in RELAYS {
        let entry = Entry::find(&consensus.plain, nickname)?;
        let digest = BASE64_NOPAD.decode(entry.r(3)?.as_bytes()).ok();
        let digest = HEXUPPER.encode(&digest.context("a digest in base64")?);
        let request = Request::get(format!("/tor/server/d/{digest}"));
        let path = format!("netdoc/server-descriptor/{name}");
        let descriptor = session.get(AUTHORITY, path, Kind::ServerDescriptor, &request)?;
        let request = Request::get(format!("/tor/extra/d/{}", extra_info_digest(&descriptor)?));
        let path = format!("netdoc/extra-info/{name}");
        session.get(AUTHORITY, path, Kind::ExtraInfo, &request)?;

        let entry = Entry::find(&consensus.microdesc, nickname)?;
        let digest = entry.line("m")?.trim_end_matches('=');
        let request = Request::get(format!("/tor/micro/d/{digest}"));
        let path = format!("netdoc/microdescriptor/{name}");
        session.get(AUTHORITY, path, Kind::Microdescriptor, &request)?;

        let fingerprint = session
            .node(nickname)?
            .fingerprint()
            .context("no fingerprint")?;
        let key = format!("ns/id/{fingerprint}");
        let path = format!("netdoc/router-status/{name}");
        session.info(AUTHORITY, &path, Kind::RouterStatus, &key)?;
        let path = format!("netdoc/router-status/{name}-of-client");
        session.info(CLIENT, &path, Kind::RouterStatus, &key)?;
    }
    Ok(())
}

/// What the bridge authority knows of the bridge: it serves that to nobody, but tells it.
fn of_the_bridge(session: &mut Session<'_>) -> Result<()> {
    let fingerprint = session
        .node(BRIDGE)?
        .fingerprint()
        .context("no fingerprint")?;
    let key = format!("desc/id/{fingerprint}");
    // A bridge takes its time before it uploads its descriptor.
    let mut client = session.client(BRIDGE_AUTHORITY)?;
    wait::until("the descriptor of the bridge", || {
        let answer = client.get_info(&key);
        Ok(answer.map_err(|error| error.to_string()))
    })?;
    let path = "netdoc/server-descriptor/bridge";
    let descriptor = session.info(BRIDGE_AUTHORITY, path, Kind::ServerDescriptor, &key)?;
    let key = format!("extra-info/digest/{}", extra_info_digest(&descriptor)?);
    session.info(
        BRIDGE_AUTHORITY,
        "netdoc/extra-info/bridge",
        Kind::ExtraInfo,
        &key,
    )?;

    // It writes the file every half an hour, and when it becomes a bridge authority.
    let lines = [
        "SETCONF BridgeAuthoritativeDir=0",
        "SETCONF BridgeAuthoritativeDir=1",
    ];
    let place = session
        .node(BRIDGE_AUTHORITY)?
        .data()
        .join("networkstatus-bridges");
    let _ = std::fs::remove_file(&place);
    for line in lines {
        ask(&mut client, line)?;
    }
    let bytes = wait::until("the file networkstatus-bridges with the bridge", || {
        let bytes = match std::fs::read(&place) {
            Ok(bytes) => bytes,
            Err(error) => return Ok(Err(error.to_string())),
        };
        let text = String::from_utf8_lossy(&bytes);
        Ok(match text.contains(&format!("\nr {BRIDGE} ")) {
            true => Ok(bytes),
            false => Err(text.into_owned()),
        })
    })?;
    let command = format!(
        "{}\n# the file data/networkstatus-bridges",
        lines.join("\n")
    );
    let path = "netdoc/bridge-network-status/bridge-authority";
    session.add(
        BRIDGE_AUTHORITY,
        path,
        Kind::BridgeNetworkStatus,
        command,
        bytes,
    )
}

/// A router status entry: the lines from `r` to the next.
struct Entry<'t>(Vec<&'t str>);

impl<'t> Entry<'t> {
    fn find(consensus: &'t str, nickname: &str) -> Result<Self> {
        let start = format!("r {nickname} ");
        let mut lines = consensus
            .lines()
            .skip_while(|line| !line.starts_with(&start));
        let first = lines
            .next()
            .with_context(|| format!("no entry of {nickname}"))?;
        let rest = lines.take_while(|line| !line.starts_with("r "));
        Ok(Self([first].into_iter().chain(rest).collect()))
    }

    /// A word of the line `r`, which is the first.
    fn r(&self, word: usize) -> Result<&'t str> {
        let line = self.0.first().context("an entry without lines")?;
        line.split(' ')
            .nth(word)
            .with_context(|| format!("{line:?} is too short"))
    }

    fn line(&self, keyword: &str) -> Result<&'t str> {
        let mut lines = self.0.iter();
        lines
            .find_map(|line| line.strip_prefix(keyword)?.strip_prefix(' '))
            .with_context(|| format!("an entry without {keyword}"))
    }
}

fn extra_info_digest(descriptor: &str) -> Result<&str> {
    line(descriptor, "extra-info-digest")
        .and_then(|digests| digests.split(' ').next())
        .context("a descriptor without extra-info-digest")
}

/// The arguments of the first line with a keyword.
fn line<'t>(text: &'t str, keyword: &str) -> Option<&'t str> {
    text.lines()
        .find_map(|line| line.strip_prefix(keyword)?.strip_prefix(' '))
}

/// The time from which a consensus or a vote is valid.
pub(super) fn valid_after(document: &[u8]) -> Option<String> {
    line(&String::from_utf8_lossy(document), "valid-after").map(str::to_owned)
}
