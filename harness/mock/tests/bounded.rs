//! How much memory a connection takes, measured: alone in its process.

use std::fs;
use std::time::Duration;

use tor_harness_mock::{AuthConfig, ControlPort, Persona, Random, Script};

const MAX_OUTPUT: usize = 1 << 20;

/// How much a process of this kind may grow, in KiB; unbounded, each of the
/// questions below takes hundreds of MiB.
const MAX_GROWTH: usize = 32 << 10;

/// The most memory that this process has had, in KiB.
fn peak() -> usize {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let number = line.and_then(|line| line.trim().strip_suffix(" kB"));
    number.unwrap().parse().unwrap()
}

#[test]
fn an_answer_that_is_too_long_is_not_built() {
    let long = "x".repeat(100_000);
    for question in [
        format!("GETINFO{}", " config/defaults".repeat(6000)),
        format!(
            "SETCONF ContactInfo={long}\r\nGETCONF{}",
            " ContactInfo".repeat(5000)
        ),
    ] {
        let auth = AuthConfig::null();
        let port = ControlPort::new(Persona::default(), &auth, Random::Seed(1), &Script::new());
        let mut port = port.unwrap().max_output(MAX_OUTPUT);
        let id = port.open();
        port.receive(id, b"AUTHENTICATE\r\nGETINFO version\r\n", Duration::ZERO);
        assert!(!port.is_closed(id));

        let before = peak();
        port.receive(id, format!("{question}\r\n").as_bytes(), Duration::ZERO);
        let growth = peak() - before;
        assert!(growth < MAX_GROWTH, "{growth} KiB to {question:.20}");
        assert!(port.is_closed(id));
        assert_eq!(port.take_output(id), b"");
        assert!(port.transcript().ends_with("dropped: it does not read\n"));
    }
}
