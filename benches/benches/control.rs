//! How fast the control protocol is read.
//!
//! `newlines` is the floor: one pass of memchr over the same bytes.

use std::hint::black_box;

use criterion::{BatchSize, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use memchr::memchr_iter;
use tor_fixtures::Fixture;
use tor_harness_benches::Load;
use tor_harness_control::reply::GetInfoReply;
use tor_harness_control::{Decoder, Event};

fn fixture(path: &str) -> &'static Fixture {
    tor_fixtures::find(path).unwrap_or_else(|| panic!("no recording {path}"))
}

/// One message, into a decoder that has seen others and out of it.
fn framing(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("framing");
    for path in [
        "control/event/bw",
        "control/event/circ-bw",
        "control/event/stream-closed",
        "control/reply/getinfo-several",
        "control/getinfo/downloads-networkstatus-ns",
        "control/getinfo/info-names",
    ] {
        let bytes = fixture(path).bytes;
        group.throughput(Throughput::Bytes(bytes.len() as u64));
        group.bench_function(BenchmarkId::new("newlines", path), |bencher| {
            bencher.iter(|| memchr_iter(b'\n', black_box(bytes)).count());
        });
        let mut decoder = Decoder::new();
        group.bench_function(BenchmarkId::new("decoder", path), |bencher| {
            bencher.iter(|| {
                decoder.push(black_box(bytes));
                let message = decoder.next().expect("a recording can be read");
                black_box(message.expect("it is whole"));
            });
        });
    }
    group.finish();
}

/// A reply of 2.4 MB that is in the buffer already.
fn long_reply(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("long reply");
    let load = Load::router_statuses();
    group.throughput(Throughput::Bytes(load.bytes.len() as u64));
    group.bench_function(BenchmarkId::new("newlines", load.name), |bencher| {
        bencher.iter(|| memchr_iter(b'\n', black_box(&load.bytes)).count());
    });
    let mut full = Decoder::new();
    full.push(&load.bytes);
    group.bench_function(BenchmarkId::new("decoder", load.name), |bencher| {
        bencher.iter_batched_ref(
            || full.clone(),
            |decoder| {
                let message = decoder.next().expect("it can be read");
                black_box(message.expect("it is whole")).as_bytes().len()
            },
            BatchSize::PerIteration,
        );
    });
    let message = full.next().expect("it can be read").expect("it is whole");
    group.bench_function(BenchmarkId::new("lines", load.name), |bencher| {
        bencher.iter(|| black_box(message).lines().count());
    });
    group.bench_function(BenchmarkId::new("typed", load.name), |bencher| {
        bencher.iter(|| GetInfoReply::parse(black_box(&message)).expect("it is one to GETINFO"));
    });
    group.finish();
}

/// One event that has been framed.
fn events(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("events");
    for path in [
        "control/event/bw",
        "control/event/circ-bw",
        "control/event/circ-built",
        "control/event/stream-closed",
        "control/event/conf-changed",
    ] {
        let bytes = fixture(path).bytes;
        let mut decoder = Decoder::new();
        decoder.push(bytes);
        let message = decoder.next().expect("a recording can be read");
        let message = message.expect("it is whole");
        group.throughput(Throughput::Bytes(bytes.len() as u64));
        group.bench_function(BenchmarkId::new("typed", path), |bencher| {
            bencher.iter(|| Event::parse(black_box(&message)).expect("a recording can be read"));
        });
    }
    group.finish();
}

criterion_group!(benches, framing, long_reply, events);
criterion_main!(benches);
