//! The check that every test of an event goes by.

use alloc::string::String;

use crate::OwnedMessage;
use crate::event::Event;

/// Reads an event, checks that its fields encode to the same bytes, and hands
/// it to `look`.
pub(super) fn check(lines: &str, look: impl FnOnce(Event<'_>)) {
    let wire = lines.replace('\n', "\r\n") + "\r\n";
    let message = OwnedMessage::of(wire.as_bytes());
    let event = Event::parse(&message.as_message())
        .unwrap_or_else(|e| panic!("{}", e.render(wire.as_bytes())));
    assert_eq!(
        String::from_utf8_lossy(&event.to_reply().encode()),
        wire,
        "law 3"
    );
    look(event);
}

/// Checks with a look at the fields of the type that it has to be.
macro_rules! check {
    ($lines:expr, $variant:ident, $look:expr) => {
        super::check::check($lines, |event| {
            let Event::$variant(event) = event else {
                panic!("{event:?}")
            };
            ($look)(event)
        })
    };
}
