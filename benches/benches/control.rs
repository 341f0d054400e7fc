//! How fast the control protocol is read.
//!
//! `newlines` is the floor: one pass of memchr over the same bytes.

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use memchr::memchr_iter;
use tor_harness_control::{Decoder, Event};

/// How often a recording is repeated, so that its start is not what is measured.
const TIMES: usize = 100;

fn framing(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("framing");
    for path in [
        "control/protocolinfo/cookie",
        "control/getinfo/info-names",
        "control/event/bw",
    ] {
        let fixture = tor_fixtures::find(path).unwrap_or_else(|| panic!("no recording {path}"));
        let bytes = fixture.bytes.repeat(TIMES);
        group.throughput(Throughput::Bytes(bytes.len() as u64));
        group.bench_with_input(
            BenchmarkId::new("newlines", path),
            &bytes,
            |bencher, bytes| {
                bencher.iter(|| memchr_iter(b'\n', black_box(bytes)).count());
            },
        );
        group.bench_with_input(
            BenchmarkId::new("decoder", path),
            &bytes,
            |bencher, bytes| {
                bencher.iter(|| {
                    let mut decoder = Decoder::new();
                    decoder.push(black_box(bytes));
                    let mut messages = 0;
                    while let Some(message) = decoder.next().expect("a recording can be read") {
                        black_box(message);
                        messages += 1;
                    }
                    assert_eq!(messages, TIMES);
                });
            },
        );
    }
    group.finish();
}

fn events(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("events");
    for path in [
        "control/event/bw",
        "control/event/circ-built",
        "control/event/conf-changed",
    ] {
        let fixture = tor_fixtures::find(path).unwrap_or_else(|| panic!("no recording {path}"));
        let mut decoder = Decoder::new();
        decoder.push(fixture.bytes);
        let message = decoder
            .next()
            .expect("a recording can be read")
            .expect("it is whole");
        group.throughput(Throughput::Bytes(fixture.bytes.len() as u64));
        group.bench_with_input(
            BenchmarkId::new("typed", path),
            &message,
            |bencher, message| {
                bencher.iter(|| Event::parse(black_box(message)).expect("a recording can be read"));
            },
        );
    }
    group.finish();
}

criterion_group!(benches, framing, events);
criterion_main!(benches);
