//! Framing takes no memory once it has met messages of their length.

use allocation_counter::measure;
use tor_harness_benches::Load;
use tor_harness_control::Decoder;

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
