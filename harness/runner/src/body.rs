//! A test's body under its deadline.

use std::sync::Arc;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use crate::context::{Attach, Context};
use crate::events::{Attachment, Outcome, TestFinished, seconds};
use crate::failed::{Cause, Failed, TestResult};
use crate::panics;

/// A test's body.
pub(crate) type Body = Box<dyn FnOnce(&Context) -> TestResult + Send>;

/// How long one attachment may take to be made: it may wait for what the test hangs on, or end a
/// fixture that nobody else holds any more.
const ATTACHMENT_DEADLINE: Duration = Duration::from_secs(10);

/// Runs a body on a thread of its own and waits for it until the deadline. A body that is late is
/// left alone: a thread cannot be ended from outside, the process does that when the suite is
/// through.
pub(crate) fn run(context: Context, deadline: Duration, body: Body) -> TestFinished {
    let context = Arc::new(context);
    let thread_name = format!("{}::{}", context.suite(), context.name());
    let started = Instant::now();
    let result = on_a_thread(thread_name, deadline, {
        let context = Arc::clone(&context);
        move || {
            let result = body(&context);
            if !matches!(result, Err(Failed(Cause::Failed { .. }))) {
                // They may hold the fixture, whose end is part of the test.
                drop(context.take_attachments());
            }
            result
        }
    });
    let (elapsed, setup) = (started.elapsed(), context.setup_time());

    let cause = match result {
        Ok(Ok(())) => None,
        Ok(Err(Failed(cause))) => Some(cause),
        Err(Lost::Late) => Some(Cause::Failed {
            message: format!(
                "not finished after its deadline of {deadline:?} ({setup:.0?} of it in set-up); its thread was left behind"
            ),
        }),
        Err(Lost::Panicked(message)) => Some(Cause::Failed { message }),
    };
    let (outcome, reason, message) = match cause {
        None => (Outcome::Passed, None, None),
        Some(Cause::Skipped { reason }) => (Outcome::Skipped, Some(reason), None),
        Some(Cause::Failed { message }) => (Outcome::Failed, None, Some(message)),
    };
    TestFinished {
        suite: context.suite().to_owned(),
        name: context.name().to_owned(),
        outcome,
        seconds: seconds(elapsed.saturating_sub(setup)),
        setup_seconds: seconds(setup),
        reason,
        message,
        attachments: context
            .take_attachments()
            .into_iter()
            .map(evaluate)
            .collect(),
    }
}

/// Why work on a thread gave nothing.
enum Lost {
    Late,
    Panicked(String),
}

fn on_a_thread<T: Send + 'static>(
    name: String,
    deadline: Duration,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Lost> {
    let (sender, receiver) = mpsc::sync_channel(1);
    let spawned = thread::Builder::new().name(name).spawn(move || {
        // Nobody listens any more if it was late.
        let _ = sender.send(panics::catch(work));
    });
    if let Err(error) = spawned {
        return Err(Lost::Panicked(format!("cannot start a thread: {error}")));
    }
    match receiver.recv_timeout(deadline) {
        Ok(result) => result.map_err(Lost::Panicked),
        Err(RecvTimeoutError::Timeout) => Err(Lost::Late),
        Err(RecvTimeoutError::Disconnected) => {
            Err(Lost::Panicked("the thread ended by itself".to_owned()))
        }
    }
}

fn evaluate(Attach { name, text }: Attach) -> Attachment {
    let text = match on_a_thread(format!("attachment {name}"), ATTACHMENT_DEADLINE, text) {
        Ok(text) => text,
        Err(Lost::Late) => format!("(nothing came within {ATTACHMENT_DEADLINE:?})"),
        Err(Lost::Panicked(message)) => format!("({message})"),
    };
    Attachment { name, text }
}
