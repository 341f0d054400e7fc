//! `tor-harness network` as people run it.

mod harness;

use std::fs;
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command};
use std::time::Duration;

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use tor_harness::client::{Client, Credentials};
use tor_harness::traffic::{EchoServer, Socks5, Target, TrafficCheck, http_get_over};

use crate::harness::Harness;

/// How long each thing may take; a busy machine is no broken network.
const WITHIN: Duration = Duration::from_secs(60);

fn tor_is_there() -> bool {
    tor_harness::process::find_tor().is_ok()
}

#[test]
fn what_it_announces_is_there() {
    if !tor_is_there() {
        return;
    }
    let ours = EchoServer::start().unwrap();
    let our_port = ours.address().port().to_string();
    for (options, nodes, relays) in [
        (&[][..], "relay0 relay1 exit0 exit1 client0", 4),
        (
            &["--relays", "3", "--exits", "1", "--bridges", "2"],
            "relay0 relay1 relay2 exit0 bridge0 bridge1 client0",
            4,
        ),
        (
            &["--preset", "hs-v3-min"],
            "relay0 relay1 relay2 relay3 relay4 relay5 client0 onion0",
            6,
        ),
        (
            &["--onion", "--imaginary", "100"],
            "relay0 relay1 exit0 exit1 onion0 client0",
            104,
        ),
        (
            &["--onion", &our_port],
            "relay0 relay1 exit0 exit1 onion0 client0",
            4,
        ),
    ] {
        let harness = Harness::new();
        let (said, child) = harness.start(&[&["network"], options].concat());
        assert_eq!(said["fixture"], "network");
        let of_all = |what: &str| {
            let all = said["nodes"].as_array().unwrap().iter();
            all.filter_map(|node| node[what].as_str().map(str::to_owned))
                .collect::<Vec<_>>()
        };
        assert_eq!(of_all("nickname").join(" "), nodes);
        let relays_that_run = of_all("or").len();
        assert_eq!(of_all("fingerprint").len(), relays_that_run, "{options:?}");
        for (control, folder) in of_all("control").iter().zip(of_all("folder")) {
            assert!(ask(control, "version").starts_with("0.4."), "{options:?}");
            assert!(Path::new(&folder).join("torrc").is_file(), "{options:?}");
        }
        let entries = ask(said["control"].as_str().unwrap(), "ns/all");
        let listed = entries.lines().filter(|line| line.starts_with("r "));
        assert_eq!(listed.count(), relays, "{options:?}");

        let socks = Socks5::new(address(&said["socks"])).unwrap().within(WITHIN);
        // Not every preset has exits.
        if nodes.contains("exit") {
            page(&socks, address(&said["http"]).into());
            echo(&socks, address(&said["echo"]).into());
        }
        let folder = Path::new(said["folder"].as_str().unwrap());
        for (file, has) in [("torrc", "\nDirAuthority "), ("arti.toml", "\n[storage]\n")] {
            let text = fs::read_to_string(folder.join(file)).unwrap();
            assert!(text.contains(has), "{options:?}: {file}: {text}");
        }
        match (said["onion"].as_str(), options.contains(&our_port.as_str())) {
            (Some(onion), true) => echo(&socks, (onion, 80).into()),
            (Some(onion), false) => page(&socks, (onion, 80).into()),
            (None, _) => assert!(!nodes.contains("onion"), "{options:?}"),
        }
        end(child);
        harness.assert_clean();
    }
}

/// What a COMMAND does to a tor of its network, or what the network lacks, and what is said of it.
#[test]
fn what_goes_wrong_is_told() {
    if !tor_is_there() {
        return;
    }
    let end = |signal: &str, code: &str| {
        // It is there until the harness has seen its end.
        format!(
            "f=$(grep -l 'Nickname relay1$' {{folder}}/../*/torrc); \
             p=$(cat $(dirname $f)/pid); kill -{signal} $p && \
             timeout 60 tail -s 0.1 --pid=$p -f /dev/null && exit {code}"
        )
    };
    let commands = ["SEGV 0", "KILL 0", "SEGV 4", "TERM 0"]
        .map(|words| words.split_once(' ').unwrap())
        .map(|(signal, code)| end(signal, code));
    let within = |command| vec!["network", "--", "sh", "-c", command];
    for (words, code, expected) in [
        (within(&commands[0]), 3, "node `relay1`: "),
        (within(&commands[1]), 3, "(signal: 9 (SIGKILL))"),
        (within(&commands[2]), 4, "ended by itself (signal: "),
        (within(&commands[3]), 0, ""),
        (
            vec!["network", "--exits", "0"],
            2,
            "at least three relays and exits together, for the circuits of `client0`, got 2",
        ),
        (
            vec![
                "network", "--exits", "0", "--relays", "3", "--", "echo", "{http}",
            ],
            2,
            "{http} in COMMAND",
        ),
        (
            vec!["network", "--tor", "/none", "--port-file", "/none/x"],
            2,
            "--port-file /none/x",
        ),
        (
            vec!["network", "--tor", "/none", "--", "echo", "{onion}"],
            2,
            "{onion} in COMMAND",
        ),
        (
            vec!["network", "--tor", "/none", "--", "/none/x"],
            127,
            "running /none/x: ",
        ),
    ] {
        let harness = Harness::new();
        let output = harness.run(&words);
        let told = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(code), "{words:?}: {told}");
        assert!(told.contains(expected), "{words:?}: {told}");
        assert_eq!(told.is_empty(), code == 0, "{told}");
        harness.assert_clean();
    }
}

#[test]
fn the_same_seed_gives_the_same_network() {
    if !tor_is_there() {
        return;
    }
    let fingerprints = |seed: &str| {
        let harness = Harness::new();
        let (said, child) = harness.start(&["network", "--seed", seed]);
        end(child);
        harness.assert_clean();
        let nodes = said["nodes"].as_array().unwrap().clone();
        nodes
            .iter()
            .map(|node| node["fingerprint"].clone())
            .collect::<Vec<_>>()
    };
    let first = fingerprints("7");
    assert_eq!(first, fingerprints("7"));
    assert_ne!(first, fingerprints("8"));
}

/// The lines of the README that run something inside a network.
#[test]
fn the_readme_holds() {
    let curl = Command::new("curl").arg("--version").output();
    if !tor_is_there() || curl.is_err() {
        return;
    }
    let readme = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../README.md");
    let readme = fs::read_to_string(readme).unwrap();
    let mut shown = readme
        .lines()
        .skip_while(|line| !line.starts_with("$ tor-harness network"))
        .take_while(|line| !line.starts_with("```"))
        .peekable();
    let mut commands = 0;
    while let Some(command) = shown.next() {
        let command = command.strip_prefix("$ tor-harness ").expect("a command");
        let mut expected = String::new();
        while let Some(line) = shown.next_if(|line| !line.starts_with('$')) {
            expected += line;
            expected += "\n";
        }
        let harness = Harness::new();
        let words: Vec<_> = command.split(' ').collect();
        let output = harness.run(&words);
        assert_eq!(
            String::from_utf8_lossy(&output.stdout),
            expected,
            "{command}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        harness.assert_clean();
        commands += 1;
    }
    assert!(commands > 1, "the README shows no networks");
}

fn address(said: &serde_json::Value) -> SocketAddr {
    said.as_str().unwrap().parse().unwrap()
}

/// Asks a control port that lets everybody in.
fn ask(control: &str, key: &str) -> String {
    let mut client = Client::connect(&control.parse().unwrap(), WITHIN).unwrap();
    client.authenticate(&Credentials::Null).unwrap();
    client.get_info(key).unwrap()
}

fn page(socks: &Socks5, from: Target) {
    let stream = socks.connect(from.clone()).unwrap();
    let page = http_get_over(&stream, &from.to_string(), "/", WITHIN).unwrap();
    assert_eq!(page.status, 200, "{from}");
    assert!(
        page.body.ends_with(b"private tor network\n"),
        "{from}: {page:?}"
    );
}

fn echo(socks: &Socks5, there: Target) {
    let check = TrafficCheck::new(10_000, 1);
    let report = check.run(|_stream| socks.connect(there.clone())).unwrap();
    assert_eq!(report.bytes(), 10_000);
}

fn end(mut child: Child) {
    kill(Pid::from_raw(child.id().cast_signed()), Signal::SIGTERM).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0));
}
