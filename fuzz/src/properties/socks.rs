//! The laws of a SOCKS5 client's handshake.

use proptest::prelude::*;
use tor_harness_traffic::{Command, Handshake, Isolation, ProtocolError, Reply, Step};

use crate::wire;

proptest! {
    /// Whatever a server says, in whatever pieces it comes, is understood as if it came
    /// at once.
    #[test]
    fn pieces_do_not_matter(
        command in command(),
        isolation in isolation(),
        said in said(),
        cuts in wire::cuts(),
    ) {
        let whole = understood(command, &isolation, wire::cut(&said, &[usize::MAX]));
        prop_assert_eq!(understood(command, &isolation, wire::cut(&said, &cuts)), whole);
    }

    /// Whoever reads what is asked for takes nothing of what follows the handshake.
    #[test]
    fn the_stream_is_left_alone(isolation in isolation(), tail in reply(), stream: Vec<u8>) {
        let said = [accepted(&isolation), tail].concat();
        let mut rest = &[said.as_slice(), &stream].concat()[..];
        let mut handshake = handshake(Command::Connect, &isolation);
        loop {
            match handshake.step()? {
                Step::Send(bytes) => prop_assert!(!bytes.is_empty()),
                Step::Receive(wanted) => {
                    prop_assert!(wanted > 0);
                    let (bytes, later) = rest.split_at(wanted);
                    handshake.receive(bytes);
                    rest = later;
                }
                Step::Done(_) => break,
            }
        }
        prop_assert_eq!(handshake.rest(), b"");
        prop_assert_eq!(rest, stream);
    }
}

fn handshake(command: Command, isolation: &Isolation) -> Handshake {
    let target = ("a.example", 80).into();
    Handshake::new(command, &target, isolation).expect("all of it is short")
}

/// The reply and what follows it, if all bytes that came make one.
fn understood<'b>(
    command: Command,
    isolation: &Isolation,
    mut pieces: impl Iterator<Item = &'b [u8]>,
) -> Result<Option<(Reply, Vec<u8>)>, ProtocolError> {
    let mut handshake = handshake(command, isolation);
    loop {
        match handshake.step()? {
            Step::Send(_) => {}
            Step::Receive(_) => match pieces.next() {
                Some(piece) => handshake.receive(piece),
                None => return Ok(None),
            },
            Step::Done(reply) => {
                pieces.for_each(|piece| handshake.receive(piece));
                return Ok(Some((reply, handshake.rest().to_vec())));
            }
        }
    }
}

fn command() -> impl Strategy<Value = Command> {
    prop::sample::select(vec![
        Command::Connect,
        Command::Resolve,
        Command::ResolvePtr,
    ])
}

fn isolation() -> impl Strategy<Value = Isolation> {
    prop_oneof![
        Just(Isolation::None),
        ("[ -~]{0,9}", "[ -~]{0,9}").prop_map(|(name, word)| Isolation::password(name, word)),
    ]
}

/// What a server says before its reply.
fn accepted(isolation: &Isolation) -> Vec<u8> {
    match isolation {
        Isolation::None => b"\x05\x00".to_vec(),
        _ => b"\x05\x02\x01\x00".to_vec(),
    }
}

/// A reply, whole.
fn reply() -> impl Strategy<Value = Vec<u8>> {
    let host = prop_oneof![
        any::<[u8; 4]>().prop_map(|address| [&[1], &address[..]].concat()),
        any::<[u8; 16]>().prop_map(|address| [&[4], &address[..]].concat()),
        prop::collection::vec(any::<u8>(), 0..=255).prop_map(|name| [
            &[3, name.len() as u8],
            &name[..]
        ]
        .concat()),
    ];
    (any::<u8>(), host, any::<[u8; 2]>())
        .prop_map(|(status, host, port)| [&[5, status, 0], &host[..], &port].concat())
}

/// What a server may say: right, right at first, anything.
fn said() -> impl Strategy<Value = Vec<u8>> {
    let begun = prop_oneof![
        Just(b"\x05\x00".to_vec()),
        Just(b"\x05\x02\x01\x00".to_vec()),
        Just(Vec::new()),
    ];
    let then = prop_oneof![reply(), Just(Vec::new())];
    (begun, then, any::<Vec<u8>>()).prop_map(|(begun, then, more)| [begun, then, more].concat())
}
