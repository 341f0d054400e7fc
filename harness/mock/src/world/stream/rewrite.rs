//! What becomes of a stream that is to be attached to a circuit.

use std::net::{IpAddr, Ipv4Addr};
use std::time::Duration;

use tor_harness_control::Reply;

use super::address::{ipv6, is_internal, reverse};
use super::event::{DONE, ENTRY_POLICY, INTERNAL, SOCKS_PROTOCOL, TOR_PROTOCOL};
use super::table::{Number, WaitsFor};
use crate::world::World;
use crate::world::address_map::{Network, Source, VirtualKind};
use crate::world::escaped::escaped;

/// How long tor does not warn of `.exit` again.
const EXIT_WARNING_WAIT: Duration = Duration::from_secs(15 * 60);

/// Why a stream ends at once: the reason that is told.
type End = u16;

impl World {
    /// Replaces the stream's address by what it is mapped to, and answers or
    /// refuses it; or else it waits for a circuit. Whether it was not refused.
    pub(super) fn attach(&mut self, number: Number) -> bool {
        let Some(stream) = self.connections.stream(number) else {
            return false;
        };
        stream.address.make_ascii_lowercase();
        let (asked, is_reverse) = (stream.address.clone(), stream.is_reverse);
        let found = self
            .rewrite(number, is_reverse)
            .and_then(|()| self.find(number, is_reverse));
        match found {
            Ok(Some(answer)) => {
                self.tell_found(number, &asked, &answer.to_string());
                self.move_to(number, &asked);
                self.connections.mark(number, DONE);
            }
            Ok(None) => {
                if let Some(stream) = self.connections.stream(number) {
                    stream.waits_for = WaitsFor::Circuit;
                    self.connections.attaches = true;
                }
            }
            Err(reason) => {
                self.fail(number, reason);
                return false;
            }
        }
        true
    }

    fn rewrite(&mut self, number: Number, is_reverse: bool) -> Result<(), End> {
        let address = self.address_of(number);
        if address.ends_with(".exit") {
            self.warn_of_exit();
            self.tell_bad_hostname(&address);
            return Err(TOR_PROTOCOL);
        }
        if is_reverse {
            let internal = reverse(&address).is_some_and(is_internal);
            let refused = self.config.value("ClientDNSRejectInternalAddresses") != Some("0");
            if internal && refused {
                return Err(SOCKS_PROTOCOL);
            }
        } else {
            self.map_stream(number, |source| source != Source::Virtual);
            if self.automap(number)? {
                return Ok(());
            }
            self.map_stream(number, |source| source == Source::Virtual);
        }
        let address = self.address_of(number);
        if Network::new(&self.config).contains(&address) {
            let shown = self.scrubbed(address.as_bytes());
            let text = format!("Missing mapping for virtual address '{shown}'. Refusing.");
            self.log("WARN", &text);
            return Err(INTERNAL);
        }
        Ok(())
    }

    fn map_stream(&mut self, number: Number, passes: impl Fn(Source) -> bool) {
        let address = self.address_of(number);
        let rewritten = self.address_map.rewrite(&address, passes);
        if rewritten.loops {
            let shown = self.scrubbed_quoted(rewritten.address.as_bytes());
            let text = format!("Loop detected: we've rewritten {shown} 16 times! Using it as-is.");
            self.log("WARN", &text);
        }
        if rewritten.changed {
            self.move_to(number, &rewritten.address);
            self.tell_of(number, "REMAP", " SOURCE=CACHE");
        }
    }

    /// Gives a virtual address to a name of the kinds that get one; whether
    /// the stream has one now.
    fn automap(&mut self, number: Number) -> Result<bool, End> {
        let address = self.address_of(number);
        let suffixes = self
            .config
            .value("AutomapHostsSuffixes")
            .unwrap_or_default();
        let has_suffix = suffixes
            .split(',')
            .any(|suffix| suffix == "." || address.ends_with(&suffix.to_ascii_lowercase()));
        let is_name = address.parse::<Ipv4Addr>().is_err() && ipv6(&address).is_none();
        let wanted = self.config.value("AutomapHostsOnResolve") == Some("1");
        if !wanted || !is_name || !has_suffix {
            return Ok(false);
        }
        let Some(made) = self.virtual_address(VirtualKind::Ipv4, &address) else {
            let shown = self.scrubbed_for_all(address.as_bytes());
            self.log("WARN", &format!("Unable to automap address {shown}"));
            return Err(INTERNAL);
        };
        self.move_to(number, &made);
        Ok(true)
    }

    /// The answer where none has to be asked for, or none.
    fn find(&mut self, number: Number, is_reverse: bool) -> Result<Option<IpAddr>, End> {
        let address = self.address_of(number);
        if let Some(rest) = address.strip_suffix(".exit") {
            return Err(self.refuse_exit(number, rest));
        }
        if let Some(rest) = address.strip_suffix(".onion") {
            return Err(self.refuse_onion(number, rest));
        }
        if !self.is_destination(&address) {
            self.tell_bad_hostname(&address);
            let shown = self.scrubbed(address.as_bytes());
            let text = format!("Destination '{shown}' seems to be an invalid hostname. Failing.");
            self.log("WARN", &text);
            return Err(TOR_PROTOCOL);
        }
        if ipv6(&address).is_some() {
            let shown = self.scrubbed(address.as_bytes());
            let text = format!(
                "Refusing to connect to IPv6 address {shown} because Port has NoIPv6Traffic set."
            );
            self.log("WARN", &text);
            return Err(ENTRY_POLICY);
        }
        let literal = address.parse::<Ipv4Addr>().ok().map(IpAddr::from);
        Ok(literal.filter(|_| !is_reverse))
    }

    /// `NAME.EXIT.exit`, or `EXIT.exit`, by a mapping: there is no such exit.
    fn refuse_exit(&mut self, number: Number, rest: &str) -> End {
        let (name, exit) = rest.rsplit_once('.').unwrap_or((rest, rest));
        if exit.is_empty() {
            let shown = self.scrubbed(rest.as_bytes());
            let text = format!("Malformed exit address '{shown}.exit'. Refusing.");
            self.log("WARN", &text);
            self.move_to(number, rest);
            self.tell_bad_hostname(rest);
            return TOR_PROTOCOL;
        }
        self.move_to(number, name);
        if let Some(stream) = self.connections.stream(number) {
            stream.exit = Some(exit.to_owned());
        }
        let shown = self.scrubbed(name.as_bytes());
        let text = format!("Unrecognized relay in exit address '{shown}.$fp.exit'. Refusing.");
        self.log("WARN", &text);
        TOR_PROTOCOL
    }

    /// An onion service, or what looks like one: RESOLVE is for no service.
    fn refuse_onion(&mut self, number: Number, rest: &str) -> End {
        let label = rest.rsplit_once('.').map_or(rest, |(_, label)| label);
        let has_length = label.len() == 56;
        if has_length && self.onion_address(label.as_bytes()).is_some() {
            self.move_to(number, label);
            let shown = self.scrubbed(label.as_bytes());
            let text = format!("Onion address {shown} requested from a port with .onion disabled");
            self.log("WARN", &text);
            return ENTRY_POLICY;
        }
        // tor cuts off what is before the label, and with it what is behind.
        let address = match label == rest {
            true => format!("{rest}.onion"),
            false => label.to_owned(),
        };
        let shown = self.scrubbed(address.as_bytes());
        let kind = if has_length {
            "onion hostname"
        } else {
            "hostname"
        };
        self.log("WARN", &format!("Invalid {kind} {shown}; rejecting"));
        self.tell_bad_hostname(&address);
        self.move_to(number, &address);
        TOR_PROTOCOL
    }

    /// tor says it once in a while only.
    fn warn_of_exit(&mut self) {
        let last = self.connections.warned_of_exit;
        if last.is_none_or(|last| self.now >= last.saturating_add(EXIT_WARNING_WAIT)) {
            self.connections.warned_of_exit = Some(self.now);
            let text = "The  \".exit\" notation is disabled in Tor due to security risks.";
            self.log("WARN", text);
        }
    }

    fn tell_bad_hostname(&mut self, address: &str) {
        let address = escaped(address.as_bytes());
        let event = format!("STATUS_CLIENT WARN SOCKS_BAD_HOSTNAME HOSTNAME={address}");
        self.events
            .emit_named("STATUS_CLIENT", &Reply::event(event));
    }

    fn address_of(&mut self, number: Number) -> String {
        let stream = self.connections.stream(number);
        stream
            .map(|stream| stream.address.clone())
            .unwrap_or_default()
    }

    fn move_to(&mut self, number: Number, address: &str) {
        if let Some(stream) = self.connections.stream(number) {
            stream.address = super::resolve::cut(address);
        }
    }
}
