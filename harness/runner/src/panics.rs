//! Panics turned into text.

use std::any::Any;
use std::backtrace::{Backtrace, BacktraceStatus};
use std::cell::RefCell;
use std::fmt::Write as _;
use std::panic::{self, AssertUnwindSafe, PanicHookInfo};
use std::sync::Once;

thread_local! {
    /// The last panic of this thread, while [`catch`] is on its stack.
    static CAPTURED: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Runs `work`; a panic in it is not printed but returned: its message, its place, and a backtrace
/// if `RUST_BACKTRACE` asks for one. Panics of other threads stay with the hook that was there
/// before.
pub(crate) fn catch<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    install_hook();
    CAPTURED.set(Some(String::new()));
    let result = panic::catch_unwind(AssertUnwindSafe(work));
    let captured = CAPTURED.take().unwrap_or_default();
    result.map_err(|payload| {
        // `resume_unwind` calls no hook.
        if captured.is_empty() {
            format!("panicked: {}", payload_text(payload.as_ref()))
        } else {
            captured
        }
    })
}

fn install_hook() {
    static INSTALLED: Once = Once::new();
    INSTALLED.call_once(|| {
        let previous = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if !capture(info) {
                previous(info);
            }
        }));
    });
}

/// Whether the panic was kept for [`catch`]. A second one is not: it may be on its way to an abort,
/// and would be lost.
fn capture(info: &PanicHookInfo<'_>) -> bool {
    CAPTURED
        .try_with(|captured| match &mut *captured.borrow_mut() {
            Some(text) if text.is_empty() => {
                *text = describe(info);
                true
            }
            _ => false,
        })
        .unwrap_or(false)
}

fn describe(info: &PanicHookInfo<'_>) -> String {
    let mut text = format!("panicked: {}", payload_text(info.payload()));
    if let Some(place) = info.location() {
        let _ = write!(text, "\nat {place}");
    }
    let backtrace = Backtrace::capture();
    if backtrace.status() == BacktraceStatus::Captured {
        let _ = write!(text, "\n{}", shortened(&backtrace.to_string()));
    }
    text
}

/// The frames from the panic to the test's body, unless `RUST_BACKTRACE=full` asks for all; all,
/// too, if they do not look as expected.
fn shortened(backtrace: &str) -> String {
    let full = std::env::var_os("RUST_BACKTRACE").is_some_and(|value| value == "full");
    let lines: Vec<_> = backtrace.lines().collect();
    let number_of = |line: &str| {
        line.trim_start()
            .split_once(": ")
            .map(|(number, _)| number.parse::<u32>())
    };
    let is_frame = |line: &str| matches!(number_of(line), Some(Ok(_)));
    let panic = lines
        .iter()
        .position(|line| line.contains("rust_begin_unwind"));
    let end = lines
        .iter()
        .position(|line| is_frame(line) && line.contains("tor_harness_runner::body::run::"));
    match (panic, end) {
        (Some(panic), Some(end)) if !full && panic < end => {
            let after = lines
                .iter()
                .skip(panic + 1)
                .position(|line| is_frame(line))
                .unwrap_or(0);
            lines
                .get(panic + 1 + after..end)
                .unwrap_or_default()
                .join("\n")
        }
        _ => backtrace.trim_end().to_owned(),
    }
}

fn payload_text(payload: &(dyn Any + Send)) -> &str {
    payload
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| payload.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("(the payload is not text)")
}
