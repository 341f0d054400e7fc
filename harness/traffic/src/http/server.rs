//! A server that answers each GET with the body that the test has chosen.

use std::collections::VecDeque;
use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::sync::Arc;
use std::time::Duration;

use super::client::{MOST_HEAD, MOST_HEADERS};
use super::head_due::HeadDue;
use crate::deadline::Deadline;
use crate::server::Server;
use crate::watched::{Unmet, Watched};

/// Who has not sent a request within this time is hung up on, however slowly it sends.
const REQUEST: Duration = Duration::from_secs(30);

/// Who has not taken the response within this time is hung up on.
const RESPONSE: Duration = Duration::from_secs(300);

/// The requests that are kept.
const KEPT: usize = 1024;

/// A server that answers each GET with a body of the test's choice; it ends when
/// dropped.
#[derive(Debug)]
pub struct HttpServer {
    server: Server,
    requests: Arc<Watched<Requests>>,
}

/// What somebody asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Where it came from: behind an exit, the exit's address.
    pub peer: SocketAddr,
    /// What it asked for, such as `/index.html?x=1`.
    pub target: String,
    /// Its `Host` header, such as `example.com:80`.
    pub host: Option<String>,
}

#[derive(Debug, Default)]
struct Requests {
    count: u64,
    last: VecDeque<Request>,
}

impl HttpServer {
    /// Starts one on a free port of 127.0.0.1 that always answers the same.
    ///
    /// # Errors
    /// If the system has no port or no thread.
    pub fn serving(body: impl Into<Vec<u8>>) -> io::Result<Self> {
        let body = body.into();
        Self::answering((Ipv4Addr::LOCALHOST, 0).into(), move |_| body.clone())
    }

    /// Starts one at an address of loopback, which makes a body for each request.
    ///
    /// # Errors
    /// If the address is not of loopback, or cannot be listened on.
    pub fn answering(
        address: SocketAddr,
        body: impl Fn(&Request) -> Vec<u8> + Send + Sync + 'static,
    ) -> io::Result<Self> {
        let requests = Arc::new(Watched::<Requests>::default());
        let kept = Arc::clone(&requests);
        let server = Server::start(address, "http", move |stream, peer| {
            // The peer has gone, or was too slow.
            let _ = serve(stream, peer, REQUEST, |request| {
                let body = body(&request);
                kept.change(|requests| requests.add(request));
                body
            });
        })?;
        Ok(Self { server, requests })
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.server.address()
    }

    /// How many requests there have been.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.requests.lock().count
    }

    /// The last 1,024 requests, the oldest first.
    #[must_use]
    pub fn requests(&self) -> Vec<Request> {
        self.requests.lock().last.iter().cloned().collect()
    }

    /// Waits until there have been so many requests.
    ///
    /// # Errors
    /// If they do not come in time.
    pub fn wait_for_requests(&self, count: u64, within: Duration) -> Result<(), Unmet> {
        let expected = format!("{count} requests at the HTTP server");
        self.requests
            .wait_until(&expected, within, |requests| requests.count >= count)
    }
}

impl Requests {
    fn add(&mut self, request: Request) {
        if self.last.len() == KEPT {
            self.last.pop_front();
        }
        self.last.push_back(request);
        self.count += 1;
    }
}

/// Answers one request.
fn serve(
    stream: &TcpStream,
    peer: SocketAddr,
    within: Duration,
    body: impl FnOnce(Request) -> Vec<u8>,
) -> io::Result<()> {
    let (status, body) = match read(stream, peer, Deadline::after(within))? {
        Asked::Get(request) => ("200 OK", body(request)),
        Asked::Wrong(status) => (status, Vec::new()),
    };
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    let deadline = Deadline::after(RESPONSE);
    deadline.write_all(stream, head.as_bytes())?;
    deadline.write_all(stream, &body)
}

/// What a request comes to.
#[derive(Debug, PartialEq, Eq)]
enum Asked {
    Get(Request),
    /// The status of the refusal.
    Wrong(&'static str),
}

fn read(stream: &TcpStream, peer: SocketAddr, deadline: Deadline) -> io::Result<Asked> {
    let mut bytes = Vec::new();
    let mut due = HeadDue::default();
    let mut buffer = [0; 4096];
    loop {
        let read = deadline.read(stream, &mut buffer)?;
        if read == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        bytes.extend_from_slice(buffer.get(..read).unwrap_or_default());
        if (due.is_due(&bytes) || bytes.len() >= MOST_HEAD)
            && let Some(asked) = parse(&bytes, peer)
        {
            return Ok(asked);
        }
    }
}

/// What is asked for, once the head of the request is whole.
fn parse(bytes: &[u8], peer: SocketAddr) -> Option<Asked> {
    let mut headers = [httparse::EMPTY_HEADER; MOST_HEADERS];
    let mut request = httparse::Request::new(&mut headers);
    match request.parse(bytes) {
        Ok(httparse::Status::Complete(_)) => {}
        Ok(httparse::Status::Partial) if bytes.len() < MOST_HEAD => return None,
        Ok(httparse::Status::Partial) | Err(httparse::Error::TooManyHeaders) => {
            return Some(Asked::Wrong("431 Request Header Fields Too Large"));
        }
        Err(_) => return Some(Asked::Wrong("400 Bad Request")),
    }
    if request.method != Some("GET") {
        return Some(Asked::Wrong("405 Method Not Allowed"));
    }
    let host = request
        .headers
        .iter()
        .find(|header| header.name.eq_ignore_ascii_case("host"));
    Some(Asked::Get(Request {
        peer,
        target: request.path.unwrap_or_default().to_owned(),
        host: host.map(|host| String::from_utf8_lossy(host.value).into_owned()),
    }))
}

#[cfg(test)]
mod tests {
    use std::io::{Read as _, Write as _};
    use std::net::TcpListener;

    use super::super::client::http_get;
    use super::*;
    use crate::loopback;

    const WITHIN: Duration = Duration::from_secs(20);

    #[test]
    fn each_request_gets_its_body() {
        let server = HttpServer::answering((Ipv4Addr::LOCALHOST, 0).into(), |request| {
            request.target.clone().into_bytes()
        })
        .unwrap();
        for target in ["/", "/a?b=c"] {
            let response = http_get(server.address(), target, WITHIN).unwrap();
            assert_eq!(
                (response.status, response.body),
                (200, target.as_bytes().to_vec())
            );
        }
        server.wait_for_requests(2, WITHIN).unwrap();
        let requests = server.requests();
        assert_eq!(server.count(), 2);
        assert_eq!(requests[1].target, "/a?b=c");
        assert_eq!(requests[1].host, Some(server.address().to_string()));
        assert!(requests[1].peer.ip().is_loopback());
    }

    #[test]
    fn what_is_asked_is_told() {
        let long = format!("GET / HTTP/1.1\r\nX: {}", "x".repeat(MOST_HEAD));
        let many = format!("GET / HTTP/1.1\r\n{}\r\n", "X: y\r\n".repeat(100));
        for (bytes, expected) in [
            ("", "more"),
            ("GET / HTTP/1.1\r\nHost: x\r\n", "more"),
            ("GET /a HTTP/1.1\r\nhost: x:80\r\n\r\n", "/a x:80"),
            ("GET /a HTTP/1.0\r\n\r\n", "/a -"),
            (
                "POST / HTTP/1.1\r\nContent-Length: 0\r\n\r\n",
                "405 Method Not Allowed",
            ),
            ("\u{5}\u{1}\0", "400 Bad Request"),
            (&long, "431 Request Header Fields Too Large"),
            (&many, "431 Request Header Fields Too Large"),
        ] {
            let got = match parse(bytes.as_bytes(), (Ipv4Addr::LOCALHOST, 9).into()) {
                None => "more".to_owned(),
                Some(Asked::Wrong(status)) => status.to_owned(),
                Some(Asked::Get(request)) => {
                    let host = request.host.as_deref().unwrap_or("-");
                    format!("{} {host}", request.target)
                }
            };
            assert_eq!(got, expected, "{}", bytes.escape_debug());
        }
    }

    #[test]
    fn who_sends_no_request_is_hung_up_on() {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let mut slow = loopback::connect(listener.local_addr().unwrap(), WITHIN).unwrap();
        slow.write_all(b"GET / HTTP/1.1\r\nX: ").unwrap();
        let (stream, peer) = listener.accept().unwrap();
        let within = Duration::from_millis(10);
        let error = serve(&stream, peer, within, |_| unreachable!()).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::TimedOut);
    }

    #[test]
    fn a_connection_that_waits_does_not_keep_it() {
        let server = HttpServer::serving("x").unwrap();
        let mut waiting = loopback::connect(server.address(), WITHIN).unwrap();
        waiting.write_all(b"GET / HTTP/1.1\r\n").unwrap();
        http_get(server.address(), "/", WITHIN).unwrap();
        drop(server);
        waiting.set_read_timeout(Some(WITHIN)).unwrap();
        let mut rest = Vec::new();
        // Closed, with or without a reset.
        let _ = waiting.read_to_end(&mut rest);
        assert_eq!(rest, b"");
    }
}
