//! Conversations: `> ` is sent, `< ` is expected.

use std::fmt::Write as _;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::os::unix::net::UnixStream;
use std::time::Duration;

use tor_harness_mock::{
    AuthConfig, ConnectionId, ControlPort, Endpoint, Listen, Mock, Persona, Random, Script,
};

/// Who talks to what.
#[derive(Clone, Default)]
pub(crate) struct Talk {
    pub(crate) auth: AuthConfig,
    pub(crate) script: Script,
}

/// One step of a conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Step {
    /// Lines to be sent in one go by a connection.
    Send(usize, Vec<u8>),
    /// Lines that come to a connection.
    Expect(usize, String),
    /// The connection has not been closed by the port.
    Open(usize),
    /// The connection has been closed by the port.
    Closed(usize),
    /// The connection has been reset by the port.
    Reset(usize),
    /// The connection is closed by the controller.
    Leave(usize),
    /// What is held under a name is released.
    Release(String),
    /// An event is sent.
    Emit(String),
    /// Time passes.
    Wait(Duration),
}

impl Step {
    /// The connection that has to be there by then; 0 where it is about none.
    fn connection(&self) -> usize {
        match self {
            Self::Send(n, _)
            | Self::Expect(n, _)
            | Self::Open(n)
            | Self::Closed(n)
            | Self::Reset(n)
            | Self::Leave(n) => *n,
            Self::Release(_) | Self::Emit(_) | Self::Wait(_) => 0,
        }
    }
}

/// Reads a conversation:
///
/// - `> LINE` is sent with CRLF; with those that follow it in one go. C's escapes
///   for bytes that cannot be seen; a last `\c` leaves the CRLF out.
/// - `< LINE` is expected; `<< LINE` is the same with C's escapes and `\c`.
/// - `open`, `closed`, `reset`, `leave`, `wait 1500ms`, `release NAME`, `emit EVENT`.
/// - `{version}` is that of the tor that was recorded.
/// - A number before any of these but `wait` is the connection, 1 unless told.
fn parse(text: &str) -> Vec<Step> {
    let version = tor_fixtures::find("control/getinfo/version")
        .unwrap()
        .tor_version;
    let text = text.replace("{version}", version);
    let mut steps: Vec<Step> = Vec::new();
    for line in text
        .lines()
        .map(str::trim_start)
        .filter(|line| !line.is_empty())
    {
        let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
        let number = line
            .strip_suffix(rest)
            .and_then(|digits| digits.parse().ok())
            .unwrap_or(1);
        let rest = rest.trim_start();
        let step = if let Some(sent) = rest.strip_prefix("> ").or_else(|| rest.strip_prefix('>')) {
            Step::Send(number, bytes_of(sent))
        } else if let Some(came) = rest.strip_prefix("< ") {
            Step::Expect(number, format!("{came}\r\n"))
        } else if let Some(came) = rest.strip_prefix("<< ") {
            Step::Expect(number, String::from_utf8(bytes_of(came)).unwrap())
        } else if let Some(name) = rest.strip_prefix("release ") {
            Step::Release(name.to_owned())
        } else if let Some(event) = rest.strip_prefix("emit ") {
            Step::Emit(event.to_owned())
        } else if let Some(time) = rest.strip_prefix("wait ") {
            let milliseconds = time.strip_suffix("ms").unwrap().parse().unwrap();
            Step::Wait(Duration::from_millis(milliseconds))
        } else {
            match rest {
                "open" => Step::Open(number),
                "closed" => Step::Closed(number),
                "reset" => Step::Reset(number),
                "leave" => Step::Leave(number),
                _ => panic!("no step of a conversation: {line:?}"),
            }
        };
        match (steps.last_mut(), &step) {
            (Some(Step::Send(who, all)), Step::Send(id, more)) if who == id => all.extend(more),
            (Some(Step::Expect(who, all)), Step::Expect(id, more)) if who == id => {
                all.push_str(more);
            }
            _ => steps.push(step),
        }
    }
    steps
}

fn bytes_of(line: &str) -> Vec<u8> {
    let (line, end) = match line.strip_suffix("\\c") {
        Some(line) => (line, &b""[..]),
        None => (line, &b"\r\n"[..]),
    };
    let mut bytes = Vec::new();
    let mut rest = line.as_bytes();
    while let Some((byte, after)) = rest.split_first() {
        let (byte, length) = match (byte, after.first()) {
            (b'\\', Some(b'n')) => (b'\n', 1),
            (b'\\', Some(b'r')) => (b'\r', 1),
            (b'\\', Some(b't')) => (b'\t', 1),
            (b'\\', Some(b'x')) => {
                let digits = str::from_utf8(&after[1..3]).unwrap();
                (u8::from_str_radix(digits, 16).unwrap(), 3)
            }
            _ => (*byte, 0),
        };
        bytes.push(byte);
        rest = &after[length..];
    }
    bytes.extend_from_slice(end);
    bytes
}

/// Checks a conversation without script or authentication.
#[track_caller]
pub(crate) fn check(text: &str) {
    Talk::default().check(text);
}

impl Talk {
    /// Checks a conversation: whole reads, in memory.
    #[track_caller]
    pub(crate) fn check_whole(&self, text: &str) {
        self.check_pieces(text, usize::MAX);
    }

    /// Checks a conversation: in memory in pieces of any size, and, if no
    /// time passes in it, over TCP and a Unix socket.
    #[track_caller]
    pub(crate) fn check(&self, text: &str) {
        for size in [usize::MAX, 1, 2, 3, 7, 64] {
            self.check_pieces(text, size);
        }
        let only_in_memory = ["wait ", "release ", "emit "];
        if !only_in_memory.iter().any(|step| text.contains(step)) {
            for listen in [Listen::Tcp, Listen::Unix] {
                self.check_socket(text, listen);
            }
        }
    }

    /// Checks a conversation in memory, and gives the report at its end.
    #[track_caller]
    pub(crate) fn report(&self, text: &str) -> String {
        self.check_pieces(text, usize::MAX).report().to_string()
    }

    #[track_caller]
    fn check_pieces(&self, text: &str, size: usize) -> ControlPort {
        let mut port = ControlPort::new(
            Persona::default(),
            &self.auth,
            Random::Seed(1),
            &self.script,
        )
        .unwrap();
        let mut ids: Vec<ConnectionId> = Vec::new();
        let mut came: Vec<Vec<u8>> = Vec::new();
        let mut now = Duration::ZERO;
        for step in parse(text) {
            while ids.len() < step.connection() {
                ids.push(port.open());
                came.push(Vec::new());
            }
            match &step {
                Step::Send(n, bytes) => {
                    for piece in bytes.chunks(size) {
                        port.receive(ids[n - 1], piece, now);
                    }
                }
                Step::Wait(time) => {
                    now += *time;
                    port.handle_timeout(now);
                }
                Step::Leave(n) => port.close(ids[n - 1]),
                Step::Release(name) => assert_ne!(port.release(name), 0, "{name}"),
                Step::Emit(event) => port.emit(event).unwrap(),
                Step::Expect(..) | Step::Open(_) | Step::Closed(_) | Step::Reset(_) => {}
            }
            for (id, came) in ids.iter().zip(&mut came) {
                came.extend(port.take_output(*id));
            }
            let context = || format!("in pieces of {size}\n{}", port.transcript());
            match step {
                Step::Expect(n, expected) => {
                    let came = std::mem::take(&mut came[n - 1]);
                    assert_same(&came, &expected, context);
                }
                Step::Open(n) => assert!(!port.is_closed(ids[n - 1]), "closed: {}", context()),
                Step::Closed(n) | Step::Reset(n) => {
                    let is_reset = matches!(step, Step::Reset(_));
                    assert!(port.is_closed(ids[n - 1]), "open: {}", context());
                    assert_eq!(port.is_reset(ids[n - 1]), is_reset, "{}", context());
                }
                _ => {}
            }
        }
        for (n, came) in came.iter().enumerate() {
            assert_same(came, "", || format!("to {} behind everything", n + 1));
        }
        port
    }

    #[track_caller]
    fn check_socket(&self, text: &str, listen: Listen) {
        let mock = Mock::builder()
            .auth(self.auth.clone())
            .script(self.script.clone())
            .random(Random::Seed(1))
            .listen(listen)
            .start()
            .unwrap();
        let mut streams: Vec<Option<Box<dyn Stream>>> = Vec::new();
        for step in parse(text) {
            while streams.len() < step.connection() {
                streams.push(Some(connect(mock.endpoint())));
            }
            let mut stream = |n: usize| streams[n - 1].take().unwrap();
            match step {
                Step::Send(n, bytes) => {
                    let mut stream = stream(n);
                    stream.write_all(&bytes).unwrap();
                    streams[n - 1] = Some(stream);
                }
                Step::Expect(n, expected) => {
                    let mut stream = stream(n);
                    let mut came = vec![0; expected.len()];
                    let result = stream.read_exact(&mut came);
                    assert!(
                        result.is_ok(),
                        "{result:?}, not {expected:?}\n{}",
                        mock.transcript()
                    );
                    assert_same(&came, &expected, || mock.transcript());
                    streams[n - 1] = Some(stream);
                }
                Step::Closed(n) => {
                    let mut rest = Vec::new();
                    stream(n).read_to_end(&mut rest).unwrap();
                    assert_same(&rest, "", || mock.transcript());
                }
                Step::Reset(n) => {
                    let mut rest = Vec::new();
                    let end = stream(n).read_to_end(&mut rest);
                    assert_same(&rest, "", || mock.transcript());
                    // A Unix socket knows no reset.
                    let kind = end.err().map(|error| error.kind());
                    let expected = matches!(mock.endpoint(), Endpoint::Tcp(_))
                        .then_some(std::io::ErrorKind::ConnectionReset);
                    assert_eq!(kind, expected);
                }
                Step::Leave(n) => drop(stream(n)),
                Step::Open(_) | Step::Wait(_) | Step::Release(_) | Step::Emit(_) => unreachable!(),
            }
        }
        // What it expects is checked in memory: here it is only asked, or it would panic.
        let _ = mock.verify();
    }
}

trait Stream: std::io::Read + std::io::Write {}
impl<S: std::io::Read + std::io::Write> Stream for S {}

fn connect(endpoint: &Endpoint) -> Box<dyn Stream> {
    let deadline = Some(Duration::from_secs(10));
    match endpoint {
        Endpoint::Tcp(address) => {
            let stream = TcpStream::connect(address).unwrap();
            stream.set_read_timeout(deadline).unwrap();
            Box::new(stream)
        }
        Endpoint::Unix(path) => {
            let stream = UnixStream::connect(path).unwrap();
            stream.set_read_timeout(deadline).unwrap();
            Box::new(stream)
        }
    }
}

#[track_caller]
fn assert_same(came: &[u8], expected: &str, context: impl FnOnce() -> String) {
    let came = String::from_utf8_lossy(came);
    if came != expected {
        let mut report = String::new();
        for (name, text) in [("expected", expected), ("came", &came)] {
            writeln!(report, "{name}:\n{text}").unwrap();
        }
        panic!("{report}{}", context());
    }
}
