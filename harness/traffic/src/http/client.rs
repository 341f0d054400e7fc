//! A GET with a deadline.

use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use super::error::HttpError;
use super::head_due::HeadDue;
use crate::deadline::Deadline;
use crate::loopback;

/// The bytes of a response, its head included.
const MOST: usize = 256 * 1024 * 1024;
/// The bytes of a response's head.
pub(super) const MOST_HEAD: usize = 16 * 1024;
pub(super) const MOST_HEADERS: usize = 64;
/// The bytes of what came that an error shows.
const SHOWN: usize = 80;

/// What a server answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    /// The status code, such as 200.
    pub status: u16,
    /// The names of the headers, as they came, with their values; those that are not
    /// UTF-8 have replacement characters.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

/// Gets a target such as `/index.html` from a server on loopback.
///
/// # Errors
/// If the whole response does not come within the time, or is none.
pub fn http_get(
    address: SocketAddr,
    target: &str,
    within: Duration,
) -> Result<Response, HttpError> {
    let deadline = Deadline::after(within);
    let stream = loopback::connect(address, within)
        .map_err(|source| HttpError::Connect { address, source })?;
    get(&stream, &address.to_string(), target, deadline)
}

/// The same over a stream that is connected to loopback, as one of [`Socks5`](crate::Socks5)
/// is, for a host that the request names.
///
/// # Errors
/// If the stream is not to loopback, or the whole response does not come within the time, or is none.
pub fn http_get_over(
    stream: &TcpStream,
    host: &str,
    target: &str,
    within: Duration,
) -> Result<Response, HttpError> {
    let peer = stream.peer_addr().and_then(loopback::allow);
    peer.map_err(HttpError::Peer)?;
    get(stream, host, target, Deadline::after(within))
}

fn get(
    stream: &TcpStream,
    host: &str,
    target: &str,
    deadline: Deadline,
) -> Result<Response, HttpError> {
    let plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_graphic());
    if !target.starts_with('/') || !plain(target) || !plain(host) {
        return Err(HttpError::Target(format!("{host}{target}")));
    }
    // Version 1.0, so that no server sends its body in chunks.
    let request = format!("GET {target} HTTP/1.0\r\nHost: {host}\r\nConnection: close\r\n\r\n");
    let io_error = |got, source: std::io::Error| match source.kind() {
        std::io::ErrorKind::TimedOut => HttpError::Deadline {
            got,
            waited: deadline.waited(),
        },
        _ => HttpError::Io { got, source },
    };
    deadline
        .write_all(stream, request.as_bytes())
        .map_err(|error| io_error(0, error))?;
    let mut bytes = Vec::new();
    let (mut head, mut due) = (None, HeadDue::default());
    let mut buffer = vec![0; 64 * 1024];
    loop {
        let read = deadline
            .read(stream, &mut buffer)
            .map_err(|error| io_error(bytes.len(), error))?;
        bytes.extend_from_slice(buffer.get(..read).unwrap_or_default());
        if bytes.len() > MOST {
            return Err(HttpError::TooLong { most: MOST });
        }
        let is_last = read == 0 || bytes.len() > MOST_HEAD;
        if head.is_none() && (due.is_due(&bytes) || is_last) {
            head = Head::read(&bytes)?;
        }
        let ended = read == 0;
        let end = head.as_ref().and_then(Head::end);
        match (head.take(), end) {
            (Some(found), None) if ended => return Ok(found.with_body(&bytes, bytes.len())),
            (Some(found), Some(end)) if bytes.len() >= end => {
                return Ok(found.with_body(&bytes, end));
            }
            (found, end) if ended => {
                return Err(HttpError::Closed {
                    expected: match (found, end) {
                        (Some(_), Some(end)) => format!("{end} bytes of an HTTP response"),
                        _ => "the head of an HTTP response".to_owned(),
                    },
                    got: bytes.len(),
                });
            }
            (found, _) => head = found,
        }
    }
}

/// What stands before a body.
struct Head {
    status: u16,
    headers: Vec<(String, String)>,
    /// Where the body begins.
    body: usize,
    /// How long the body is; up to the end of the stream where this is not said.
    length: Option<usize>,
}

impl Head {
    /// The head of a response, once it is whole.
    fn read(bytes: &[u8]) -> Result<Option<Self>, HttpError> {
        let wrong = |problem: String| HttpError::Protocol {
            got: bytes
                .get(..SHOWN)
                .unwrap_or(bytes)
                .escape_ascii()
                .to_string(),
            problem,
        };
        let mut headers = [httparse::EMPTY_HEADER; MOST_HEADERS];
        let mut response = httparse::Response::new(&mut headers);
        let body = match response.parse(bytes) {
            Ok(httparse::Status::Complete(body)) => body,
            Ok(httparse::Status::Partial) if bytes.len() > MOST_HEAD => {
                return Err(wrong(format!("no end of its head in {MOST_HEAD} bytes")));
            }
            Ok(httparse::Status::Partial) => return Ok(None),
            Err(error) => return Err(wrong(error.to_string())),
        };
        let headers: Vec<_> = response
            .headers
            .iter()
            .map(|header| {
                let value = String::from_utf8_lossy(header.value).into_owned();
                (header.name.to_owned(), value)
            })
            .collect();
        let named = |name: &str| {
            let header = headers.iter().find(|(n, _)| n.eq_ignore_ascii_case(name));
            header.map(|(_, value)| value.trim())
        };
        if let Some(encoding) = named("transfer-encoding") {
            return Err(wrong(format!(
                "transfer encoding `{encoding}`, which HTTP/1.0 does not have"
            )));
        }
        let length = named("content-length")
            .map(|length| {
                length
                    .parse()
                    .map_err(|_| wrong(format!("content length `{length}`")))
            })
            .transpose()?;
        Ok(Some(Self {
            status: response.code.unwrap_or_default(),
            headers,
            body,
            length,
        }))
    }

    /// Where the response ends.
    fn end(&self) -> Option<usize> {
        self.length.map(|length| self.body.saturating_add(length))
    }

    fn with_body(self, bytes: &[u8], end: usize) -> Response {
        Response {
            status: self.status,
            headers: self.headers,
            body: bytes.get(self.body..end).unwrap_or_default().to_vec(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read as _, Write as _};
    use std::net::{Ipv4Addr, Shutdown};

    use super::*;
    use crate::server::Server;

    const WITHIN: Duration = Duration::from_secs(20);

    /// What a GET gives from a server that says this, then closes.
    fn answered(answer: &'static str) -> Result<Response, HttpError> {
        let server = Server::start((Ipv4Addr::LOCALHOST, 0).into(), "raw", move |stream, _| {
            let mut request = [0; 512];
            let mut stream = &**stream;
            let _ = stream.read(&mut request);
            let _ = stream.write_all(answer.as_bytes());
            let _ = stream.shutdown(Shutdown::Write);
        })
        .unwrap();
        http_get(server.address(), "/x", WITHIN)
    }

    #[test]
    fn responses_are_read() {
        for (answer, expected) in [
            ("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi", "200 hi"),
            ("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nhi", "200 h"),
            ("HTTP/1.0 404 No\r\n\r\nto the end", "404 to the end"),
            ("HTTP/1.1 204 No Content\r\n\r\n", "204 "),
        ] {
            let response = answered(answer).unwrap();
            let body = String::from_utf8(response.body).unwrap();
            assert_eq!(format!("{} {body}", response.status), expected, "{answer}");
        }
    }

    #[test]
    fn what_is_no_response_is_said() {
        for (answer, expected) in [
            (
                "",
                "expected the head of an HTTP response, but the connection was closed after 0 bytes",
            ),
            (
                "HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\nhi",
                "expected 59 bytes of an HTTP response, but the connection was closed after 41 bytes",
            ),
            (
                "\u{5}\u{1}",
                "expected an HTTP response, got `\\x05\\x01`: invalid HTTP version",
            ),
            (
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "transfer encoding `chunked`, which HTTP/1.0 does not have",
            ),
            (
                "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
                "content length `-1`",
            ),
        ] {
            let error = answered(answer).unwrap_err().to_string();
            assert!(error.contains(expected), "{error}\nis not: {expected}");
        }
    }

    #[test]
    fn what_does_not_come_in_time_is_said() {
        let silent = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let error = http_get(
            silent.local_addr().unwrap(),
            "/x",
            Duration::from_millis(10),
        );
        let error = error.unwrap_err().to_string();
        assert!(
            error.starts_with("expected an HTTP response within"),
            "{error}"
        );
        assert!(error.ends_with("got 0 bytes of it"), "{error}");
    }

    #[test]
    fn nothing_is_sent_but_to_loopback() {
        let (one, _other) = std::os::unix::net::UnixStream::pair().unwrap();
        let stream = TcpStream::from(std::os::fd::OwnedFd::from(one));
        let error = http_get_over(&stream, "h", "/", Duration::from_millis(10)).unwrap_err();
        let error = error.to_string();
        assert!(error.contains("expected a stream to loopback"), "{error}");
    }

    #[test]
    fn a_target_cannot_add_headers() {
        let silent = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let stream = loopback::connect(silent.local_addr().unwrap(), WITHIN).unwrap();
        for (host, target) in [
            ("h", ""),
            ("h", "x"),
            ("h", "/a b"),
            ("h", "/\r\nX: y"),
            ("h\n", "/"),
        ] {
            let error = http_get_over(&stream, host, target, WITHIN).unwrap_err();
            assert!(matches!(error, HttpError::Target(_)), "{error}");
        }
    }
}
