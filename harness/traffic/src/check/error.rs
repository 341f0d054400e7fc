//! Why traffic did not pass a check.

use std::error::Error;
use std::io;
use std::time::Duration;

/// Why traffic did not pass a check. Streams are counted from 0, bytes from 0.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TrafficError {
    /// A check of no bytes, or on no stream, would pass whatever the network does.
    #[error(
        "expected at least 1 byte on at least 1 stream, got {bytes} bytes on {streams} streams"
    )]
    Nothing {
        /// The bytes of each stream.
        bytes: u64,
        /// The streams.
        streams: usize,
    },
    /// There is no stream.
    #[error("stream {stream}: connecting: {source}")]
    Connect {
        /// Which stream.
        stream: usize,
        /// Why.
        source: Box<dyn Error + Send + Sync>,
    },
    /// A byte came back otherwise than it was sent.
    #[error("stream {stream}: byte {position} was sent as {sent:#04x} and came back as {got:#04x}")]
    Different {
        /// Which stream.
        stream: usize,
        /// Where the first difference is.
        position: u64,
        /// What was sent.
        sent: u8,
        /// What came back.
        got: u8,
    },
    /// The stream ended before all was back.
    #[error("stream {stream}: expected {expected} bytes back, but it was closed after {got}")]
    Closed {
        /// Which stream.
        stream: usize,
        /// How many bytes were to come.
        expected: u64,
        /// How many came.
        got: u64,
    },
    /// More came back than was sent.
    #[error("stream {stream}: expected its end after {expected} bytes, got more")]
    TooMany {
        /// Which stream.
        stream: usize,
        /// How many bytes were to come.
        expected: u64,
    },
    /// It did not come back in time, or the stream did not end when all was back.
    #[error(
        "stream {stream}: expected {expected} bytes back, then its end, within {waited:.1?}, got {got} bytes"
    )]
    Deadline {
        /// Which stream.
        stream: usize,
        /// How many bytes were to come.
        expected: u64,
        /// How many came.
        got: u64,
        /// How long.
        waited: Duration,
    },
    /// The stream broke.
    #[error("stream {stream}: expected {expected} bytes back, but it broke after {got}: {source}")]
    Io {
        /// Which stream.
        stream: usize,
        /// How many bytes were to come.
        expected: u64,
        /// How many came.
        got: u64,
        /// Why.
        source: io::Error,
    },
}
