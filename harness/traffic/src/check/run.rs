//! A check that bytes arrive, both ways at once.

use std::error::Error;
use std::io;
use std::net::{Shutdown, TcpStream};
use std::thread;
use std::time::{Duration, Instant};

use super::error::TrafficError;
use super::pattern::Pattern;
use super::report::{StreamReport, TrafficReport};
use crate::deadline::Deadline;
use crate::loopback;
use crate::server::close;

const WITHIN: Duration = Duration::from_secs(120);

const CHUNK: usize = 16 * 1024;

/// Sends bytes to an [`EchoServer`](crate::EchoServer) while it reads them back, over
/// several streams at once, and compares each byte: chutney's traffic verification.
///
/// ```
/// use tor_harness_traffic::{EchoServer, TrafficCheck};
///
/// let echo = EchoServer::start()?;
/// let report = TrafficCheck::new(100_000, 3).run(|_stream| echo.connect())?;
/// assert_eq!((report.streams.len(), report.bytes()), (3, 300_000));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug)]
#[must_use = "nothing is sent until it is run"]
pub struct TrafficCheck {
    bytes: u64,
    streams: usize,
    seed: u64,
    within: Duration,
}

impl TrafficCheck {
    /// One of so many bytes on each of so many streams. A stream costs two threads.
    pub fn new(bytes: u64, streams: usize) -> Self {
        Self {
            bytes,
            streams,
            seed: 0,
            within: WITHIN,
        }
    }

    /// What the bytes come from; 0, unless told. No two streams send the same.
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// How long a stream may take once it is connected; 120 seconds, unless told.
    pub fn within(mut self, within: Duration) -> Self {
        self.within = within;
        self
    }

    /// Runs it over the streams that `connect` makes, all at once; it is told which, and
    /// has to have a deadline of its own.
    ///
    /// # Errors
    /// Of the first stream on which not all came back, as it was sent, in time.
    pub fn run<E>(
        &self,
        connect: impl Fn(usize) -> Result<TcpStream, E> + Sync,
    ) -> Result<TrafficReport, TrafficError>
    where
        E: Into<Box<dyn Error + Send + Sync>>,
    {
        if self.bytes == 0 || self.streams == 0 {
            return Err(TrafficError::Nothing {
                bytes: self.bytes,
                streams: self.streams,
            });
        }
        let started = Instant::now();
        let connect = |stream| connect(stream).map_err(Into::into);
        let streams = thread::scope(|scope| {
            let threads: Vec<_> = (0..self.streams)
                .map(|stream| {
                    let run = move || self.stream(stream, connect);
                    thread::Builder::new().spawn_scoped(scope, run)
                })
                .collect();
            threads
                .into_iter()
                .enumerate()
                .map(
                    |(stream, thread)| match thread.map(|thread| thread.join()) {
                        Ok(Ok(report)) => report,
                        Ok(Err(panic)) => std::panic::resume_unwind(panic),
                        Err(error) => Err(not_connected(stream, error)),
                    },
                )
                .collect::<Result<Vec<_>, _>>()
        })?;
        Ok(TrafficReport {
            streams,
            duration: started.elapsed(),
        })
    }

    fn stream(
        &self,
        index: usize,
        connect: impl Fn(usize) -> Result<TcpStream, Box<dyn Error + Send + Sync>>,
    ) -> Result<StreamReport, TrafficError> {
        let started = Instant::now();
        let connected = |source| TrafficError::Connect {
            stream: index,
            source,
        };
        let stream = connect(index).map_err(connected)?;
        stream
            .peer_addr()
            .and_then(loopback::allow)
            .map_err(|error| not_connected(index, error))?;
        let transfer = Transfer {
            index,
            stream: &stream,
            pattern: Pattern::new(self.seed, index),
            bytes: self.bytes,
            deadline: Deadline::after(self.within),
        };
        let connected = started.elapsed();
        thread::scope(|scope| {
            thread::Builder::new()
                // What becomes of the bytes is seen by whoever reads them back.
                .spawn_scoped(scope, || transfer.send())
                .map_err(|error| not_connected(index, error))?;
            let received = transfer.receive();
            // Wakes whoever still sends.
            close(&stream);
            received
        })
        .map(|report| StreamReport {
            connected,
            ..report
        })
    }
}

fn not_connected(stream: usize, error: io::Error) -> TrafficError {
    TrafficError::Connect {
        stream,
        source: error.into(),
    }
}

/// What one stream carries.
struct Transfer<'a> {
    index: usize,
    stream: &'a TcpStream,
    pattern: Pattern,
    bytes: u64,
    deadline: Deadline,
}

impl Transfer<'_> {
    fn send(&self) -> io::Result<()> {
        let mut buffer = vec![0; CHUNK];
        let mut sent = 0;
        while sent < self.bytes {
            let chunk = front(&mut buffer, self.bytes - sent);
            self.pattern.fill(sent, chunk);
            self.deadline.write_all(self.stream, chunk)?;
            sent += chunk.len() as u64;
        }
        Ok(())
    }

    fn receive(&self) -> Result<StreamReport, TrafficError> {
        let mut got = 0;
        let mut first_byte = None;
        let mut buffer = vec![0; CHUNK];
        let mut sent = vec![0; CHUNK];
        while got < self.bytes {
            let chunk = front(&mut buffer, self.bytes - got);
            let read = self.read(chunk, got)?;
            if read == 0 {
                return Err(TrafficError::Closed {
                    stream: self.index,
                    expected: self.bytes,
                    got,
                });
            }
            first_byte.get_or_insert_with(|| self.deadline.waited());
            let sent = front(&mut sent, read as u64);
            self.pattern.fill(got, sent);
            self.compare(sent, chunk, got)?;
            got += read as u64;
        }
        let duration = self.deadline.waited();
        self.end(&mut buffer)?;
        Ok(StreamReport {
            bytes: got,
            connected: Duration::ZERO,
            first_byte: first_byte.unwrap_or_default(),
            duration,
        })
    }

    /// The stream ends only now: tor drops what is under way when a client closes its half.
    fn end(&self, buffer: &mut [u8]) -> Result<(), TrafficError> {
        let _ = self.stream.shutdown(Shutdown::Write);
        match self.read(buffer, self.bytes) {
            Ok(0) => Ok(()),
            Ok(_) => Err(TrafficError::TooMany {
                stream: self.index,
                expected: self.bytes,
            }),
            Err(TrafficError::Io { source, .. })
                if source.kind() == io::ErrorKind::ConnectionReset =>
            {
                Ok(())
            }
            Err(error) => Err(error),
        }
    }

    fn read(&self, buffer: &mut [u8], got: u64) -> Result<usize, TrafficError> {
        let (stream, expected) = (self.index, self.bytes);
        self.deadline
            .read(self.stream, buffer)
            .map_err(|source| match source.kind() {
                io::ErrorKind::TimedOut => TrafficError::Deadline {
                    stream,
                    expected,
                    got,
                    waited: self.deadline.waited(),
                },
                _ => TrafficError::Io {
                    stream,
                    expected,
                    got,
                    source,
                },
            })
    }

    fn compare(&self, sent: &[u8], got: &[u8], start: u64) -> Result<(), TrafficError> {
        let mut pairs = (start..).zip(sent.iter().zip(got));
        match pairs.find(|(_, (sent, got))| sent != got) {
            None => Ok(()),
            Some((position, (&sent, &got))) => Err(TrafficError::Different {
                stream: self.index,
                position,
                sent,
                got,
            }),
        }
    }
}

/// The front of a buffer, at most this long.
fn front(buffer: &mut [u8], most: u64) -> &mut [u8] {
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    let length = buffer.len().min(most);
    buffer.get_mut(..length).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::io::{Read as _, Write as _};
    use std::net::Ipv4Addr;

    use super::*;
    use crate::EchoServer;
    use crate::server::Server;

    const BYTES: u64 = 50_000;

    #[test]
    fn what_comes_back_whole_passes() {
        let echo = EchoServer::start().unwrap();
        let check = TrafficCheck::new(BYTES, 4).seed(9);
        let report = check.run(|_| echo.connect()).unwrap();
        assert_eq!(report.bytes(), 4 * BYTES);
        assert_eq!((echo.connections(), echo.bytes()), (4, 4 * BYTES));
        for stream in &report.streams {
            assert!(stream.first_byte <= stream.duration, "{stream:?}");
            assert!(stream.duration <= report.duration, "{stream:?}");
        }
    }

    /// What a server that sends back `change` of what it got comes to; when that is two
    /// bytes short, it stays open.
    fn changed(within: Duration, change: fn(&mut Vec<u8>)) -> String {
        let echo = Server::start((Ipv4Addr::LOCALHOST, 0).into(), "bad", move |stream, _| {
            let mut stream = &**stream;
            let mut bytes = vec![0; BYTES as usize];
            if stream.read_exact(&mut bytes).is_ok() {
                change(&mut bytes);
                let _ = stream.write_all(&bytes);
                if bytes.len() != BYTES as usize - 2 {
                    let _ = stream.shutdown(Shutdown::Write);
                }
                let _ = io::copy(&mut stream, &mut io::sink());
            }
        })
        .unwrap();
        let check = TrafficCheck::new(BYTES, 1).within(within);
        let result = check.run(|_| loopback::connect(echo.address(), within));
        result.unwrap_err().to_string()
    }

    #[test]
    fn what_does_not_is_told() {
        let long = Duration::from_secs(20);
        for (within, change, expected) in [
            (
                long,
                (|bytes| bytes[30_000] ^= 0xff) as fn(&mut Vec<u8>),
                "stream 0: byte 30000 was sent as ",
            ),
            (
                long,
                |bytes| bytes.swap(0, 49_999),
                "stream 0: byte 0 was sent as ",
            ),
            (
                long,
                |bytes| bytes.truncate(7),
                "stream 0: expected 50000 bytes back, but it was closed after 7",
            ),
            (
                long,
                |bytes| bytes.push(0),
                "stream 0: expected its end after 50000 bytes, got more",
            ),
            (
                Duration::from_millis(300),
                |bytes| bytes.truncate(49_998),
                "stream 0: expected 50000 bytes back, then its end, within",
            ),
        ] {
            let error = changed(within, change);
            assert!(error.starts_with(expected), "{error}\nis not: {expected}");
        }
    }

    #[test]
    fn a_stream_that_is_not_there_is_told() {
        let check = TrafficCheck::new(1, 2);
        let error = check.run(|stream| Err(format!("no {stream}"))).unwrap_err();
        assert_eq!(error.to_string(), "stream 0: connecting: no 0");
        for (bytes, streams) in [(0, 1), (1, 0)] {
            let check = TrafficCheck::new(bytes, streams);
            let error = check.run(|stream| Err(format!("no {stream}"))).unwrap_err();
            assert!(matches!(error, TrafficError::Nothing { .. }), "{error}");
        }
    }
}
