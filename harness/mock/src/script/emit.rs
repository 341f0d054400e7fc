//! An event that comes by itself.

use std::sync::Arc;
use std::time::Duration;

use super::command::CommandPattern;
use super::error::{ScriptError, error_at};
use super::event::ScriptedEvent;
use super::fault::Fault;
use super::place::Place;
use crate::wire::Delivery;
use crate::world::ticker::Ticker;

/// An event that is sent at a time, after a command, or every so often, to
/// those who are subscribed to it by then. Where it is a BW, tor's own do not come.
///
/// ```
/// use std::time::Duration;
/// use tor_harness_mock::{Emit, Script};
///
/// let second = Duration::from_secs(1);
/// let script = Script::new()
///     .emit(Emit::at(second, "STATUS_CLIENT NOTICE BOOTSTRAP PROGRESS=50"))
///     .emit(Emit::after("SIGNAL NEWNYM", "NOTICE new circuits").delay(second))
///     .emit(Emit::every(second, "BW 100 200").times(3));
/// ```
#[derive(Clone, Debug)]
#[must_use = "an event is not sent until it is in a script"]
pub struct Emit {
    event: (Place, Vec<String>),
    data: Option<String>,
    when: When,
    times: Option<u32>,
    faults: Vec<Fault>,
    error: Option<ScriptError>,
}

/// When an event is sent.
#[derive(Clone, Debug)]
pub(super) enum When {
    /// So long after such a command.
    After(CommandPattern, Duration),
    Every(Duration),
    /// Once, at this time since the start.
    At(Duration),
}

/// The same, checked.
#[derive(Clone, Debug)]
pub(super) struct Emission {
    pub(super) event: ScriptedEvent,
    pub(super) when: When,
    /// How often it may still come.
    pub(super) times: Option<u32>,
    pub(super) faults: Arc<[Fault]>,
}

impl Emit {
    /// Sends an event at a time since the mock's start.
    ///
    /// An event of several lines has LF between them; `650` is not written.
    #[track_caller]
    pub fn at(time: Duration, event: impl Into<String>) -> Self {
        Self::new(Place::here(), When::At(time), lines(event))
    }

    /// Sends an event behind the reply to each such command.
    #[track_caller]
    pub fn after(command: impl AsRef<str>, event: impl Into<String>) -> Self {
        let place = Place::here();
        let pattern = CommandPattern::new(command.as_ref()).map_err(error_at(place.clone()));
        match pattern {
            Ok(pattern) => Self::new(place, When::After(pattern, Duration::ZERO), lines(event)),
            Err(error) => Self {
                error: Some(error),
                ..Self::new(place, When::At(Duration::ZERO), Vec::new())
            },
        }
    }

    /// Sends an event at the multiples of a period, while anyone is
    /// subscribed to it.
    #[track_caller]
    pub fn every(period: Duration, event: impl Into<String>) -> Self {
        Self::new(Place::here(), When::Every(period), lines(event))
    }

    /// Lets it come so much later than the command that it comes after.
    #[track_caller]
    pub fn delay(mut self, delay: Duration) -> Self {
        self.set_delay(Place::here(), delay);
        self
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

    /// Something goes wrong with it on the way.
    #[track_caller]
    pub fn fault(mut self, fault: Fault) -> Self {
        self.add_fault(Place::here(), fault);
        self
    }

    /// An event of these lines, said there.
    pub(super) fn new(place: Place, when: When, lines: Vec<String>) -> Self {
        Self {
            event: (place, lines),
            data: None,
            when,
            times: None,
            faults: Vec::new(),
            error: None,
        }
    }

    pub(super) fn set_delay(&mut self, place: Place, delay: Duration) {
        match &mut self.when {
            When::After(_, later) => *later = delay,
            When::At(_) | When::Every(_) => {
                let problem = "expected a delay only where the event comes after a command";
                self.error.get_or_insert_with(|| error_at(place)(problem));
            }
        }
    }

    pub(super) fn add_fault(&mut self, place: Place, fault: Fault) {
        match fault.check() {
            Ok(()) => self.faults.push(fault),
            Err(problem) => {
                self.error.get_or_insert_with(|| error_at(place)(problem));
            }
        }
    }

    pub(super) fn checked(self) -> Result<Emission, ScriptError> {
        if let Some(error) = self.error {
            return Err(error);
        }
        let (place, lines) = self.event;
        if let When::Every(period) = self.when {
            check_period(period).map_err(error_at(place.clone()))?;
        }
        let event = ScriptedEvent::new(lines.iter().map(String::as_str), self.data.as_deref())
            .map_err(error_at(place))?;
        Ok(Emission {
            event,
            when: self.when,
            times: self.times,
            faults: self.faults.into(),
        })
    }
}

fn lines(event: impl Into<String>) -> Vec<String> {
    event.into().split('\n').map(str::to_owned).collect()
}

/// Refuses a period that would never let time pass.
pub(super) fn check_period(period: Duration) -> Result<(), &'static str> {
    if period < Duration::from_millis(1) {
        return Err("expected at least 1ms");
    }
    Ok(())
}

impl Emission {
    /// What is delivered.
    pub(super) fn delivery(&self) -> Delivery {
        Delivery {
            bytes: self.event.bytes.clone(),
            faults: Arc::clone(&self.faults),
        }
    }

    /// Its ticker, where it comes every so often.
    pub(super) fn ticker(&self) -> Option<Ticker> {
        match self.when {
            When::Every(period) => Some(Ticker::new(
                self.event.kind,
                self.delivery(),
                period,
                self.times,
            )),
            _ => None,
        }
    }
}
