//! How lines are cut.

use std::time::Duration;

use tor_harness_mock::{AuthConfig, ControlPort, Persona, Random, Script};

use crate::talk::{Talk, check};

#[test]
fn lines_end_as_they_like() {
    check(
        "> AUTHENTICATE\\n\\c
         < 250 OK
         > getinfo\\tversion\\r
         < 250-version={version}
         < 250 OK
         > GETINFO version\\x00nonsense
         < 250-version={version}
         < 250 OK
         >
         < 510 Unrecognized command \"\"
         >  GETINFO version
         < 510 Unrecognized command \"\"",
    );
}

#[test]
fn only_spaces_separate_words() {
    check(
        "> AUTHENTICATE
         < 250 OK
         > GETINFO  version\\tuptime
         < 552 Unrecognized key \"version\tuptime\"
         > GETCONF Nickname\\tx
         < 552 Unrecognized configuration key \"Nickname\tx\"
         > SETEVENTS BW\\tCIRC
         < 552 Unrecognized event \"BW\tCIRC\"
         > SIGNAL HUP\\tx
         < 552 Unrecognized signal code \"HUP\tx\"",
    );
}

#[test]
fn commands_pipeline() {
    check(
        "> AUTHENTICATE
         > GETINFO version
         > blarg foo
         > +blarg\\nGETINFO version\\n.
         > QUIT
         > GETINFO version
         < 250 OK
         < 250-version={version}
         < 250 OK
         < 510 Unrecognized command \"blarg\"
         < 510 Unrecognized command \"+blarg\"
         < 250 closing connection
         closed",
    );
}

#[test]
fn browsers_are_told() {
    for first in [
        "GET / HTTP/1.0\r\n",
        "POST ",
        "PUT x",
        "CONNECT x:1 HTTP/1.0",
    ] {
        for size in [1, 100] {
            let (page, is_closed) = answer_to(first.as_bytes().chunks(size));
            let (status, _) = page.split_once("\r\n").unwrap();
            assert_eq!(status, "HTTP/1.0 501 Tor ControlPort is not an HTTP proxy");
            assert!(is_closed);
        }
    }
    Talk::default().check_whole(
        "> PROTOCOLINFO
         > GET / HTTP/1.0
         < 250-PROTOCOLINFO 1
         < 250-AUTH METHODS=NULL
         < 250-VERSION Tor=\"{version}\"
         < 250 OK
         < 514 Authentication required.
         closed",
    );
}

/// What a tor 0.4.9.11 answers to the protocol before version 1.
#[test]
fn controllers_of_old_are_told() {
    for first in [
        "\0\0\0\0",
        "\0\0\0\x01",
        "\0\x05\0\x08hello",
        "A\0\0\0\r\n",
        "AB\0\n",
    ] {
        for size in [1, 100] {
            let before = std::iter::once(&b"PROTOCOLINFO\r\n"[..]);
            let (came, is_closed) = answer_to(before.chain(first.as_bytes().chunks(size)));
            let (_, answer) = came.split_once("250 OK\r\n").unwrap();
            assert_eq!(
                answer,
                "\0\x60\0\0\0\x01The v0 control protocol is not supported by Tor 0.1.2.17 and later; \
                 upgrade your controller.\0\0",
                "{first:?}"
            );
            assert!(is_closed);
        }
    }
}

/// tor looks at what has come when something comes, until it has let the controller in.
#[test]
fn what_comes_together_is_one_opening() {
    for (pieces, status) in [
        (
            &["PROTOCOLINFO\r\n", "GET / HTTP/1.0\r\n"][..],
            "HTTP/1.0 501",
        ),
        (&["PROTOCOLINFO\r\nGET / HTTP/1.0\r\n"], "514"),
        (&["PROTOCOLINFO\r\nGE", "T /"], "HTTP/1.0 501"),
        (&["+PROTOCOLINFO\r\n", "GET /"], "HTTP/1.0 501"),
        (&["A\n\0\0"], "\0\x60"),
        (&["A\n", "\0\0\0\0"], "514"),
        (&["\n\0\0\x05x"], "\0\x60"),
        (&["\0\0\n\0"], "514"),
        (&["AUTHENTICATE\r\n", "GET / HTTP/1.0\r\n"], "510"),
        (&["AUTHENTICATE\r\n", "\0\0\0\0\r\n"], "510"),
    ] {
        let (came, _) = answer_to(pieces.iter().map(|piece| piece.as_bytes()));
        let last = came.rsplit("250 OK\r\n").next().unwrap();
        assert!(last.starts_with(status), "{pieces:?}: {came:?}");
    }
}

#[test]
fn too_long_a_line_closes_once_it_ends() {
    for size in [4096, 5 << 20] {
        let mut port = port();
        let id = port.open();
        for piece in [b'x'; 4 << 20].chunks(size) {
            port.receive(id, piece, Duration::ZERO);
            assert_eq!(port.take_output(id), b"");
            assert!(!port.is_closed(id));
        }
        port.receive(id, b"\r\nPROTOCOLINFO\r\n", Duration::ZERO);
        assert_eq!(port.take_output(id), b"500 Line too long.\r\n");
        assert!(port.is_closed(id));
    }
}

/// Whatever the pieces, the bytes that come are the same.
#[test]
fn pieces_make_no_difference() {
    let wire = b"PROTOCOLINFO 1\r\nAUTHENTICATE\nGETINFO version\r\n\r\n+blarg\r\n..\r\n.\r\nGETINFO x\x00y\r\n\
        SETCONF Nickname=\"a b\"\r\nGETCONF nickname exitnodes\r\n\tx\r\nSIGNAL \xff\r\nQUIT\r\nGETINFO version\r\n";
    let answers = |pieces: &mut dyn Iterator<Item = usize>| {
        let mut port = port();
        let id = port.open();
        let mut rest = &wire[..];
        let mut came = Vec::new();
        while !rest.is_empty() {
            let (piece, after) = rest.split_at(pieces.next().unwrap().min(rest.len()));
            port.receive(id, piece, Duration::ZERO);
            came.extend(port.take_output(id));
            rest = after;
        }
        assert!(port.is_closed(id));
        came
    };
    let whole = answers(&mut std::iter::once(wire.len()));
    assert!(
        whole.ends_with(b"552 Unrecognized signal code \"\xff\"\r\n250 closing connection\r\n")
    );
    for size in 1..wire.len() {
        assert_eq!(
            answers(&mut std::iter::repeat(size)),
            whole,
            "pieces of {size}"
        );
    }
    let mut seed = 1_u32;
    for _ in 0..500 {
        let first = seed;
        let mut random = std::iter::repeat_with(|| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            1 + (seed >> 28) as usize
        });
        let came = answers(&mut random);
        assert_eq!(came, whole, "random pieces from {first}");
    }
}

#[test]
fn what_waits_to_be_sent_is_bounded() {
    let mut port = port().max_output(10_000);
    let id = port.open();
    port.receive(id, b"AUTHENTICATE\r\n", Duration::ZERO);
    let question = b"GETINFO events/names\r\n";
    for _ in 0..1000 {
        port.receive(id, question, Duration::ZERO);
        assert!(port.take_output(id).len() > 100);
    }
    port.receive(id, &question.repeat(1000), Duration::ZERO);
    assert!(port.is_closed(id));
    assert_eq!(port.take_output(id), b"");
}

/// What is answered to a controller whose bytes come in these pieces, and whether
/// the connection is closed then.
fn answer_to<'p>(pieces: impl Iterator<Item = &'p [u8]>) -> (String, bool) {
    let mut port = port();
    let id = port.open();
    for piece in pieces {
        port.receive(id, piece, Duration::ZERO);
    }
    let answer = String::from_utf8(port.take_output(id)).unwrap();
    (answer, port.is_closed(id))
}

fn port() -> ControlPort {
    ControlPort::new(
        Persona::default(),
        &AuthConfig::null(),
        Random::Seed(1),
        &Script::new(),
    )
    .unwrap()
}
