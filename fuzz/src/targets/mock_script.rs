//! A mock's script, played.

use std::time::Duration;

use tor_harness_mock::{AuthConfig, ControlPort, Persona, Random, Script};

/// What stands between a script and what a controller sends.
const BETWEEN: &str = "\n----\n";

/// How far the time goes when all is said.
const LATER: Duration = Duration::from_secs(12);

/// How much may wait for a connection.
const MAX_OUTPUT: usize = 1 << 20;

/// A script and what a controller sends, however wrong: no panic. An error is
/// in the script; a script that is right plays, says the same each time, and
/// keeps no more than it may.
pub fn mock_script(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let (text, sent) = text.split_once(BETWEEN).unwrap_or((&text, ""));
    match Script::parse(text, "script.toml") {
        Err(error) => {
            assert!(
                error.place.line <= text.lines().count().max(1) + 1,
                "{error}"
            );
            assert!(error.place.column >= 1, "{error}");
        }
        Ok(script) => assert_eq!(played(&script, sent), played(&script, sent)),
    }
}

/// All that comes, and the report.
fn played(script: &Script, sent: &str) -> (Vec<u8>, String) {
    let (persona, auth) = (Persona::default(), AuthConfig::null());
    let port = ControlPort::new(persona, &auth, Random::Seed(1), script);
    let mut port = port
        .expect("it is known to be right")
        .max_output(MAX_OUTPUT);
    let id = port.open();
    for line in sent.split_inclusive('\n') {
        port.receive(id, line.as_bytes(), Duration::ZERO);
    }
    port.handle_timeout(LATER);
    let came = port.take_output(id);
    assert!(came.len() <= MAX_OUTPUT);
    (came, port.report().to_string())
}
