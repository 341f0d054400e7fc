//! An event.

use tor_harness::control::event::{ConfChanged, MoreLines};
use tor_harness::control::{Event, OwnedMessage, Reply};
use tor_harness::fixtures::Fixture;
use tor_harness::runner::Failed;

use super::arguments::arguments;
use super::command::sent;
use super::cut;
use super::same::same;
use crate::fields::Fields;

/// The event, which has a type of its own.
pub(crate) fn event(fixture: &Fixture) -> Result<OwnedMessage, Failed> {
    sent(fixture)?;
    let owned = cut::message(fixture.bytes)?;
    let message = owned.as_message();
    same(&Reply::from(message).encode(), fixture.bytes)?;
    let event = Event::parse(&message).map_err(|wrong| wrong.render(message.as_bytes()))?;
    same(&event.to_reply().encode(), fixture.bytes)?;
    let fields = Fields::of(&event).ok_or("an event without a type: give it one")?;
    arguments(fields.keywords)?;
    if let Event::ConfChanged(changed) = &event {
        let settings: Vec<_> = changed.settings().collect::<Result<_, _>>()?;
        same(&ConfChanged::of(settings).encode(), fixture.bytes)?;
    } else if let Some(data) = fields.more.data() {
        // The block means the document that it is, and is all that follows.
        if fields.more != MoreLines::block(data) {
            return Err("lines behind a block, which are in no field: write their law here".into());
        }
    } else if fields.more != MoreLines::NONE {
        return Err("lines behind the first, which are in no field: write their law here".into());
    }
    Ok(owned)
}
