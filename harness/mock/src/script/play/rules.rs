//! The rules of a script, as far as they have been played.

use std::sync::Arc;

use super::gates::Gates;
use super::log::shown;
use super::report::{Excerpt, Near, Unexpected};
use crate::script::answer::Answer;
use crate::script::matcher::{Came, Condition};
use crate::script::on::Rule;
use crate::script::place::Place;
use crate::script::times::Times;
use crate::wire::Gate;

/// All rules, and the state that they share.
#[derive(Debug)]
pub(super) struct Rules {
    pub(super) all: Vec<Played>,
    state: String,
}

/// A rule, and what of it has happened.
#[derive(Debug)]
pub(super) struct Played {
    pub(super) rule: Rule,
    pub(super) times: Times,
    /// The rules of the same one come in their order.
    order: Option<Order>,
    /// How often its command came, while no later rule took it.
    pub(super) came: u32,
    /// For each answer, what it waits for.
    gates: Vec<Option<Gate>>,
    /// The command that nearly was its own.
    pub(super) nearest: Option<Near>,
}

/// Which rules are in order together: those of a name and a connection.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Order {
    script: usize,
    name: String,
    connection: Option<u64>,
}

/// What a script has for a command.
#[derive(Debug)]
pub(crate) struct Plan {
    pub(crate) answer: Arc<Answer>,
    /// What it waits for.
    pub(crate) gate: Option<Gate>,
}

impl Rules {
    /// No rules.
    pub(super) fn new() -> Self {
        Self {
            all: Vec::new(),
            state: "start".into(),
        }
    }

    /// Adds rules before those that are there.
    pub(super) fn add(&mut self, rules: &[Rule], script: usize, whole: bool, gates: &mut Gates) {
        let played = rules.iter().map(|rule| {
            let name = rule.order.clone().or_else(|| whole.then(String::new));
            let connection = rule.matcher.conditions.iter().find_map(|condition| {
                if let Condition::Connection(number) = condition {
                    Some(*number)
                } else {
                    None
                }
            });
            let order = name.map(|name| Order {
                script,
                name,
                connection,
            });
            let unless_told = if order.is_some() {
                Times::from(1)
            } else {
                Times::ANY
            };
            Played {
                times: rule.times.unwrap_or(unless_told),
                order,
                came: 0,
                gates: rule
                    .answers
                    .iter()
                    .map(|answer| gates.add(answer))
                    .collect(),
                nearest: None,
                rule: rule.clone(),
            }
        });
        self.all.splice(0..0, played);
    }

    /// What there is for a command, if anything (still).
    pub(super) fn answer(&mut self, came: &Came<'_>, mark: u64, gates: &Gates) -> Option<Plan> {
        let mut too_much = None;
        let mut taker = None;
        for (at, played) in self.all.iter().enumerate() {
            if played.rule.matcher.check(came, &self.state).is_err() {
                continue;
            }
            if played.is_used_up() {
                too_much = Some(at);
            } else if self.in_the_way(at).is_none() {
                taker = Some(at);
                break;
            }
        }
        self.note_near(came, mark, taker);
        // No rule is left for it: that is too much for the last of them.
        let played = self.all.get_mut(taker.or(too_much)?)?;
        played.came = played.came.saturating_add(1);
        taker?;
        if let Some(state) = &played.rule.becomes {
            self.state.clone_from(state);
        }
        let last = played.rule.answers.len().checked_sub(1)?;
        let number = usize::try_from(played.came - 1).unwrap_or(last).min(last);
        Some(Plan {
            answer: Arc::clone(&played.rule.answers[number]),
            gate: gates.closed(played.gates[number]),
        })
    }

    /// Whether a command that no rule took fits one whose turn it was not.
    pub(super) fn is_out_of_order(&self, came: &Came<'_>) -> bool {
        self.all.iter().enumerate().any(|(at, played)| {
            played.order.is_some()
                && !played.is_used_up()
                && played.rule.matcher.check(came, &self.state).is_ok()
                && self.in_the_way(at).is_some()
        })
    }

    /// What there is to tell of a command that no rule took.
    pub(super) fn unexpected(&self, came: &Came<'_>, mark: u64) -> Unexpected {
        let mut nearest: Option<(usize, &Played, String)> = None;
        for (at, played) in self.all.iter().enumerate() {
            let (nearness, why) = match played.rule.matcher.check(came, &self.state) {
                Err(mismatch) if mismatch.nearness == 0 => continue,
                Err(mismatch) => (mismatch.nearness, mismatch.explain(came, &self.state)),
                Ok(()) => match self.in_the_way(at) {
                    Some(why) => (usize::MAX, why),
                    None => (
                        usize::MAX - 1,
                        format!("it is one too many: expected {}", played.times),
                    ),
                },
            };
            if nearest.as_ref().is_none_or(|(most, ..)| nearness > *most) {
                nearest = Some((nearness, played, why));
            }
        }
        Unexpected {
            command: shown(&came.command),
            connection: came.connection,
            excerpt: Excerpt::at(mark),
            nearest: nearest.map(|(_, played, why)| {
                let Rule { place, matcher, .. } = &played.rule;
                (place.clone(), matcher.to_string(), why)
            }),
        }
    }

    /// Why it is not this rule's turn, if it has one.
    fn in_the_way(&self, at: usize) -> Option<String> {
        let order = self.all[at].order.as_ref()?;
        let mut others = self
            .all
            .iter()
            .enumerate()
            .filter(|(other, played)| *other != at && played.order.as_ref() == Some(order));
        others.find_map(|(other, played)| {
            let named = |place: &Place| format!("{place}: {}", played.rule.matcher);
            if other < at {
                (played.came < played.times.least)
                    .then(|| format!("it came before {}", named(&played.rule.place)))
            } else {
                (played.came > 0).then(|| format!("it came behind {}", named(&played.rule.place)))
            }
        })
    }

    /// Keeps a command for the rules that still miss one, where none was nearer.
    fn note_near(&mut self, came: &Came<'_>, mark: u64, taker: Option<usize>) {
        for at in 0..self.all.len() {
            let played = &self.all[at];
            if played.came >= played.times.least || taker == Some(at) {
                continue;
            }
            let checked = played.rule.matcher.check(came, &self.state);
            let nearness = match &checked {
                Err(mismatch) if mismatch.nearness == 0 => continue,
                // What another rule took was hardly meant for this one.
                Err(mismatch) => mismatch.nearness * 2 + usize::from(taker.is_none()),
                Ok(()) => usize::MAX,
            };
            let nearest = played.nearest.as_ref();
            if nearest.is_some_and(|near| near.nearness >= nearness) {
                continue;
            }
            let why = match checked.map(|()| self.in_the_way(at)) {
                Err(mismatch) => mismatch.explain(came, &self.state),
                Ok(Some(_)) if taker.is_some() => continue,
                Ok(Some(why)) => why,
                Ok(None) => "another rule before this one took it".into(),
            };
            self.all[at].nearest = Some(Near {
                nearness,
                command: shown(&came.command),
                connection: came.connection,
                why,
                excerpt: Excerpt::at(mark),
            });
        }
    }
}

impl Played {
    fn is_used_up(&self) -> bool {
        self.times.most.is_some_and(|most| self.came >= most)
    }
}
