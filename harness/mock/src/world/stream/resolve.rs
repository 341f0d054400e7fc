//! RESOLVE: its streams, until they end.

use std::time::Duration;

use tor_harness_control::Reply;
use tor_harness_control::command::RawCommand;

use super::event::{HIBERNATING, TIMEOUT};
use super::table::{Number, Stream, WaitsFor};
use crate::connection::ConnectionId;
use crate::world::World;
use crate::world::arguments::Syntax;

const SYNTAX: Syntax = Syntax::words(0, 0).and_flags();

/// How long an address is at most, in bytes: tor cuts off what is longer.
pub(super) const LONGEST_ADDRESS: usize = 255;

impl World {
    /// RESOLVE: a stream for each address.
    pub(crate) fn resolve(
        &mut self,
        who: ConnectionId,
        command: &RawCommand<'_>,
    ) -> Result<Reply, Reply> {
        let arguments = SYNTAX.parse(command)?;
        if !self.events.hears(who, "ADDRMAP") {
            self.log(
                "WARN",
                "Controller asked us to resolve an address, but isn't listening for ADDRMAP events.  It \
                 probably won't see the answer.",
            );
        }
        let mode = arguments.value("mode").unwrap_or_default();
        let is_reverse = mode.eq_ignore_ascii_case("reverse");
        let addresses = arguments.pairs.iter().filter(|pair| pair.value.is_empty());
        for address in addresses {
            if !self.look_up(who, address.key, is_reverse) {
                break;
            }
        }
        Ok(Reply::ok())
    }

    /// Begins a stream; whether there was room for it.
    fn look_up(&mut self, who: ConnectionId, address: &str, is_reverse: bool) -> bool {
        self.wake_up();
        let timeout = self.config.value("SocksTimeout");
        let timeout = timeout.and_then(|seconds| seconds.parse().ok());
        let expires = self
            .now
            .saturating_add(Duration::from_secs(timeout.unwrap_or(120)));
        let epoch = self.signals.newnyms();
        let number = self.connections.add_stream(expires, |number| Stream {
            number,
            address: cut(address),
            port: 0,
            exit: None,
            is_reverse,
            epoch,
            waits_for: WaitsFor::Controller,
            expires,
        });
        let Some(number) = number else {
            let text = "Couldn't register dummy connection for RESOLVE request";
            self.log("WARN", text);
            return false;
        };
        let source = self.peer(who).map_or_else(String::new, |peer| {
            format!(" SOURCE_ADDR={}:{}", peer.ip(), peer.port())
        });
        self.tell_of(number, "NEWRESOLVE", &(source + " PURPOSE=DNS_REQUEST"));
        if self.config.value("__LeaveStreamsUnattached") == Some("1") {
            self.tell_of(number, "CONTROLLER_WAIT", "");
        } else {
            self.attach(number);
        }
        true
    }

    /// Tells of a stream by its number.
    pub(super) fn tell_of(&mut self, number: Number, state: &str, more: &str) {
        if let Some(stream) = self.connections.stream(number).cloned() {
            self.tell_stream(&stream, state, more);
        }
    }

    /// Closes a stream that has found nothing.
    pub(super) fn fail(&mut self, number: Number, reason: u16) {
        if let Some(stream) = self.connections.stream(number) {
            let address = stream.address.clone();
            self.tell_found(number, &address, "<error>");
            self.connections.mark(number, reason);
        }
    }

    /// Closes all streams, as tor does each time that it takes a configuration
    /// without network.
    pub(in crate::world) fn hibernate(&mut self) {
        let all: Vec<_> = self.connections.streams().map(|one| one.number).collect();
        for number in all {
            self.fail(number, HIBERNATING);
        }
    }

    /// Closes the streams that have waited too long.
    pub(in crate::world) fn streams_due(&mut self) {
        while let Some(number) = self.connections.late(self.now) {
            self.fail(number, TIMEOUT);
        }
    }
}

/// As much of an address as tor keeps.
pub(super) fn cut(address: &str) -> String {
    address.chars().take(LONGEST_ADDRESS).collect()
}
