//! Events that are awaited, and all read strictly.

use tor_harness::control::{Event, OwnedMessage};
use tor_harness::prelude::*;

/// A connection on which events come, each of which has to be one that is known, without a problem.
pub(crate) struct Watch {
    client: Client,
}

impl Watch {
    /// Listens to these events.
    pub(crate) fn new(mut client: Client, events: &[&str]) -> Result<Self, Failed> {
        client.set_events(events)?;
        Ok(Self { client })
    }

    /// Listens to every event that this tor has, logs apart.
    pub(crate) fn all(mut client: Client) -> Result<Self, Failed> {
        const LOGS: &[&str] = &["DEBUG", "INFO", "NOTICE", "WARN", "ERR"];
        let offered = client.get_info("events/names")?;
        let names = offered.split_whitespace();
        let names: Vec<_> = names.filter(|name| !LOGS.contains(name)).collect();
        Self::new(client, &names)
    }

    /// Waits for an event of this name that has these texts, in their order; gives its words, from
    /// the one behind the name on.
    pub(crate) fn wait(&mut self, name: &str, has: &[&str]) -> Result<Vec<String>, Failed> {
        let expected = format!("{name} with {has:?}");
        let event = self.client.wait_for_event(&expected, |event| {
            event.code.as_str() == name && has_all(&event.message(), has)
        })?;
        read(&event)?;
        let text = String::from_utf8_lossy(event.as_message().as_bytes()).into_owned();
        let line = text.lines().next().unwrap_or_default();
        Ok(line.split(' ').skip(2).map(str::to_owned).collect())
    }

    /// Waits for the descriptor of an onion service, and gives it.
    pub(crate) fn content(&mut self, address: &str) -> Result<Vec<u8>, Failed> {
        let expected = format!("HS_DESC_CONTENT of {address}");
        let event = self.client.wait_for_event(&expected, |event| {
            event.code.as_str() == "HS_DESC_CONTENT" && has_all(&event.message(), &[address])
        })?;
        read(&event)?;
        let descriptor = match Event::parse(&event.as_message())? {
            Event::HsDescContent(content) => {
                content.descriptor().map(|data| data.text().into_owned())
            }
            _ => None,
        };
        descriptor.ok_or_else(|| format!("{expected}: no descriptor in {event:?}").into())
    }

    /// Reads what else has come, and gives the connection back.
    pub(crate) fn end(mut self) -> Result<Client, Failed> {
        // An answer comes behind the events that came before it was asked for.
        self.client.get_info("version")?;
        for event in self.client.take_events() {
            read(&event)?;
        }
        Ok(self.client)
    }
}

/// Whether the message has all of these, each behind the one before.
fn has_all(message: &tor_harness::control::Message<'_>, has: &[&str]) -> bool {
    let text = String::from_utf8_lossy(message.as_bytes());
    let mut rest: &str = &text;
    has.iter().all(|part| match rest.split_once(part) {
        Some((_, behind)) => {
            rest = behind;
            true
        }
        None => false,
    })
}

/// An event that has a type of its own, and is the same when it is written again.
fn read(event: &OwnedMessage) -> TestResult {
    let message = event.as_message();
    let text = String::from_utf8_lossy(message.as_bytes());
    let read = Event::parse(&message).map_err(|problem| problem.render(message.as_bytes()))?;
    if let Event::Other(_) = read {
        return Err(format!("an event without a type: {text}").into());
    }
    let again = read.to_reply().encode();
    match again == message.as_bytes() {
        true => Ok(()),
        false => Err(format!(
            "expected\n{text}\nwhen it is written again, got\n{}",
            String::from_utf8_lossy(&again)
        )
        .into()),
    }
}
