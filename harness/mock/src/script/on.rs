//! A command that is expected, or answered otherwise.

use std::sync::Arc;
use std::time::Duration;

use regex::bytes::Regex;
use tor_harness_control::command::RawCommand;

use super::answer::Answer;
use super::command::CommandPattern;
use super::error::{ScriptError, error_at};
use super::event::known_event;
use super::fault::Fault;
use super::matcher::{Closure, Condition, Matcher};
use super::place::Place;
use super::times::Times;

/// A command that is expected, or answered otherwise than tor would.
///
/// Commands other than PROTOCOLINFO, AUTHENTICATE, AUTHCHALLENGE and QUIT are
/// looked at only where tor would take them: after authentication. A good
/// reply to AUTHENTICATE lets the controller in.
///
/// ```
/// use tor_harness_mock::On;
///
/// let rule = On::command("SETCONF *")
///     .sets_to("SocksPort", "9050")
///     .in_state("connected")
///     .reply(["553 Transition not allowed"])
///     .becomes("refused")
///     .times(1);
/// ```
#[derive(Clone, Debug)]
#[must_use = "a rule does nothing until it is in a script"]
pub struct On {
    pub(super) rule: Rule,
    pub(super) error: Option<ScriptError>,
}

/// A rule.
#[derive(Clone, Debug)]
pub(super) struct Rule {
    pub(super) place: Place,
    pub(super) matcher: Matcher,
    /// The first, and what follows it; the last stays.
    pub(super) answers: Vec<Arc<Answer>>,
    /// Once where there is an order, any number of times elsewhere, unless told.
    pub(super) times: Option<Times>,
    /// The rules of one name come in their order.
    pub(super) order: Option<String>,
    pub(super) becomes: Option<String>,
    /// The state in which alone it fits, and what is wrong if there is none.
    pub(super) needs: Option<(String, ScriptError)>,
    /// It goes when what is held under this name is released.
    pub(super) until_released: Option<String>,
}

impl On {
    /// A rule for a command: its keyword in any case and exactly its
    /// arguments; a last `*` stands for any that follow, as in `GETINFO *`.
    #[track_caller]
    pub fn command(command: impl AsRef<str>) -> Self {
        let place = Place::here();
        Self::at(place.clone()).when(
            place,
            CommandPattern::new(command.as_ref()).map(Condition::Command),
        )
    }

    /// A rule for any command, of which more can be said.
    #[track_caller]
    pub fn any() -> Self {
        Self::at(Place::here())
    }

    /// A rule for the commands of which this is true. It may be asked of a
    /// command more than once.
    #[track_caller]
    pub fn matching(closure: impl Fn(&RawCommand<'_>) -> bool + Send + Sync + 'static) -> Self {
        Self::any().and(closure)
    }

    /// Of those only GETINFO and GETCONF that ask for this key, among others or
    /// not.
    pub fn asks(self, key: impl Into<String>) -> Self {
        self.always(Condition::Asks(key.into()))
    }

    /// Of those only SETEVENTS with this event, among others or not.
    #[track_caller]
    pub fn subscribes(self, event: &str) -> Self {
        self.when(Place::here(), known_event(event).map(Condition::Subscribes))
    }

    /// Of those only SETCONF and RESETCONF with this option.
    pub fn sets(self, option: impl Into<String>) -> Self {
        self.always(Condition::Sets(option.into(), None))
    }

    /// Of those only SETCONF and RESETCONF with this option and value.
    pub fn sets_to(self, option: impl Into<String>, value: impl Into<String>) -> Self {
        self.always(Condition::Sets(option.into(), Some(value.into())))
    }

    /// Of those only the ones with such an argument.
    pub fn has(self, argument: impl Into<String>) -> Self {
        self.always(Condition::Has(argument.into()))
    }

    /// Of those only the ones whose line looks like this: a
    /// [regular expression](https://docs.rs/regex/latest/regex/#syntax).
    #[track_caller]
    pub fn line(self, regex: &str) -> Self {
        self.when(Place::here(), regex_of(regex).map(Condition::Line))
    }

    /// Of those only the ones whose data block looks like this: a regular
    /// expression. Its lines end in LF, and dots are not doubled.
    #[track_caller]
    pub fn data(self, regex: &str) -> Self {
        self.when(Place::here(), regex_of(regex).map(Condition::Data))
    }

    /// Of those only the ones on this connection; they are counted from 1.
    #[track_caller]
    pub fn connection(self, number: u64) -> Self {
        let checked = check_connection(number);
        self.when(
            Place::here(),
            checked.map(|()| Condition::Connection(number)),
        )
    }

    /// Of those only the ones that come in this state: `start`, or one that a rule
    /// [becomes](Self::becomes).
    #[track_caller]
    pub fn in_state(self, state: impl Into<String>) -> Self {
        let state = state.into();
        let error = unreachable_state(Place::here(), &state);
        self.in_state_or(state, error)
    }

    /// Of those only the ones of which this is true. It may be asked of a
    /// command more than once.
    pub fn and(self, closure: impl Fn(&RawCommand<'_>) -> bool + Send + Sync + 'static) -> Self {
        self.always(Condition::Closure(Closure(Arc::new(closure))))
    }

    /// The state once such a command has come.
    pub fn becomes(mut self, state: impl Into<String>) -> Self {
        self.rule.becomes = Some(state.into());
        self
    }

    /// The lines to answer with, together one reply. The command is not done;
    /// without this it is, and the answer is tor's.
    #[track_caller]
    pub fn reply<L: Into<String>>(self, lines: impl IntoIterator<Item = L>) -> Self {
        let place = Place::here();
        let lines: Vec<_> = lines.into_iter().map(Into::into).collect();
        self.first(|answer| answer.set_reply(place, &lines))
    }

    /// Nothing is answered, and the command is not done.
    pub fn no_reply(self) -> Self {
        self.first(|answer| answer.says = Answer::nothing().says)
    }

    /// See [`Answer::delay`].
    pub fn delay(self, delay: Duration) -> Self {
        self.first(|answer| answer.delay = delay)
    }

    /// See [`Answer::hold`].
    pub fn hold(self, name: impl Into<String>) -> Self {
        self.first(|answer| answer.hold = Some(name.into()))
    }

    /// See [`Answer::release_after`].
    #[track_caller]
    pub fn release_after(self, command: &str) -> Self {
        let place = Place::here();
        self.first(|answer| answer.set_release_after(place, command))
    }

    /// Closes the connection behind the answer.
    pub fn close(self) -> Self {
        self.first(|answer| answer.close = true)
    }

    /// See [`Answer::fault`].
    #[track_caller]
    pub fn fault(self, fault: Fault) -> Self {
        let place = Place::here();
        self.first(|answer| answer.add_fault(place, fault))
    }

    /// What is answered the next time; the last answer stays.
    pub fn then(mut self, answer: Answer) -> Self {
        self.error = self.error.or_else(|| answer.error.clone());
        self.rule.answers.push(Arc::new(answer));
        self
    }

    /// How often the command is expected. Beyond that the next rule that fits
    /// answers; where none is left, tor's ways do, and the expectation is not met.
    #[track_caller]
    pub fn times(mut self, times: impl Into<Times>) -> Self {
        let times = times.into();
        if let Err(error) = times.check() {
            self.fail(error_at(Place::here())(error));
        }
        self.rule.times = Some(times);
        self
    }

    /// It comes in order with the other rules of that name: behind those before
    /// it in the script, before those behind it. Once, unless told.
    pub fn order(mut self, name: impl Into<String>) -> Self {
        self.rule.order = Some(name.into());
        self
    }

    /// Holds the answers to a command under a name, and goes with their release.
    #[track_caller]
    pub(crate) fn held(command: &str, name: &str) -> Self {
        let mut on = Self::command(command).hold(name);
        on.rule.until_released = Some(name.to_owned());
        on
    }

    /// A rule for any command, said there.
    pub(super) fn at(place: Place) -> Self {
        Self {
            rule: Rule {
                place,
                matcher: Matcher::default(),
                answers: vec![Arc::new(Answer::as_tor())],
                times: None,
                order: None,
                becomes: None,
                needs: None,
                until_released: None,
            },
            error: None,
        }
    }

    /// The same, with what is wrong if nothing leads to that state.
    pub(super) fn in_state_or(mut self, state: String, unreachable: ScriptError) -> Self {
        self.rule.needs = Some((state.clone(), unreachable));
        self.always(Condition::State(state))
    }

    /// Adds a condition, or what is wrong with it.
    pub(super) fn when(self, place: Place, condition: Result<Condition, String>) -> Self {
        match condition {
            Ok(condition) => self.always(condition),
            Err(problem) => {
                let mut wrong = self;
                wrong.fail(error_at(place)(problem));
                wrong
            }
        }
    }

    fn always(mut self, condition: Condition) -> Self {
        self.rule.matcher.conditions.push(condition);
        self
    }

    /// Changes the first answer.
    pub(super) fn first(mut self, change: impl FnOnce(&mut Answer)) -> Self {
        if let Some(answer) = self.rule.answers.first_mut() {
            let answer = Arc::make_mut(answer);
            change(answer);
            self.error = self.error.or_else(|| answer.error.clone());
        }
        self
    }

    fn fail(&mut self, error: ScriptError) {
        self.error.get_or_insert(error);
    }
}

/// Refuses the number of no connection.
pub(super) fn check_connection(number: u64) -> Result<(), String> {
    match number {
        0 => Err("expected a connection's number, counted from 1, got 0".into()),
        _ => Ok(()),
    }
}

/// The error of a rule that can never fit.
pub(super) fn unreachable_state(place: Place, state: &str) -> ScriptError {
    error_at(place)(format!(
        "expected \"start\", or a state that a rule becomes, got {state:?}"
    ))
}

/// Reads a regular expression.
pub(super) fn regex_of(text: &str) -> Result<Regex, String> {
    Regex::new(text).map_err(|error| {
        let all = error.to_string();
        let last = all.lines().last().unwrap_or_default();
        format!("expected a regular expression, got {text:?}: {last}")
    })
}
