//! What threads share with an event loop.

use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use mio::{Poll, Token, Waker};

use super::service::Service;

/// A service that any thread may use, and the loop that serves it, if one does.
#[derive(Debug)]
pub(crate) struct Shared<S> {
    service: Mutex<S>,
    /// Held while one waits for the service: a loop that is busy would
    /// otherwise take it again and again before anyone else.
    turn: Mutex<()>,
    waker: Option<Waker>,
    /// Whether the loop has been woken, and has not looked yet.
    woken: AtomicBool,
    stop: AtomicBool,
}

impl<S: Service> Shared<S> {
    /// A service that no loop serves.
    pub(super) fn alone(service: S) -> Self {
        Self {
            service: Mutex::new(service),
            turn: Mutex::new(()),
            waker: None,
            woken: AtomicBool::new(false),
            stop: AtomicBool::new(false),
        }
    }

    /// A service whose loop waits at this poll, and is woken by this token.
    pub(super) fn served(service: S, poll: &Poll, token: Token) -> io::Result<Self> {
        Ok(Self {
            waker: Some(Waker::new(poll.registry(), token)?),
            ..Self::alone(service)
        })
    }

    /// The service: whole between any two uses, whoever panicked in between.
    pub(crate) fn lock(&self) -> MutexGuard<'_, S> {
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        self.service.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Does something to the service as it is by now, then lets the loop look
    /// at what that did.
    pub(crate) fn act<T>(&self, act: impl FnOnce(&mut S) -> T) -> T {
        let mut service = self.lock();
        service.catch_up();
        let done = act(&mut service);
        drop(service);
        self.wake();
        done
    }

    /// Ends the loop.
    pub(super) fn stop(&self) {
        self.stop.store(true, Ordering::Release);
        self.wake();
    }

    /// Whether the loop is to end.
    pub(super) fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::Acquire)
    }

    /// The loop is about to look: who does something from now on wakes it again.
    pub(super) fn look(&self) -> MutexGuard<'_, S> {
        self.woken.store(false, Ordering::Release);
        self.lock()
    }

    fn wake(&self) {
        if let Some(waker) = &self.waker
            && !self.woken.swap(true, Ordering::AcqRel)
        {
            // A full pipe wakes it as well.
            let _ = waker.wake();
        }
    }
}
