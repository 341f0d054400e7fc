//! Worlds by name.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::error::SteerError;
use crate::script::Report;
use crate::server::{Mock, MockError};

/// The world that is meant where none is named.
pub const MAIN: &str = "main";

/// How many reports of worlds that ended unasked are kept.
const REPORTS: usize = 20;

/// Mocks by name, which any number of programs may steer at once.
#[derive(Clone)]
pub struct Worlds(Arc<Inner>);

struct Inner {
    most: usize,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    worlds: BTreeMap<String, World>,
    /// For worlds that have no name of their own.
    last: u64,
    /// What there is to tell of worlds that ended and that nobody was told of.
    reports: Vec<(String, Report)>,
}

/// A world, until it is closed: whoever uses it keeps others waiting, but only
/// those who use it too.
pub(super) type World = Arc<Mutex<Option<Mock>>>;

impl Worlds {
    /// The world `main`, and room for `most` worlds in all.
    #[must_use]
    pub fn new(main: Mock, most: usize) -> Self {
        let main = (MAIN.to_owned(), Arc::new(Mutex::new(Some(main))));
        Self(Arc::new(Inner {
            most,
            state: Mutex::new(State {
                worlds: BTreeMap::from([main]),
                ..State::default()
            }),
        }))
    }

    /// Whether a world has ended, be it closed, or its tor gone.
    #[must_use]
    pub fn has_ended(&self, name: &str) -> bool {
        self.with(name, |mock| Ok(mock.has_ended())).unwrap_or(true)
    }

    /// Ends all of them: the reports of those of which there is something to
    /// tell, with their names; before them those of worlds that ended with their
    /// connections.
    #[must_use]
    pub fn end(&self) -> Vec<(String, Report)> {
        let mut state = self.state();
        let mut reports = std::mem::take(&mut state.reports);
        let worlds = std::mem::take(&mut state.worlds);
        drop(state);
        for (name, world) in worlds {
            if let Some(report) = close(&world).filter(|report| !report.is_clean()) {
                reports.push((name, report));
            }
        }
        reports
    }

    /// Makes a world.
    pub(super) fn open(
        &self,
        name: Option<String>,
        make: impl FnOnce() -> Result<Mock, MockError>,
    ) -> Result<(String, World), SteerError> {
        let mut state = self.state();
        if state.worlds.len() >= self.0.most {
            return Err(SteerError::TooManyWorlds(self.0.most));
        }
        if name.as_deref() == Some("") {
            return Err(SteerError::NoName);
        }
        let name = name.unwrap_or_else(|| state.free_name());
        if state.worlds.contains_key(&name) {
            return Err(SteerError::WorldExists(name));
        }
        let world = Arc::new(Mutex::new(Some(make()?)));
        state.worlds.insert(name.clone(), Arc::clone(&world));
        Ok((name, world))
    }

    /// Does something in a world.
    pub(super) fn with<T>(
        &self,
        name: &str,
        act: impl FnOnce(&Mock) -> Result<T, SteerError>,
    ) -> Result<T, SteerError> {
        let world = self.state().worlds.get(name).cloned();
        let closed = || no_world(name);
        let world = world.ok_or_else(closed)?;
        let mock = lock(&world);
        act(mock.as_ref().ok_or_else(closed)?)
    }

    /// Ends a world.
    pub(super) fn close(&self, name: &str) -> Result<Report, SteerError> {
        let world = self.state().worlds.remove(name);
        world
            .and_then(|world| close(&world))
            .ok_or_else(|| no_world(name))
    }

    /// Ends a world, if it is still there, and keeps what there is to tell.
    pub(super) fn close_unasked(&self, name: &str, world: &World) {
        let report = close(world);
        let mut state = self.state();
        if let Some(report) = report.filter(|report| !report.is_clean())
            && state.reports.len() < REPORTS
        {
            state.reports.push((name.to_owned(), report));
        }
        // Another may have its name by now.
        if state
            .worlds
            .get(name)
            .is_some_and(|there| Arc::ptr_eq(there, world))
        {
            state.worlds.remove(name);
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn free_name(&mut self) -> String {
        loop {
            self.last += 1;
            let name = format!("w{}", self.last);
            if !self.worlds.contains_key(&name) {
                return name;
            }
        }
    }
}

impl fmt::Debug for Worlds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = self.state();
        f.debug_tuple("Worlds").field(&state.worlds.keys()).finish()
    }
}

/// Whether the world is closed.
pub(super) fn is_closed(world: &World) -> bool {
    lock(world).is_none()
}

fn no_world(name: &str) -> SteerError {
    match name {
        MAIN => SteerError::MainClosed,
        _ => SteerError::NoWorld(name.to_owned()),
    }
}

/// Ends a world, unless somebody has.
fn close(world: &World) -> Option<Report> {
    let mock = lock(world).take();
    mock.map(Mock::end)
}

fn lock(world: &World) -> MutexGuard<'_, Option<Mock>> {
    world.lock().unwrap_or_else(PoisonError::into_inner)
}
