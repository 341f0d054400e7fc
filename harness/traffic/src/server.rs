//! A listener with a thread for each connection, which ends with its value.

use std::collections::HashMap;
use std::io;
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::os::fd::AsRawFd as _;
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use nix::sys::socket;

use crate::loopback;
use crate::watched::Watched;

/// Connections at a time; who comes then is hung up on.
const MOST_CONNECTIONS: usize = 256;

/// How long nothing is accepted after the system could not: it has no file descriptor
/// left, and says so at once.
const PAUSE: Duration = Duration::from_millis(20);

/// A server that runs.
#[derive(Debug)]
pub(crate) struct Server {
    address: SocketAddr,
    listener: Arc<TcpListener>,
    live: Arc<Watched<Live>>,
    acceptor: Option<JoinHandle<()>>,
}

#[derive(Debug, Default)]
struct Live {
    stopped: bool,
    connections: HashMap<u64, Arc<TcpStream>>,
}

impl Server {
    /// Listens, and has each connection served on a thread of its own. When `serve`
    /// returns, the connection is closed; when its stream is shut down, it has to return.
    pub(crate) fn start(
        listen: SocketAddr,
        name: &str,
        serve: impl Fn(&Arc<TcpStream>, SocketAddr) + Send + Sync + 'static,
    ) -> io::Result<Self> {
        let listener = Arc::new(loopback::listen(listen)?);
        let address = listener.local_addr()?;
        let live = Arc::new(Watched::default());
        let acceptor = Acceptor {
            name: format!("{name} {address}"),
            listener: Arc::clone(&listener),
            live: Arc::clone(&live),
            serve: Arc::new(serve),
        };
        let acceptor = thread::Builder::new()
            .name(acceptor.name.clone())
            .spawn(move || acceptor.run())?;
        Ok(Self {
            address,
            listener,
            live,
            acceptor: Some(acceptor),
        })
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.live.change(|live| {
            live.stopped = true;
            live.connections.values().for_each(|stream| close(stream));
        });
        // Wakes whoever accepts; nothing else can be done about an error.
        let _ = socket::shutdown(self.listener.as_raw_fd(), socket::Shutdown::Both);
        if let Some(acceptor) = self.acceptor.take() {
            let _ = acceptor.join();
        }
    }
}

/// The thread that accepts.
struct Acceptor<F> {
    name: String,
    listener: Arc<TcpListener>,
    live: Arc<Watched<Live>>,
    serve: Arc<F>,
}

impl<F: Fn(&Arc<TcpStream>, SocketAddr) + Send + Sync + 'static> Acceptor<F> {
    fn run(self) {
        let mut threads: Vec<JoinHandle<()>> = Vec::new();
        for id in 0.. {
            let accepted = self.listener.accept();
            let live = self.live.lock();
            if live.stopped {
                break;
            }
            let Ok((stream, peer)) = accepted else {
                drop(self.live.wait(live, Some(PAUSE)));
                continue;
            };
            drop(live);
            threads.retain(|thread| !thread.is_finished());
            threads.extend(self.serve(id, stream, peer));
        }
        for thread in threads {
            let _ = thread.join();
        }
    }

    fn serve(&self, id: u64, stream: TcpStream, peer: SocketAddr) -> Option<JoinHandle<()>> {
        let stream = Arc::new(stream);
        let connection = Connection {
            id,
            live: Arc::clone(&self.live),
            stream: Arc::clone(&stream),
        };
        let admitted = self.live.change(|live| {
            let admitted = !live.stopped && live.connections.len() < MOST_CONNECTIONS;
            if admitted {
                live.connections.insert(id, stream);
            }
            admitted
        });
        if !admitted {
            return None;
        }
        let serve = Arc::clone(&self.serve);
        thread::Builder::new()
            .name(self.name.clone())
            .spawn(move || {
                let _ = connection.stream.set_nodelay(true);
                serve(&connection.stream, peer);
            })
            .ok()
    }
}

/// A connection that is closed however its thread ends.
struct Connection {
    id: u64,
    live: Arc<Watched<Live>>,
    stream: Arc<TcpStream>,
}

impl Drop for Connection {
    fn drop(&mut self) {
        close(&self.stream);
        self.live.change(|live| live.connections.remove(&self.id));
    }
}

/// Wakes whoever reads or writes; an error is that there is nobody any more.
pub(crate) fn close(stream: &TcpStream) {
    let _ = stream.shutdown(Shutdown::Both);
}

#[cfg(test)]
mod tests {
    use std::io::{Read as _, Write as _};
    use std::net::Ipv4Addr;

    use super::*;

    const WITHIN: Duration = Duration::from_secs(20);

    #[test]
    fn no_thread_is_left() {
        let served = Arc::new(Watched::<usize>::default());
        let held = Arc::clone(&served);
        let server = Server::start((Ipv4Addr::LOCALHOST, 0).into(), "test", move |stream, _| {
            held.change(|served| *served += 1);
            let _ = (&**stream).read(&mut [0]);
        })
        .unwrap();
        let connect = |_| loopback::connect(server.address(), WITHIN).unwrap();
        let streams: Vec<_> = (0..3).map(connect).collect();
        served
            .wait_until("3 connections", WITHIN, |served| *served == 3)
            .unwrap();
        assert!(Arc::strong_count(&served) > 1);
        drop(server);
        // Each thread had what it serves with.
        assert_eq!(Arc::strong_count(&served), 1);
        drop(streams);
    }

    #[test]
    fn who_is_one_too_many_is_hung_up_on() {
        let server = Server::start((Ipv4Addr::LOCALHOST, 0).into(), "test", |stream, _| {
            let _ = (&**stream).write_all(b"x");
            let _ = (&**stream).read(&mut [0]);
        })
        .unwrap();
        let greeted = |_| {
            let stream = loopback::connect(server.address(), WITHIN).unwrap();
            stream.set_read_timeout(Some(WITHIN)).unwrap();
            let greeted = (&stream).read(&mut [0]).unwrap();
            (stream, greeted)
        };
        let streams: Vec<_> = (0..=MOST_CONNECTIONS).map(greeted).collect();
        let greeted = streams.iter().map(|(_, greeted)| greeted).sum::<usize>();
        assert_eq!(greeted, MOST_CONNECTIONS);
    }
}
