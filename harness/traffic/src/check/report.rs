//! What a check that passed has measured.

use std::time::Duration;

/// What all streams together did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrafficReport {
    /// Each stream.
    pub streams: Vec<StreamReport>,
    /// From the first connection to the last byte.
    pub duration: Duration,
}

/// What one stream did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StreamReport {
    /// How many bytes went there, and as many back.
    pub bytes: u64,
    /// How long the connection took.
    pub connected: Duration,
    /// From the connection to the first byte that came back.
    pub first_byte: Duration,
    /// From the connection to the last byte that came back.
    pub duration: Duration,
}

impl TrafficReport {
    /// How many bytes went there on all streams, and as many back.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.streams.iter().map(|stream| stream.bytes).sum()
    }
}
