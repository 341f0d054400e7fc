//! Memory is bounded by the limits, however much comes.

use allocation_counter::measure;
use tor_harness_control::{CommandDecoder, DecodeOptions, Decoder, Problem};

/// The limit, which is tor's own for commands.
const CAP: usize = (1 << 20) - 1;

/// How much comes, in pieces.
const SENT: usize = 16 * CAP;
const PIECE: usize = 4096;

/// The buffer doubles, so it may have twice the limit; and while it is moved, the old one, of half
/// the size, is still there.
const MOST: u64 = 3 * (CAP + PIECE) as u64;

/// Feeds `start`, then `line` over and over, to something that takes pieces, also after it has found
/// a problem: it has to be this one to the end, and the memory taken to be bounded.
fn check(
    start: &[u8],
    line: &[u8],
    expected: Option<Problem>,
    mut take: impl FnMut(&[u8]) -> Option<Problem>,
) {
    let piece = line.repeat(PIECE / line.len());
    let mut found = None;
    let taken = measure(|| {
        found = take(start);
        for _ in 0..SENT / piece.len() {
            found = take(&piece);
        }
    });
    let shown = String::from_utf8_lossy(line);
    assert_eq!(found, expected, "{shown:?} over and over");
    let peak = taken.bytes_max;
    assert!(peak > 1000, "nothing is counted");
    assert!(peak <= MOST, "{peak} bytes for {shown:?} over and over");
}

#[test]
fn a_decoder_keeps_no_more_than_its_limits() {
    let any = DecodeOptions::default();
    let line = (any.max_line(CAP), Problem::LineTooLong { limit: CAP });
    let block = (any.max_block(CAP), Problem::BlockTooLong { limit: CAP });
    let message = (any.max_message(CAP), Problem::MessageTooLong { limit: CAP });
    for (start, again, (options, problem)) in [
        ("250 ", "x", line),
        ("250+a=\r\n", "x", line),
        ("250+a=\r\n", ".", line),
        ("250+a=\r\n", "x", block),
        ("250+a=\r\n", "some line\r\n", block),
        ("250+a=\r\n", "\r\n", block),
        ("250 ", "x", message),
        ("250+a=\r\n", "x", message),
        ("250+a=\r\n", "some line\r\n", message),
        ("250+a=\r\n", "\r\n", message),
        ("", "250-a=b\r\n", message),
        ("", "650+a=\r\n.\r\n", message),
    ] {
        let mut decoder = Decoder::with_options(options);
        check(start.as_bytes(), again.as_bytes(), Some(problem), |piece| {
            decoder.push(piece);
            decoder.next().err().map(|error| error.problem)
        });
    }
}

#[test]
fn a_command_decoder_keeps_no_more_than_its_limit() {
    let problem = Problem::LineTooLong { limit: CAP };
    let too_long = "x".repeat(CAP) + "\r\n";
    for (start, again, expected) in [
        // tor says nothing of a line until it ends.
        ("GETINFO ", "x", None),
        ("+LOADCONF\r\n", "x", None),
        ("+LOADCONF\r\n", "some line\r\n", Some(problem)),
        ("+LOADCONF\r\n", "\n", Some(problem)),
        (&too_long, "GETINFO version\r\n", Some(problem)),
        (&too_long, "x", Some(problem)),
    ] {
        let mut decoder = CommandDecoder::new();
        check(start.as_bytes(), again.as_bytes(), expected, |piece| {
            decoder.push(piece);
            decoder.next_bytes().err().map(|error| error.problem)
        });
    }
}

#[test]
fn whole_messages_leave_nothing_behind() {
    let mut decoder = Decoder::new();
    check(b"650 BW 1 2\r\n", b"650 BW 3 4\r\n", None, |piece| {
        decoder.push(piece);
        while decoder.next().unwrap().is_some() {}
        None
    });
    let mut decoder = CommandDecoder::new();
    check(b"QUIT\r\n", b"GETINFO version\r\n", None, |piece| {
        decoder.push(piece);
        while decoder.next_bytes().unwrap().is_some() {}
        None
    });
}
