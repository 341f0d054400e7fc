//! What takes no memory of its own.

use allocation_counter::measure;
use tor_harness_benches::Load;
use tor_harness_control::reply::GetInfoReply;
use tor_harness_control::{Decoder, Event};

#[test]
fn a_warm_decoder_allocates_nothing() {
    for load in [Load::events(), Load::replies(), Load::router_statuses()] {
        for piece in [1 << 10, 1 << 16, usize::MAX] {
            let mut decoder = Decoder::new();
            let mut read = || {
                let mut messages = 0;
                for bytes in load.bytes.chunks(piece.min(load.bytes.len())) {
                    decoder.push(bytes);
                    while let Ok(Some(_)) = decoder.next() {
                        messages += 1;
                    }
                }
                assert_eq!(messages, load.messages, "{}", load.name);
            };
            let cold = measure(&mut read).count_total;
            assert!(cold > 0, "{}: nothing is counted", load.name);
            let warm = measure(&mut read).count_total;
            assert_eq!(warm, 0, "{} in pieces of {piece}", load.name);
        }
    }
}

#[test]
fn typed_messages_borrow() {
    let mut decoder = Decoder::new();
    decoder.push(&Load::events().bytes);
    let mut events = 0;
    while let Ok(Some(message)) = decoder.next() {
        let taken = measure(|| {
            Event::parse(&message).expect("a recording can be read");
        });
        assert_eq!(taken.count_total, 0, "{message:?}");
        events += 1;
    }
    assert_eq!(events, Load::events().messages);

    let load = Load::router_statuses();
    decoder.push(&load.bytes);
    let message = decoder.next().expect("it can be read");
    let message = message.expect("it is whole");
    let taken = measure(|| {
        GetInfoReply::parse(&message).expect("it is a reply to GETINFO");
    });
    assert_eq!(taken.count_total, 0, "{}", load.name);
}
