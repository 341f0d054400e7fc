//! How much memory a connection takes, measured: alone in its process.

use std::fs;
use std::time::Duration;

use tor_harness_mock::{AuthConfig, ControlPort, Emit, Fault, On, Persona, Random, Script};

const MAX_OUTPUT: usize = 1 << 20;

/// How much a process of this kind may grow, in KiB; unbounded, each of the
/// questions below takes a hundred MiB or more.
const MAX_GROWTH: usize = 32 << 10;

/// The most memory that this process has had, in KiB.
fn peak() -> usize {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let number = line.and_then(|line| line.trim().strip_suffix(" kB"));
    number.unwrap().parse().unwrap()
}

#[test]
fn what_waits_is_bounded() {
    let long = "x".repeat(100_000);
    let held = Script::new()
        .on(On::command("USEFEATURE").hold("h"))
        .emit(Emit::after("USEFEATURE", "BW 1 2").delay(Duration::from_secs(9)));
    for (script, question) in [
        // Answers that are too long are not built.
        (
            Script::new(),
            format!("GETINFO{}", " config/defaults".repeat(6000)),
        ),
        (
            Script::new(),
            format!(
                "SETCONF ContactInfo={long}\r\nGETCONF{}",
                " ContactInfo".repeat(5000)
            ),
        ),
        // Short ones that wait are counted with what they take beside.
        (held, "USEFEATURE\r\n".repeat(1_000_000)),
        // So is what faults make of short ones.
        (
            Script::new().on(On::command("USEFEATURE").fault(Fault::LongLine { bytes: 300_000 })),
            "USEFEATURE\r\n".repeat(1000),
        ),
    ] {
        let auth = AuthConfig::null();
        let port = ControlPort::new(Persona::default(), &auth, Random::Seed(1), &script);
        let mut port = port.unwrap().max_output(MAX_OUTPUT);
        let id = port.open();
        let first = b"AUTHENTICATE\r\nSETEVENTS BW\r\nGETINFO version\r\n";
        port.receive(id, first, Duration::ZERO);
        assert!(!port.is_closed(id));

        let question = format!("{question}\r\n");
        let before = peak();
        for piece in question.as_bytes().chunks(1 << 20) {
            port.receive(id, piece, Duration::ZERO);
        }
        let growth = peak() - before;
        assert!(growth < MAX_GROWTH, "{growth} KiB to {question:.20}");
        assert!(port.is_closed(id));
        assert_eq!(port.take_output(id), b"");
        assert!(port.transcript().ends_with("dropped: it does not read\n"));
    }
}
