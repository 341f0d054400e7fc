//! SIGNAL: what each signal does.

use std::time::Duration;

use tor_harness_control::command::Signal;
use tor_harness_control::{Reply, StatusCode};

use super::World;

/// How long one NEWNYM keeps the next waiting.
const NEWNYM_WAIT: Duration = Duration::from_secs(10);

/// Signals on their way.
#[derive(Debug, Default)]
pub(super) struct Signals {
    /// Those that were sent: tor takes them after it has answered everything
    /// that it has read.
    sent: Vec<Signal<'static>>,
    /// When NEWNYM was last done.
    last_newnym: Option<Duration>,
    /// When the one that waits will be.
    next_newnym: Option<Duration>,
    /// How many were done.
    newnyms: u64,
    dormant: bool,
}

impl Signals {
    /// When one that waits is due.
    pub(super) fn due(&self) -> Option<Duration> {
        self.next_newnym
    }

    /// How many NEWNYMs have been done.
    pub(super) fn newnyms(&self) -> u64 {
        self.newnyms
    }
}

impl World {
    /// SIGNAL.
    pub(crate) fn signal<'w>(
        &mut self,
        keyword: &[u8],
        mut words: impl Iterator<Item = &'w [u8]>,
    ) -> Reply {
        let bad = |what: &str| {
            let keyword = String::from_utf8_lossy(keyword);
            let text = format!("Bad arguments to {keyword}: {what} 1 argument(s)");
            Reply::new(StatusCode::BAD_ARGUMENT, text)
        };
        let Some(word) = words.next() else {
            return bad("Need at least");
        };
        if words.next().is_some() {
            return bad("Cannot accept more than");
        }
        let name =
            |signal: &&Signal<'static>| signal.as_str().as_bytes().eq_ignore_ascii_case(word);
        match Signal::KNOWN.iter().find(name) {
            Some(signal) => {
                self.signals.sent.push(signal.canonical());
                Reply::ok()
            }
            None => Reply::new(
                StatusCode::UNRECOGNIZED_ENTITY,
                [b"Unrecognized signal code \"", word, b"\""].concat(),
            ),
        }
    }

    /// Does what the signals say that were sent; whether there were any.
    pub(crate) fn take_signals(&mut self) -> bool {
        let sent = std::mem::take(&mut self.signals.sent);
        for signal in &sent {
            match signal {
                Signal::Halt | Signal::Shutdown => self.ended = true,
                Signal::Newnym => self.newnym(),
                signal => self.take_signal(*signal),
            }
        }
        !sent.is_empty()
    }

    /// Does the NEWNYM that has waited long enough.
    pub(super) fn signals_due(&mut self) {
        if self.signals.next_newnym.is_some_and(|due| due <= self.now) {
            self.do_newnym();
        }
    }

    fn take_signal(&mut self, signal: Signal<'static>) {
        match signal {
            Signal::Reload => self.reload(),
            Signal::Heartbeat => self.heartbeat(),
            Signal::Dormant => {
                self.signals.dormant = true;
                self.log("NOTICE", "Going dormant because of controller request.");
            }
            Signal::Active => self.wake_up(),
            _ => {}
        }
        self.tell_signal(signal);
    }

    /// Someone uses this tor.
    pub(super) fn wake_up(&mut self) {
        if std::mem::take(&mut self.signals.dormant) {
            self.log("NOTICE", "Tor is no longer dormant.");
        }
    }

    fn tell_signal(&mut self, signal: Signal<'static>) {
        self.events
            .emit_named("SIGNAL", &Reply::event(format!("SIGNAL {signal}")));
    }

    fn reload(&mut self) {
        self.log(
            "NOTICE",
            "Received reload signal (hup). Reloading config and resetting internal state.",
        );
        if self.config.value("__ReloadTorrcOnSIGHUP") == Some("0") {
            return;
        }
        for name in ["defaults-torrc", "torrc"] {
            let text = format!("Read configuration file \"{}\".", self.persona.file(name));
            self.log("NOTICE", &text);
        }
        self.become_config(self.torrc.read());
    }

    fn heartbeat(&mut self) {
        let minutes = self.now.as_secs() / 60;
        let text = format!(
            "Heartbeat: Tor's uptime is {}:{:02} hours, with 0 circuits open. I've sent 0 kB and received 0 \
             kB. I've received 0 connections on IPv4 and 0 on IPv6. I've made 0 connections with IPv4 and 0 \
             with IPv6.",
            minutes / 60,
            minutes % 60,
        );
        self.log("NOTICE", &text);
    }

    /// NEWNYM now, or when the last is long enough ago.
    fn newnym(&mut self) {
        let last = self.signals.last_newnym;
        let due = last.map(|last| last.saturating_add(NEWNYM_WAIT));
        match due.filter(|due| *due > self.now) {
            None => self.do_newnym(),
            Some(due) => {
                self.signals.next_newnym = Some(due);
                // tor counts whole seconds.
                let wait = due.as_secs().saturating_sub(self.now.as_secs());
                let text = format!("Rate limiting NEWNYM request: delaying by {wait} second(s)");
                self.log("NOTICE", &text);
            }
        }
    }

    /// Nothing happens where no application could use tor.
    fn do_newnym(&mut self) {
        self.signals.next_newnym = None;
        let socks = self.config.all_values("SocksPortLines");
        let others = ["TransPort", "NATDPort", "DNSPort", "HTTPTunnelPort"];
        let open = |name: &&str| {
            self.config
                .all_values(name)
                .iter()
                .any(|value| *value != "0")
        };
        // Unset, it is the port 9050.
        if socks.is_empty() || socks.iter().any(|value| *value != "0") || others.iter().any(open) {
            self.signals.last_newnym = Some(self.now);
            self.signals.newnyms += 1;
            self.tell_signal(Signal::Newnym);
        }
    }
}
