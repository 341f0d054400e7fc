//! An event that comes by itself.

use std::time::Duration;

use super::command::CommandPattern;
use super::error::{ScriptError, error_at};
use super::event::ScriptedEvent;
use super::place::Place;

/// An event that is sent after a command, or every so often, to those who
/// are subscribed to it. Where it is a BW, tor's own do not come.
#[derive(Clone, Debug)]
#[must_use = "an event is not sent until it is in a script"]
pub struct Emit {
    pub(super) event: (Place, Vec<String>),
    pub(super) data: Option<String>,
    pub(super) when: When,
    pub(super) times: Option<u32>,
}

/// When an event is sent.
#[derive(Clone, Debug)]
pub(super) enum When {
    After(Place, String),
    Every(Place, Duration),
}

/// The same, checked.
#[derive(Clone, Debug)]
pub(super) struct Emission {
    pub(super) event: ScriptedEvent,
    pub(super) when: CheckedWhen,
    pub(super) times: Option<u32>,
}

#[derive(Clone, Debug)]
pub(super) enum CheckedWhen {
    After(CommandPattern),
    Every(Duration),
}

impl Emit {
    /// Sends an event behind the reply to each such command.
    ///
    /// An event of several lines has LF between them; `650` is not written.
    #[track_caller]
    pub fn after(command: impl Into<String>, event: impl Into<String>) -> Self {
        let place = Place::here();
        Self::new(
            When::After(place.clone(), command.into()),
            place,
            event.into(),
        )
    }

    /// Sends an event at the multiples of a period, while anyone is
    /// subscribed to it.
    #[track_caller]
    pub fn every(period: Duration, event: impl Into<String>) -> Self {
        let place = Place::here();
        Self::new(When::Every(place.clone(), period), place, event.into())
    }

    /// Adds a data block behind the event's last line, and then `650 OK`: so
    /// tor sends NS, NEWCONSENSUS and HS_DESC_CONTENT. Its lines end in LF.
    ///
    /// ```
    /// # use tor_harness_mock::Emit;
    /// let routers = "r relay ...\ns Running Valid\n";
    /// // 650+NEWCONSENSUS, the two lines, a lone dot, 650 OK.
    /// let emit = Emit::after("SETEVENTS NEWCONSENSUS", "NEWCONSENSUS").data(routers);
    /// ```
    pub fn data(mut self, text: impl Into<String>) -> Self {
        self.data = Some(text.into());
        self
    }

    /// Sends it this many times at most.
    pub fn times(mut self, times: u32) -> Self {
        self.times = Some(times);
        self
    }

    fn new(when: When, place: Place, event: String) -> Self {
        Self {
            event: (place, event.split('\n').map(str::to_owned).collect()),
            data: None,
            when,
            times: None,
        }
    }

    pub(super) fn checked(self) -> Result<Emission, ScriptError> {
        let (place, lines) = self.event;
        let event = ScriptedEvent::new(lines.iter().map(String::as_str), self.data.as_deref())
            .map_err(error_at(place))?;
        let when = match self.when {
            When::After(place, command) => {
                CheckedWhen::After(CommandPattern::new(&command).map_err(error_at(place))?)
            }
            When::Every(place, period) if period < Duration::from_millis(1) => {
                return Err(error_at(place)("expected at least 1ms"));
            }
            When::Every(_, period) => CheckedWhen::Every(period),
        };
        Ok(Emission {
            event,
            when,
            times: self.times,
        })
    }
}
