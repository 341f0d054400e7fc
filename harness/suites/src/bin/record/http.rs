//! Documents by HTTP, from a DirPort.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use anyhow::{Context as _, Result, bail};

/// How long an answer may take.
const DEADLINE: Duration = Duration::from_secs(30);

/// A request: a path, with the header lines that it needs.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    path: String,
    headers: String,
}

impl Request {
    pub(crate) fn get(path: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            headers: String::new(),
        }
    }

    pub(crate) fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push_str(&format!("{name}: {value}\n"));
        self
    }

    /// What the manifest says of it.
    pub(crate) fn command(&self) -> String {
        let Self { path, headers } = self;
        format!("GET {path} HTTP/1.0\n{headers}")
            .trim_end()
            .to_owned()
    }

    /// The document; none where the answer is that there is none.
    pub(crate) fn send(&self, to: impl Into<SocketAddr>) -> Result<Option<Vec<u8>>> {
        let command = self.command();
        let mut connection = TcpStream::connect(to.into())?;
        connection.set_read_timeout(Some(DEADLINE))?;
        let lines = command.replace('\n', "\r\n");
        connection.write_all(format!("{lines}\r\n\r\n").as_bytes())?;
        let mut answer = Vec::new();
        connection
            .read_to_end(&mut answer)
            .with_context(|| command.clone())?;
        let end = answer
            .windows(4)
            .position(|window| window == b"\r\n\r\n")
            .with_context(|| format!("{command}: no HTTP answer"))?;
        let body = answer.split_off(end + 4);
        if answer.starts_with(b"HTTP/1.0 200 ") {
            return Ok(Some(body));
        }
        if answer.starts_with(b"HTTP/1.0 404 ") {
            return Ok(None);
        }
        bail!("{command}: {}", String::from_utf8_lossy(&answer));
    }

    /// The document, which has to be there.
    pub(crate) fn fetch(&self, from: impl Into<SocketAddr>) -> Result<Vec<u8>> {
        self.send(from)?
            .with_context(|| format!("{}: not found", self.command()))
    }
}
