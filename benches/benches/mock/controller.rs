//! A controller that does nothing but to send bytes and read lines.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpStream;

use tor_harness::types::Endpoint;

use crate::Result;

/// A connection to a control port on TCP.
pub(crate) struct Controller(BufReader<TcpStream>);

impl Controller {
    /// Connects, and is let in without a secret.
    pub(crate) fn connect(endpoint: &Endpoint) -> Result<Self> {
        let Endpoint::Tcp(address) = endpoint else {
            return Err("not on TCP".into());
        };
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        let mut controller = Self(BufReader::new(stream));
        controller.ask("AUTHENTICATE", "250 OK")?;
        Ok(controller)
    }

    /// Sends a command, and reads up to the line that ends its answer.
    pub(crate) fn ask(&mut self, command: &str, last: &str) -> Result<()> {
        self.send(&format!("{command}\r\n"))?;
        self.read_to(last)
    }

    pub(crate) fn send(&mut self, lines: &str) -> Result<()> {
        Ok(self.0.get_mut().write_all(lines.as_bytes())?)
    }

    /// Reads up to a line.
    pub(crate) fn read_to(&mut self, last: &str) -> Result<()> {
        let mut line = String::new();
        while line.trim_end() != last {
            line.clear();
            if self.0.read_line(&mut line)? == 0 {
                return Err(format!("closed, expected {last}").into());
            }
        }
        Ok(())
    }
}
