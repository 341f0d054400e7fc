//! DROPGUARDS, DROPTIMEOUTS.

use tor_harness_control::Reply;
use tor_harness_control::command::RawCommand;

use super::World;
use super::arguments::Syntax;

const SYNTAX: Syntax = Syntax::words(0, 0);

/// What has been dropped already: of the first time tor warns.
#[derive(Debug, Default)]
pub(super) struct Dropped {
    guards: bool,
    timeouts: bool,
}

impl World {
    /// DROPGUARDS.
    pub(crate) fn drop_guards(&mut self, command: &RawCommand<'_>) -> Result<Reply, Reply> {
        SYNTAX.parse(command)?;
        if std::mem::replace(&mut self.dropped.guards, true) {
            self.log("NOTICE", "Starting with guard context \"default\"");
        } else {
            self.warn_of("DROPGUARDS");
        }
        Ok(Reply::ok())
    }

    /// DROPTIMEOUTS.
    pub(crate) fn drop_timeouts(&mut self, command: &RawCommand<'_>) -> Result<Reply, Reply> {
        SYNTAX.parse(command)?;
        if !std::mem::replace(&mut self.dropped.timeouts, true) {
            self.warn_of("DROPTIMEOUTS");
        }
        let event = "BUILDTIMEOUT_SET RESET TOTAL_TIMES=0 TIMEOUT_MS=60000 XM=0 ALPHA=0.000000 \
                     CUTOFF_QUANTILE=1.000000 TIMEOUT_RATE=0.000000 CLOSE_MS=60000 CLOSE_RATE=0.000000";
        self.events
            .emit_named("BUILDTIMEOUT_SET", &Reply::event(event));
        Ok(Reply::ok())
    }

    fn warn_of(&mut self, command: &str) {
        let text = format!(
            "{command} is dangerous; make sure you understand the risks before using it. It may be removed in \
             a future version of Tor."
        );
        self.log("WARN", &text);
    }
}
