//! How fast network documents are read, to each depth.
//!
//! A group is named like the folder of the fixtures; a depth to which nothing
//! reads its kind is left out. `lines` is the floor: memchr with a stop at the
//! end of every line.

use std::time::Duration;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use tor_harness_benches::{Depth, Load};

/// All together take three minutes at most.
fn quick() -> Criterion {
    Criterion::default()
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(2))
        .sample_size(50)
}

fn documents(criterion: &mut Criterion) {
    for load in Load::documents() {
        let mut group = criterion.benchmark_group(load.name);
        group.throughput(Throughput::Bytes(load.bytes.len() as u64));
        for depth in Depth::ALL {
            if let Some(read) = depth.reader(load.name) {
                let id = BenchmarkId::from_parameter(depth.name());
                group.bench_function(id, |bencher| bencher.iter(|| read(&load.bytes)));
            }
        }
        group.finish();
    }
}

criterion_group! {
    name = benches;
    config = quick();
    targets = documents
}
criterion_main!(benches);
