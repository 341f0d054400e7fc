//! One document, read to each depth.

use criterion::{BenchmarkId, Criterion, Throughput};
use tor_harness_benches::{Depth, Load};

/// A group named like the load; a depth to which nothing reads its kind is left out.
pub(crate) fn benches(criterion: &mut Criterion, load: &Load) {
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
