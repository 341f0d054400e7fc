//! Whether nodes can be laid out on loopback.

use std::collections::BTreeSet;
use std::net::IpAddr;

use tor_harness_types::{Nickname, Place, Span};

use super::address::NODES;
use super::idle;
use super::role::Role;
use super::signed::Settings;
use super::spec::NodeSpec;
use crate::error::Error;
use crate::prepared;
use crate::torrc::{self, Extra, Word};

/// Why nodes are no network.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SpecError {
    /// A name that tor would not take.
    #[error("expected a nickname of 1 to 19 letters and digits, got {0:?}")]
    Nickname(String),
    /// A name that two nodes have.
    #[error("two nodes are called `{0}`: give one of them another nickname")]
    SameNickname(String),
    /// More nodes than a network has addresses for.
    #[error("expected at most {NODES} nodes, got {0}: make two networks of them")]
    TooMany(usize),
    /// Nobody to make a consensus.
    #[error("expected at least one authority to vote, got none: add NodeSpec::authority")]
    NoAuthority,
    /// Somebody to make a consensus that the harness makes.
    #[error(
        "expected no authority where the harness signs the consensus, got `{0}`: say \
         TestNetworkBuilder::voting, or make it a relay"
    )]
    Authority(String),
    /// Nobody to be in the consensus.
    #[error("expected at least one relay, got none: add NodeSpec::relay")]
    NoRelay,
    /// Nobody could build a circuit.
    #[error(
        "expected at least three relays and exits together, for the circuits of `{node}`, got \
         {relays}: add NodeSpec::relay, NodeSpec::exit"
    )]
    TooFew {
        /// The nickname of one that has to.
        node: String,
        /// How many relays there are for it.
        relays: usize,
    },
    /// A node that cannot join a network that runs.
    #[error(
        "expected a client to join the network, got `{0}`: describe other nodes before its start"
    )]
    NoGuest(String),
    /// A name that no preset has.
    #[error("expected one of {known}, got `{name}`")]
    Preset {
        /// The name.
        name: String,
        /// Those that there are.
        known: String,
    },
    /// A name that no node has.
    #[error("node `{node}` names {what} `{name}`, but no {what} is called so")]
    Unknown {
        /// The node's nickname.
        node: String,
        /// What it names: a relay, a client.
        what: &'static str,
        /// The name.
        name: String,
    },
    /// A setting that would do nothing for a node.
    #[error("`{setting}` does nothing for node `{node}`: it is for {whom}")]
    IdleOfNode {
        /// The node's nickname.
        node: String,
        /// The call of [`NodeSpec`].
        setting: &'static str,
        /// Whom it is for.
        whom: &'static str,
    },
    /// A setting of the consensus that is not the harness's.
    #[error("`{0}` does nothing where authorities vote: they say what they see")]
    IdleInVote(&'static str),
    /// More relays than there are keys.
    #[error("expected at most {IMAGINARY} imaginary relays, got {0}")]
    TooManyImaginary(u64),
    /// Relays in a consensus that is not the harness's.
    #[error("expected no imaginary relays where authorities vote: they list what they can reach")]
    ImaginaryVoted,
    /// A relay that clients would connect to, outside of the machine.
    #[error(
        "relay `{0}` is not on loopback, but clients would connect to it: publish it at an address \
         of 127.0.0.0/8, or with no weight, no IPv6 ORPort, without Guard, HSDir, V2Dir"
    )]
    RelayOutside(String),
    /// A system on which 127.0.0.0/8 is no end of the way.
    #[error(
        "expected that what comes from 127.0.0.0/8 stays on loopback, as exits of a network that \
         votes rely on, but net.ipv4.conf.{0}.route_localnet is set: set it to 0, or run this in \
         a network namespace (unshare -rn)"
    )]
    RouteLocalnet(String),
    /// A line that would have a node talk to others than this network's.
    #[error("{origin}:{}:{}: `{word}` {why}", .place.line, .place.column)]
    Line {
        /// The call that added the line.
        origin: String,
        /// Where in it.
        place: Place,
        /// The word.
        word: String,
        /// What is wrong with it.
        why: &'static str,
    },
    /// A file that would lie elsewhere.
    #[error(
        "the file {path:?} of node `{node}` leaves its folder: write a relative path without `..`"
    )]
    File {
        /// The node's nickname.
        node: String,
        /// The file's path.
        path: String,
    },
}

/// How many imaginary relays have keys of their own.
const IMAGINARY: u64 = 10_000;

const PLACED: &str = "is set by the layout, which gives every node its place on loopback";
const UNREACHABLE: &str = "would keep others from reaching it: a relay of a network has one";
const EXITS: &str = "is set by the layout, which lets streams out to loopback alone: say \
                     NodeSpec::exit_policy";
const OUTSIDE: &str = "is not on loopback: a private network stays within 127.0.0.0/8";

/// Options that say where a node listens or whom it talks to: the layout's.
const PLACES: &[&str] = &[
    "Address",
    "AlternateBridgeAuthority",
    "AlternateDirAuthority",
    "Bridge",
    "ClientPreferIPv6DirPort",
    "ClientPreferIPv6ORPort",
    "ClientUseIPv4",
    "ClientUseIPv6",
    "DirAuthority",
    "DirPort",
    // An old name of DirAuthority.
    "DirServer",
    "DNSPort",
    "ExtORPort",
    "FallbackDir",
    "HiddenServicePort",
    "HTTPProxy",
    "HTTPSProxy",
    "HTTPTunnelPort",
    "MetricsPort",
    "NATDPort",
    "ORPort",
    "OutboundBindAddress",
    "OutboundBindAddressExit",
    "OutboundBindAddressOR",
    "OutboundBindAddressPT",
    // An old name of the next.
    "ResolvConf",
    "ServerDNSResolvConfFile",
    "Socks4Proxy",
    "Socks5Proxy",
    "SocksPort",
    "TCPProxy",
    "TransPort",
];

/// Options that say what an exit lets out.
const POLICIES: &[&str] = &[
    "ExitPolicy",
    "ExitPolicyRejectPrivate",
    "ExitRelay",
    "IPv6Exit",
    "ReducedExitPolicy",
];

/// Refuses nodes that are no network, or would leave loopback.
pub(super) fn check(specs: &[NodeSpec], votes: bool, signed: &Settings) -> Result<(), Error> {
    check_authorities(specs, votes, signed.imaginary)?;
    if votes {
        idle::check_vote(specs, signed)?;
    }
    idle::check_bridges(specs)?;
    if specs.len() > NODES {
        return Err(SpecError::TooMany(specs.len()).into());
    }
    let mut nicknames = BTreeSet::new();
    for spec in specs {
        check_node(spec)?;
        if !nicknames.insert(spec.nickname.to_ascii_lowercase()) {
            return Err(SpecError::SameNickname(spec.nickname.clone()).into());
        }
    }
    specs.iter().try_for_each(|spec| check_names(spec, specs))?;
    Ok(())
}

/// Refuses a node that would not be one, or would leave loopback.
pub(super) fn check_node(spec: &NodeSpec) -> Result<(), Error> {
    let nickname = &spec.nickname;
    if nickname.parse::<Nickname>().is_err() {
        return Err(SpecError::Nickname(nickname.clone()).into());
    }
    idle::check_node(spec)?;
    spec.control_port.check()?;
    for line in &spec.lines {
        torrc::check(line)?;
        check_line(line)?;
        check_network(line, spec.role)?;
    }
    for (path, _) in &spec.files {
        let (node, path) = (nickname.clone(), path.clone());
        if !prepared::stays(&path) {
            return Err(SpecError::File { node, path }.into());
        }
        if prepared::is_taken(&path) {
            return Err(Error::FileTaken(path).of_node(&node));
        }
    }
    Ok(())
}

/// Whether somebody makes the consensus, and can.
fn check_authorities(specs: &[NodeSpec], votes: bool, imaginary: u64) -> Result<(), SpecError> {
    let authority = specs.iter().find(|spec| spec.role.is_authority());
    match (votes, authority) {
        (true, None) => return Err(SpecError::NoAuthority),
        (false, Some(authority)) => return Err(SpecError::Authority(authority.nickname.clone())),
        _ => {}
    }
    if !specs.iter().any(|spec| spec.role.is_listed()) {
        return Err(SpecError::NoRelay);
    }
    if votes && imaginary > 0 {
        return Err(SpecError::ImaginaryVoted);
    }
    if imaginary > IMAGINARY {
        return Err(SpecError::TooManyImaginary(imaginary));
    }
    Ok(())
}

/// Whether the nodes that a node names are there.
fn check_names(spec: &NodeSpec, all: &[NodeSpec]) -> Result<(), SpecError> {
    let names = [
        ("relay", &spec.family, true),
        ("client", &spec.visitors, false),
    ];
    for (what, names, relays) in names {
        let is_there = |name: &str| {
            all.iter()
                .any(|one| one.nickname == name && one.role.relays() == relays)
        };
        if let Some(name) = names.iter().find(|name| !is_there(name)) {
            return Err(SpecError::Unknown {
                node: spec.nickname.clone(),
                what,
                name: name.clone(),
            });
        }
    }
    Ok(())
}

fn check_line(extra: &Extra) -> Result<(), SpecError> {
    for line in extra.lines() {
        let sets = |options: &[&str]| options.iter().any(|option| line.sets(option));
        let set = [(PLACES, PLACED), (POLICIES, EXITS)]
            .into_iter()
            .find(|(options, _)| sets(options))
            .map(|(_, why)| (&line.keyword, why));
        let outside = || {
            let word = line.arguments.iter().find(|word| is_outside(&word.text))?;
            Some((word, OUTSIDE))
        };
        if let Some((word, why)) = set.or_else(outside) {
            return Err(refused(extra, word, why));
        }
    }
    Ok(())
}

/// Others could not reach a relay without a network, and the network's start waits until they can.
fn check_network(extra: &Extra, role: Role) -> Result<(), SpecError> {
    let lines = extra.lines();
    let mut lines = lines.iter().filter(|_| role.relays());
    match lines.find(|line| line.sets("DisableNetwork")) {
        Some(line) => Err(refused(extra, &line.keyword, UNREACHABLE)),
        None => Ok(()),
    }
}

fn refused(extra: &Extra, word: &Word, why: &'static str) -> SpecError {
    SpecError::Line {
        origin: extra.origin.clone(),
        place: Span::from(word.start..word.start).place(extra.text.as_bytes()),
        word: word.text.clone(),
        why,
    }
}

/// Whether a word names an address that is not on loopback, as `10.0.0.0/8:*`.
fn is_outside(word: &str) -> bool {
    word.split([',', '=']).any(|part| {
        let host = match part.strip_prefix('[') {
            Some(rest) => rest.split(']').next(),
            None => part.split(['/', ':']).next(),
        };
        let is_outside = |host: &str| {
            host.parse::<IpAddr>()
                .is_ok_and(|address| !address.is_loopback())
        };
        // An address of IPv6 may stand without brackets.
        host.is_some_and(is_outside) || is_outside(part)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_one(spec: NodeSpec, expected: Option<&str>) {
        check_all(&[spec], true, 0, expected);
    }

    #[track_caller]
    fn check_all(specs: &[NodeSpec], votes: bool, imaginary: u64, expected: Option<&str>) {
        let signed = Settings {
            imaginary,
            ..Settings::default()
        };
        let told = check(specs, votes, &signed)
            .err()
            .map(|error| error.to_string());
        match expected {
            None => assert_eq!(told, None),
            Some(text) => assert!(
                told.as_deref().is_some_and(|told| told.contains(text)),
                "expected {text:?}, got {told:?}"
            ),
        }
    }

    #[test]
    fn lines_stay_on_loopback() {
        for (line, expected) in [
            ("ContactInfo somebody", None),
            ("ReachableAddresses accept 127.0.0.0/8:80", None),
            ("ReachableAddresses reject *:*", None),
            ("V3BandwidthsFile {dir}/bandwidth", None),
            ("MapAddress a=127.0.0.1", None),
            (
                "ReachableAddresses accept 10.0.0.0/8:*",
                Some("is not on loopback"),
            ),
            ("IPv6Exit 1", Some("say NodeSpec::exit_policy")),
            (
                "+ExitPolicy accept *:*",
                Some("lets streams out to loopback"),
            ),
            ("ClientUseIPv6 1", Some("is set by the layout")),
            (
                "ReachableAddresses [2001:db8::1]:80",
                Some("is not on loopback"),
            ),
            ("MapAddress a=192.0.2.1", Some("is not on loopback")),
            (
                "Address 127.0.0.1",
                Some("1:1: `Address` is set by the layout"),
            ),
            ("orport 127.0.0.1:1", Some("`orport` is set by the layout")),
            (
                "DirServer x 127.0.0.1:1 f",
                Some("`DirServer` is set by the layout"),
            ),
            ("__ORPort 9071", Some("`__ORPort` is set by the layout")),
            (
                "+DirAuthority x 127.0.0.1:1 f",
                Some("is set by the layout"),
            ),
            (
                "HiddenServicePort 80 example.com:80",
                Some("is set by the layout"),
            ),
            ("OutboundBindAddressEx 1", Some("is set by the layout")),
            ("DataDirectory x", Some("the data stay")),
            ("DisableNetwork 1", Some("would keep others from reaching")),
        ] {
            check_one(NodeSpec::authority("a").torrc_line(line), expected);
        }
    }

    #[test]
    fn somebody_makes_the_consensus() {
        let [relay, authority] = [NodeSpec::relay("a"), NodeSpec::authority("b")];
        let family = NodeSpec::relay("c").family(["a", "client"]);
        let visited = NodeSpec::onion_service("d", 80).visitors(["nobody"]);
        for (specs, votes, imaginary, expected) in [
            (vec![relay.clone()], false, 10_000, None),
            (vec![authority.clone()], true, 0, None),
            (vec![relay.clone()], true, 0, Some("at least one authority")),
            (
                vec![relay.clone(), authority.clone()],
                false,
                0,
                Some("got `b`: say TestNetworkBuilder::voting"),
            ),
            (
                vec![NodeSpec::bridge("a"), NodeSpec::client("b")],
                false,
                0,
                Some("at least one relay"),
            ),
            (vec![authority], true, 1, Some("no imaginary relays")),
            (vec![relay.clone()], false, 10_001, Some("at most 10000")),
            (
                vec![relay.clone(), family, NodeSpec::client("client")],
                false,
                0,
                Some("node `c` names relay `client`, but no relay is called so"),
            ),
            (
                vec![relay, visited],
                false,
                0,
                Some("node `d` names client `nobody`"),
            ),
        ] {
            check_all(&specs, votes, imaginary, expected);
        }
    }

    #[test]
    fn nodes_are_told_apart() {
        check_one(NodeSpec::relay("a"), Some("at least one authority"));
        check_one(NodeSpec::authority("a b"), Some("got \"a b\""));
        check_one(
            NodeSpec::authority("a").file("../x", ""),
            Some("leaves its folder"),
        );
        check_one(
            NodeSpec::authority("a").file("socket", "/etc/x"),
            Some("node `a`: the name of the file \"socket\" is the harness's"),
        );
        let two = [NodeSpec::authority("a"), NodeSpec::relay("A")];
        check_all(&two, true, 0, Some("two nodes are called `A`"));
        let many: Vec<_> = (0..=NODES)
            .map(|number| NodeSpec::authority(format!("a{number}")))
            .collect();
        check_all(&many, true, 0, Some("at most 191 nodes, got 192"));
        check_all(&many[1..], true, 0, None);
    }
}
