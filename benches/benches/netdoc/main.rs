//! How fast network documents are read, to each depth.
//!
//! `lines` is the floor: memchr with a stop at the end of every line.

mod consensus;
mod depths;
mod recorded;

use std::time::Duration;

use criterion::{Criterion, criterion_group, criterion_main};

/// All together take three minutes at most.
fn quick() -> Criterion {
    Criterion::default()
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(2))
        .sample_size(50)
}

criterion_group! {
    name = benches;
    config = quick();
    targets = consensus::benches, recorded::benches
}
criterion_main!(benches);
