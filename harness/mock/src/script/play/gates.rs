//! What holds answers back.

use tor_harness_control::command::RawCommand;

use crate::script::answer::Answer;
use crate::script::command::CommandPattern;
use crate::wire::Gate;

/// All gates: a number is a place in the list.
#[derive(Debug, Default)]
pub(super) struct Gates {
    all: Vec<State>,
    /// Those that nothing waits at any more.
    free: Vec<Gate>,
}

#[derive(Debug)]
struct State {
    name: Option<String>,
    release_after: Option<CommandPattern>,
    /// Whether its name was released: nothing waits any more.
    open: bool,
}

impl Gates {
    /// The gate of an answer that is to wait.
    pub(super) fn add(&mut self, answer: &Answer) -> Option<Gate> {
        if answer.hold.is_none() && answer.release_after.is_none() {
            return None;
        }
        let state = State {
            name: answer.hold.clone(),
            release_after: answer.release_after.clone(),
            open: false,
        };
        if let Some(gate) = self.free.pop() {
            self.all[gate] = state;
            return Some(gate);
        }
        self.all.push(state);
        Some(self.all.len() - 1)
    }

    /// Gives a gate back that is open, and no rule's any more.
    pub(super) fn free(&mut self, gate: Gate) {
        self.all[gate].name = None;
        self.free.push(gate);
    }

    /// The same gate, unless it is open.
    pub(super) fn closed(&self, gate: Option<Gate>) -> Option<Gate> {
        gate.filter(|gate| self.all.get(*gate).is_some_and(|state| !state.open))
    }

    /// Opens the gates of a name for good.
    pub(super) fn release(&mut self, name: &str) -> Vec<Gate> {
        let named = |state: &State| state.name.as_deref() == Some(name);
        self.open(named, |state| state.open = true)
    }

    /// The gates that open once, because this command has come.
    pub(super) fn released_by(&mut self, command: &RawCommand<'_>) -> Vec<Gate> {
        let waits = |state: &State| {
            let pattern = state.release_after.as_ref();
            pattern.is_some_and(|pattern| pattern.matches(command))
        };
        self.open(waits, |_| {})
    }

    fn open(
        &mut self,
        which: impl Fn(&State) -> bool,
        mut change: impl FnMut(&mut State),
    ) -> Vec<Gate> {
        let states = self.all.iter_mut().enumerate();
        states
            .filter(|(_, state)| which(state))
            .map(|(gate, state)| {
                change(state);
                gate
            })
            .collect()
    }
}
