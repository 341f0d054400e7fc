//! What holds for every recorded file.
//!
//! However its bytes are cut into two pieces, what is read from them is the same. What was read is encoded to the
//! bytes that came: as lines, as items, and from the fields of its type alone. The commands that were sent for it, as
//! the manifest has them, are held to the same.
//!
//! Fields alone are views of three kinds of bytes: the arguments that a line may lack, which stay one stretch of text
//! and so are written again one by one; the lines behind an event's first; and what means the bytes that it is, a
//! document, a path, a message of the log.

mod arguments;
mod bad;
mod command;
mod cut;
mod document;
mod event;
mod reply;
mod same;

pub(crate) use bad::bad;
pub(crate) use command::command;
pub(crate) use document::{document, documents};
pub(crate) use event::event;
pub(crate) use reply::reply;
