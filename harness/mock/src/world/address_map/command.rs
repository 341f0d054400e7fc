//! MAPADDRESS.

use std::net::Ipv4Addr;

use tor_harness_control::command::RawCommand;
use tor_harness_control::{Reply, StatusCode};

use super::map::{MapError, Mapped, Source};
use super::virtual_address::{Network, VirtualKind};
use crate::world::World;
use crate::world::arguments::{Pair, Syntax};

const SYNTAX: Syntax = Syntax::words(0, 0).and_pairs(&[]);

impl World {
    /// MAPADDRESS: a line for each mapping.
    pub(crate) fn map_addresses(&mut self, command: &RawCommand<'_>) -> Result<Reply, Reply> {
        let arguments = SYNTAX.parse(command)?;
        let lines: Vec<_> = arguments
            .pairs
            .iter()
            .map(|pair| {
                let (status, text) = self.map_address(pair);
                (status, text.into_bytes())
            })
            .collect();
        Reply::from_lines(lines).ok_or_else(|| {
            let text = "syntax error: not enough arguments to mapaddress.";
            Reply::new(StatusCode::BAD_ARGUMENT, text)
        })
    }

    fn map_address(&mut self, pair: &Pair<'_>) -> (StatusCode, String) {
        let Pair {
            key: from,
            value: to,
        } = *pair;
        if !self.is_destination(to.strip_prefix("*.").unwrap_or(to)) {
            let text = format!("Skipping invalid argument '{to}' in MapAddress msg");
            self.log("WARN", &text);
            let text = format!("syntax error: invalid address '{to}'");
            return (StatusCode::BAD_ARGUMENT, text);
        }
        let exhausted = || {
            let text = format!("resource exhausted: skipping '{from}={to}'");
            (StatusCode::RESOURCE_EXHAUSTED, text)
        };
        if let Some(kind) = VirtualKind::of(from) {
            let address = self.virtual_address(kind, to);
            return address.map_or_else(exhausted, |address| {
                (StatusCode::OK, format!("{address}={to}"))
            });
        }
        match self.address_map.map(from, to, Source::Command) {
            Ok(mapped) => {
                self.tell_mapped(mapped);
                (StatusCode::OK, format!("{from}={to}"))
            }
            Err(MapError::Wrong(why)) => {
                let text =
                    format!("Skipping invalid argument '{from}={to}' in MapAddress msg: {why}");
                self.log("WARN", &text);
                let text = format!("syntax error: invalid address mapping  '{from}={to}': {why}");
                (StatusCode::BAD_ARGUMENT, text)
            }
            Err(MapError::Full) => exhausted(),
        }
    }

    /// The virtual address for another: the same each time.
    pub(in crate::world) fn virtual_address(
        &mut self,
        kind: VirtualKind,
        to: &str,
    ) -> Option<String> {
        if let Some(known) = self.address_map.virtual_for(kind, to) {
            return Some(known.to_owned());
        }
        let network = Network::new(&self.config);
        let made = self
            .address_map
            .new_virtual(kind, to, &network, &mut self.random)?;
        self.tell_mapped(Mapped::To(made.clone(), to.to_owned()));
        Some(made)
    }

    /// Tells of a mapping that never ends.
    pub(super) fn tell_mapped(&mut self, mapped: Mapped) {
        if let Mapped::To(from, to) = mapped {
            let event = Reply::event(format!("ADDRMAP {from} {to} NEVER CACHED=\"YES\""));
            self.events.emit_named("ADDRMAP", &event);
        }
    }

    /// Whether tor would connect to such an address, or look it up.
    pub(in crate::world) fn is_destination(&self, address: &str) -> bool {
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_');
        self.config.value("AllowNonRFC953Hostnames") == Some("1")
            || address.chars().all(plain)
            || address.parse::<Ipv4Addr>().is_ok()
            || crate::world::stream::ipv6(address).is_some()
    }
}
