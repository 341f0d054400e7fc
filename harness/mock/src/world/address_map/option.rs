//! The options that map addresses.

use super::map::{MapError, Source};
use crate::world::World;
use crate::world::config::Config;

/// The options that virtual addresses go by: where one has changed, those that
/// were made are gone, and where `AutomapHostsOnResolve` is turned off.
const VIRTUAL: &[&str] = &[
    "AutomapHostsSuffixes",
    "VirtualAddrNetworkIPv4",
    "VirtualAddrNetworkIPv6",
];

impl World {
    /// Maps what the configuration says, which was another before.
    pub(in crate::world) fn map_by_options(&mut self, before: &Config) {
        let automaps = |config: &Config| config.value("AutomapHostsOnResolve") == Some("1");
        let differs = |name: &&str| before.value(name) != self.config.value(name);
        if VIRTUAL.iter().any(differs) || (automaps(before) && !automaps(&self.config)) {
            self.address_map.clear(Source::Virtual);
        }
        self.address_map.clear(Source::Option);
        let lines = self.config.all_values("MapAddress");
        let lines: Vec<String> = lines.into_iter().map(str::to_owned).collect();
        for line in lines {
            self.map_by_option(&line);
        }
    }

    fn map_by_option(&mut self, line: &str) {
        let words = line.trim_ascii_start().splitn(2, [' ', '\t']);
        let mut words = words.map(str::trim_ascii).filter(|word| !word.is_empty());
        let (Some(from), Some(to)) = (words.next(), words.next()) else {
            let text = format!("MapAddress '{line}' has too few arguments. Ignoring.");
            return self.log("WARN", &text);
        };
        let result = if from.starts_with('.') || to.starts_with('.') {
            let text =
                format!("MapAddress '{line}' is ambiguous - address starts with a'.'. Ignoring.");
            return self.log("WARN", &text);
        } else if to != "*" && !self.is_destination(to.strip_prefix("*.").unwrap_or(to)) {
            Err(MapError::Wrong("destination is invalid"))
        } else {
            self.address_map.map(from, to, Source::Option)
        };
        match result {
            Ok(mapped) => self.tell_mapped(mapped),
            Err(MapError::Wrong(why)) => {
                let text = format!("MapAddress '{line}' failed: {why}. Ignoring.");
                self.log("WARN", &text);
            }
            Err(MapError::Full) => {}
        }
    }
}
