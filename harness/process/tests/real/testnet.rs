//! A tor that knows a network which only testnet knows besides.

use std::time::SystemTime;

use libtest_mimic::Failed;
use tor_harness_netdoc::{Consensus, Document, Flavor, OwnedItem, encode};
use tor_harness_process::Tor;
use tor_harness_testnet::{Network, Relay, Seed};
use tor_harness_types::UtcSeconds;

use crate::Test;

pub(crate) const TESTS: &[Test] = &[
    ("testnet::is_known_to_tor", || is_known_to_tor(3, 10)),
    (
        "testnet::keys_are_those_of_a_relay",
        keys_are_those_of_a_relay,
    ),
    ("testnet::is_known_to_tor_at_full_size", || {
        is_known_to_tor(1, 8000)
    }),
];

/// What tor warns of wherever somebody names authorities, lets everybody in, or is root.
const OF_THE_TEST: [&str; 3] = [
    "You have used DirAuthority",
    "ControlPort is open, but no authentication method",
    "You are running Tor as root",
];

fn is_known_to_tor(authorities: u64, relays: u64) -> Result<(), Failed> {
    let valid_after = now()?.as_unix() - 600;
    let valid_after = UtcSeconds::from_unix(valid_after).ok_or("a year of four digits")?;
    let network = Network::new(Seed::new(1), authorities, relays, valid_after);

    let mut tor = Tor::builder().torrc(network.torrc(), "testnet");
    for file in network.client_files() {
        tor = tor.file(format!("data/{}", file.path), file.bytes);
    }
    let tor = tor.start()?;
    let mut control = tor.client()?;
    let mut expect = |key: &str, expected: String| match control.get_info(key)? == expected {
        true => Ok(()),
        false => Err(Failed::from(format!("{key} is another\n{}", tor.log()))),
    };
    expect("consensus/valid-after", valid_after.to_string())?;
    expect(
        "ns/all",
        entries(&network.consensus(Flavor::Microdesc).encode())?,
    )?;
    let microdescriptors = network.microdescriptors().concat();
    expect("md/all", String::from_utf8(microdescriptors)?)?;

    let log = tor.log();
    let warnings = log
        .lines()
        .filter(|line| line.contains("[warn]") || line.contains("[err]"));
    let unexpected: Vec<_> = warnings
        .filter(|line| !OF_THE_TEST.iter().any(|known| line.contains(known)))
        .collect();
    match unexpected.is_empty() {
        true => Ok(()),
        false => Err(unexpected.join("\n").into()),
    }
}

/// With its files a tor is the relay.
fn keys_are_those_of_a_relay() -> Result<(), Failed> {
    let relay = Relay::new(Seed::new(1), 0, now()?);
    let mut tor = Tor::builder().torrc(
        format!(
            "Nickname {}\nORPort 127.0.0.1:9\nAssumeReachable 1",
            relay.nickname
        ),
        "testnet",
    );
    for file in relay.files() {
        tor = tor.file(format!("data/{}", file.path), file.bytes);
    }
    let tor = tor.start()?;
    let fingerprint = tor.client()?.get_info("fingerprint")?;
    if fingerprint != relay.fingerprint().to_string() {
        return Err(format!("tor is {fingerprint}\n{}", tor.log()).into());
    }
    for file in relay.files() {
        if std::fs::read(tor.folder().join("data").join(&file.path))? != file.bytes {
            return Err(format!("tor has made another {}", file.path).into());
        }
    }
    Ok(())
}

pub(crate) fn now() -> Result<UtcSeconds, Failed> {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH)?;
    Ok(UtcSeconds::from_unix(now.as_secs().try_into()?).ok_or("a year of four digits")?)
}

/// The entries of a consensus as tor says them: with the start of the microdescriptor's digest
/// in the place of the descriptor's.
pub(crate) fn entries(consensus: &[u8]) -> Result<String, Failed> {
    let consensus = Consensus::read(Document::new(consensus));
    let mut items = Vec::new();
    for router in consensus.routers() {
        let router = router?;
        let digest = router.microdescriptor.ok_or("an entry without m")?;
        let digits = data_encoding::BASE64_NOPAD.encode(&digest[..20]);
        for item in router.document().items() {
            let text = String::from_utf8(item.text().unwrap_or_default().to_vec())?;
            match item.keyword() {
                "r" => {
                    let (start, end) = text.split_once(" 2038-").ok_or("a time")?;
                    let text = format!("{start} {digits} 2038-{end}");
                    items.push(OwnedItem::new("r").text(text));
                }
                "a" | "s" | "w" => items.push(OwnedItem::from(item)),
                _ => {}
            }
        }
    }
    Ok(String::from_utf8(encode(&items))?)
}
