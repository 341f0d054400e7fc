//! A reply or an event as lines of one's own, to be encoded.

use alloc::vec::Vec;

use crate::data;
use crate::message::Message;
use crate::reply::StatusCode;

/// A message to be sent: any number of lines and the one that ends it.
///
/// Made from a [`Message`], it encodes to the bytes that came, with two
/// exceptions, which no tor sends:
///
/// | what came | what it becomes |
/// |---|---|
/// | a line that LF alone ends | CRLF ends it |
/// | a line of a data block that starts with a dot not doubled | the dot is dropped, as tor reads it |
///
/// ```
/// use tor_harness_control::{Reply, StatusCode};
///
/// let reply = Reply::ok().before(StatusCode::OK, "version=0.4.9.11");
/// assert_eq!(reply.encode(), b"250-version=0.4.9.11\r\n250 OK\r\n");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Reply {
    /// The lines before the last.
    pub lines: Vec<ReplyLine>,
    /// The status code of the last line.
    pub status: StatusCode,
    /// The text of the last line.
    pub text: Vec<u8>,
}

/// A line of a [`Reply`] that is not the last.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ReplyLine {
    /// The status code.
    pub status: StatusCode,
    /// What follows the separator, without a line end.
    pub text: Vec<u8>,
    /// The value of the data block that follows: lines that end in LF.
    pub data: Option<Vec<u8>>,
}

impl Reply {
    /// A reply of one line.
    #[must_use]
    pub fn new(status: StatusCode, text: impl Into<Vec<u8>>) -> Self {
        Self {
            lines: Vec::new(),
            status,
            text: text.into(),
        }
    }

    /// `250 OK`.
    #[must_use]
    pub fn ok() -> Self {
        Self::new(StatusCode::OK, "OK")
    }

    /// An event of one line.
    #[must_use]
    pub fn event(text: impl Into<Vec<u8>>) -> Self {
        Self::new(StatusCode::EVENT, text)
    }

    /// Adds a line before the last, behind those added so far.
    #[must_use]
    pub fn before(mut self, status: StatusCode, text: impl Into<Vec<u8>>) -> Self {
        self.lines.push(ReplyLine {
            status,
            text: text.into(),
            data: None,
        });
        self
    }

    /// Adds a line with a data block before the last, behind those added so far.
    #[must_use]
    pub fn before_data(
        mut self,
        status: StatusCode,
        text: impl Into<Vec<u8>>,
        data: impl Into<Vec<u8>>,
    ) -> Self {
        self.lines.push(ReplyLine {
            status,
            text: text.into(),
            data: Some(data.into()),
        });
        self
    }

    /// Makes the last of `lines` the one that ends the reply; `None` without lines.
    #[must_use]
    pub fn from_lines(lines: impl IntoIterator<Item = (StatusCode, Vec<u8>)>) -> Option<Self> {
        let mut lines: Vec<_> = lines
            .into_iter()
            .map(|(status, text)| ReplyLine {
                status,
                text,
                data: None,
            })
            .collect();
        let last = lines.pop()?;
        Some(Self {
            lines,
            status: last.status,
            text: last.text,
        })
    }

    /// The bytes to send.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut out = Vec::new();
        for line in &self.lines {
            let separator = if line.data.is_some() { b'+' } else { b'-' };
            start_line(line.status, separator, &line.text, &mut out);
            if let Some(text) = &line.data {
                data::encode(text, &mut out);
            }
        }
        start_line(self.status, b' ', &self.text, &mut out);
        out
    }
}

impl From<Message<'_>> for Reply {
    fn from(message: Message<'_>) -> Self {
        let mut lines: Vec<_> = message
            .lines()
            .map(|line| ReplyLine {
                status: line.status,
                text: line.text.to_vec(),
                data: line.data.map(|data| data.text().into_owned()),
            })
            .collect();
        // A message has at least one line.
        let last = lines.pop();
        let (status, text) = last
            .map(|last| (last.status, last.text))
            .unwrap_or_default();
        Self {
            lines,
            status,
            text,
        }
    }
}

fn start_line(status: StatusCode, separator: u8, text: &[u8], out: &mut Vec<u8>) {
    out.extend_from_slice(&status.digits());
    out.push(separator);
    out.extend_from_slice(text);
    out.extend_from_slice(b"\r\n");
}
