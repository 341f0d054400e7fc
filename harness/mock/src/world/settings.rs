//! The commands about options: GETCONF, SETCONF, RESETCONF.

use tor_harness_control::command::RawCommand;
use tor_harness_control::{Command, Reply, StatusCode};

use super::World;
use super::config::{Change, Config, Reset};

impl World {
    /// GETCONF: the values, or all keys that are no options; nothing where the
    /// values have more bytes than `most`.
    pub(crate) fn get_conf<'k>(
        &mut self,
        keys: impl Iterator<Item = &'k [u8]>,
        most: usize,
    ) -> Option<Reply> {
        let mut good = Vec::new();
        let mut unknown = Vec::new();
        let mut left = most;
        for key in keys {
            for warning in self.config.warnings_of_get(key) {
                self.log("WARN", &warning);
            }
            match self.config.get(key) {
                Some(lines) => {
                    for line in lines {
                        left = left.checked_sub(line.len())?;
                        good.push((StatusCode::OK, line));
                    }
                }
                None => unknown.push((
                    StatusCode::UNRECOGNIZED_ENTITY,
                    [b"Unrecognized configuration key \"", key, b"\""].concat(),
                )),
            }
        }
        let lines = if unknown.is_empty() { good } else { unknown };
        Some(Reply::from_lines(lines).unwrap_or_else(Reply::ok))
    }

    /// SETCONF and RESETCONF.
    pub(crate) fn set_conf(&mut self, command: &RawCommand<'_>) -> Reply {
        let (settings, reset) = match Command::parse(command) {
            Ok(Command::SetConf(settings)) => (settings, Reset::ToZero),
            Ok(Command::ResetConf(settings)) => (settings, Reset::ToDefault),
            _ => {
                let keyword = String::from_utf8_lossy(command.keyword);
                let text = format!("Bad arguments to {keyword}: Cannot parse keyword argument(s)");
                return Reply::new(StatusCode::BAD_ARGUMENT, text);
            }
        };
        let before = self.config.clone();
        let mut warnings = Vec::new();
        let result = self.config.set(&settings, reset, &mut warnings);
        self.warn(&warnings);
        match result {
            Ok(change) => {
                self.tell_change(&before, change);
                Reply::ok()
            }
            Err(refusal) => {
                let text = format!(
                    "Controller gave us config lines that didn't validate: {}",
                    refusal.message()
                );
                self.log("WARN", &text);
                refusal.to_reply()
            }
        }
    }

    /// Becomes another configuration, and tells so.
    pub(super) fn become_config(&mut self, config: Config) {
        let before = self.config.clone();
        let change = self.config.replace(config);
        self.tell_change(&before, change);
    }

    /// Logs what tor warns of.
    pub(super) fn warn(&mut self, warnings: &[String]) {
        for warning in warnings {
            self.log("WARN", warning);
        }
    }

    /// Does what another configuration does, and tells of it.
    pub(super) fn tell_change(&mut self, before: &Config, change: Change) {
        if self.config.value("DisableNetwork") == Some("1") {
            self.log(
                "NOTICE",
                "DisableNetwork is set. Tor will not make or accept non-control network connections. \
                 Shutting down all existing connections.",
            );
            self.hibernate();
        }
        self.client_auths.forget_temporary();
        self.map_by_options(before);
        self.authenticate_by_options();
        self.configure_accounting();
        for (option, family) in [("GeoIPFile", "IPv4"), ("GeoIPv6File", "IPv6")] {
            // Of other files the mock does not know that they are there.
            let is_null = |config: &Config| config.value(option) == Some("/dev/null");
            if is_null(&self.config) && !is_null(before) {
                let text = format!("Parsing GEOIP {family} file /dev/null.");
                self.log("NOTICE", &text);
            }
        }
        if change.changed.is_empty() {
            return;
        }
        let first = Reply::event("OK").before(StatusCode::EVENT, "CONF_CHANGED");
        let event = change
            .changed
            .into_iter()
            .fold(first, |event, line| event.before(StatusCode::EVENT, line));
        self.events.emit_named("CONF_CHANGED", &event);
    }
}
