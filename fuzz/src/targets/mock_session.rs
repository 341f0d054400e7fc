//! A mock's side of a conversation.

use std::time::Duration;

use tor_harness_control::Decoder;
use tor_harness_mock::{AuthConfig, ControlPort, Persona, Random, Script};

/// How far the time goes when all is said: reports have come by then, and a
/// NEWNYM that had to wait.
const LATER: Duration = Duration::from_secs(12);

/// A signal comes when all lines are answered; and tor takes what comes at once for one
/// opening, which a browser's request or the old binary protocol may stand at the start of.
const LIVELY: &[&[u8]] = &[b"signal", b"connect ", b"get ", b"post ", b"put ", b"\0"];

/// What a controller sends to a mock: no panic, and the mock says the same
/// however the lines are cut. Lines that come together are answered before
/// anything else happens, as by tor: events come later then, and what a
/// signal does as well. The replies are the same all the same, without `LIVELY` words.
pub fn mock_session(bytes: &[u8]) {
    let lines = said(bytes.split_inclusive(|byte| *byte == b'\n'));
    assert_eq!(lines, said(bytes.chunks(1)), "the pieces matter");
    let together = said([bytes]);
    let lower = bytes.to_ascii_lowercase();
    let says = |word: &&[u8]| lower.windows(word.len()).any(|there| there == *word);
    if !LIVELY.iter().any(says) {
        assert_eq!(replies(&lines), replies(&together), "the pieces matter");
    }
}

/// All that a mock says when these pieces come, at once and later.
fn said<'b>(pieces: impl IntoIterator<Item = &'b [u8]>) -> Vec<u8> {
    let mut port = ControlPort::new(
        Persona::default(),
        &AuthConfig::null().and_cookie().and_password("secret"),
        Random::Seed(1),
        &Script::new(),
    )
    .expect("an empty script is right");
    let id = port.open();
    for piece in pieces {
        port.receive(id, piece, Duration::ZERO);
    }
    port.handle_timeout(LATER);
    let _ = port.transcript();
    port.take_output(id)
}

/// What is no event.
fn replies(said: &[u8]) -> Vec<Vec<u8>> {
    let mut decoder = Decoder::new();
    decoder.push(said);
    let mut replies = Vec::new();
    while let Ok(Some(message)) = decoder.next() {
        if !message.is_event() {
            replies.push(message.as_bytes().to_vec());
        }
    }
    replies
}
