//! The proxy as a value.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use super::connection::forward;
use super::link::Link;
use super::state::{Flow, ProxyCounts, State};
use crate::loopback;
use crate::server::Server;
use crate::watched::{Unmet, Watched};

/// A proxy between two programs on loopback, which can be cut or slowed while it runs;
/// it ends, and its connections with it, when dropped. A connection costs five threads.
///
/// ```
/// use std::time::Duration;
/// use tor_harness_traffic::{HttpServer, Proxy, http_get};
///
/// let within = Duration::from_secs(20);
/// let server = HttpServer::serving("hello")?;
/// let proxy = Proxy::to(server.address())?;
/// proxy.cut();
/// assert!(http_get(proxy.address(), "/", within).is_err());
/// proxy.restore();
/// assert_eq!(http_get(proxy.address(), "/", within)?.status, 200);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Proxy {
    target: SocketAddr,
    state: Arc<Watched<State>>,
    server: Server,
}

impl Proxy {
    /// One on a free port of 127.0.0.1.
    ///
    /// # Errors
    /// If the target is not on loopback, or the system has no port or no thread.
    pub fn to(target: SocketAddr) -> io::Result<Self> {
        Self::between((Ipv4Addr::LOCALHOST, 0).into(), target)
    }

    /// One at an address of loopback.
    ///
    /// # Errors
    /// If one of them is not on loopback, or the first cannot be listened on.
    pub fn between(address: SocketAddr, target: SocketAddr) -> io::Result<Self> {
        loopback::allow(target)?;
        let state = Arc::new(Watched::<State>::default());
        let shared = Arc::clone(&state);
        let server = Server::start(address, "proxy", move |stream, _| {
            forward(&shared, stream, target);
        })?;
        Ok(Self {
            target,
            state,
            server,
        })
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.server.address()
    }

    /// Where it forwards to.
    #[must_use]
    pub fn target(&self) -> SocketAddr {
        self.target
    }

    /// Forwards so fast from now on, also what has come already.
    pub fn set(&self, link: Link) {
        self.state.change(|state| state.set(Flow::Open(link)));
    }

    /// Forwards everything at once again.
    pub fn restore(&self) {
        self.set(Link::new());
    }

    /// Closes all connections, and new ones as soon as they come: the port stays taken,
    /// so that no other program gets it.
    pub fn cut(&self) {
        self.state.change(|state| state.set(Flow::Cut));
    }

    /// Keeps all connections open, new ones too, and lets nothing through; nothing of it
    /// is lost when that ends.
    pub fn hold(&self) {
        self.state.change(|state| state.set(Flow::Held));
    }

    /// Closes all connections; who comes anew is forwarded.
    pub fn close_connections(&self) {
        self.state.change(State::close_connections);
    }

    /// What it has done so far.
    #[must_use]
    pub fn counts(&self) -> ProxyCounts {
        self.state.lock().counts
    }

    /// Waits until what it has done is as expected.
    ///
    /// # Errors
    /// If it is not in time.
    pub fn wait_until(
        &self,
        expected: &str,
        within: Duration,
        holds: impl Fn(&ProxyCounts) -> bool,
    ) -> Result<(), Unmet> {
        self.state
            .wait_until(expected, within, |state| holds(&state.counts))
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.state.change(|state| state.set(Flow::Ended));
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read as _, Write as _};
    use std::net::{Shutdown, TcpListener, TcpStream};

    use super::*;
    use crate::{EchoServer, TrafficCheck};

    const WITHIN: Duration = Duration::from_secs(20);

    fn before_an_echo() -> (EchoServer, Proxy) {
        let echo = EchoServer::start().unwrap();
        let proxy = Proxy::to(echo.address()).unwrap();
        (echo, proxy)
    }

    fn connected(proxy: &Proxy) -> TcpStream {
        let stream = loopback::connect(proxy.address(), WITHIN).unwrap();
        stream.set_read_timeout(Some(WITHIN)).unwrap();
        stream
    }

    /// What comes back until the stream ends.
    fn rest(mut stream: &TcpStream) -> Vec<u8> {
        let mut bytes = Vec::new();
        // However it ends: closed or reset.
        let _ = stream.read_to_end(&mut bytes);
        bytes
    }

    fn exchange(mut stream: &TcpStream, bytes: &[u8]) {
        stream.write_all(bytes).unwrap();
        let mut back = vec![0; bytes.len()];
        stream.read_exact(&mut back).unwrap();
        assert_eq!(back, bytes);
    }

    #[test]
    fn it_forwards_both_ways() {
        let (_echo, proxy) = before_an_echo();
        let check = TrafficCheck::new(300_000, 3);
        let report = check.run(|_| loopback::connect(proxy.address(), WITHIN));
        assert_eq!(report.unwrap().bytes(), 900_000);
        proxy
            .wait_until("no open connection", WITHIN, |counts| counts.open == 0)
            .unwrap();
        let expected = ProxyCounts {
            connections: 3,
            to_target: 900_000,
            to_client: 900_000,
            ..ProxyCounts::default()
        };
        assert_eq!(proxy.counts(), expected);
    }

    #[test]
    fn what_is_slow_arrives_whole() {
        let (_echo, proxy) = before_an_echo();
        let latency = Duration::from_millis(3);
        for (link, least) in [
            (Link::new().latency(latency), 2 * latency),
            (Link::new().bytes_per_second(2_000_000), Duration::ZERO),
        ] {
            proxy.set(link);
            let check = TrafficCheck::new(50_000, 2);
            let report = check.run(|_| loopback::connect(proxy.address(), WITHIN));
            // However busy the machine, a round trip takes the latency twice.
            for stream in report.unwrap().streams {
                assert!(stream.first_byte >= least, "{stream:?}");
            }
        }
    }

    #[test]
    fn what_is_cut_is_closed_until_restored() {
        let (_echo, proxy) = before_an_echo();
        let before = connected(&proxy);
        exchange(&before, b"before");
        proxy.cut();
        assert_eq!(rest(&before), b"");
        assert_eq!(rest(&connected(&proxy)), b"");
        proxy
            .wait_until("a refusal", WITHIN, |counts| counts.refused == 1)
            .unwrap();
        assert_eq!(proxy.counts().open, 0);
        proxy.restore();
        exchange(&connected(&proxy), b"after");
    }

    #[test]
    fn connections_are_closed_once() {
        let (_echo, proxy) = before_an_echo();
        let before = connected(&proxy);
        exchange(&before, b"before");
        proxy.close_connections();
        assert_eq!(rest(&before), b"");
        exchange(&connected(&proxy), b"after");
    }

    #[test]
    fn what_is_held_arrives_later() {
        let (echo, proxy) = before_an_echo();
        let old = connected(&proxy);
        exchange(&old, b"before");
        let counts = proxy.counts();
        proxy.hold();
        let new = connected(&proxy);
        for mut stream in [&old, &new] {
            stream.write_all(b"held").unwrap();
            stream.shutdown(Shutdown::Write).unwrap();
        }
        let error = echo.wait_for_bytes(7, Duration::from_millis(50));
        assert!(error.is_err(), "bytes went through what is held");
        assert_eq!(proxy.counts(), counts);
        proxy.restore();
        for stream in [&old, &new] {
            assert_eq!(rest(stream), b"held");
        }
    }

    #[test]
    fn what_waits_goes_when_the_link_gets_fast() {
        let (echo, proxy) = before_an_echo();
        let mut stream = connected(&proxy);
        exchange(&stream, b"before");
        for slow in [
            Link::new().latency(Duration::from_secs(1_000_000)),
            Link::new().latency(Duration::MAX),
            Link::new().bytes_per_second(1),
        ] {
            let before = echo.bytes();
            proxy.set(slow);
            stream.write_all(b"at last").unwrap();
            proxy.restore();
            echo.wait_for_bytes(before + 7, WITHIN).unwrap();
            let mut back = [0; 7];
            stream.read_exact(&mut back).unwrap();
            assert_eq!(&back, b"at last");
        }
    }

    #[test]
    fn where_nobody_listens_nobody_is_forwarded() {
        // An address of which nobody else takes a port.
        let gone = TcpListener::bind((Ipv4Addr::new(127, 83, 1, 2), 0)).unwrap();
        let proxy = Proxy::to(gone.local_addr().unwrap()).unwrap();
        drop(gone);
        assert_eq!(rest(&connected(&proxy)), b"");
        assert_eq!((proxy.counts().refused, proxy.counts().connections), (1, 0));
    }

    #[test]
    fn it_ends_with_its_value() {
        for link in [None, Some(Link::new().latency(Duration::MAX))] {
            let (_echo, proxy) = before_an_echo();
            let mut stream = connected(&proxy);
            exchange(&stream, b"before");
            match link {
                None => proxy.hold(),
                Some(link) => proxy.set(link),
            }
            let waiting = connected(&proxy);
            stream.write_all(b"held").unwrap();
            drop(proxy);
            assert_eq!(rest(&stream), b"");
            assert_eq!(rest(&waiting), b"");
        }
    }
}
