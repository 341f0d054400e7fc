//! The rules of a script, as far as they have been played.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::gates::Gates;
use super::log::shown;
use super::report::{Excerpt, Near, Unexpected};
use crate::script::answer::Answer;
use crate::script::error::ScriptError;
use crate::script::matcher::Came;
use crate::script::on::Rule;
use crate::script::times::Times;
use crate::wire::Gate;

/// The first state.
const START: &str = "start";

/// All rules, and the state that they share.
#[derive(Debug)]
pub(super) struct Rules {
    pub(super) all: Vec<Played>,
    orders: Vec<Order>,
    state: String,
}

/// A rule, and what of it has happened.
#[derive(Debug)]
pub(super) struct Played {
    pub(super) rule: Rule,
    pub(super) times: Times,
    /// The rules of the same one come in their order: a place in the list.
    order: Option<usize>,
    /// How often its command came, while no later rule took it.
    pub(super) came: u32,
    /// For each answer, what it waits for.
    gates: Vec<Option<Gate>>,
    /// The command that nearly was its own.
    pub(super) nearest: Option<Near>,
}

/// How far the rules that are in order together have come: those of a script, a
/// name and a connection. Both are places among all rules.
#[derive(Debug)]
struct Order {
    /// The first that still has to come.
    unmet: usize,
    /// The last that has come.
    latest: Option<usize>,
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
            orders: Vec::new(),
            state: START.into(),
        }
    }

    /// Refuses rules for a state to which neither they lead nor those that are there.
    pub(super) fn check_states(&self, rules: &[Rule]) -> Result<(), ScriptError> {
        let there = self.all.iter().map(|played| &played.rule);
        let states: HashSet<_> = there
            .chain(rules)
            .filter_map(|rule| rule.becomes.as_deref())
            .chain([START])
            .collect();
        let mut needed = rules.iter().filter_map(|rule| rule.needs.as_ref());
        match needed.find(|(state, _)| !states.contains(state.as_str())) {
            Some((_, error)) => Err(error.clone()),
            None => Ok(()),
        }
    }

    /// Puts the rule that holds such a command under such a name before all others, if there is one:
    /// what waits at it goes on waiting.
    pub(super) fn hold_again(&mut self, rule: &Rule) -> bool {
        let is_same = |played: &Played| {
            rule.until_released.is_some()
                && played.rule.until_released == rule.until_released
                && played.rule.matcher.to_string() == rule.matcher.to_string()
        };
        let Some(at) = self.all.iter().position(is_same) else {
            return false;
        };
        self.all[..=at].rotate_right(1);
        let moved = |place: usize| place + usize::from(place < at);
        for order in &mut self.orders {
            order.unmet = moved(order.unmet);
            order.latest = order.latest.map(moved);
        }
        true
    }

    /// Adds rules before those that are there.
    pub(super) fn add(&mut self, rules: &[Rule], whole: bool, gates: &mut Gates) {
        for order in &mut self.orders {
            order.unmet += rules.len();
            order.latest = order.latest.map(|latest| latest + rules.len());
        }
        let orders = &mut self.orders;
        let first = orders.len();
        let mut known = HashMap::new();
        let played = rules.iter().map(|rule| {
            let name = rule.order.as_deref().or_else(|| whole.then_some(""));
            let order = name.map(|name| {
                *known
                    .entry((name, rule.matcher.connection()))
                    .or_insert_with(|| {
                        orders.push(Order {
                            unmet: 0,
                            latest: None,
                        });
                        orders.len() - 1
                    })
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
        for order in first..self.orders.len() {
            self.orders[order].unmet = self.unmet_from(0, order);
        }
    }

    /// Drops the rules that were to stay until this name was released.
    pub(super) fn drop_released(&mut self, name: &str, gates: &mut Gates) {
        let mut kept = Vec::with_capacity(self.all.len());
        let mut dropped = Vec::new();
        for (at, played) in self.all.drain(..).enumerate() {
            if played.rule.until_released.as_deref() == Some(name) {
                dropped.push(at);
                played
                    .gates
                    .into_iter()
                    .flatten()
                    .for_each(|gate| gates.free(gate));
            } else {
                kept.push(played);
            }
        }
        self.all = kept;
        let moved = |at: usize| at - dropped.partition_point(|dropped| *dropped < at);
        for order in &mut self.orders {
            order.unmet = moved(order.unmet);
            order.latest = order.latest.map(moved);
        }
    }

    /// What there is for a command, if anything (still).
    pub(super) fn answer(&mut self, came: &Came<'_>, mark: u64, gates: &Gates) -> Option<Plan> {
        let fits = |played: &Played| played.rule.matcher.check(came, &self.state).is_ok();
        let mut rules = self.all.iter().enumerate();
        let taker = rules.position(|(at, played)| {
            !played.is_used_up() && !self.is_out_of_turn(at) && fits(played)
        });
        // No rule is left for it: that is too much for the last of them.
        let too_much = || {
            self.all
                .iter()
                .rposition(|played| played.is_used_up() && fits(played))
        };
        let counted = taker.or_else(too_much);
        self.note_near(came, mark, taker);
        self.count(counted?);
        let played = &self.all[taker?];
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
                && self.is_out_of_turn(at)
                && played.rule.matcher.check(came, &self.state).is_ok()
        })
    }

    /// What there is to tell of a command that no rule took.
    pub(super) fn unexpected(&self, came: &Came<'_>, mark: u64) -> Unexpected {
        let mut nearest: Option<(usize, &Played, String)> = None;
        for (at, played) in self.all.iter().enumerate() {
            let (nearness, why) = match played.rule.matcher.check(came, &self.state) {
                Err(mismatch) if mismatch.nearness == 0 => continue,
                Err(mismatch) => (mismatch.nearness, mismatch.explain(came, &self.state)),
                Ok(()) => match self.why_out_of_turn(at) {
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

    /// One more command came for a rule.
    fn count(&mut self, at: usize) {
        let played = &mut self.all[at];
        played.came = played.came.saturating_add(1);
        if let Some(order) = played.order {
            let unmet = self.unmet_from(self.orders[order].unmet, order);
            let Order {
                unmet: first,
                latest,
            } = &mut self.orders[order];
            *first = unmet;
            *latest = (*latest).max(Some(at));
        }
    }

    /// The first rule of an order, from there on, that still has to come.
    fn unmet_from(&self, start: usize, order: usize) -> usize {
        let rules = self.all.get(start..).unwrap_or_default();
        let unmet = rules
            .iter()
            .position(|played| played.order == Some(order) && played.came < played.times.least);
        unmet.map_or(self.all.len(), |unmet| start + unmet)
    }

    /// Whether it is not this rule's turn.
    fn is_out_of_turn(&self, at: usize) -> bool {
        self.all[at].order.is_some_and(|order| {
            let Order { unmet, latest } = self.orders[order];
            unmet < at || latest > Some(at)
        })
    }

    /// Why it is not this rule's turn, if it has one.
    fn why_out_of_turn(&self, at: usize) -> Option<String> {
        let order = self.all[at].order?;
        let named = |at: usize| {
            let Rule { place, matcher, .. } = &self.all[at].rule;
            format!("{place}: {matcher}")
        };
        let Order { unmet, latest } = self.orders[order];
        if unmet < at {
            return Some(format!("it came before {}", named(unmet)));
        }
        let latest = latest.filter(|latest| *latest > at)?;
        Some(format!("it came behind {}", named(latest)))
    }

    /// Keeps a command for the rules that still miss one, where none was nearer.
    fn note_near(&mut self, came: &Came<'_>, mark: u64, taker: Option<usize>) {
        for at in 0..self.all.len() {
            let played = &self.all[at];
            if played.came >= played.times.least || taker == Some(at) {
                continue;
            }
            // What another rule took was not meant for one whose turn it was not.
            if taker.is_some() && self.is_out_of_turn(at) {
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
            let why = match checked.map(|()| self.why_out_of_turn(at)) {
                Err(mismatch) => mismatch.explain(came, &self.state),
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
