//! Networks with one thing wrong.

use proptest::prelude::*;
use proptest::sample::select;
use tor_harness_testnet::BandwidthWeights;
use tor_harness_types::UtcSeconds;

use super::given::Given;
use super::made::Made;
use super::settings;
use super::way::Way;

/// A network of any settings, in which one document is wrong.
#[derive(Clone, Debug)]
pub struct Wrong {
    /// What is right.
    pub given: Given,
    /// What is wrong.
    pub way: Way,
    /// The document that is.
    pub made: Made,
}

/// A network whose consensus begins to count then, in which one document is wrong in a way that
/// has a name.
pub fn wrong(valid_after: UtcSeconds) -> BoxedStrategy<Wrong> {
    let ways: Vec<_> = Way::all().collect();
    (settings::given(valid_after), select(ways))
        .prop_map(|(mut given, way)| {
            // Of computed ones there need not be a line, and some ways are about that.
            given.network.status.bandwidth_weights = BandwidthWeights::Same(10_000);
            let made = way.make(&given);
            Wrong { given, way, made }
        })
        .boxed()
}
