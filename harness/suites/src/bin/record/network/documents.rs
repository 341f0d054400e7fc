//! What authorities serve of their network.

use anyhow::{Context as _, Result, bail};
use data_encoding::{BASE64_NOPAD, HEXUPPER};
use sha3::{Digest as _, Sha3_256};
use tor_harness::fixtures::Kind;
use tor_harness::netdoc::{Consensus, Document, RouterStatus, ServerDescriptor};

use super::nodes::{AUTHORITIES, AUTHORITY, BRIDGE, BRIDGE_AUTHORITY, CLIENT, RELAYS};
use super::session::{Session, ask};
use crate::http::Request;
use crate::wait;

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
    let from = Consensus::read(Document::new(earlier.as_bytes()))
        .signed_part()
        .context("a consensus without signatures")?
        .sha3_256();
    let from = HEXUPPER.encode(&from);
    let start = format!(
        "network-status-diff-version 1\nhash {from} {}\n",
        HEXUPPER.encode(&Sha3_256::digest(later))
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
        let digest = router(&consensus.plain, nickname)?
            .digest
            .context("an entry without a digest")?;
        let digest = HEXUPPER.encode(&digest);
        let request = Request::get(format!("/tor/server/d/{digest}"));
        let path = format!("netdoc/server-descriptor/{name}");
        let descriptor = session.get(AUTHORITY, path, Kind::ServerDescriptor, &request)?;
        let request = Request::get(format!("/tor/extra/d/{}", extra_info_digest(&descriptor)?));
        let path = format!("netdoc/extra-info/{name}");
        session.get(AUTHORITY, path, Kind::ExtraInfo, &request)?;

        let digest = router(&consensus.microdesc, nickname)?
            .microdescriptor
            .context("an entry without m")?;
        let digest = BASE64_NOPAD.encode(&digest);
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

/// What a consensus says of a relay.
fn router<'t>(consensus: &'t str, nickname: &str) -> Result<RouterStatus<'t>> {
    let consensus = Consensus::read(Document::new(consensus.as_bytes()));
    for router in consensus.routers() {
        let router = router?;
        if router.nickname.as_str() == nickname {
            return Ok(router);
        }
    }
    bail!("no entry of {nickname}")
}

/// What a descriptor calls its extra-info document.
fn extra_info_digest(descriptor: &str) -> Result<String> {
    let descriptor = ServerDescriptor::read(Document::new(descriptor.as_bytes()));
    let (sha1, _) = descriptor
        .extra_info_digest()?
        .context("a descriptor without extra-info-digest")?;
    Ok(HEXUPPER.encode(&sha1))
}

/// The time from which a consensus, a vote or signatures are valid, as it is written.
pub(super) fn valid_after(document: &[u8]) -> Option<String> {
    let mut items = Document::new(document).items();
    let item = items.find(|item| item.keyword() == "valid-after")?;
    Some(String::from_utf8_lossy(item.text()?).into_owned())
}
