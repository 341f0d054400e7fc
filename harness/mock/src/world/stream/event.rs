//! What is told of streams: STREAM, ADDRMAP, `GETINFO stream-status`.

use tor_harness_control::Reply;
use tor_harness_types::UtcSeconds;

use super::table::{Number, Stream, WaitsFor};
use crate::world::World;

/// How long a target is that is shown, in bytes.
const LONGEST_TARGET: usize = 255;

/// What a stream of RESOLVE has in common with all others of its kind.
const ISOLATION: &str =
    "ISO_FIELDS=SOCKS_USERNAME,SOCKS_PASSWORD,CLIENTADDR,SESSION_GROUP,NYM_EPOCH";

/// The reasons that have a name (tor-spec, 6.3), and that of SOCKS.
const REASONS: &[(u16, &str)] = &[
    (1, "MISC"),
    (2, "RESOLVEFAILED"),
    (3, "CONNECTREFUSED"),
    (4, "EXITPOLICY"),
    (5, "DESTROY"),
    (DONE, "DONE"),
    (TIMEOUT, "TIMEOUT"),
    (8, "NOROUTE"),
    (HIBERNATING, "HIBERNATING"),
    (INTERNAL, "INTERNAL"),
    (11, "RESOURCELIMIT"),
    (12, "CONNRESET"),
    (TOR_PROTOCOL, "TORPROTOCOL"),
    (14, "NOTDIRECTORY"),
    (SOCKS_PROTOCOL, "SOCKS_PROTOCOL"),
];

pub(super) const DONE: u16 = 6;
pub(super) const TIMEOUT: u16 = 7;
pub(super) const HIBERNATING: u16 = 9;
pub(super) const INTERNAL: u16 = 10;
pub(super) const TOR_PROTOCOL: u16 = 13;
pub(super) const SOCKS_PROTOCOL: u16 = 258;
/// The listener's flags forbid it. It has no name.
pub(super) const ENTRY_POLICY: u16 = 264;

impl Stream {
    fn target(&self) -> String {
        let Self { address, port, .. } = self;
        let mut target = match &self.exit {
            Some(exit) => format!("{address}.{exit}.exit:{port}"),
            None => format!("{address}:{port}"),
        };
        if let Some((end, _)) = target.char_indices().nth(LONGEST_TARGET) {
            target.truncate(end);
        }
        target
    }
}

impl World {
    /// `GETINFO stream-status`: a line each, the last without its end where
    /// there is one only.
    pub(crate) fn stream_status(&self) -> Vec<u8> {
        let line = |stream: &Stream| format!("{} NEWRESOLVE 0 {}", stream.number, stream.target());
        let lines: Vec<_> = self.connections.streams().map(line).collect();
        let mut text = lines.join("\n");
        if lines.len() > 1 {
            text.push('\n');
        }
        text.into_bytes()
    }

    /// Tells of a stream: its state, and what follows its target.
    pub(super) fn tell_stream(&mut self, stream: &Stream, state: &str, more: &str) {
        let event = format!(
            "STREAM {} {state} 0 {}{more} CLIENT_PROTOCOL=UNKNOWN NYM_EPOCH={} SESSION_GROUP=-3 {ISOLATION}",
            stream.number,
            stream.target(),
            stream.epoch,
        );
        self.events.emit_named("STREAM", &Reply::event(event));
    }

    /// Tells what was found, at once or never.
    pub(super) fn tell_found(&mut self, number: Number, from: &str, to: &str) {
        let now = self.persona.started.saturating_add(self.now.as_secs());
        let now = i64::try_from(now).ok().and_then(UtcSeconds::from_unix);
        let now = now.map(|now| now.to_string()).unwrap_or_default();
        let error = if to == "<error>" { "error=yes " } else { "" };
        let event = format!(
            "ADDRMAP {from} {to} \"{now}\" {error}EXPIRES=\"{now}\" CACHED=\"NO\" STREAMID={number}"
        );
        self.events.emit_named("ADDRMAP", &Reply::event(event));
    }

    /// Closes what is closing, and tells of it; then of what waits for a
    /// circuit in vain. Whether there was any of it.
    pub(crate) fn settle_streams(&mut self) -> bool {
        let mut any = false;
        while let Some((stream, reason)) = self.connections.next_closed() {
            any = true;
            self.tell_closed(&stream, reason);
        }
        if std::mem::take(&mut self.connections.attaches) {
            any = true;
            let waits = |stream: &&Stream| stream.waits_for == WaitsFor::Circuit;
            for _ in 0..self.connections.streams().filter(waits).count() {
                self.log(
                    "NOTICE",
                    "Application request when we haven't used client functionality lately. Optimistically \
                     trying directory fetches again.",
                );
            }
        }
        any
    }

    fn tell_closed(&mut self, stream: &Stream, reason: u16) {
        let named = REASONS.iter().find(|(number, _)| *number == reason);
        let more = match named {
            Some((_, name)) => format!(" REASON={name}"),
            None if reason == 0 => {
                self.log_bug(
                    "connection_ap_about_to_close(): Bug: Closing stream (marked at \
                     ../src/feature/control/control_cmd.c:1159) without having set end_reason.",
                );
                String::new()
            }
            None => format!(" REASON= UNKNOWN_{reason}"),
        };
        self.tell_stream(stream, "CLOSED", &more);
    }

    /// A bug of tor's own, as it tells of those.
    fn log_bug(&mut self, text: &str) {
        let text = format!("{text} (on Tor {} )", self.offer.version);
        let event = Reply::event(format!("STATUS_GENERAL WARN BUG REASON=\"{text}\\n\""));
        self.events.emit_named("STATUS_GENERAL", &event);
        self.log("WARN", &text);
    }
}
