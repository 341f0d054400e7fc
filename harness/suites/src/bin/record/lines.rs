//! Lines sent one after the other.

use anyhow::{Context as _, Result};
use tor_harness::client::Client;
use tor_harness::control::OwnedMessage;

/// Stands for the number of the first stream that tor has.
const STREAM: &str = "{stream}";

/// Sends all lines, waiting for each reply. Gives what the manifest says of
/// them, with the last reply.
pub(crate) fn ask_all(client: &mut Client, lines: &[&str]) -> Result<(String, OwnedMessage)> {
    let mut sent = Vec::new();
    let mut reply = None;
    for line in lines {
        let mut line = (*line).to_owned();
        if line.contains(STREAM) {
            let streams = client.get_info("stream-status")?;
            let number = streams.split(' ').next().unwrap_or_default();
            line = line.replace(STREAM, number);
        }
        reply = Some(client.ask_line(&line)?);
        sent.push(line.replace("\r\n", "\n"));
    }
    let reply = reply.context("an exchange without a line")?;
    Ok((sent.join("\n"), reply))
}
